"""The description of each API is valid, whole, and true: its examples are answers the API gives.

To write the examples anew after an answer has changed: WRITE_API_EXAMPLES=1 bin/test tests/interfaces/api
"""

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cast import AT, OPERATOR, QIAO, code_of
from django.conf import settings
from django.test import Client
from exchange_system import BASE, CASES, CHECKS, FOLLOWS, NIL, System
from jsonschema import Draft202012Validator
from listing_rows import REMOVED, abnormal, listed
from openapi_spec_validator import validate
from sending import penalty

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.looks import Looker
from gongxin.flows.enrol import issue_key
from gongxin.flows.looks import note_look
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.warn_followers import warn_followers
from gongxin.interfaces import api as package
from gongxin.interfaces import clock
from gongxin.interfaces.api.description import operations_of
from gongxin.interfaces.api.exchange_v1.words import WORDS as OF_EXCHANGE
from gongxin.interfaces.api.public_v1.words import WORDS as OF_PUBLIC
from gongxin.interfaces.api.usage_v2.words import WORDS as OF_USAGE
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.registry.accounts.models import NATIONAL_SITE, USAGE_TRACKER

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "public": "/api/v1/openapi.json",
    "exchange": "/api/exchange/v1/openapi.json",
    "usage": "/api/usage/v2/openapi.json",
}
EXAMPLES = Path(package.__file__).parent / "examples"
LANGUAGES = ("zh-hans", "en")
REQUEST = {"class": "penalty", "rows": [penalty()]}
REQUESTS = {
    "send.request": REQUEST,
    "state_nil_return.request": {"class": "penalty", "month": "2026-09"},
    "withdraw_nil_return.request": {"reason": "漏查一件处罚"},
    "push_case.request": {
        "external_number": "XYZG-2026-000001",
        "kind": "objection",
        "subject_code": QIAO,
        "records": [penalty()["CF_WSH"], "示环罚〔2026〕99号"],
        "statement": "决定书写的是两千元。",
        "points": [
            {"record": penalty()["CF_WSH"], "field": "CF_NR_FK", "claimed": "0.2", "said": "少写小数点"}
        ],
        "applied_on": "2026-11-20",
    },
}
REQUESTS |= {
    "ask_check.request": {
        "code": QIAO,
        "matter": "policy-support",
        "purpose": "审查专项资金申请",
        "case_number": "资〔2026〕7号",
    },
    "acknowledge_change.request": {},
    "say_what_was_done.request": {"done": "not-applied", "done_on": "2026-11-23", "note": "已要求补正"},
    "follow_subject.request": {
        "code": QIAO,
        "purpose": "行业信用监管",
        "basis": "《河南省社会信用条例》第四十条",
        "until": "2027-05-31",
    },
}
MATCH = {"queries": {"q1": {"schema": "Company", "properties": {"name": ["示范乔木机械有限责任公司"]}}}}
RECONCILE = {"q0": {"query": "示范乔木机械有限责任公司", "properties": [{"pid": "region", "v": "990100"}]}}
OF_PUBLIC_API = {"match.request": MATCH}
SENT = {"public": OF_PUBLIC_API, "exchange": REQUESTS}
SEND = {"class": "penalty", "rows": [penalty(), penalty(CF_WSH="示环罚〔2026〕13号", CF_XDR_SHXYM="123")]}


def document(name: str, language: str = "en") -> dict[str, Any]:
    answer = Client().get(ADDRESSES[name], headers={"accept-language": language})
    assert answer.status_code == 200
    return json.loads(answer.content)


def shape(value: Any) -> Any:
    """Return what an answer is made of: keys and kinds, the first of a list for all of it."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def _reconciled(sun: Client, subject_id: UUID) -> dict[str, Any]:
    address = "/api/v1/reconcile"
    asked = {
        "reconcile": "",
        "suggest_entity": "/suggest/entity?prefix=乔木",
        "suggest_type": "/suggest/type",
        "suggest_property": "/suggest/property",
        "flyout": f"/flyout?id={subject_id}",
        "propose_properties": "/properties?type=organisation",
    }
    batch = sun.post(address, {"queries": json.dumps(RECONCILE)})
    return {name: sun.get(f"{address}{part}") for name, part in asked.items()} | {"reconcile_batch": batch}


def _who_looked(system: Any, subject_id: UUID, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the portal is answered after the centre looked for a court."""
    look = Looker(Actor(ActorKind.USER, "zhao"), role="officer")
    case = "（2026）示01行初12号"
    note_look(looker=look, subject_id=subject_id, purpose="record: court", at=clock.now(), case_number=case)
    code = code_of("11990100MB0000009")
    monkeypatch.setattr(settings, "IDENTITY", replace(settings.IDENTITY, institution_code=code))
    agency = system.kept.agency
    _kept, key = issue_key(agency=agency, label="门户", purpose=USAGE_TRACKER, actor=OPERATOR, at=AT)
    portal, base = System(key, system.kept), "/api/usage/v2"
    return {
        "find_usage": portal.get(f"{base}/findUsage", userCode=QIAO),
        "usage_period_known": portal.get(f"{base}/usagePeriod"),
        "heartbeat": portal.get(f"{base}/heartbeat"),
    }


def _pushed(system: Any) -> dict[str, Any]:
    """Return what the national site is answered."""
    agency = system.kept.agency
    _kept, key = issue_key(agency=agency, label="国家站", purpose=NATIONAL_SITE, actor=OPERATOR, at=AT)
    site, request = System(key, system.kept), REQUESTS["push_case.request"]
    return {
        "push_case": site.post(CASES, request),
        "pushed_case": site.get(f"{CASES}/{request['external_number']}"),
    }


def _checked(system: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what an approval system is answered about a firm whose listing ends after it asked."""
    ensure_key(actor=OPERATOR, at=AT)
    listed(abnormal())
    asked = system.post(CHECKS, REQUESTS["ask_check.request"])
    check = f"{CHECKS}/{asked.json()['id']}"
    listed(abnormal(**REMOVED), at=AT + timedelta(hours=1))
    recheck(at=AT + timedelta(hours=2))
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T13:00:00+08:00")
    return {
        "ask_check": asked,
        "acknowledge_change": system.post(f"{check}/acknowledge", REQUESTS["acknowledge_change.request"]),
        "say_what_was_done": system.post(f"{check}/feedback", REQUESTS["say_what_was_done.request"]),
        "answer_changes": system.get(f"{CHECKS}/changes"),
        "follow_check": system.get(check),
    }


def _followed(system: Any) -> dict[str, Any]:
    """Return what a follower is answered about a firm that is listed after it began to follow."""
    begun = system.post(FOLLOWS, REQUESTS["follow_subject.request"])
    listed(abnormal(列入决定文号="示例异列〔2026〕8号", 列入原因类型="3"), at=AT + timedelta(hours=4))
    warn_followers(at=AT + timedelta(hours=5))
    return {
        "follow_subject": begun,
        "follows": system.get(FOLLOWS),
        "follow_warnings": system.get(f"{FOLLOWS}/warnings"),
        "end_following": system.delete(f"{FOLLOWS}/{begun.json()['follow']}"),
    }


@pytest.fixture
def answers(system, fined, monkeypatch) -> dict[str, Any]:
    """Return an answer of every operation, about Qiao's firm."""
    sun = Client()
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T10:00:01+08:00")
    waiting = Client().post(
        f"{BASE}?check_first=true",
        SEND,
        content_type="application/json",
        headers={**system.headers(), "Idempotency-Key": "only checked"},
    )
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    found = {
        "confirm": Client().post(f"{waiting['Location']}/confirm", headers=system.headers()),
        "send": system.send(SEND),
    }
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    submission = found["send"]["Location"]
    subject = f"/api/v1/subjects/{fined.subject_id}"
    asked = {
        "find": "/api/v1/search?q=乔木",
        "subject_by_code": f"/api/v1/subjects/by-code/{QIAO}",
        "subject": subject,
        "records": f"{subject}/records",
        "one_record": f"{subject}/records/{fined.record_id}",
        "newest": "/api/v1/records/newest?class=penalty",
        "catalogue": "/api/v1/catalogue",
        "information_class": "/api/v1/catalogue/penalty",
    }
    found |= {name: sun.get(address) for name, address in asked.items()}
    found |= _reconciled(sun, fined.subject_id)
    found |= {
        "submissions": system.get(),
        "follow": system.get(submission),
        "problems": system.get(f"{submission}/problems", limit=100),
        "state_nil_return": system.post(NIL, REQUESTS["state_nil_return.request"]),
        "nil_returns": system.get(NIL),
    }
    found["match"] = sun.post("/api/v1/match", MATCH, content_type="application/json")
    found |= _who_looked(system, fined.subject_id, monkeypatch)
    withdraw = found["state_nil_return"].json()["links"]["withdraw"]
    found["withdraw_nil_return"] = system.post(withdraw, REQUESTS["withdraw_nil_return.request"])
    found |= _pushed(system) | _checked(system, monkeypatch)
    found |= _followed(system)
    return {name: answer.json() for name, answer in found.items()} | REQUESTS | OF_PUBLIC_API


def shortened(value: Any) -> Any:
    """Return an answer with two lines of every list, as an example needs no more."""
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in value.items()}
    return [shortened(one) for one in value[:2]] if isinstance(value, list) else value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_description_is_valid_openapi_3_1(name, language, cast):
    found = document(name, language)

    validate(found)
    assert found["openapi"].startswith("3.1")
    assert found["servers"][0]["url"] == "/"


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_operation_has_words_in_both_languages_a_tag_and_its_refusals(name, cast):
    chinese, english = (document(name, language) for language in LANGUAGES)

    pairs = zip(operations_of(chinese), operations_of(english), strict=True)
    for (path, _, zh), (_, _, en) in pairs:
        assert zh["summary"] != en["summary"], path
        assert len(en["description"]) > 20, path
        assert zh["tags"] == [name]
        assert {"429", "500", "503"} <= set(en["responses"])
        assert all("description" in one for one in en["parameters"]), path


def test_no_words_are_kept_for_an_operation_that_is_gone(cast):
    for name, words in (("public", OF_PUBLIC), ("exchange", OF_EXCHANGE), ("usage", OF_USAGE)):
        assert {one["operationId"] for _, _, one in operations_of(document(name))} == set(words.operations)


def test_the_exchange_says_that_it_wants_a_key_and_the_public_api_wants_none(cast):
    assert document("exchange")["components"]["securitySchemes"] == {
        "AgencyKey": {"type": "http", "scheme": "bearer"}
    }
    assert all("security" in one for _, _, one in operations_of(document("exchange")))
    assert not any("security" in one for _, _, one in operations_of(document("public")))


def test_every_example_is_an_answer_the_api_gives(answers):
    kept = {}
    for name, words in (("public", OF_PUBLIC), ("exchange", OF_EXCHANGE), ("usage", OF_USAGE)):
        for operation in (*words.operations, *SENT.get(name, ())):
            file = EXAMPLES / name / f"{operation}.json"
            if os.environ.get("WRITE_API_EXAMPLES"):
                file.parent.mkdir(exist_ok=True)
                written = json.dumps(shortened(answers[operation]), ensure_ascii=False, indent=1)
                file.write_text(written + "\n", "utf-8")
            kept[operation] = json.loads(file.read_text("utf-8"))

    assert {name: shape(one) for name, one in kept.items()} == {
        name: shape(shortened(answers[name])) for name in kept
    }


def test_every_answer_and_every_example_is_as_the_schema_says(answers):
    for name in ADDRESSES:
        found = document(name)
        for path, _, operation in operations_of(found):
            for status, answer in operation["responses"].items():
                content = answer.get("content", {}).get("application/json")
                if content is None:
                    continue
                judge = Draft202012Validator({**content["schema"], "components": found["components"]})
                judge.validate(content["example"])
                judge.validate(answers[operation["operationId"]])
                assert int(status) < 400, path


def test_the_request_of_the_example_is_taken_and_every_row_accepted(system):
    for body in document("exchange")["paths"]["/api/exchange/v1/submissions"]["post"]["requestBody"][
        "content"
    ].items():
        kind, content = body
        if "example" in content:
            sent = content["example"] if kind == "application/json" else content["example"].encode()
            address = f"{BASE}?class=penalty"
            answer = Client().post(
                address, sent, content_type=kind, headers={**system.headers(), "Idempotency-Key": kind}
            )
            assert answer.status_code == 202
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    counts = [(one["rows"], one["accepted"]) for one in system.get().json()["submissions"]]
    assert counts == [(1, 1), (1, 1)]


def test_every_refusal_is_shown_as_a_problem(cast):
    shown = {}
    for name in ADDRESSES:
        for _, _, operation in operations_of(document(name)):
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    examples = answer["content"]["application/problem+json"]["examples"]
                    shown |= {code: (int(status), one["value"]) for code, one in examples.items()}

    made_before_an_operation = {"method-not-allowed"}
    assert set(shown) == set(PROBLEMS) - made_before_an_operation
    for code, (status, value) in shown.items():
        assert (value["status"], value["error"]["code"]) == (status, code)


def test_a_planted_answer_of_another_shape_is_seen():
    assert shape({"a": [1, 2]}) != shape({"a": ["1"]})
    assert shape({"a": None}) != shape({})
