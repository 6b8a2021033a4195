"""A firm with three penalties of two bodies, and the steps of their repair, for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cast import AT, BUREAU, QIAO
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Party, Who
from gongxin.core.cases.repair_law import Signature
from gongxin.flows.open_case import NewEvidence
from gongxin.flows.repair import ask_for_repair, eligible_of
from gongxin.registry.cases.models import Case
from gongxin.registry.subjects.queries import subject_of_code

QIAO_HERSELF = Who(Actor(ActorKind.USER, "qiao"), Party.APPLICANT)
SIGNED = Signature("乔木", agreed=True)
EARLY = "示环罚〔2026〕2号"
RIPE, MARKET = "示环罚〔2026〕1号", "示市监罚〔2026〕3号"


def fined_thrice(*, at: datetime = AT) -> UUID:
    """Return Qiao's firm, fined twice by the environment bureau, once lately, and once by the market's."""
    sent(
        csv_of(
            penalty(CF_WSH=RIPE, CF_JDRQ="2026-07-01"),
            penalty(CF_WSH=EARLY, CF_JDRQ="2026-10-12"),
        ),
        at=at,
    )
    market = "示范市市场监督管理局"
    by_market = {"CF_CFJG": market, "CF_CFJGDM": BUREAU, "CF_SJLY": market, "CF_SJLYDM": BUREAU}
    sent(
        csv_of(penalty(CF_WSH=MARKET, CF_JDRQ="2026-08-03", **by_market)),
        agency=an_agency(BUREAU, market),
        at=at,
    )
    subject_id = subject_of_code(QIAO, at=at)
    assert subject_id is not None
    return subject_id


def records(subject_id: UUID, *, at: datetime = AT) -> dict[str, UUID]:
    """Return the adverse records of a subject by their document numbers."""
    return {one.document_number: one.record_id for one in eligible_of(subject_id, at=at)}


def paper() -> NewEvidence:
    """Return a receipt that lies sealed already."""
    return NewEvidence(uuid4(), "缴款凭证.pdf", "application/pdf", 1024, "0" * 64, b"wrapped")


def asked_for(subject_id: UUID, *record_ids: UUID, at: datetime = AT, **changes: Any) -> Case:
    """Return the case in which Qiao asks for the repair of these records."""
    given: dict[str, Any] = {
        "form_id": uuid4(), "entry": Entry.MINE, "statement": "罚款已缴，已整改。", "commitment": SIGNED,
        "evidence": [paper()], "who": QIAO_HERSELF, **changes,
    }  # fmt: skip
    return ask_for_repair(subject_id=subject_id, record_ids=record_ids, at=at, **given)
