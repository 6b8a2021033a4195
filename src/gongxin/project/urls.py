"""Every address of the product. Each route names the action of `core.policy` it needs."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
