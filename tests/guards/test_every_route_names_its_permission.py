"""Every address names its action of `core.policy`; a view that does not is found, wherever it hides."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from ninja import NinjaAPI
from ninja.openapi.views import default_home
from ninja.operation import PathView

from gongxin.core.policy import POLICY
from gongxin.interfaces.permissions import names_action, requires


def nameless(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Yield every address that does not name an action of the policy."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from nameless(pattern.url_patterns, address)
        else:
            for what, view in views_behind(pattern.callback):
                if getattr(view, "action", None) not in POLICY:
                    yield f"{address} {what}".strip()


def views_behind(callback: Callable[..., Any]) -> list[tuple[str, Callable[..., Any]]]:
    """Return the functions that answer at an address: a view, or an API's operations by method."""
    if isinstance(callback, partial) and callback.func is default_home:
        return []  # ninja's own: it answers 404 to everyone and only lends the API its path
    held = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    api = next((one for one in held if isinstance(one, PathView)), None)
    if api is None:
        return [("", callback)]
    return [(",".join(operation.methods), operation.view_func) for operation in api.operations]


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("unguarded")


def another_plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("unguarded")


def test_every_route_names_its_permission() -> None:
    assert list(nameless(get_resolver().url_patterns)) == []


def test_a_planted_view_without_a_permission_is_found() -> None:
    planted = [path("open/", requires("public.read")(plain)), path("back/", include([path("door/", plain)]))]

    assert list(nameless(planted)) == ["back/door/"]


def test_a_planted_api_operation_without_a_permission_is_found() -> None:
    api = NinjaAPI(urls_namespace="planted", docs_url=None, openapi_url=None)
    api.get("/named")(names_action("public.read")(plain))
    api.get("/nameless")(another_plain)

    assert list(nameless([path("api/", api.urls)])) == ["api/nameless GET"]


def test_an_action_the_policy_does_not_know_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        requires("no.such-action")
