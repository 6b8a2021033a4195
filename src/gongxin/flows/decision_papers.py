"""The paper of a decision: made with the step that decides, kept as made, verified by who is shown it."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from gongxin.core.cases import Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.decision_papers import (
    Decided,
    PointDecided,
    code_of,
    decision_paper,
    typed_code,
    typed_number,
    what_is_signed,
    with_code,
)
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.letters import Paper, paper_of
from gongxin.registry.cases.models import Case, DecisionPaper, Part
from gongxin.registry.cases.queries import newest_paper_about, paper_of_number, parts_of, points_of
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.spool import home
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.sealing import keyed_hash
from gongxin.registry.subjects.queries import profile

VERIFY_PATH = "/verify/"


@dataclass(frozen=True, slots=True)
class Verified:
    """A paper that is genuine. `followed_by` is the number of a later decision about the same record."""

    paper: DecisionPaper
    followed_by: str

    @property
    def stands(self) -> bool:
        return not self.followed_by


def make_paper(
    case: Case, part: Part, outcome: str, *, words: Words, by: str, at: datetime
) -> DecisionPaper | None:
    """Make the paper of a decision about a part inside the running transaction, numbered and kept.

    None for a part that is about no record.
    """
    if part.record_id is None:
        return None
    entry = current_entry(part.subject_id, part.record_id)
    decided_on = words.decided_on or legal_day(at)
    number = _number(case, part)
    body = part.responsible.name if part.responsible else settings.IDENTITY.institution
    told = Decided(
        number=number,
        case=number_in_words(case.kind, case.year, case.number),
        body=body,
        reason=words.reason,
        basis=words.basis,
        remedy=words.remedy,
        decided_on=decided_on,
        points=_points(part, entry, at),
        **_about(entry, at),
    )
    return DecisionPaper.objects.create(
        subject_id=part.subject_id,
        id=fresh_id(at=at),
        number=number,
        outcome=outcome,
        case_id=case.id,
        record_id=part.record_id,
        document_number=entry.document_number,
        body=body[:200],
        decided_on=decided_on,
        paper=decision_paper(outcome, told).starred().as_document(),
        at=at,
        by=by,
    )


def facts_of_paper(paper: DecisionPaper | None) -> Mapping[str, str]:
    """Return what the notice of the decision says of its paper."""
    return {} if paper is None else {"paper": paper.number, "code": code_of_paper(paper)}


def paper_to_hand_out(paper: DecisionPaper) -> Paper:
    """Return a kept paper as it is printed: the same each time, with its code and where it is verified."""
    return with_code(paper_of(paper.paper), code=code_of_paper(paper), address=_address())


def code_of_paper(paper: DecisionPaper) -> str:
    """Return the code of a kept paper; a paper that was changed since has another."""
    return _code(paper.number, paper.paper)


def verify(number: str, code: str) -> Verified | None:
    """Return the paper with this number and this code; None without saying which of the two is wrong."""
    paper = paper_of_number(typed_number(number))
    known = code_of_paper(paper) if paper else _code(number, {})
    if not hmac.compare_digest(known.encode(), typed_code(code).encode()) or paper is None:
        return None
    newest = newest_paper_about(paper)
    return Verified(paper, "" if newest.id == paper.id else newest.number)


def _code(number: str, document: Mapping[str, Any]) -> str:
    keyed = keyed_hash(home())
    keyed.update(what_is_signed(number, document))
    return code_of(keyed.digest())


def _number(case: Case, part: Part) -> str:
    """Return the number of the paper: the case's own, with the place of the part in it."""
    place = [one.id for one in parts_of(case)].index(part.id) + 1
    return f"{number_in_words(case.kind, case.year, case.number).removesuffix('号')}-{place}号"


def _points(part: Part, entry: Entry, at: datetime) -> tuple[PointDecided, ...]:
    known = classes_by_id(on=legal_day(at)).get(entry.class_id)
    labels = {field.key: field.label.zh for field in known.fields} if known else {}
    return tuple(
        PointDecided(labels.get(one.field, one.field), one.answer, one.answer_text) for one in points_of(part)
    )


def _about(entry: Entry, at: datetime) -> dict[str, str]:
    known = classes_by_id(on=legal_day(at)).get(entry.class_id)
    fields, subject = content_fields(entry.content), profile(entry.subject_id, at=at)
    return {
        "subject": subject.name if subject else "",
        "code": (subject.code if subject else "") or "",
        "class_name": known.label.zh if known else entry.class_id,
        "document_number": entry.document_number,
        "deciding_body": (fields.get(known.role("deciding_body") or "") if known else "")
        or entry.agency.name,
        "record": entry.record_id.hex,
    }


def _address() -> str:
    """Return where papers are verified; nothing where the site has no address that is known."""
    return f"{settings.SITE_URL.rstrip('/')}{VERIFY_PATH}" if settings.SITE_URL else ""
