"""Firms known by other codes each, and officers who say that two of them are one."""

from datetime import datetime
from uuid import UUID

from cast import AT, QIAO_NAME, ZHAO
from django.db.models import F
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.identifiers import organisation, registration
from gongxin.core.identifiers.unified import PLACEHOLDER
from gongxin.core.ledger import canonical_content, content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.names import normalise_name
from gongxin.core.search_tokens import search_tokens
from gongxin.core.subjects import LINK_COLUMNS
from gongxin.flows.judge import MergedAlready, judge
from gongxin.flows.link import link_row
from gongxin.flows.merge import merge
from gongxin.flows.resolve import Resolution, row_to_resolve
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects import bulk as subjects
from gongxin.registry.subjects.doubts import SAME_NAME, NewDoubt, write_doubts
from gongxin.registry.subjects.models import Doubt, Judgement, Merge

WEI = Actor(ActorKind.USER, "wei")  # the reviewer: the second person


def number_of(number: int) -> str:
    """Return the registration number of the fictional individual business `number`."""
    first = f"9901006{number:07d}"
    return first + registration.check_digit(first)


def organisation_code(number: int) -> str:
    """Return an organisation code of the fictional firm `number`."""
    first = f"MB{number:06d}"
    return first + organisation.check_character(first)


def arrives(*, name: str = QIAO_NAME, at: datetime = AT, **codes: str) -> UUID | None:
    """Return whose a row under these codes (of `LINK_COLUMNS`) is; None if it waits. The law is loaded."""
    part = codes["unified"][8:17] if "unified" in codes else None
    checked = tuple(part if column == "part" else codes.get(column) for column in LINK_COLUMNS)
    row = row_to_resolve(checked=checked, name=name, operator="")
    plan = Resolution(active_class("penalty", on=legal_day(at)), at)
    plan.learn([row])
    found = plan.place(row).subject_id
    plan.save()
    return UUID(found) if found else None


def fined(number: int = 1, *, name: str = QIAO_NAME, at: datetime = AT, **codes: str) -> UUID:
    """Return whose a posted penalty is: of a firm by its `unified` code, or by its `registration`."""
    kind = "法人及非法人组织" if "unified" in codes else "个体工商户"
    row = penalty(
        CF_WSH=f"示环罚〔2026〕{number}号", CF_XDR_MC=name, CF_XDR_LB=kind,
        CF_XDR_SHXYM=codes.get("unified", PLACEHOLDER), CF_XDR_GSZC=codes.get("registration", ""),
    )  # fmt: skip
    batch = sent(csv_of(row), at=at)
    return Entry.objects.get(submission_id=batch.id).subject_id


def doubted(one: UUID, other: UUID, *, at: datetime = AT) -> Doubt:
    """Return the doubt whether two are one, as a worker that compared their names writes it down."""
    if one == other:
        raise MergedAlready(one.hex)  # nobody lays one before a person beside itself
    first, second = sorted((one, other))
    write_doubts([NewDoubt(second, SAME_NAME, 1.0, subject=first)], at=at)
    return Doubt.objects.get(subject_id=first, other_id=second)


def judged(
    one: UUID, other: UUID, verdict: str = "same", *, by: Actor = ZHAO, at: datetime = AT
) -> Judgement:
    doubt = doubted(one, other, at=at)
    return judge(doubt=doubt, verdict=verdict, ground="两码同一企业，见登记档案", actor=by, at=at)


def merged(one: UUID, other: UUID, *, at: datetime = AT) -> Merge:
    """Return the merge of two that Zhao judged to be the same and Wei decided."""
    return merge(judgement=judged(one, other, at=at), decided_by=WEI, ground="已核对登记档案", at=at)


def known_as(name: str, *keys: tuple[str, str], at: datetime = AT) -> UUID:
    """Return a subject that bears these keys alone, without what follows from them."""
    subject_id = fresh_id(at=at).hex
    normal = normalise_name(name)
    subjects.add(
        subjects=[subjects.NewSubject(subject_id, "organisation", "legal-person", "990100")],
        identifiers=[(subject_id, *key) for key in keys],
        names=[subjects.NewName(subject_id, name, normal, True, search_tokens(normal))],
        at=bulk.instant(at),
    )
    return UUID(subject_id)


def fined_by_word(subject_id: UUID, number: int, *, at: datetime = AT) -> None:
    """Post a penalty to a subject on an officer's word, as a row without a code is."""
    like = Entry.objects.filter(class_id="penalty").earliest("recorded_at")
    content = canonical_content({**content_fields(like.content), "CF_WSH": f"示环罚〔2026〕{number}号"})
    row = UnlinkedRow.objects.create(
        id=fresh_id(at=at), submission_id=like.submission_id, row=number, row_key=f"{number}",
        class_id="penalty", name=QIAO_NAME, content=content, reason="no-code",
    )  # fmt: skip
    Submission.objects.filter(id=like.submission_id).update(unlinked=F("unlinked") + 1)
    link_row(row=row, subject_id=subject_id, ground="核对登记档案", actor=ZHAO, at=at)
