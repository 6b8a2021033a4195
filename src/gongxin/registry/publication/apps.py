from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "gongxin.registry.publication"
    label = "publication"
