from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "gongxin.registry.checks"
    label = "checks"
