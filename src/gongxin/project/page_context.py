"""What every page may show: the province's name, and whether the data is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongxin.registry.accounts.queries import holds_demonstration_data


def page_context(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 (Django passes it)
    return {"province": settings.PROVINCE, "demonstration": holds_demonstration_data()}
