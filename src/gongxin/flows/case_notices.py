"""What is told of a step: to the subject always, to the body that must act or that is told above it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongxin.core.cases import Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.flows.notify import tell_agency, tell_subject
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.cases.queries import running_clocks
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.notices.models import Notice

# Steps after which the body that answers for the part has something to do.
ASKS_THE_BODY = frozenset({"open", "forward", "ripen", "hand-over", "resume"})


def tell_of_step(
    case: Case,
    part: Part,
    act: str,
    *,
    words: Words,
    by: str,
    at: datetime,
    facts: Mapping[str, Any],
) -> Notice:
    """Write the notice of a step to the subject, and to the body that must now act; return the subject's."""
    said = {**facts_of_step(case, part, act, words), **facts}
    if act in ASKS_THE_BODY and part.responsible is not None:
        tell_agency(
            agency=part.responsible, subject_id=part.subject_id, kind="case.asked", facts=said, by=by, at=at,
            record_id=part.record_id, case_id=part.case_id,
        )  # fmt: skip
    return tell_subject(
        subject_id=part.subject_id, kind=f"case.{act}", facts=said, by=by, at=at,
        record_id=part.record_id, case_id=part.case_id,
    )  # fmt: skip


def facts_of_step(case: Case, part: Part, act: str, words: Words) -> dict[str, Any]:
    """Return what the notice of a step is drawn from."""
    clocks = running_clocks(part)
    first = min(clocks, key=lambda clock: clock.due_on, default=None)
    return {
        "case": number_in_words(part.kind, case.year, case.number),
        "kind": part.kind,
        "act": act,
        "state": part.state,
        "class": part.class_id,
        "document_number": _document_number(part),
        "responsible": part.responsible.name if part.responsible else "",
        "due_on": first.due_on.isoformat() if first else "",
        "reason": words.reason,
        "basis": words.basis,
        "remedy": words.remedy,
    }


def _document_number(part: Part) -> str:
    if part.record_id is None:
        return ""
    return current_entry(part.subject_id, part.record_id).document_number
