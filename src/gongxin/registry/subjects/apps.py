from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "gongxin.registry.subjects"
    label = "subjects"
