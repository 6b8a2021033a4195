"""What every page may show: whose platform it is, how large its type, whether the data is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongxin.interfaces.pages.identity import identity_in_words
from gongxin.interfaces.pages.type_size import is_large
from gongxin.registry.accounts.queries import holds_demonstration_data


def page_context(request: HttpRequest) -> dict[str, Any]:
    return {
        **identity_in_words(),
        "large_type": is_large(request),
        "sandbox": settings.SANDBOX,
        "demonstration": holds_demonstration_data(),
    }
