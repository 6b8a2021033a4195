"""Days that come by themselves: clocks run out and are told of, days are reckoned anew with a calendar."""

from datetime import datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Party, Who, Words
from gongxin.core.cases.kinds import limit_label, number_in_words
from gongxin.core.cases.reasons import own_words
from gongxin.core.cases.running import reckoned_anew
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_clocks import move, running
from gongxin.flows.case_steps import TakenMeanwhile
from gongxin.flows.steer_case import escalate
from gongxin.registry.cases.due import DueClock, Wanted
from gongxin.registry.cases.due import running as running_clocks
from gongxin.registry.cases.models import Clock
from gongxin.registry.cases.queries import part_of
from gongxin.registry.catalogue.queries import working_calendar

SOME = 50


def tell_above_of_late(*, actor: Actor, at: datetime) -> int:
    """Tell the authority above each body whose limit has run out, once a limit; return how many were told."""
    today = legal_day(at)
    late = [
        clock
        for clock in running_clocks(wanted=Wanted(through=today), limit=10_000)
        if clock.due_on < today and clock.told_above_at is None
    ]
    told = 0
    for clock in late[:SOME]:
        told += _tell_above(clock, actor, at)
    return told


def _tell_above(clock: DueClock, actor: Actor, at: datetime) -> bool:
    due_on = clock.due_on.isoformat()
    number, limit = number_in_words(clock.kind, clock.year, clock.number), limit_label(clock.limit).zh
    reason, basis = own_words("late", case=number, limit=limit, due_on=due_on)
    words = Words(reason=reason, basis=basis, detail={"limit": clock.limit, "due_on": due_on})
    try:
        escalate(part_id=clock.part_id, seen=None, who=Who(actor, Party.CLOCK), words=words, at=at)
    except TakenMeanwhile:
        return False  # it was closed while we looked
    return True


@transaction.atomic
def reckon_anew(*, at: datetime) -> int:
    """Reckon every provisional clock by the calendar known now; return how many are on another day or sure.

    Inside the transaction that loads the calendar. Source: law-decisions 8.
    """
    calendar, moved = working_calendar(), 0
    for row in Clock.objects.filter(ended="", provisional=True).order_by("id"):
        clock = reckoned_anew(running(row), calendar=calendar)
        if (clock.due_on, clock.provisional) != (row.due_on, row.provisional):
            move(part_of(row.part_id), row, clock, at=at)
            moved += 1
    return moved
