"""The state's portal asks who looked at an organisation, by the protocol findUsage 2.1."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from cast import AT, OPERATOR, QIAO, code_of
from desk_cast import Cast, desk_cast
from django.conf import settings
from django.db import connection
from django.test import Client
from exchange_system import System
from jsonschema import Draft202012Validator, FormatChecker
from seals import ARTICLE, CASE, DAY, IN_A_MONTH, looked, sealed
from sending import csv_of, penalty, sent

from gongxin.core.leaks import holds_personal_number
from gongxin.flows.enrol import issue_key
from gongxin.interfaces.api.description import operations_of
from gongxin.registry.accounts.models import USAGE_TRACKER
from gongxin.registry.audit.models import Look
from gongxin.registry.bulk import on_postgresql
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[2] / "files/find-usage-2.1.0.yaml"
PUBLISHED = yaml.safe_load(FILE.read_text("utf-8"))["paths"]
BASE = "/api/usage"
FIND = f"{BASE}/v2/findUsage"
SOON = "2026-11-25T10:00:00+08:00"


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


@pytest.fixture
def portal(cast: Cast) -> System:
    """Return the portal, a system of the regulator's, with a key that answers who looked."""
    kept, key = issue_key(agency=cast.regulator, label="门户", purpose=USAGE_TRACKER, actor=OPERATOR, at=AT)
    return System(key, kept)


@pytest.fixture
def firm(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Qiao's firm, looked at by the bureau under a seal and by the centre without."""
    sent(csv_of(penalty()))
    found = subject_of_code(QIAO, at=AT)
    assert found is not None
    sealed(cast.bureau, found)
    looked(cast.bureau, found, at=AT + DAY)
    looked(None, found, at=AT + DAY + timedelta(hours=1), case="")
    monkeypatch.setenv("GONGXIN_NOW", SOON)
    return found


def usages(portal: System, **asked: object) -> list[dict[str, str]]:
    answer = portal.get(FIND, userCode=QIAO, **asked)
    assert answer.status_code == 200
    return answer.json()["usages"]


@pytest.mark.parametrize("path", PUBLISHED)
def test_the_answers_are_as_the_protocol_publishes_them(portal, firm, path):
    schema = {**PUBLISHED[path]["answer"], "additionalProperties": False}

    answer = portal.get(f"{BASE}{path}", userCode=QIAO)

    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json())
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_planted_answer_of_another_shape_is_seen():
    schema = PUBLISHED["/v2/findUsage"]["answer"]
    planted = {"totalUsages": 1, "usages": [{"logtime": "yesterday", "action": "x", "receiverCode": "y"}]}

    assert not Draft202012Validator(schema).is_valid(planted)


def test_the_description_takes_what_the_protocol_takes(cast):
    document = Client().get(f"{BASE}/v2/openapi.json").json()

    described = {path: operation for path, _method, operation in operations_of(document)}
    assert set(described) == {f"{BASE}{path}" for path in PUBLISHED}
    taken = {one["name"]: one for one in described[FIND]["parameters"]}
    published = PUBLISHED["/v2/findUsage"]
    assert [name for name, one in taken.items() if one["required"]] == published["required"]
    assert set(taken) - {"userCode"} == set(published["optional"])
    assert taken["limit"]["schema"]["default"] == published["optional"]["limit"]


def test_a_look_is_told_by_body_purpose_case_and_platform_and_by_no_person(portal, firm, cast, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2026-12-23T00:00:00+08:00")
    code = code_of("11990100MB0000009")
    monkeypatch.setattr(settings, "IDENTITY", replace(settings.IDENTITY, institution_code=code))

    newest, older = usages(portal)

    assert (newest["receiverName"], newest["receiverCode"]) == ("公信示范省公共信用信息中心", code)
    assert newest["receiverSystem"] == "公信示范省公共信用信息平台"
    assert newest["action"] == "法定调查"
    assert (older["receiverName"], older["receiverCode"]) == (cast.bureau.name, cast.bureau.code)
    assert older["action"] == f"法定调查，案号 {CASE}，曾依{ARTICLE}封存至2026年12月23日 00:00"
    assert older["logtime"] == "2026-11-24T02:00:00Z"


def test_a_sealed_look_is_neither_listed_nor_counted_before_its_end(portal, firm, cast, monkeypatch):
    counts = []
    for now in (SOON, "2026-12-22T23:59:59+08:00", f"{IN_A_MONTH}T00:00:00+08:00"):
        monkeypatch.setenv("GONGXIN_NOW", now)
        answer = portal.get(FIND, userCode=QIAO, limit=1)
        counts.append((answer.json()["totalUsages"], cast.bureau.name in answer.text))

    assert [total for total, _named in counts] == [1, 1, 2]
    assert len(usages(portal)) == 2


def test_pages_and_periods_are_as_asked(portal, firm, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2026-12-24T00:00:00+08:00")

    assert [one["logtime"] for one in usages(portal, offset=1, limit=1)] == ["2026-11-24T02:00:00Z"]
    assert len(usages(portal, periodStart="2026-11-24T10:30:00+08:00")) == 1
    assert len(usages(portal, periodEnd="2026-11-24T02:00:00Z")) == 1
    assert usages(portal, periodEnd="2026-11-23T02:00:00Z") == []


def test_to_ask_who_looked_is_no_look(portal, firm):
    before = Look.objects.count()

    usages(portal)

    assert Look.objects.count() == before


def test_nobody_looked_and_nobody_known_are_answered_alike(portal, cast):
    nothing = {"totalUsages": 0, "usages": []}

    assert portal.get(FIND, userCode=cast.bureau.code).json() == nothing
    assert portal.get(FIND, userCode="查无此码").json() == nothing


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"userCode": "9" * 41},
        {"userCode": QIAO, "limit": 0},
        {"userCode": QIAO, "limit": 1001},
        {"userCode": QIAO, "offset": -1},
        {"userCode": QIAO, "offset": "99999999999999999999"},
        {"userCode": QIAO, "periodStart": "yesterday"},
        {"userCode": QIAO, "periodStart": "2026-11-24T02:00:00"},  # by whose clock?
    ],
)
def test_a_question_that_cannot_be_read_is_400_as_the_protocol_says(portal, asked):
    answer = portal.get(FIND, **asked)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unreadable")


def test_a_person_is_not_looked_for_and_their_number_not_repeated(portal):
    answer = portal.get(FIND, userCode="11010519491231002X")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not-held-here")
    assert not holds_personal_number(answer.text)


def test_only_the_portals_key_opens_it_and_it_opens_nothing_else(portal, cast):
    _kept, key = issue_key(agency=cast.regulator, label="报送", actor=OPERATOR, at=AT)
    agency = System(key, portal.kept)

    assert [agency.get(f"{BASE}{path}", userCode=QIAO).status_code for path in PUBLISHED] == [403] * 3
    assert [Client().get(f"{BASE}{path}").status_code for path in PUBLISHED] == [401] * 3
    assert portal.get().status_code == 403
    portal.revoke()
    assert portal.get(FIND, userCode=QIAO).status_code == 401


def test_the_heart_beats_while_the_guards_of_the_looks_stand(portal):
    assert portal.get(f"{BASE}/v2/heartbeat").json()["status"] == "OK"

    with connection.cursor() as cursor:
        name = "audit_look_keeps_delete"
        cursor.execute(f"DROP TRIGGER {name}" + (" ON audit_look" if on_postgresql() else ""))

    told = portal.get(f"{BASE}/v2/heartbeat").json()
    assert (told["status"], "audit_look_keeps_delete" in told["message"]) == ("FAIL", True)
