from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "gongxin.registry.lists"
    label = "lists"
