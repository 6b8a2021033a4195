from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "gongxin.registry.commitments"
    label = "commitments"
