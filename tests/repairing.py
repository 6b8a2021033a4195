"""A firm with three penalties of two bodies, and the steps of their repair, for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cast import AT, BUREAU, LIN, QIAO
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Party, Who, Words
from gongxin.core.cases.repair_law import Signature
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.core.policy import Role
from gongxin.flows.decide_repair import accept
from gongxin.flows.grant_mandate import grant
from gongxin.flows.open_case import NewEvidence
from gongxin.flows.repair import ask_for_repair, eligible_of
from gongxin.registry.accounts.models import User
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

QIAO_ID = UUID("01a20621-0000-7000-8000-000000000001")
QIAO_HERSELF = Who(Actor(ActorKind.USER, QIAO_ID.hex), Party.APPLICANT)
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
    qiao_acts_for(subject_id, at=at)
    return subject_id


def qiao_acts_for(subject_id: UUID, *, at: datetime = AT) -> None:
    """Let Qiao act for a firm, as its legal representative."""
    user, _ = User.objects.get_or_create(
        id=QIAO_ID, defaults={"username": "qiao", "password": "!", "role": Role.ORGANISATION_OFFICER.value}
    )
    grant(
        user=user, subject_id=subject_id, kind="legal-representative", ground="营业执照",
        from_on=legal_day(at), until_on=None, actor=LIN, at=at,
    )  # fmt: skip


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


def part_about(case: Case, number: str) -> Part:
    """Return the part of a case about the record with a document number, as it stands now."""
    return next(
        one
        for one in parts_of(case)
        if one.record_id and current_entry(one.subject_id, one.record_id).document_number == number
    )


def body_of(part: Part, *, actor: Actor = LIN) -> Who:
    """Return somebody of the body that answers for a part."""
    return Who(actor, Party.AGENCY, part.responsible_id)


def accepted(case: Case, number: str, *, at: datetime = AT) -> Part:
    """Return a part whose application Lin has accepted."""
    part = part_about(case, number)
    accept(part_id=part.id, seen=part.steps_taken, who=body_of(part), words=NO_WORDS, at=at)
    return part_about(case, number)


def decide(act: Any, part: Part, *, words: Words, at: datetime = AT, actor: Actor = LIN) -> Step:
    """Take a step of the body with a part as it stands."""
    step: Step = act(
        part_id=part.id, seen=part.steps_taken, who=body_of(part, actor=actor), words=words, at=at
    )
    return step


def shown(subject_id: UUID, *, at: datetime = AT) -> set[str]:
    """Return the document numbers everyone sees of a subject."""
    return {one.document_number for one in records_of(subject_id, audience=Audience.PUBLIC, at=at)}
