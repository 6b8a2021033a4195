"""The clocks of one record: what runs for it, until when, by which rule of which instrument.

Pure questions about one record's facts, asked of a day: may it be shown, from when may it be repaired, and
all seven clocks at once. What the law says of penalties is in `core/penalties.py`, of other classes in
`core/terms.py`, of limits in `core/deadlines.py`. Source: law-decisions 1 to 9.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongxin.core.deadlines import Due, publish_by, usable_from
from gongxin.core.penalties import (
    NoRuleInForce,
    PenaltyTerms,
    ceiling_of,
    is_never_early,
    publication_of_penalty,
)
from gongxin.core.terms import ClassTerms, terms_of
from gongxin.core.working_days import Calendar

PENALTY = "penalty"
YES = frozenset({"1", "是", "Y", "YES", "TRUE", "true"})  # how a source states a simple procedure
NO_RULE_IN_FORCE, NOT_YET_DECIDED, CEILING = "no-rule-in-force", "not-yet-decided", "five-year-ceiling"
WITHHELD = "withheld"
CEILING_SOURCE = "S-HN"


class ExtensionCitesNothing(Exception):
    """An extension needs the rule of its sector and the instrument that rule stands in."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later end the source filed because duties were not performed (law-decisions 6).

    Raises ExtensionCitesNothing.
    """

    until: date
    rule: str
    source: str

    def __post_init__(self) -> None:
        if not (self.rule.strip() and self.source.strip()):
            raise ExtensionCitesNothing(f"until {self.until}")


@dataclass(frozen=True, slots=True)
class Ended:
    """The day on which a record was repaired, withdrawn or removed, and the rule and source of that."""

    on: date
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the clocks of one record depend on.

    `posted_on` is the day its publication was decided; `withheld` a lawful reason its source stated.
    """

    class_id: str
    decided_on: date
    posted_on: date
    deciding_body: str = ""
    kinds: tuple[str, ...] = ()
    simple_procedure: bool = False
    publication_reason: str = ""
    withheld: str = ""
    served_on: date | None = None
    valid_until: date | None = None
    removed_on: date | None = None
    shorten_to: date | None = None
    extension: Extension | None = None
    ended: Ended | None = None
    review_open: bool = False
    suit_open: bool = False
    final_on: date | None = None


def facts_from(
    class_id: str,
    values: Mapping[str, str],
    *,
    decided_on: date,
    posted_on: date,
    served_on: date | None = None,
) -> RecordFacts:
    """Return the facts in a record's `values`, by what each means: the roles of its class."""
    return RecordFacts(
        class_id=class_id,
        decided_on=decided_on,
        posted_on=posted_on,
        deciding_body=values.get("deciding_body", ""),
        kinds=tuple(values.get("penalty_kinds", "").split("；")),
        simple_procedure=values.get("simple_procedure", "") in YES,
        publication_reason=values.get("publication_reason", ""),
        withheld=values.get("withholding_reason", "") or not_for_everyone(values.get("disclosure_scope", "")),
        served_on=served_on,
        valid_until=_day(values, "valid_until"),
        removed_on=_day(values, "removed_on"),
        shorten_to=_day(values, "published_until"),
    )


def not_for_everyone(scope: str) -> str:
    """Return why a record that its source opens to some only is not published (a commitment's 公开类型)."""
    return "limited-scope" if scope not in {"", "可向社会公开"} else ""


def _day(values: Mapping[str, str], role: str) -> date | None:
    text = values.get(role)
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its day, whether that day may still move, the rule and the key of its source.

    `on` is None where a rule says that there is no day yet; `value` is what holds from that day.
    """

    on: date | None
    provisional: bool
    rule: str
    source: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks of one record; None where the law gives none."""

    penalty_class: Clock | None
    publish_by: Clock | None
    publish_until: Clock | None
    share_until: Clock | None
    use_until: Clock | None
    repair_from: Clock | None
    usable_from: Clock | None

    def by_name(self) -> Mapping[str, Clock | None]:
        """Return the clocks by the names programs know them by, in their order."""
        return {
            "class": self.penalty_class,
            "publish_by": self.publish_by,
            "publish_until": self.publish_until,
            "share_until": self.share_until,
            "use_until": self.use_until,
            "repair_from": self.repair_from,
            "usable_from": self.usable_from,
        }


@dataclass(frozen=True, slots=True)
class Showing:
    """Whether a record may be shown to everyone, and what says so: until when, or since when not."""

    shown: bool
    clock: Clock


def may_be_shown(record: RecordFacts, on: date) -> Showing:
    """Return whether everyone may see the record on the day `on`, by the instruments in force that day."""
    if on < record.decided_on:
        return Showing(False, Clock(record.decided_on, False, NOT_YET_DECIDED, ""))
    try:
        terms = _terms(record, on)
    except NoRuleInForce:
        return Showing(False, Clock(None, False, NO_RULE_IN_FORCE, ""))
    if record.ended is not None and record.ended.on <= on:
        return Showing(False, _ended_by(record.ended))
    reason = _reason_not_to_show(record, terms)
    if reason:
        return Showing(False, Clock(None, False, f"{WITHHELD}/{reason}", terms.source))
    until = _until(record, terms, terms.publish_until)
    shown = until is None or until.on is None or on < until.on
    return Showing(shown, until or Clock(None, False, terms.rule, terms.source))


def may_repair_from(record: RecordFacts) -> Clock | None:
    """Return from when its subject may ask for repair of the record, None where nothing can be repaired.

    Where the law lets nothing end a publication early the day is its end and the rule says so.
    """
    try:
        terms = _terms(record, record.posted_on)
    except NoRuleInForce:
        return Clock(None, False, NO_RULE_IN_FORCE, "")
    return _repair(record, terms)


def clocks_of(record: RecordFacts, *, on: date, calendar: Calendar) -> Clocks:
    """Return all clocks of the record by the instruments in force on `on`.

    Raises NoRuleInForce for a penalty on a day without one.
    """
    terms = _terms(record, on)
    withheld = _reason_not_to_show(record, terms)
    return Clocks(
        penalty_class=_class(record, terms),
        publish_by=clock_of(publish_by(record.class_id, record.decided_on, calendar)),
        publish_until=None if withheld else _until(record, terms, terms.publish_until),
        share_until=_until(record, terms, terms.share_until),
        use_until=_until(record, terms, terms.use_until),
        repair_from=_repair(record, terms),
        usable_from=_usable(record, calendar),
    )


def clock_of(due: Due) -> Clock | None:
    """Return a limit as a clock, None where the law gives no limit; what is held has a rule and no day."""
    return Clock(due.due_on, due.provisional, due.rule, due.source) if due.source else None


def _terms(record: RecordFacts, on: date) -> PenaltyTerms | ClassTerms:
    if record.class_id == PENALTY:
        return publication_of_penalty(
            kinds=record.kinds,
            simple_procedure=record.simple_procedure,
            decided_on=record.decided_on,
            deciding_body=record.deciding_body,
            posted_on=max(on, record.decided_on),
            shorten_to=record.shorten_to,
            publication_reason=record.publication_reason,
        )
    return terms_of(
        record.class_id,
        decided_on=record.decided_on,
        valid_until=record.valid_until,
        removed_on=record.removed_on,
        shorten_to=record.shorten_to,
    )


def _reason_not_to_show(record: RecordFacts, terms: PenaltyTerms | ClassTerms) -> str:
    if isinstance(terms, PenaltyTerms):
        return record.withheld or terms.withheld_reason or ""
    return record.withheld or ("" if terms.audience == "public" else f"for-the-{terms.audience}")


def _class(record: RecordFacts, terms: PenaltyTerms | ClassTerms) -> Clock | None:
    if isinstance(terms, ClassTerms):
        return None
    return Clock(record.decided_on, False, terms.rule, terms.source, terms.penalty_class.value)


def _until(record: RecordFacts, terms: PenaltyTerms | ClassTerms, end: date | None) -> Clock | None:
    """Return an end with what gave it: its rule, an extension, the ceiling, or what ended it before."""
    lawful = None if end is None else _extended(record, terms, end)
    if record.ended is None or (lawful and lawful.on and lawful.on <= record.ended.on):
        return lawful
    return _ended_by(record.ended)


def _extended(record: RecordFacts, terms: PenaltyTerms | ClassTerms, end: date) -> Clock:
    """Return the later end its source filed, within five years; a day it had shortened to stands."""
    lawful = Clock(end, False, terms.rule, terms.source)
    filed, ceiling = record.extension, ceiling_of(record.decided_on)
    if filed is None or filed.until <= end or _ends_by_its_source(record, terms, end):
        return lawful
    if filed.until > ceiling:
        return Clock(ceiling, False, CEILING, CEILING_SOURCE) if end < ceiling else lawful
    return Clock(filed.until, False, filed.rule, filed.source)


def _ends_by_its_source(record: RecordFacts, terms: PenaltyTerms | ClassTerms, end: date) -> bool:
    if isinstance(terms, PenaltyTerms):
        return "shortened-by-source" in terms.notes
    return end in {record.removed_on, record.shorten_to}


def _ended_by(ended: Ended) -> Clock:
    return Clock(ended.on, False, ended.rule, ended.source)


def _repair(record: RecordFacts, terms: PenaltyTerms | ClassTerms) -> Clock | None:
    day = terms.repairable_from
    if record.ended is not None or day is None:
        return None
    if isinstance(terms, ClassTerms):
        return Clock(day, False, f"{record.class_id}/repair", terms.repair_source)
    clock = Clock(day, False, terms.rule, terms.source)
    # An extension moves the end, and with it what could not come before the end.
    end = _until(record, terms, terms.share_until)
    return replace(clock, on=end.on) if end and is_never_early(terms.rule) else clock


def _usable(record: RecordFacts, calendar: Calendar) -> Clock | None:
    if record.class_id != PENALTY:
        return None
    return clock_of(
        usable_from(
            record.decided_on,
            record.served_on,
            calendar,
            review_open=record.review_open,
            suit_open=record.suit_open,
            final_on=record.final_on,
        )
    )
