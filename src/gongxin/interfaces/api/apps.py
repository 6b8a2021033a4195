from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "gongxin.interfaces.api"
    label = "api"
