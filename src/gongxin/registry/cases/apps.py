from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongxin.registry.cases"
    label = "cases"
