from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "gongxin.registry.supervision"
    label = "supervision"
