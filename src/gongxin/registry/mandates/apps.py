from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "gongxin.registry.mandates"
    label = "mandates"
