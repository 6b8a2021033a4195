"""Publication decisions: taken for every entry as it is posted, and by officers for what was held.

A decision is published, withheld for a lawful reason, or pending for a person (law-decisions 1, 2).
What shows is derived from the newest decision and the moment asked, never stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import InformationClass
from gongxin.core.clocks import PENALTY, YES, not_for_everyone
from gongxin.core.deadlines import lateness_working_days, publish_by, usable_from
from gongxin.core.disclosure import Outcome
from gongxin.core.kept_clocks import PERIOD_OVER
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import day_begins
from gongxin.core.notices import kind_about_record
from gongxin.core.penalties import kind_of_body, publication_of_penalty
from gongxin.core.terms import terms_of
from gongxin.core.working_days import Calendar
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id, working_calendar
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.showing import NEVER


class NotWaiting(Exception):
    """This record does not wait for a decision."""


class ComesAgain(Exception):
    """The record had ended and comes again: it is released only as certified by its source."""


class NoBasisInForce(Exception):
    """The class of this record has left the catalogue in force: nothing may publish it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law says of one record's publication, in dates; computed once, then stored."""

    withheld_reason: str
    penalty_class: str
    publish_until: date | None
    share_until: date | None
    use_until: date | None
    repairable_from: date | None
    rule: str
    source: str
    provisional: bool
    due_on: date | None
    late_working_days: int | None
    usable_from: date | None


@dataclass(frozen=True, slots=True)
class PlannedDecision:
    """One decision, ready to be appended for any record that has the same facts on the same day."""

    class_id: str
    outcome: Outcome
    reason: str
    audience: str
    terms: Terms
    usable_from: str | None
    shown_until: str | None  # to everyone, as the database takes it; None if it is not shown to everyone
    notice: str  # the kind by which its subject first hears of it, where it is adverse
    values: tuple[Any, ...]  # outcome … source, in the order of DECISION_COLUMNS, as the database takes them

    def row(
        self, subject_id: str, decision_id: str, record_id: str, entry_id: str, moment: str
    ) -> tuple[Any, ...]:
        """Return the decision about one record, taken at `moment`, without what is the `same` in all."""
        shown_from = moment if self.outcome is Outcome.PUBLISHED else None
        return (subject_id, decision_id, record_id, entry_id, shown_from, *self.values)

    def withheld(self, reason: str) -> "PlannedDecision":
        """Return the decision to withhold what this one says, for a reason."""
        return planned(
            class_id=self.class_id,
            audience=self.audience,
            outcome=Outcome.WITHHELD,
            reason=reason,
            terms=self.terms,
        )


def same(*, class_id: str, audience: str, actor: str, moment: str) -> dict[str, str]:
    """Return the columns that are the same in all decisions `actor` takes about one class at `moment`."""
    return {"class_id": class_id, "audience": audience, "decided_at": moment, "decided_by": actor}


def planned(*, class_id: str, audience: str, outcome: Outcome, reason: str, terms: Terms) -> PlannedDecision:
    """Return the decision with its dates as the database takes them."""
    shown = outcome is Outcome.PUBLISHED
    until = _end(terms.publish_until) if shown else None
    return PlannedDecision(
        class_id=class_id,
        outcome=outcome,
        reason=reason,
        audience=audience,
        terms=terms,
        usable_from=_iso(terms.usable_from),
        shown_until=(until or NEVER) if shown and audience == "public" else None,
        notice=kind_about_record(class_id=class_id, outcome=outcome, reason=reason),
        values=(
            outcome.value,
            reason,
            terms.penalty_class,
            until,
            _end(terms.share_until),
            _end(terms.use_until),
            _iso(terms.repairable_from),
            _iso(terms.due_on),
            int(terms.provisional),
            None if outcome is Outcome.PENDING else terms.late_working_days,
            terms.rule,
            terms.source,
        ),
    )


class DecisionMaker:
    """Decides publication for the rows of one class, remembering what the same facts gave that day."""

    def __init__(self, information_class: InformationClass) -> None:
        self._class = information_class
        self._calendar = working_calendar()
        self._planned = lru_cache(maxsize=65_536)(self._plan)
        self._body = lru_cache(maxsize=4096)(kind_of_body)

    def decide(self, facts: Sequence[str | None], *, held: str, on: date) -> PlannedDecision:
        """Return the decision taken `on` that day for a row with these values of TERM_ROLES, in that order.

        `held` says why the record must wait for a person.
        """
        body, *others = facts
        return self._planned((self._body(body or ""), *others), held, on)

    def _plan(self, facts: tuple[str | None, ...], held: str, on: date) -> PlannedDecision:
        values = {role: fact or "" for role, fact in zip(TERM_ROLES, facts, strict=True)}
        terms = self._reckon(values, on)
        withheld = (
            values["withholding_reason"]
            or not_for_everyone(values["disclosure_scope"])
            or terms.withheld_reason
            or _over_on_arrival(terms, on)
        )
        if held:
            outcome, reason = Outcome.PENDING, held
        elif withheld:
            outcome, reason = Outcome.WITHHELD, withheld
        else:
            outcome, reason = Outcome.PUBLISHED, ""
        return planned(
            class_id=self._class.id,
            audience=self._class.audience,
            outcome=outcome,
            reason=reason,
            terms=terms,
        )

    def _reckon(self, values: Mapping[str, str], on: date) -> Terms:
        decided_on = _date(values["decided_on"])
        due_on, provisional, late = _timeliness(self._class.id, decided_on, on, self._calendar)
        if self._class.id == PENALTY and decided_on is not None:
            return _penalty_terms(values, decided_on, on, due_on, late, self._calendar, provisional)
        return _plain_terms(self._class, values, decided_on, on, due_on, late, provisional)


TERM_ROLES = (
    "deciding_body",
    "decided_on",
    "served_on",
    "valid_until",
    "published_until",
    "removed_on",
    "penalty_kinds",
    "simple_procedure",
    "publication_reason",
    "withholding_reason",
    "disclosure_scope",
)


def _timeliness(
    class_id: str, decided_on: date | None, on: date, calendar: Calendar
) -> tuple[date | None, bool, int | None]:
    """Return the day a decision on publication is due, whether that is provisional, and how late `on` is."""
    if decided_on is None:
        return None, False, None
    due = publish_by(class_id, decided_on, calendar)
    if due.publish_by is None:
        return None, False, None
    return due.publish_by, due.provisional, lateness_working_days(due.publish_by, on, calendar)


def _penalty_terms(
    values: Mapping[str, str],
    decided_on: date,
    on: date,
    due_on: date | None,
    late: int | None,
    calendar: Calendar,
    provisional: bool,
) -> Terms:
    found = publication_of_penalty(
        kinds=values["penalty_kinds"].split("；"),
        simple_procedure=values["simple_procedure"] in YES,
        decided_on=decided_on,
        deciding_body=values["deciding_body"],
        posted_on=on,
        shorten_to=_date(values["published_until"]),
        publication_reason=values["publication_reason"],
    )
    usable = usable_from(decided_on, _date(values["served_on"]), calendar)
    return Terms(
        withheld_reason=found.withheld_reason or "",
        penalty_class=found.penalty_class.value,
        publish_until=found.publish_until,
        share_until=found.share_until,
        use_until=found.use_until,
        repairable_from=found.repairable_from,
        rule=found.rule,
        source=found.source,
        provisional=provisional,
        due_on=due_on,
        late_working_days=late,
        usable_from=usable.due_on,
    )


def _plain_terms(
    information_class: InformationClass,
    values: Mapping[str, str],
    decided_on: date | None,
    on: date,
    due_on: date | None,
    late: int | None,
    provisional: bool,
) -> Terms:
    found = terms_of(
        information_class.id,
        decided_on=decided_on or on,  # a yearly list states its year only: it begins on the day it is posted
        valid_until=_date(values["valid_until"]),
        removed_on=_date(values["removed_on"]),
        shorten_to=_date(values["published_until"]),
    )
    return Terms(
        withheld_reason="",
        penalty_class="",
        publish_until=found.publish_until,
        share_until=found.share_until,
        use_until=found.use_until,
        repairable_from=found.repairable_from,
        rule=found.rule,
        source=found.source,
        provisional=provisional,
        due_on=due_on,
        late_working_days=late,
        usable_from=None,
    )


def as_the_law_says(entry: Entry, *, on: date) -> PlannedDecision:
    """Return what the law of the day makes of a record that nobody holds back. Raises NoBasisInForce."""
    information_class = classes_by_id(on=on).get(entry.class_id)
    if information_class is None:
        raise NoBasisInForce(entry.class_id)
    content = content_fields(entry.content)
    facts = [content.get(information_class.roles.get(role, "")) for role in TERM_ROLES]
    return DecisionMaker(information_class).decide(facts, held="", on=on)


def _over_on_arrival(terms: Terms, on: date) -> str:
    """Return why a record that arrives after its publication period is never shown."""
    return PERIOD_OVER if terms.publish_until is not None and terms.publish_until <= on else ""


def _end(day: date | None) -> str | None:
    return bulk.instant(day_begins(day)) if day else None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
