from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "gongxin.registry.intake"
    label = "intake"
