"""Keeping the papers of a case sealed, and opening them for those who work on it or are concerned.

A paper is sealed as it arrives and judged by its bytes; its row is written with the case it belongs to.
What no case takes is erased after a while (`registry.cases.papers`). Never public: R14.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.evidence import Fault, RefusedFile, fault_of_all, judged, limits, safe_name
from gongxin.core.looks import Looker
from gongxin.flows.looks import note_look
from gongxin.flows.open_case import NewEvidence
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, Evidence
from gongxin.registry.cases.papers import content_of, keep, new_paper, open_paper
from gongxin.registry.cases.queries import NoSuchCase, evidence_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.sealing import SealingWriter


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper opened in clear: stream it and close it."""

    row: Evidence
    stream: BinaryIO


class CaseClosed(Exception):
    """The case has been decided: no more papers are handed in."""


def seal_paper(chunks: Iterable[bytes]) -> SealingWriter | Fault:
    """Seal a paper as it arrives, in constant memory; return why not where it grows too large."""
    writer = new_paper()
    for chunk in chunks:
        writer.write(chunk)
        if writer.size > limits().file_bytes:
            writer.discard()
            return Fault.TOO_LARGE
    writer.close()
    return writer


def keep_evidence(sealed: SealingWriter, *, name: str, at: datetime) -> NewEvidence | RefusedFile:
    """Judge a paper that lies sealed, its writer closed: keep it for its case, or erase it and say why."""
    found = (
        judged(content_of(sealed), name=name) if sealed.size else RefusedFile(safe_name(name), Fault.EMPTY)
    )
    if isinstance(found, RefusedFile):
        sealed.discard()
        return found
    evidence_id = fresh_id(at=at)
    keep(sealed, evidence_id)
    return NewEvidence(
        id=evidence_id,
        name=found.name,
        media_type=found.media_type,
        size_bytes=sealed.size,
        digest=sealed.digest,
        wrapped_key=sealed.wrapped_key,
    )


def fault_of_evidence(evidence: Sequence[NewEvidence], *, case: Case | None = None) -> Fault | None:
    """Return what is wrong with these papers together, and with those the case has already."""
    held = [row.size_bytes for row in evidence_of(case)] if case else []
    return fault_of_all([*held, *(one.size_bytes for one in evidence)])


def add_evidence(*, case: Case, evidence: Sequence[NewEvidence], who: Who, at: datetime) -> None:
    """Add kept papers to an open case. Raises CaseClosed. Ask `fault_of_evidence` before."""
    with transaction.atomic():
        bulk.one_writer()
        if not Case.objects.filter(id=case.id, closed_at=None).exists():
            raise CaseClosed(case.id.hex)
        for one in evidence:
            Evidence.objects.create(
                subject_id=case.subject_id, id=one.id, case_id=case.id, name=one.name,
                media_type=one.media_type, size_bytes=one.size_bytes, digest=one.digest,
                wrapped_key=one.wrapped_key, kept_at=at, by=who.actor.written,
            )  # fmt: skip
        write_event(
            actor=who.actor, action="case.evidence-added", object_kind="case", object_id=case.id.hex, at=at,
            detail={"papers": len(evidence)},
        )  # fmt: skip


def open_evidence(*, case: Case, evidence_id: UUID, looker: Looker | None, at: datetime) -> Opened:
    """Open a paper of a case; who may is the caller's to ask. `looker` is staff, whose look is kept.

    Raises NoSuchCase where the case has no such paper, PaperGone.
    """
    row = Evidence.objects.filter(case_id=case.id, id=evidence_id).first()
    if row is None:
        raise NoSuchCase(evidence_id.hex)
    opened = Opened(row, open_paper(row))
    if looker is not None:
        number = number_in_words(case.kind, case.year, case.number)
        note_look(
            looker=looker, subject_id=case.subject_id, purpose="case.evidence", at=at, case_number=number
        )
    return opened
