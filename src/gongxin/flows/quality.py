"""Counting the quality board and the public statistics, month by month.

A figure is a sum over what stands in the registry, and can be counted again at any time. The running month is
counted as it goes; a month that is over is counted again once a day, and at once when a record it tells the
public of is public no more (law-decisions 2).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.core.quality import month_of, months_between
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.quality.bulk import due_months, replace
from gongxin.registry.quality.queries import (
    NOW,
    Cell,
    count,
    count_now,
    counted_months,
    first_month,
    is_fresh,
)

Clock = Callable[[], datetime]


def rebuild(*, month: str | None, actor: Actor, clock: Clock) -> list[str]:
    """Count one month again, or (None) every month since the first batch and what shows now; return which."""
    at = clock()
    first = month or first_month()
    if first is None:
        return []
    last = month or month_of(legal_day(at))
    if month is None:
        _keep([NOW], clock, lambda began: count_now(at=began))
    return _count(first, last, clock, actor=actor)


def count_due(*, clock: Clock) -> str | None:
    """Count the one thing most due, so that nobody waits long for whoever counts; None if nothing is.

    First what tells of a record that is public no more. What shows now and the running month are due every
    little while, a month that is over once a day.
    """
    due = _most_due(clock())
    if due == NOW:
        _keep([NOW], clock, lambda began: count_now(at=began))
    elif due is not None:
        _count(due, due, clock)
    return due


def _most_due(at: datetime) -> str | None:
    first, current, kept = first_month(), month_of(legal_day(at)), counted_months()
    if first is None:
        return None
    told_too_much = (name for name, month in kept.items() if month.due_since)
    running = (name for name in (current, NOW) if name not in kept or not is_fresh(kept[name], at))
    over = (
        month
        for month in months_between(first, current)
        if month < current and (month not in kept or legal_day(kept[month].counted_at) != legal_day(at))
    )
    return next(chain(told_too_much, running, over), None)


def _count(first: str, last: str, clock: Clock, *, actor: Actor | None = None) -> list[str]:
    months = months_between(first, last)
    _keep(months, clock, lambda began: count(first, last, at=began), actor=actor)
    return months


def _keep(
    months: Sequence[str],
    clock: Clock,
    counting: Callable[[datetime], Sequence[Cell]],
    *,
    actor: Actor | None = None,
) -> None:
    """Count before the transaction, and put the figures in the place of the last ones inside it."""
    began, due_before = clock(), due_months()
    cells = counting(began)
    took = max(clock() - began, timedelta()) // timedelta(milliseconds=1)
    with transaction.atomic():
        bulk.one_writer()
        replace(months, cells, at=began, took_milliseconds=took, due_before=due_before)
        if actor is not None:
            write_event(
                actor=actor,
                action="quality.rebuilt",
                object_kind="quality",
                object_id=f"{months[0]}/{months[-1]}",
                at=began,
                detail={"months": len(months), "figures": len(cells)},
            )
