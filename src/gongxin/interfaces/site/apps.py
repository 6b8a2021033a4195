from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "gongxin.interfaces.site"
    label = "site"
