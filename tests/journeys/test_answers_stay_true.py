"""Random histories: no answer says less, or more, than the records of that instant; every reversal is told.

All histories run side by side, one organisation each: at every step each of them meets one event, some are
asked about, and every answer that holds is held against what a reader of the whole file makes of it, who
knows neither listings nor the questions of a check. GONGXIN_HISTORIES says how many.
"""

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from cast import AT, LIN, OPERATOR, ZHAO, firm_code
from checking import asked, fed
from django.db import transaction
from listing_rows import ABNORMAL, REMOVED
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import statutory_lists
from gongxin.core.measures import Effect, all_rules, sector_of
from gongxin.flows.change_publication import hide, show_again
from gongxin.flows.correct import correct_entry
from gongxin.flows.decide_repair import end_as_repaired
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.withdraw import withdraw_entries
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.checks.models import Changed, Check
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.publication.usable import uses_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("GONGXIN_HISTORIES", "40"))
STEPS = 6
MATTER = "policy-support"
EVENTS = (
    "list", "list-again", "list-under-another-name", "remove", "fine", "fine-late", "correct", "suspend",
    "lift", "withdraw", "repair", "nothing",
)  # fmt: skip


SENT_AGAIN = {
    "remove": REMOVED,
    "list-again": {"列入依据": "《企业信息公示暂行条例》第十七条第一款"},
    "list-under-another-name": {"企业名称": "示范向阳农机有限公司"},
}


@dataclass(slots=True)
class History:
    """One organisation, what stands of it, and the answers given about it that hold."""

    number: int
    events: list[str] = field(default_factory=list)
    listed: int = 0
    fined: int = 0

    @property
    def code(self) -> str:
        return firm_code(self.number)

    @property
    def name(self) -> str:
        return f"示范第{self.number}号机械有限公司"


def test_every_answer_is_true_and_every_reversal_told() -> None:
    ensure_key(actor=OPERATOR, at=AT)
    chance = random.Random(20261123)
    histories = [History(number) for number in range(100, 100 + HISTORIES)]
    sent(csv_of(*(_penalty(one, "2026-10-12") for one in histories)))  # everybody is known
    fed()
    told: dict[UUID, str] = {}
    for step in range(1, STEPS + 1):
        at = AT + timedelta(hours=step)
        before = {one.number: _verdict(one, at) for one in histories}
        _live_through(histories, chance, at)
        after = {one.number: _verdict(one, at + timedelta(minutes=30)) for one in histories}
        recheck(at=at + timedelta(minutes=30))
        _every_reversal_was_told(told, histories, before, after)
        for one in chance.sample(histories, HISTORIES // 2):
            answer = asked(one.code, MATTER, at=at + timedelta(minutes=31)).told
            assert answer["verdict"] == after[one.number], (one.number, one.events, answer)
            told[UUID(answer["id"])] = str(answer["verdict"])
    assert {"allow", "restrict"} <= set(told.values())
    assert Changed.objects.count() >= HISTORIES // 10


def _every_reversal_was_told(
    told: dict[UUID, str], histories: Sequence[History], before: Mapping[int, str], after: Mapping[int, str]
) -> None:
    """Hold every answer that was given against what holds now, and take over what was told anew."""
    numbers = {subject_of_code(one.code, at=AT): one for one in histories}
    newest = {one.check_id: one for one in Changed.objects.order_by("at", "id")}
    for check in Check.objects.filter(id__in=told):
        history = numbers[check.subject_id]
        last = newest[check.id].verdict if check.id in newest else check.verdict
        assert last == after[history.number], (history.number, history.events, before[history.number])
        if last != told[check.id]:
            changed = newest[check.id]
            assert Notice.objects.filter(id=changed.notice_id, agency=check.agency_id).exists()
            told[check.id] = last


def _live_through(histories: Sequence[History], chance: random.Random, at: datetime) -> None:
    """Let each history meet its event: what bodies send in one file of each class, the rest one by one."""
    listed, fined = [], []
    for one in histories:
        event = chance.choice(EVENTS)
        one.events.append(event)
        if event == "list":
            one.listed += 1
            listed.append(_listing(one))
        elif event in SENT_AGAIN and one.listed:
            listed.append({**_listing(one), **SENT_AGAIN[event]})
        elif event in {"fine", "fine-late"}:
            one.fined += 1
            fined.append(_penalty(one, "2026-01-12" if event == "fine" else "2026-11-12"))
        else:
            _by_a_person(one, event, chance, at)
    if listed:
        sent(csv_of(*listed), class_id="abnormal-operation", at=at)
    if fined:
        sent(csv_of(*fined), at=at)


def _by_a_person(one: History, event: str, chance: random.Random, at: datetime) -> None:
    subject_id = subject_of_code(one.code, at=at)
    assert subject_id is not None
    standing = [view for view in _views(subject_id, at) if view.record in {"in_force", "corrected"}]
    if not standing:
        return
    view = chance.choice(standing)
    entry = current_entry(subject_id, view.record_id)
    with transaction.atomic():
        bulk.one_writer()
        _do(event, entry, view, at)


def _do(event: str, entry: Entry, view: RecordView, at: datetime) -> None:
    if event == "suspend" and view.publication == "published":
        hide([entry], outcome=Outcome.SUSPENDED, reason="leak", decided_by=ZHAO.written, at=at)
    elif event == "lift" and view.publication == "suspended":
        show_again([entry], decided_by=ZHAO.written, at=at)
    elif event == "withdraw":
        withdraw_entries([entry], ground="撤销", proposed_by=LIN.written, decided_by=ZHAO.written, at=at)
    elif event == "correct" and view.class_id == "penalty" and view.publication == "published":
        correct_entry(
            entry, {"CF_SY": f"更正后的事由，记于{at:%d日%H时}。"}, kind=Kind.CLERICAL, ground="文字有误",
            proposed_by=LIN.written, decided_by=ZHAO, at=at,
        )  # fmt: skip
    elif event == "repair" and view.repair != "repaired" and view.publication == "published":
        end_as_repaired(entry, by=ZHAO, at=at)


def _listing(one: History) -> dict[str, str]:
    return {
        **ABNORMAL, "企业名称": one.name, "统一社会信用代码": one.code,
        "列入决定文号": f"示例异列〔2026〕{one.number}-{one.listed}号",
        "列入原因类型": str(one.listed % 4 + 1),
    }  # fmt: skip


def _penalty(one: History, decided_on: str) -> dict[str, str]:
    return penalty(
        CF_XDR_MC=one.name, CF_XDR_SHXYM=one.code, CF_WSH=f"示环罚〔2026〕{one.number}-{one.fined}号",
        CF_JDRQ=decided_on,
    )  # fmt: skip


def _views(subject_id: UUID, at: datetime) -> list[RecordView]:
    return records_of(subject_id, audience=Audience.SUBJECT, at=at)


def _verdict(one: History, at: datetime) -> str:
    """Return what a reader of the whole file and of the law's tables says, slowly and by another way."""
    subject_id = subject_of_code(one.code, at=at)
    assert subject_id is not None
    uses, on = uses_of(subject_id, at=at), legal_day(at)
    triggers = {
        trigger
        for view in _views(subject_id, at)
        if uses.get(view.record_id, "not adverse") is None and (trigger := _trigger(view, on))
    }
    confirmed = confirmed_sources()
    effects = {
        rule.measure.effect
        for rule in all_rules()
        if rule.matter == MATTER and not rule.public_body and rule.trigger in triggers
        and rule.active(on, confirmed)
    }  # fmt: skip
    if Effect.RESTRICT in effects:
        return "restrict"
    return "require" if Effect.REQUIRE in effects else "allow"


def _trigger(view: RecordView, on: date) -> str | None:
    if view.class_id == "penalty" and view.penalty_class in {"general", "serious"}:
        sector = sector_of(view.deciding_body)
        return f"penalty:{sector}" if sector else None
    if view.class_id != "abnormal-operation" or view.decided_on is None or view.fields.get("removed_on"):
        return None
    ends_on = statutory_lists()["abnormal-operation"].ends_on(view.decided_on)
    attested = bool(view.fields.get("attestation"))
    return "list:abnormal-operation" if attested and view.decided_on <= on < ends_on else None
