import io
import logging

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils.module_loading import import_string

from gongxin.interfaces.permissions import requires
from gongxin.project import urls

pytestmark = pytest.mark.django_db


def _raises(error):
    @requires("public.read")
    def view(request):
        raise error

    return view


urlpatterns = [
    path("bad/", _raises(BadRequest("A plain sentence."))),
    path("forbidden/", _raises(PermissionDenied("Only for officers."))),
    path("broken/", _raises(ZeroDivisionError("secret detail"))),
    path("api/v1/broken/", _raises(ZeroDivisionError("secret detail"))),
    path("away/", _raises(OperationalError("could not connect to server"))),
    path("fine/", requires("public.read")(lambda request: HttpResponse("fine"))),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "A plain sentence."),
        ("/forbidden/", 403, "Only for officers."),
        ("/nowhere/", 404, "这个网址没有公示内容"),
        ("/broken/", 500, "是我们这边出了问题"),
        ("/away/", 503, "没有任何数据丢失"),
    ],
)
def test_every_error_says_what_it_means_and_what_to_do(address, status, words):
    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == status
    assert words in response.text
    assert '<a href="/">返回首页</a>' in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "secret detail" not in response.text


def written_in_the_log(address, *, filters):
    """Return what the server writes down when `address` is asked for."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)  # by hand: configuring anew would close the handlers there are
    for name in filters:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client(raise_request_exception=False).get(address)
    finally:
        logger.removeHandler(handler)
    return out.getvalue()


def test_a_refusal_is_one_line_of_the_log_and_a_fault_of_ours_keeps_its_traceback():
    filters = settings.LOGGING["handlers"]["console"]["filters"]

    refused = written_in_the_log("/forbidden/", filters=filters)

    assert refused.count("\n") == 1
    assert "Forbidden" in refused
    assert "Traceback" in written_in_the_log("/forbidden/", filters=[])  # the planted fault
    assert "Traceback" in written_in_the_log("/broken/", filters=filters)


def test_a_program_gets_its_errors_in_json():
    response = Client(raise_request_exception=False).get("/api/v1/broken/")

    assert response.status_code == 500
    assert response.json()["error"]["code"] == "fault-on-our-side"


def test_a_database_that_is_away_says_when_to_come_back():
    assert Client().get("/away/").headers["Retry-After"] == "30"


def test_a_form_from_elsewhere_is_refused_with_words():
    response = Client(enforce_csrf_checks=True).post("/fine/")

    assert response.status_code == 403
    assert "表单已过期或者来自别处" in response.text


def test_an_address_with_a_persons_number_is_not_repeated():
    response = Client().get("/13800138000/")

    assert response.status_code == 404
    assert "13800138000" not in response.text
