from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "gongxin.registry.audit"
    label = "audit"
