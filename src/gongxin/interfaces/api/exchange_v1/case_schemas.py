"""What the exchange answers about a pushed case, for the site to answer its applicant."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from gongxin.core.cases.kinds import limit_label, number_in_words, state_label
from gongxin.core.catalogue import Label
from gongxin.flows.push_case import POINTS, UNKNOWN, WITHDRAWN, RefusedRecord, refused_in
from gongxin.interfaces.api.exchange_v1.schemas import Words
from gongxin.registry.cases.models import Case, Clock, Part
from gongxin.registry.cases.queries import clocks_of, parts_of
from gongxin.registry.ledger.queries import NoSuchRecord, current_entry

CASES = "/api/exchange/v1/cases"
WHY: Mapping[str, Label] = {
    UNKNOWN: Label(
        "该主体名下没有这条记录，或者文号对应多条",
        "No record of this subject is named so, or two bear the number",
    ),
    WITHDRAWN: Label("该记录已撤销或不适用", "The record was withdrawn, or this cannot be asked about it"),
    POINTS: Label(
        "异议要点不完整：字段不可异议、未写明正确内容或理由，或与现有记载相同",
        "Its points are not in order: a field that cannot be contested, nothing claimed or said, or what the"
        " record says already",
    ),
    "asked": Label("已有同类申请正在办理", "The same is asked about it already"),
    "not-adverse": Label("不是不良记录", "It is not adverse"),
    "over": Label("已不再公示、共享和使用", "It is no longer shown, shared or used"),
    "not-decided": Label("是否公示尚待决定", "Whether it is shown has still to be decided"),
    "never-early": Label("依法公示至期满，不予提前修复", "The law shows it to its end"),
    "barred": Label("因提交虚假材料，期内不得申请修复", "Barred for false papers"),
}


class RecordRefused(Schema):
    record: str = Field(description="As it was pushed")
    why: str
    message: Words


class ClockState(Schema):
    limit: str
    words: Words
    due_on: date
    provisional: bool
    ended: str = Field(description="Empty while it runs; kept, missed, paused")


class PartState(Schema):
    """One record of a case. `waits_until` is the day from which a repair can begin. Ended, it carries its
    decision with reason, basis and remedy; they are to reach the applicant as they stand."""

    record: str
    document_number: str
    state: str
    words: Words
    waits_until: date | None
    due_on: date | None = Field(description="Of the clock that runs out next")
    clocks: list[ClockState]
    decision: str | None
    reason: str | None
    basis: str | None
    remedy: str | None
    decided_on: date | None


class CaseState(Schema):
    external_number: str
    case: str
    kind: str
    state: str = Field(description="open or closed")
    received_at: datetime
    closed_at: datetime | None
    parts: list[PartState]
    refused: list[RecordRefused] = Field(description="What of the application was left out, and why")
    links: dict[str, str]


class EndedElsewhere(Schema):
    external_number: str
    record: str
    ended: bool = Field(description="false where it had been repaired before")


def case_json(case: Case) -> dict[str, Any]:
    """Return a pushed case as the schema says."""
    clocks = clocks_of(case)
    return {
        "external_number": case.external_number,
        "case": number_in_words(case.kind, case.year, case.number),
        "kind": case.kind,
        "state": "open" if case.closed_at is None else "closed",
        "received_at": case.opened_at,
        "closed_at": case.closed_at,
        "parts": [_part(one, [row for row in clocks if row.part_id == one.id]) for one in parts_of(case)],
        "refused": [refused_json(one) for one in refused_in(case)],
        "links": {"self": f"{CASES}/{case.external_number}"},
    }


def refused_json(one: RefusedRecord) -> dict[str, Any]:
    return {"record": one.record, "why": one.why, "message": _words(WHY[one.why])}


def _part(part: Part, clocks: Sequence[Clock]) -> dict[str, Any]:
    running = [row.due_on for row in clocks if not row.ended]
    return {
        "record": str(part.record_id),
        "document_number": _number_of(part),
        "state": part.state,
        "words": _words(state_label(part.state, kind=part.kind)),
        "waits_until": part.waits_until,
        "due_on": min(running, default=None),
        "clocks": [_clock(row) for row in clocks if row.ended not in {"moved", "void"}],
        "decision": part.outcome or None,
        "reason": part.reason or None,
        "basis": part.basis or None,
        "remedy": part.remedy or None,
        "decided_on": part.decided_on,
    }


def _clock(row: Clock) -> dict[str, Any]:
    return {
        "limit": row.limit,
        "words": _words(limit_label(row.limit)),
        "due_on": row.due_on,
        "provisional": row.provisional,
        "ended": row.ended,
    }


def _number_of(part: Part) -> str:
    if part.record_id is None:
        return ""
    try:
        return current_entry(part.subject_id, part.record_id).document_number
    except NoSuchRecord:
        return ""


def _words(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
