from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "gongxin.registry.log"
    label = "log"
