"""Proceedings to list Qiao's firm, by Lin and Mei of the market regulator and Zhao of the centre."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cast import AT, ZHAO
from listing_rows import qiao
from repairing import qiao_acts_for
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Party, Who
from gongxin.flows.decide_listing import Ruling, decide
from gongxin.flows.deliver import note_opened
from gongxin.flows.list_subject import Proposal, give_notice, propose
from gongxin.registry.accounts.models import Agency
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import Proceeding

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECIDING = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # the first day after five working days to object
QIAO_ACTS = Actor(ActorKind.USER, "qiao")
NUMBER = "示市监异列〔2026〕7号"


def market() -> Agency:
    """Return the market regulator of the city that does not exist."""
    return an_agency(name="示范市市场监督管理局")


def lin() -> Who:
    return Who(Actor(ActorKind.USER, "lin"), Party.AGENCY, market().id)


def mei() -> Who:
    return Who(Actor(ActorKind.USER, "mei"), Party.AGENCY, market().id)


def zhao() -> Who:
    return Who(ZHAO, Party.CENTRE)


def known_qiao(at: datetime = AT, **changes: str) -> UUID:
    """Return Qiao's firm, fined long enough ago that the penalty may found something."""
    market()
    sent(csv_of(penalty(CF_JDRQ="2026-01-15", **changes)), at=at)
    qiao_acts_for(qiao(at), at=at)
    return qiao(at)


def proposal(subject_id: UUID, **changes: Any) -> Proposal:
    told = {
        "subject_id": subject_id, "list_id": "abnormal-operation", "ground": "no-annual-report",
        "reasons": "未公示2025年度报告，经责令仍未公示。", "agency": market(), **changes,
    }  # fmt: skip
    return Proposal(**told)


def proposed(subject_id: UUID, *, at: datetime = AT, **changes: Any) -> Proceeding:
    return propose(proposal(subject_id, **changes), who=lin(), at=at)


def noticed(subject_id: UUID, *, at: datetime = AT, **changes: Any) -> Proceeding:
    """Return a proceeding whose notice has reached its subject at once."""
    one = give_notice(proceeding_id=proposed(subject_id, at=at, **changes).id, who=lin(), at=at)
    assert one.notice_id is not None
    note_opened(subject_id=one.subject_id, notice_id=one.notice_id, actor=QIAO_ACTS, at=at)
    return one


def ruling(**changes: Any) -> Ruling:
    told = {"number": NUMBER, "reason": "未提出异议。", "fields": {"cause": "1"}, **changes}
    return Ruling(**told)


def decided(one: Proceeding, *, who: Who | None = None, at: datetime = DECIDING, **changes: Any) -> Entry:
    return decide(proceeding_id=one.id, ruling=ruling(**changes), who=who or mei(), at=at)


def listed_here(*, at: datetime = AT) -> Entry:
    """Return the record by which Qiao's firm was listed here."""
    return decided(noticed(known_qiao(at), at=at))
