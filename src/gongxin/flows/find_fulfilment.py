"""Finding how a commitment was kept: by the body that accepted it, with its evidence, told to who promised.

A breach is a new version of the record, in the body's own name; it weighs a year at most and then ends by
itself. Whoever promised may object, as to any record. Source: regulations 9.2; Henan regulation art 32.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who
from gongxin.core.commitments import FORM_WORDS, Fulfilment, breach_weighs_until
from gongxin.core.leaks import holds_personal_number
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import NotResponsible, WordsMissing
from gongxin.flows.correct import correct_entry
from gongxin.flows.notify import tell_subject
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.commitments.models import Commitment, Finding
from gongxin.registry.commitments.queries import commitment_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.notices.models import Notice


class UnfitWords(Exception):
    """A person's number stands in what was written: it would be kept for good."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: how it was kept, what was not, what follows, and the document that proves it."""

    fulfilment: Fulfilment
    unfulfilled: str = ""
    consequence: str = ""
    evidence: str = ""


def find(found: Found, *, commitment_id: UUID, agency: Agency, who: Who, at: datetime) -> Finding:
    """Find how a commitment was kept; the newest finding holds.

    Raises NoSuchCommitment, NotResponsible for another body's, WordsMissing for a breach without what was
    not kept, what follows or its evidence, UnfitWords, and what correct_entry raises.
    """
    said = _refused_unless_whole(found)
    with transaction.atomic():
        bulk.one_writer()
        made = commitment_of(commitment_id, agency_ids=None)
        if made.accepting_agency_id not in agencies_of(agency):
            raise NotResponsible(agency.code)
        _new_version(made, said, agency, who, at)
        notice = _told(made, said, agency, who, at)
        written = Finding.objects.create(
            subject_id=made.subject_id, id=fresh_id(at=at), commitment_id=made.id,
            fulfilment=said.fulfilment.value, unfulfilled=said.unfulfilled, consequence=said.consequence,
            evidence=said.evidence, found_on=legal_day(at), agency=agency, notice_id=notice.id, at=at,
            by=who.actor.written,
        )  # fmt: skip
        write_event(
            actor=who.actor, action="commitment.found", object_kind="commitment", object_id=made.id.hex,
            at=at, detail={"fulfilment": said.fulfilment.value, "record": made.record_id.hex},
        )  # fmt: skip
        return written


def _refused_unless_whole(found: Found) -> Found:
    """Return what was found with nothing around its words. Raises WordsMissing, UnfitWords."""
    words = {name: getattr(found, name).strip() for name in ("unfulfilled", "consequence", "evidence")}
    if any(map(holds_personal_number, words.values())):
        raise UnfitWords
    if found.fulfilment is Fulfilment.KEPT:
        return Found(Fulfilment.KEPT, evidence=words["evidence"])
    if missing := [name for name, text in words.items() if not text]:
        raise WordsMissing(tuple(missing))
    return Found(found.fulfilment, **words)


def _new_version(made: Commitment, said: Found, agency: Agency, who: Who, at: datetime) -> None:
    """Append what was found to the record: proposed by the body, decided by its person."""
    correct_entry(
        current_entry(made.subject_id, made.record_id),
        _fields(said, agency, at),
        kind=Kind.SUBSTANTIVE,
        ground=said.evidence or "履行状态认定",
        proposed_by=f"agency:{agency.code}",
        decided_by=who.actor,
        at=at,
    )


def _fields(said: Found, agency: Agency, at: datetime) -> Mapping[str, str]:
    on = legal_day(at)
    broken = said.fulfilment is not Fulfilment.KEPT
    return {
        "fulfilment": FORM_WORDS[said.fulfilment],
        "unfulfilled": said.unfulfilled,
        "consequence": said.consequence,
        "found_on": on.isoformat(),
        "finding_body": agency.name,
        "finding_body_code": agency.code,
        "shown_until": breach_weighs_until(on).isoformat() if broken else "",
    }


def _told(made: Commitment, said: Found, agency: Agency, who: Who, at: datetime) -> Notice:
    return tell_subject(
        subject_id=made.subject_id,
        kind=f"commitment.found-{said.fulfilment.value}",
        facts={
            "number": made.number, "about": made.matter, "agency": agency.name,
            "unfulfilled": said.unfulfilled, "consequence": said.consequence, "evidence": said.evidence,
            "weighs_until": breach_weighs_until(legal_day(at)).isoformat(),
        },
        by=who.actor.written,
        at=at,
        record_id=made.record_id,
    )  # fmt: skip
