"""Asking for repair: which records it can be asked for, one case for all of them, and those that wait in it.

What the body that made a record decides about it is in `decide_repair`. Nothing of it costs anything.
Source: law-decisions 15, 16; law/repair.yaml.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who
from gongxin.core.cases.eligibility import Eligibility, RepairFacts, WhyNot, may_be_repaired
from gongxin.core.cases.repair_law import (
    COMMITMENT,
    PROOF,
    Elsewhere,
    Signature,
    bar_rests_on_confirmation,
    bar_source,
    commitment_letter,
    decided_elsewhere,
    signed,
)
from gongxin.core.disclosure import Audience, Publication
from gongxin.core.legal_day import SHANGHAI, legal_day
from gongxin.flows.applicants import refuse_stranger
from gongxin.flows.case_steps import NOTHING
from gongxin.flows.open_case import Application, Asked, NewEvidence, open_case
from gongxin.registry import bulk
from gongxin.registry.accounts.queries import account_name
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import barred_until, case_of_form, records_being_asked
from gongxin.registry.catalogue.queries import classes_by_id, confirmed_sources
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile

ASKED_IN = (Kind.REPAIR, Kind.REORGANISATION)
ZH = "zh-hans"


class NotEligible(Exception):
    """A record cannot be repaired, nor wait for its day inside a case; `eligible` says why."""

    def __init__(self, record_id: UUID, eligible: "Eligible | None") -> None:
        super().__init__(record_id.hex)
        self.record_id, self.eligible = record_id, eligible


class PapersMissing(Exception):
    """A repair needs its two papers; `missing` are keys of law/repair.yaml#papers."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Eligible:
    """One adverse record of a subject and whether it may be repaired: from when, by whom, why not now."""

    record_id: UUID
    class_id: str
    document_number: str
    deciding_body: str
    responsible: str
    publish_until: datetime | None
    elsewhere: Elsewhere | None
    eligibility: Eligibility

    @property
    def from_on(self) -> date | None:
        return self.eligibility.from_on

    @property
    def rule(self) -> str:
        return self.eligibility.rule

    @property
    def source(self) -> str:
        return self.eligibility.source

    @property
    def may_now(self) -> bool:
        return self.eligibility.may_now

    @property
    def may_be_asked(self) -> bool:
        return self.eligibility.may_be_asked

    @property
    def why_not(self) -> WhyNot | None:
        return self.eligibility.why_not


def eligible_of(subject_id: UUID, *, at: datetime) -> list[Eligible]:
    """Return each adverse record of a subject and whether it may be repaired; newest decided first."""
    subject_ids = subject_ids_of(subject_id, at=at)
    asked = records_being_asked(subject_ids, kinds=ASKED_IN)
    bar = barred_until(subject_ids)
    confirmed = not bar_rests_on_confirmation() or bar_source() in confirmed_sources()
    return [
        _eligible(one, asked=one.record_id in asked, bar=bar, confirmed=confirmed, on=legal_day(at))
        for one in records_of(subject_id, audience=Audience.SUBJECT, at=at)
        if one.adverse
    ]


def ask_for_repair(
    *,
    subject_id: UUID,
    record_ids: Sequence[UUID],
    form_id: UUID,
    entry: Entry,
    statement: str,
    commitment: Signature | None,
    evidence: Sequence[NewEvidence],
    who: Who,
    at: datetime,
    language: str = ZH,
    external_number: str = "",
    applied_on: date | None = None,
    detail: Mapping[str, Any] = NOTHING,
) -> Case:
    """Open one case for the repair of any number of records, of as many bodies; sent twice it is one.

    A record whose day has not come waits inside the case. In the subject's own place the commitment letter
    is signed here; at the counter and the national site it lies among the evidence. `applied_on` is the day
    on which another site took the application in, `detail` is kept with the first step.
    Raises NotTheirSubject, NotEligible, PapersMissing, and what open_case raises.
    """
    wanted = tuple(dict.fromkeys(record_ids))
    with transaction.atomic():
        bulk.one_writer()
        refuse_stranger(subject_id, who=who, entry=entry, at=at)
        known = case_of_form(form_id)
        if known is None:
            _refuse_missing_papers(entry, commitment, evidence)
        found = {one.record_id: one for one in eligible_of(subject_id, at=at)}
        application = Application(
            kind=Kind.REPAIR,
            subject_id=subject_id,
            asked=[_asked(one, found.get(one), again=known is not None) for one in wanted],
            form_id=form_id,
            entry=entry,
            statement=statement,
            commitment=_letter(subject_id, wanted, commitment, who, at, language),
            evidence=evidence,
            external_number=external_number,
            applied_on=applied_on,
            detail=detail,
        )
        return open_case(application, who=who, at=at)[0]


def letter_to_sign(subject_id: UUID, record_ids: Collection[UUID], *, at: datetime, language: str) -> str:
    """Return the commitment letter about these records as it is shown before it is signed."""
    subject, classes = profile(subject_id, at=at), classes_by_id(on=legal_day(at))
    labels = {key: one.label.in_language(language) for key, one in classes.items()}
    asked = [one for one in eligible_of(subject_id, at=at) if one.record_id in record_ids]
    return commitment_letter(
        subject=subject.name if subject else "",
        code=(subject.code if subject else "") or "",
        records=[_in_letter(one, labels) for one in asked],
        language=language,
    )


def _eligible(view: RecordView, *, asked: bool, bar: date | None, confirmed: bool, on: date) -> Eligible:
    ends = [end for end in (view.publish_until, view.share_until, view.use_until) if end is not None]
    facts = RepairFacts(
        adverse=view.adverse,
        decided=view.publication != Publication.PENDING.value,
        repaired=view.repair == "repaired",
        withdrawn=view.record == "withdrawn",
        repairable_from=view.repairable_from,
        ends_on=legal_day(max(ends)) if ends else None,
        rule=view.rule,
        source=view.source,
        asked=asked,
        barred_until=bar,
        bar_is_confirmed=confirmed,
    )
    return Eligible(
        record_id=view.record_id,
        class_id=view.class_id,
        document_number=view.document_number,
        deciding_body=view.deciding_body,
        responsible=view.agency_name,
        publish_until=view.publish_until,
        elsewhere=decided_elsewhere(view.deciding_body),
        eligibility=may_be_repaired(facts, on=on),
    )


def _asked(record_id: UUID, eligible: Eligible | None, *, again: bool) -> Asked:
    """Return what is asked about a record. Raises NotEligible, but for a form that came in before."""
    if eligible is None or not (eligible.may_be_asked or again):
        raise NotEligible(record_id, eligible)
    waits = eligible.from_on if eligible.why_not is WhyNot.TOO_EARLY else None
    facts = {"elsewhere": eligible.elsewhere.key} if eligible.elsewhere else {}
    return Asked(record_id, waits_until=waits, facts=facts)


def _refuse_missing_papers(
    entry: Entry, commitment: Signature | None, evidence: Sequence[NewEvidence]
) -> None:
    signed_here = commitment is not None and commitment.agreed and bool(commitment.name.strip())
    missing = [
        *([PROOF] if not evidence and entry is not Entry.NATIONAL_SITE else []),
        *([COMMITMENT] if entry is Entry.MINE and not signed_here else []),
    ]
    if missing:
        raise PapersMissing(tuple(missing))


def _letter(
    subject_id: UUID,
    record_ids: Collection[UUID],
    commitment: Signature | None,
    who: Who,
    at: datetime,
    language: str,
) -> str:
    if commitment is None:
        return ""
    letter = letter_to_sign(subject_id, record_ids, at=at, language=language)
    return signed(
        letter,
        name=commitment.name.strip(),
        user=account_name(who.actor.name),
        at=at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        language=language,
    )


def _in_letter(one: Eligible, labels: Mapping[str, str]) -> str:
    parts = (labels.get(one.class_id, one.class_id), one.document_number, one.deciding_body)
    return " ".join(part for part in parts if part)
