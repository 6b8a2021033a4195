"""What a push of the national site says: an application, or that a record was repaired elsewhere."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from gongxin.core.cases import Kind
from gongxin.core.catalogue import Label
from gongxin.core.leaks import holds_personal_number
from gongxin.flows.push_case import PUSHED_KINDS, Pushed, PushedPoint
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.statements import object_of

ELSEWHERE = "repaired-elsewhere"
LONGEST_NUMBER, LONGEST_NAME, LONGEST_TEXT, MOST_RECORDS, MOST_POINTS = 60, 128, 2000, 200, 400
APPLICATION = Label(
    '{"external_number", "kind": "objection" 或 "repair", "subject_code", "records": [文号或记录编号],'
    ' "statement", "points"（异议，可省略）: [{"record", "field", "claimed", "said"}], "applied_on": 日期}',
    '{"external_number", "kind": "objection" or "repair", "subject_code", "records": [document number or id],'
    ' "statement", "points" (of an objection, if any): [{"record", "field", "claimed", "said"}],'
    ' "applied_on": day}',
)
ENDED = Label(
    '{"external_number", "kind": "repaired-elsewhere", "record", "subject_code"（record 为文号时必填）,'
    ' "document", "body", "decided_on": 日期}',
    '{"external_number", "kind": "repaired-elsewhere", "record", "subject_code" (with a document number),'
    ' "document", "body", "decided_on": day}',
)


@dataclass(frozen=True, slots=True)
class RepairedElsewhere:
    """That a record was repaired elsewhere, by which document of which body, on which day."""

    external_number: str
    record: str
    subject_code: str
    document: str
    body: str
    decided_on: date


def pushed_of(request: HttpRequest) -> Pushed | RepairedElsewhere:
    """Return what was pushed. Raises Refused for a body that does not say it."""
    said = object_of(request, APPLICATION)
    if said.get("kind") == ELSEWHERE:
        return _ended(said)
    kinds = {kind.value: kind for kind in PUSHED_KINDS}
    kind = kinds.get(said["kind"]) if isinstance(said.get("kind"), str) else None
    if kind is None:
        raise refusals.unreadable_body(APPLICATION)
    records = said.get("records")
    if not isinstance(records, list) or not 0 < len(records) <= MOST_RECORDS:
        raise refusals.unreadable_body(APPLICATION)
    named = tuple(_text({"record": one}, "record", LONGEST_NAME, APPLICATION) for one in records)
    return Pushed(
        external_number=_number(said, APPLICATION),
        kind=kind,
        subject_code=_text(said, "subject_code", LONGEST_NAME, APPLICATION),
        records=named,
        statement=_text(said, "statement", LONGEST_TEXT, APPLICATION),
        points=tuple(_points(said.get("points", []), named, kind)),
        applied_on=_day(said, "applied_on", APPLICATION),
        digest=_digest(said),
    )


def _ended(said: Mapping[str, Any]) -> RepairedElsewhere:
    return RepairedElsewhere(
        external_number=_number(said, ENDED),
        record=_text(said, "record", LONGEST_NAME, ENDED),
        subject_code=_text(said, "subject_code", LONGEST_NAME, ENDED) if said.get("subject_code") else "",
        document=_text(said, "document", 60, ENDED),
        body=_text(said, "body", 60, ENDED),
        decided_on=_day(said, "decided_on", ENDED),
    )


def _points(points: object, named: Sequence[str], kind: Kind) -> list[PushedPoint]:
    if not isinstance(points, list) or len(points) > MOST_POINTS or (points and kind is not Kind.OBJECTION):
        raise refusals.unreadable_body(APPLICATION)
    return [_point(one, named) for one in points]


def _point(point: object, named: Sequence[str]) -> PushedPoint:
    """Return one point; the only record need not be named again."""
    if not isinstance(point, dict):
        raise refusals.unreadable_body(APPLICATION)
    only = named[0] if len(named) == 1 else ""
    told = {"record": only, "field": "", "claimed": "", "said": "", **point}
    texts = {name: told[name] for name in ("record", "field", "claimed", "said")}
    too_long = any(not isinstance(text, str) or len(text) > LONGEST_TEXT for text in texts.values())
    if too_long or texts["record"] not in named:
        raise refusals.unreadable_body(APPLICATION)
    field, claimed, text = (texts[name].strip() for name in ("field", "claimed", "said"))
    return PushedPoint(record=texts["record"], field=field, claimed=claimed, said=text)


def _number(said: Mapping[str, Any], form: Label) -> str:
    number = _text(said, "external_number", LONGEST_NUMBER, form)
    if holds_personal_number(number):
        raise refusals.number_of_a_person()
    return number


def _text(said: Mapping[str, Any], name: str, longest: int, form: Label) -> str:
    """Return a text that is there, not too long, and can be shown."""
    text = said.get(name)
    if not isinstance(text, str) or not 0 < len(text.strip()) <= longest:
        raise refusals.unreadable_body(form)
    if not "".join(text.split()).isprintable():
        raise refusals.unreadable_body(form)
    return text.strip()


def _day(said: Mapping[str, Any], name: str, form: Label) -> date:
    try:
        return date.fromisoformat(_text(said, name, len("2026-11-23"), form))
    except ValueError as no_day:
        raise refusals.unreadable_body(form) from no_day


def _digest(said: Mapping[str, Any]) -> str:
    """Return one digest for a body, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
