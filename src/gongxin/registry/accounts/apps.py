from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gongxin.registry.accounts"
    label = "accounts"
