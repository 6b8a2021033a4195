from django.apps import AppConfig


class TipOffsConfig(AppConfig):
    name = "gongxin.registry.tip_offs"
    label = "tip_offs"
