from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gongxin.registry.ledger"
    label = "ledger"
