"""Whatever a program is refused, it reads in one form."""

import inspect
import logging
from datetime import date
from types import ModuleType

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from gongxin.core.catalogue import Label
from gongxin.core.checks import Unfit, UnfitWords
from gongxin.interfaces.api.answers import CODES
from gongxin.interfaces.api.exchange_v1 import check_refusals as of_checks
from gongxin.interfaces.api.exchange_v1 import follow_refusals as of_follows
from gongxin.interfaces.api.exchange_v1 import refusals as of_exchange
from gongxin.interfaces.api.public_v1 import refusals as of_public
from gongxin.interfaces.api.refused import Refused
from gongxin.interfaces.pages.errors import CODES as OF_PAGES
from gongxin.interfaces.pages.logs import RouteForAddress
from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.interfaces.permissions import requires
from gongxin.project import urls

pytestmark = pytest.mark.django_db
SUBMISSIONS = "/api/exchange/v1/submissions"
NUMBER = "110101199003070011"  # made up; its check digit is right


@requires("public.read")
def _breaks(request):
    raise ZeroDivisionError("secret detail")


urlpatterns = [path("api/v1/broken/", _breaks), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def refusals_of(module: ModuleType) -> list[Refused]:
    """Return every refusal a module can make, each made once."""
    given = {
        "most": 20,
        "limit": 80,
        "known": ["penalty"],
        "form": Label("{}", "{}"),
        "months": [date(2026, 10, 1)],
        "count": 1,
        "field": "purpose",
        "asked": 101,
        "named": ["M1/list:abnormal-operation/awards"],
        "words": UnfitWords("note", Unfit.TOO_LONG),
        "shortest": 4,
        "longest": 200,
        "refused": [("示环罚〔2026〕12号", Label("不是不良记录", "It is not adverse"))],
    }
    makers = [
        maker
        for _, maker in inspect.getmembers(module, inspect.isfunction)
        if maker.__module__ == module.__name__
    ]
    return [maker(*(given[name] for name in inspect.signature(maker).parameters)) for maker in makers]


def ask(address, *, method="get", **headers):
    return getattr(Client(raise_request_exception=False), method)(address, headers=headers)


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/v1/search?q=x", 400, "too-short"),
        ("get", "/api/v1/search?q=a&page=two", 422, "unreadable-question"),
        ("get", "/api/v1/search", 422, "unreadable-question"),
        ("get", "/api/v1/nothing-here", 404, "not-found"),
        ("get", "/api/nothing-here", 404, "not-found"),
        ("post", "/api/v1/search", 405, "method-not-allowed"),
        ("delete", SUBMISSIONS, 405, "method-not-allowed"),
        ("get", SUBMISSIONS, 401, "no-key"),
        ("get", "/api/v1/broken/", 500, "fault-on-our-side"),
    ],
)
def test_every_refusal_is_a_problem_with_type_title_status_detail_and_instance(
    settings, method, address, status, code
):
    settings.ROOT_URLCONF = __name__

    answer = ask(address, method=method)

    said = answer.json()
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert set(said) == {"type", "title", "status", "detail", "instance", "error"}
    assert (said["status"], said["type"], said["error"]["code"]) == (status, f"/api/problems/#{code}", code)
    assert "secret detail" not in answer.text


def test_a_method_that_does_not_apply_says_which_do():
    assert ask("/api/v1/catalogue", method="post")["Allow"] == "GET"


@pytest.mark.parametrize(
    ("accepted", "title", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "查询内容太短", "zh-hans"),
        ("en-GB,en;q=0.9", "The question is too short", "en"),
        ("fr", "查询内容太短", "zh-hans"),
    ],
)
def test_a_program_is_answered_in_the_language_it_asks_for(accepted, title, language):
    answer = ask("/api/v1/search?q=x", **{"accept-language": accepted})

    assert answer.json()["title"] == title
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v1/subjects/by-code/{NUMBER}",
        f"/api/v1/search?q={NUMBER}",
        f"/api/v1/catalogue/{NUMBER}",
        f"/api/v1/{NUMBER}/x",
    ],
)
def test_a_number_of_a_person_in_a_question_is_neither_repeated_nor_logged(fined, address, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = ask(address)

    assert answer.status_code in {400, 404}
    assert NUMBER not in answer.text
    written = [record for record in caplog.records if RouteForAddress().filter(record)]
    assert written
    assert NUMBER not in "\n".join(record.getMessage() for record in written)


def test_the_log_of_the_server_names_routes_only(settings):
    named, _one_line = settings.LOGGING["handlers"]["console"]["filters"]

    assert settings.LOGGING["filters"][named]["()"] == f"{RouteForAddress.__module__}.RouteForAddress"


def test_without_the_filter_an_address_would_be_written():
    """The planted fault: what Django writes of a refused request."""
    request = RequestFactory().get(f"/api/v1/subjects/by-code/{NUMBER}")
    request.resolver_match = None
    record = logging.LogRecord("x", logging.WARNING, "", 0, "%s: %s", ("Not Found", request.path), None)
    record.request = request

    assert NUMBER in record.getMessage()
    RouteForAddress().filter(record)
    assert NUMBER not in record.getMessage()


def test_a_page_one_came_from_is_written_without_its_question(caplog):
    """Django quotes it where a form from elsewhere is refused, and it may be a page of a search."""
    browser = Client(enforce_csrf_checks=True)

    browser.post(
        "/search/", secure=True, headers={"referer": "https://elsewhere.example/search/?q=firm-qiao"}
    )

    (record,) = [one for one in caplog.records if one.name == "django.security.csrf"]
    RouteForAddress().filter(record)
    assert "https://elsewhere.example" in record.getMessage()
    assert "firm-qiao" not in record.getMessage()


def test_every_code_has_its_title_its_status_and_what_to_do():
    made = [
        *refusals_of(of_exchange),
        *refusals_of(of_checks),
        *refusals_of(of_follows),
        *refusals_of(of_public),
    ]

    assert len(made) > 15
    for refusal in made:
        assert PROBLEMS[refusal.code].status == refusal.status
    for status, code in (CODES | OF_PAGES).items():
        assert PROBLEMS[code].status == status


def test_the_type_of_a_problem_leads_to_a_line_that_says_what_to_do():
    page, _, code = ask("/api/v1/search?q=x").json()["type"].partition("#")

    answer = ask(page)

    assert answer["Content-Type"].startswith("text/html")
    assert f'id="{code}"' in answer.text
    assert PROBLEMS[code].remedy.zh in answer.text
