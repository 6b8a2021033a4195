"""What a review or a suit against the decision itself comes to: it stands, is revoked, or is changed.

While one is open nothing is founded on the record (law-decisions 9). Revoked, the record is withdrawn at the
instant that is recorded; changed, its source corrects it. Source: Henan regulation art 42.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.remove_record import remove_record
from gongxin.registry import bulk
from gongxin.registry.cases.models import Step


class NoSuchDay(Exception):
    """The day on which a decision became final is a day, and not one to come."""


def stands(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Record that the decision stands. `words.detail["final_on"]`: the day it became final, if certified.

    Raises NoSuchDay, and what `take` raises.
    """
    _refuse_day(words.detail.get("final_on"), at)
    return _step("act-stands", part_id, seen, who, words, at)


def changed(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Record that the decision was changed; its source then corrects the record."""
    return _step("act-changed", part_id, seen, who, words, at)


def revoked(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Record that the decision was revoked, and withdraw the record at this instant.

    Raises OnePersonTwice for who brought the case in, and what `take` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "act-revoked", who=who, at=at, words=words)
        remove_record(case, part, ground=words.reason, who=who, at=at)
        return step


def _step(act: str, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    with transaction.atomic():
        bulk.one_writer()
        return take(*part_to_step(part_id, seen=seen), act, who=who, at=at, words=words)


def _refuse_day(text: object, at: datetime) -> None:
    if text in {None, ""}:
        return
    try:
        final_on = date.fromisoformat(str(text))
    except ValueError as unreadable:
        raise NoSuchDay(str(text)) from unreadable
    if final_on > legal_day(at):
        raise NoSuchDay(str(text))
