"""The clocks of a record as its stored decisions have them: what ran, not what would be reckoned now.

A decision keeps the ends it gave with their rule and source; a later one (repair, withdrawal, removal) ends
them with its own. What no decision keeps (limits, from when a penalty may be used) the record's facts tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongxin.core.clocks import Clock, Clocks, RecordFacts, clock_of, clocks_of
from gongxin.core.deadlines import limit_of, publish_by, usable_from
from gongxin.core.disclosure import Outcome
from gongxin.core.penalties import NoRuleInForce, is_penalty_rule
from gongxin.core.terms import is_rule_of_class, repair_source_of
from gongxin.core.working_days import Calendar

PERIOD_OVER = "period-over"  # why a record is withheld that arrives after its publication has ended


@dataclass(frozen=True, slots=True)
class Decided:
    """What one decision on publication keeps of a record's clocks; ends are days, as the law counts them."""

    outcome: str
    reason: str
    penalty_class: str
    publish_until: date | None
    share_until: date | None
    use_until: date | None
    repairable_from: date | None
    due_on: date | None
    provisional: bool
    rule: str
    source: str


def clocks_as_decided(
    record: RecordFacts, decisions: Sequence[Decided], *, usable_on: date | None, calendar: Calendar
) -> Clocks:
    """Return the clocks as `decisions`, oldest first and at least one, left them.

    `usable_on` is the day kept from which a penalty may be used. The rule and source of the class, of repair
    and of a limit are those of the newest decision that reckoned them.
    """
    newest = decisions[-1]
    reckoned = next((one for one in reversed(decisions) if _reckons(one, record.class_id)), newest)
    return Clocks(
        penalty_class=_class(record, reckoned),
        publish_by=_publish_by(record, reckoned),
        publish_until=_end(newest, newest.share_until if _came_late(newest) else newest.publish_until),
        share_until=_end(newest, newest.share_until),
        use_until=_end(newest, newest.use_until),
        repair_from=_repair(record, newest, reckoned),
        usable_from=_usable(record, usable_on, calendar),
    )


def clocks_before_any_decision(record: RecordFacts, *, on: date, calendar: Calendar) -> Clocks:
    """Return what the clocks would have been on a day before the record was held here.

    On a day without any rule for penalties only what needs none is told.
    """
    try:
        return clocks_of(record, on=on, calendar=calendar)
    except NoRuleInForce:
        limit = clock_of(publish_by(record.class_id, record.decided_on, calendar))
        return Clocks(None, limit, None, None, None, None, _usable(record, None, calendar))


def _reckons(decision: Decided, class_id: str) -> bool:
    return is_penalty_rule(decision.rule) or is_rule_of_class(decision.rule, class_id)


def _came_late(decision: Decided) -> bool:
    """Return whether nothing was kept as publication's end because it had passed: it was that of sharing."""
    return decision.reason == PERIOD_OVER and decision.publish_until is None


def _class(record: RecordFacts, reckoned: Decided) -> Clock | None:
    if not reckoned.penalty_class:
        return None
    return Clock(record.decided_on, False, reckoned.rule, reckoned.source, reckoned.penalty_class)


def _publish_by(record: RecordFacts, reckoned: Decided) -> Clock | None:
    limit = limit_of(record.class_id, record.decided_on)
    if reckoned.due_on is None or limit is None:
        return None
    return Clock(reckoned.due_on, reckoned.provisional, limit["rule"], limit["source"])


def _end(decision: Decided, day: date | None) -> Clock | None:
    return None if day is None else Clock(day, False, decision.rule, decision.source)


def _repair(record: RecordFacts, newest: Decided, reckoned: Decided) -> Clock | None:
    """Return from when repair may be asked for; nothing once a decision has ended the record."""
    if newest.repairable_from is None or _has_ended(newest, record.class_id):
        return None
    if is_penalty_rule(reckoned.rule):
        return Clock(newest.repairable_from, False, reckoned.rule, reckoned.source)
    rule, source = f"{record.class_id}/repair", repair_source_of(record.class_id) or reckoned.source
    return Clock(newest.repairable_from, False, rule, source)


def _has_ended(decision: Decided, class_id: str) -> bool:
    """Return whether it was ended; what never showed stays withheld, under the rule of what ended it."""
    withheld = decision.outcome == Outcome.WITHHELD and not _reckons(decision, class_id)
    return decision.outcome == Outcome.ENDED or withheld


def _usable(record: RecordFacts, usable_on: date | None, calendar: Calendar) -> Clock | None:
    """Return the day that was kept, with what stands behind it; one that is not kept is reckoned.

    Of a decision certified final on a later day the clock is that day's.
    """
    if record.class_id != "penalty":
        return None
    due = usable_from(
        record.decided_on,
        record.served_on,
        calendar,
        review_open=record.review_open,
        suit_open=record.suit_open,
        final_on=record.final_on,
    )
    reckoned = clock_of(due)
    if reckoned is None or reckoned.on is None or usable_on is None:
        return reckoned
    later = max(usable_on, reckoned.on) if record.final_on else usable_on
    return replace(reckoned, on=later)
