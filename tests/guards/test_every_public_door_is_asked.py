"""Every address that answers everyone is asked for what has ended, or listed with why it cannot show it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path, resolve
from guards.test_every_route_names_its_permission import views_behind
from ninja import NinjaAPI
from public_doors import FIGURES, Doors, Known, doors_of_list

from gongxin.core.policy import POLICY, Role
from gongxin.interfaces.permissions import names_action, requires

WORDS = "words of ours and of the law; it asks the database for no record"
FORM = "a form: what is sent is answered to whoever holds the code or the account, not to everyone"
PROMISES = "commitments alone; what ended of them is asked for in tests/interfaces/site/test_commitments.py"
LICENCES = "licences alone, which are not adverse"
COUNTS = "counts, none below three; of one record it tells nothing: see the test of the figures"
NO_DOOR = {
    **dict.fromkeys(("mine/", "about/", "help/", "help/words/", "help/contest/"), WORDS),
    **dict.fromkeys(
        ("catalogue/", "catalogue/<slug:class_id>/", "catalogue/<slug:class_id>/rules/<str:code>/"), WORDS
    ),
    **dict.fromkeys(("api/", "api/problems/", "api/v1/catalogue", "api/v1/catalogue/<class_id>"), WORDS),
    **dict.fromkeys(
        ("api/v1/openapi.json", "api/exchange/v1/openapi.json", "api/usage/v2/openapi.json"), WORDS
    ),
    **dict.fromkeys((f"api/v1/reconcile/suggest/{what}" for what in ("type", "property")), WORDS),
    **dict.fromkeys(("api/v1/reconcile/properties", "robots.txt", "emblem/", "identity.css"), WORDS),
    **dict.fromkeys(("cases/mine/", "tip-offs/outcome/", "verify/", "verify/<slug:code>/"), FORM),
    **dict.fromkeys(("my/sign-in/", "desk/sign-in/", "api/sandbox-key/"), FORM),
    **dict.fromkeys(("licences/", "licences/feed.atom"), LICENCES),
    ".well-known/jwks.json": "public keys",
    **dict.fromkeys(("lists/", "lists/drafts/", "lists/drafts/<uuid:draft_id>/"), WORDS),
    "measures/": "words of the law, counts, and cases only while their record shows: test_measures_page.py",
    "commitments/": PROMISES,
    "language/<slug:code>/": "sends the reader back to where they were",
    "type-size/<slug:size>/": "sends the reader back to where they were",
    "POST api/v1/reconcile": "the same function as by GET, which is asked",
}


def public_routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Yield every route that everyone may ask, with its method where a question is sent to an API."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from public_routes(pattern.url_patterns, address)
            continue
        for methods, view in views_behind(pattern.callback):
            if Role.PUBLIC in POLICY[view.action]:
                yield f"POST {address}" if methods == "POST" else address


def asked_routes() -> set[str]:
    """Return the routes that the doors and the figures ask."""
    one = Known(UUID(int=1), "示范", "91")
    doors = Doors(one, UUID(int=2), one, one).all
    asked = {("POST " if door.body else "") + resolve(door.path).route for door in doors}
    others = (
        *FIGURES,
        *doors_of_list("abnormal-operation"),
    )  # of a list: tests/interfaces/site/test_lists.py
    return asked | {resolve(address.partition("?")[0]).route for address in others}


def unasked(patterns: Iterable[URLPattern | URLResolver]) -> set[str]:
    return set(public_routes(patterns)) - asked_routes() - NO_DOOR.keys()


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a record")


def test_every_public_route_is_a_door_that_is_asked_or_says_why_not() -> None:
    assert unasked(get_resolver().url_patterns) == set()


def test_no_reason_is_given_for_a_route_that_is_gone_or_is_asked() -> None:
    standing = set(public_routes(get_resolver().url_patterns))

    assert NO_DOOR.keys() <= standing
    assert not NO_DOOR.keys() & asked_routes()


def test_every_door_is_a_public_route() -> None:
    assert asked_routes() <= set(public_routes(get_resolver().url_patterns))


def test_a_planted_page_is_found_and_one_of_the_desk_is_none_of_them() -> None:
    public = path("newest.csv", requires("public.read")(plain))
    planted = [include([public, path("desk-list/", requires("held.read")(plain))])]

    assert unasked([path("open/", planted[0])]) == {"open/newest.csv"}


@pytest.mark.parametrize(("method", "found"), [("get", "api/leak"), ("post", "POST api/leak")])
def test_a_planted_operation_of_an_api_is_found(method: str, found: str) -> None:
    api = NinjaAPI(urls_namespace=f"planted-{method}", docs_url=None, openapi_url=None)
    getattr(api, method)("/leak")(names_action("public.read")(plain))

    assert unasked([path("api/", api.urls)]) == {found}
