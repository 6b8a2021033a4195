from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongxin.registry.catalogue"
    label = "catalogue"
