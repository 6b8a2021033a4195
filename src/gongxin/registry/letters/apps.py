from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "gongxin.registry.letters"
    label = "letters"
