"""What the exchange answers about checks. An answer is told word for word as it was signed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from gongxin.core import jws
from gongxin.interfaces.api.exchange_v1.schemas import Words
from gongxin.registry.checks.models import Check, Feedback
from gongxin.registry.checks.queries import ChangeOf, changes_of_check, feedback_of

CHECKS = "/api/exchange/v1/checks"


class Coded(Words):
    code: str


class AskedMatter(Words):
    id: str


class AskedSubject(Schema):
    id: str
    code: str | None
    name: str


class Article(Schema):
    source: str
    title: str
    article: str


class NamedMeasure(Words):
    id: str
    rule: str = Field(description="Its row of the law: measure/trigger/matter")
    effect: str = Field(description="benefit, require or restrict")
    articles: list[Article]
    because: str = Field(description="The id of the record among `records`")


class Ground(Schema):
    id: str
    class_id: str = Field(alias="class")
    document_number: str
    decided_on: str | None
    deciding_body: str


class ListAsked(Words):
    list_id: str = Field(alias="list")
    complete_on: str | None = Field(description="Up to which day it had come in; null: never")
    stale: bool
    used: bool = Field(description="false: its basis is not confirmed, so it founds nothing")


class SignedAnswer(Schema):
    """`signature` is a compact JWS (EdDSA) whose payload is this answer without it; its key is in
    /.well-known/jwks.json. Never read anything but `allow` and `benefit` as free of restriction."""

    id: str
    verdict: str = Field(
        description="benefit, allow, require, restrict, cannot-tell, not-held-here, scene-not-served"
    )
    label: Words
    matter: AskedMatter
    moment: str = Field(description="As of when")
    asked_at: str
    subject: AskedSubject | None
    why: Coded | None = Field(None, description="Why nothing can be told; only where that is so")
    candidates: list[AskedSubject] = Field(
        default_factory=list, description="Subjects of like names, where no code was given"
    )
    warnings: list[Coded] = Field(default_factory=list, description="The name given is another's")
    measures: list[NamedMeasure]
    records: list[Ground]
    lists_asked: list[ListAsked]
    valid_until: str = Field(description="Until when it holds, unless it changes before")
    remedy: Words | None = Field(description="To be handed to whoever is concerned")
    replaces: str | None = Field(None, description="The id of the answer this one replaces")
    signature: str


class SignedAnswers(Schema):
    answers: list[SignedAnswer] = Field(description="In the order of `subjects`")


class AnswerChange(Schema):
    """An answer that no longer held within its validity, and what holds instead."""

    change: str
    check: str
    at: datetime
    matter: str
    case_number: str
    subject_code: str | None
    before: str = Field(description="The verdict first given")
    after: str
    acknowledged_at: datetime | None
    answer: SignedAnswer
    links: dict[str, str]


class AnswerChanges(Schema):
    changes: list[AnswerChange]
    cursor: str | None = Field(description="Where to go on the next time; null before the first change")
    next: str | None = Field(description="The address of the next page, where there is one already")


class DoneSaid(Schema):
    feedback: str
    check: str
    done: str
    done_on: date
    rule: str | None
    note: str
    at: datetime


class CheckState(Schema):
    check: str
    purpose: str
    case_number: str
    answer: SignedAnswer
    changes: list[AnswerChange] = Field(description="The oldest first: the last one holds")
    feedback: list[DoneSaid]
    links: dict[str, str]


def answer_json(told: Mapping[str, Any], signed: str) -> dict[str, Any]:
    return {**told, "signature": signed}


def check_json(check: Check) -> dict[str, Any]:
    """Return a check as the schema says: as it was answered, how that changed, and what was done."""
    return {
        "check": str(check.id),
        "purpose": check.purpose,
        "case_number": check.case_number,
        "answer": answer_json(jws.payload_of(check.signed), check.signed),
        "changes": [change_json(ChangeOf(check, one)) for one in changes_of_check(check)],
        "feedback": [done_json(one) for one in feedback_of(check)],
        "links": {
            name: f"{CHECKS}/{check.id}{rest}"
            for name, rest in (("self", ""), ("acknowledge", "/acknowledge"), ("feedback", "/feedback"))
        },
    }


def change_json(one: ChangeOf) -> dict[str, Any]:
    """Return a change as the schema says."""
    check, changed = one
    told = jws.payload_of(changed.signed)
    return {
        "change": str(changed.id),
        "check": str(check.id),
        "at": changed.at,
        "matter": check.matter,
        "case_number": check.case_number,
        "subject_code": told["subject"]["code"],
        "before": check.verdict,
        "after": changed.verdict,
        "acknowledged_at": changed.acknowledged_at,
        "answer": answer_json(told, changed.signed),
        "links": {"check": f"{CHECKS}/{check.id}", "acknowledge": f"{CHECKS}/{check.id}/acknowledge"},
    }


def done_json(one: Feedback) -> dict[str, Any]:
    return {
        "feedback": str(one.id),
        "check": str(one.check_id),
        "done": one.done,
        "done_on": one.done_on,
        "rule": one.rule_id,
        "note": one.note,
        "at": one.at,
    }
