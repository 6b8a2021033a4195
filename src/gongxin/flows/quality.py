"""Counting the quality board and the public statistics, month by month.

A figure is a sum over what stands in the registry, and can be counted again at any time. The running month is
counted as it goes; a month that is over is counted again once a day, so that a record which has since been
withheld leaves no trace in what the public is told of it (law-decisions 2).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.core.quality import month_of, months_between
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.quality.bulk import replace
from gongxin.registry.quality.queries import count, counted_months, first_month, is_fresh

Clock = Callable[[], datetime]


def rebuild(*, month: str | None, actor: Actor, clock: Clock) -> list[str]:
    """Count one month again, or (None) every month since the first batch; return which."""
    at = clock()
    first = month or first_month()
    if first is None:
        return []
    last = month or month_of(legal_day(at))
    return _count(first, last, clock, actor=actor)


def count_due(*, clock: Clock) -> list[str]:
    """Count what is due: the running month every little while, the months before it once a day."""
    at = clock()
    first, current, kept = first_month(), month_of(legal_day(at)), counted_months()
    if first is None:
        return []
    over = [month for month in months_between(first, current) if month < current]
    if any(month not in kept or legal_day(kept[month].counted_at) != legal_day(at) for month in over):
        return _count(first, current, clock)
    if current not in kept or not is_fresh(kept[current], at):
        return _count(current, current, clock)
    return []


def _count(first: str, last: str, clock: Clock, *, actor: Actor | None = None) -> list[str]:
    began = clock()
    cells, months = count(first, last, at=began), months_between(first, last)
    took = max(clock() - began, timedelta()) // timedelta(milliseconds=1)
    with transaction.atomic():
        bulk.one_writer()
        replace(months, cells, at=began, took_milliseconds=took)
        if actor is not None:
            write_event(
                actor=actor,
                action="quality.rebuilt",
                object_kind="quality",
                object_id=f"{first}/{last}",
                at=began,
                detail={"months": len(months), "figures": len(cells)},
            )
    return months
