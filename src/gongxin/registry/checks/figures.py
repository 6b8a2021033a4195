"""How often answers named which measures, and what was done: by body, matter and what triggered them."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.registry import bulk

_ASKED = (
    "SELECT agency_id, matter, verdict, COUNT(*) FROM ("
    "SELECT agency_id, matter, verdict, asked_at FROM checks_check UNION ALL"
    " SELECT agency_id, matter, verdict, asked_at FROM checks_unanswered) q"
    " WHERE asked_at >= %s GROUP BY agency_id, matter, verdict"
)
_NAMED = (
    'SELECT c.agency_id, r.matter, r."trigger", r.measure, COUNT(*)'
    " FROM checks_check c JOIN checks_applied a ON a.subject_id = c.subject_id AND a.check_id = c.id"
    " JOIN checks_measurerule r ON r.id = a.rule_id"
    ' WHERE c.asked_at >= %s GROUP BY c.agency_id, r.matter, r."trigger", r.measure'
)
_DONE = (
    'SELECT c.agency_id, c.matter, r."trigger", r.measure, f.done, COUNT(*)'
    " FROM checks_check c JOIN checks_feedback f ON f.subject_id = c.subject_id AND f.check_id = c.id"
    " LEFT JOIN checks_measurerule r ON r.id = f.rule_id"
    ' WHERE c.asked_at >= %s GROUP BY c.agency_id, c.matter, r."trigger", r.measure, f.done'
)


class Asked(NamedTuple):
    """How many questions of a body on a matter had this verdict. No body: the centre."""

    agency_id: UUID | None
    matter: str
    verdict: str
    times: int


class Named(NamedTuple):
    """How often answers to a body named a measure because of a trigger."""

    agency_id: UUID | None
    matter: str
    trigger: str
    measure: str
    times: int


class DoneOf(NamedTuple):
    """How often a body said that it had done this; no trigger where it named no rule."""

    agency_id: UUID | None
    matter: str
    trigger: str
    measure: str
    done: str
    times: int


class Figures(NamedTuple):
    asked: list[Asked]
    named: list[Named]
    done: list[DoneOf]


def figures(*, since: datetime) -> Figures:
    """Return the figures of the checks asked since an instant."""
    begins = bulk.instant(since)
    return Figures(
        [Asked(_agency(agency), *rest) for agency, *rest in bulk.select(_ASKED, begins)],
        [Named(_agency(agency), *rest) for agency, *rest in bulk.select(_NAMED, begins)],
        [
            DoneOf(_agency(agency), matter, trigger or "", measure or "", done, count)
            for agency, matter, trigger, measure, done, count in bulk.select(_DONE, begins)
        ],
    )


def _agency(found: object) -> UUID | None:
    return None if found is None else bulk.as_id(found)
