"""Another system's developer tries everything, and nobody is reported."""

import re

import pytest
from cast import AT, OPERATOR, REGULATOR
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongxin.core.demonstration.codes import unified_code
from gongxin.flows.enrol import register_agency
from gongxin.interfaces.api.limits import address_of
from gongxin.interfaces.commands.main import main
from gongxin.interfaces.pages.sandbox import SandboxMiddleware
from gongxin.registry.accounts.models import Agency, ApiKey
from gongxin.registry.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
REFUSED = 2
KEY = "/api/sandbox-key/"


@pytest.fixture
def sandbox(settings, cast) -> Client:
    settings.SANDBOX = True
    Agency.objects.update(demonstration=True)
    return Client()


def test_every_answer_of_a_sandbox_says_so(sandbox):
    for address in ("/", "/api/", "/api/v1/catalogue", "/api/v1/nothing-here", "/nowhere/"):
        assert sandbox.get(address)["Gongxin-Sandbox"] == "true"

    assert "这是沙箱" in sandbox.get("/").text


def test_elsewhere_nothing_speaks_of_a_sandbox(settings, cast, sun):
    Agency.objects.update(demonstration=True)

    answer = sun.get("/api/")

    assert "Gongxin-Sandbox" not in answer
    assert "沙箱" not in answer.text
    assert sun.post(KEY, {"agency": REGULATOR}).status_code == 404
    assert ApiKey.objects.count() == 0
    with pytest.raises(MiddlewareNotUsed):
        SandboxMiddleware(lambda request: HttpResponse())


def test_a_developer_takes_a_key_and_sends_with_it(sandbox):
    page = sandbox.post(KEY, {"agency": REGULATOR})
    key = re.search(r"gx_[\w-]+", page.text)[0]

    answer = sandbox.get(
        "/api/exchange/v1/submissions", headers={"Authorization": f"Bearer {key}", "If-None-Match": '"x"'}
    )

    assert (page["Cache-Control"], answer.status_code) == ("no-store", 200)
    event = AuditEvent.objects.get(action="key.issued")
    assert (event.actor_kind, event.actor) == ("job", "sandbox")
    assert key not in str(event.detail)


def test_a_key_is_given_to_fictional_agencies_only(sandbox):
    Agency.objects.filter(code=REGULATOR).update(demonstration=False)

    assert sandbox.post(KEY, {"agency": REGULATOR}).status_code == 404
    assert sandbox.get(KEY).status_code == 405


def test_keys_are_not_given_without_end(sandbox, settings):
    settings.API_LIMIT_ADDRESS = 2

    given = [sandbox.post(KEY, {"agency": REGULATOR}).status_code for _ in range(3)]

    assert given == [200, 200, 429]
    assert address_of(RequestFactory().get("/")) == "127.0.0.1"


def test_a_database_with_real_agencies_is_no_sandbox(sandbox, capsys):
    code = unified_code(kind="11", region="990100", number=77)
    register_agency(code=code, name="某局", region="410100", actor=OPERATOR, at=AT)

    assert main(["worker", "--once"]) == REFUSED
    assert "GONGXIN_SANDBOX" in capsys.readouterr().err


def test_no_real_agency_enters_a_sandbox(sandbox, capsys):
    code = unified_code(kind="11", region="990100", number=78)

    assert main(["agency", "add", code, "某局", "--region", "410100"]) == REFUSED
    assert "990" in capsys.readouterr().err
    assert main(["agency", "add", code, "示范某局", "--region", "990100"]) == 0
