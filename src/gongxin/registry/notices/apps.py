from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gongxin.registry.notices"
    label = "notices"
