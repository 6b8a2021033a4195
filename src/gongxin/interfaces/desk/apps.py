from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gongxin.interfaces.desk"
    label = "desk"
