"""The clocks of a part: started, stopped, paused, extended; each row ends once, what goes on is a new row."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from gongxin.core.cases import Party, Running, extended, paused, resumed, started
from gongxin.core.cases.kinds import Limit
from gongxin.core.legal_day import legal_day
from gongxin.registry.cases.models import Clock, Part
from gongxin.registry.cases.queries import paused_clocks, running_clocks
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ids import fresh_id

UNANSWERED = frozenset({Party.APPLICANT, Party.CLOCK})  # whose steps answer nothing


def start(part: Part, limit: Limit, *, at: datetime, on: date | None = None) -> None:
    """Start a limit on a part; the body that answers for the part is measured, or the centre.

    `on` is the day of the event it runs from, where that is not the day of `at`.
    """
    clock = started(limit.name, on=on or legal_day(at), calendar=working_calendar())
    responsible = part.responsible_id if limit.answers is Party.AGENCY else None
    _append(part, clock, at=at, responsible_id=responsible, follows=None)


def stop(part: Part, limits: Sequence[str], *, at: datetime, by: Party) -> None:
    """Stop some limits of a part: kept if in time, else missed.

    What was taken back by who asked, or by the day, before it ran out is void: nobody has kept it, and it
    counts for nobody.
    """
    in_time = "void" if by in UNANSWERED else "kept"
    for row in running_clocks(part):
        if row.limit in limits:
            _end(row, "missed" if legal_day(at) > row.due_on else in_time, at=at)


def end_all(part: Part, *, at: datetime, by: Party) -> None:
    """Stop every limit of a part that has ended; what was paused stays as it is."""
    stop(part, [row.limit for row in running_clocks(part)], at=at, by=by)


def pause_all(part: Part, *, at: datetime) -> int:
    """Stop every running clock of a part with what is left of it; return how many.

    Raises NotRunning where one has run out: what is late stays late.
    """
    rows = running_clocks(part)
    for row in rows:
        left = paused(running(row), on=legal_day(at), calendar=working_calendar())
        _end(row, "paused", at=at, working_days_left=left.working_days_left)
    return len(rows)


def resume_all(part: Part, *, at: datetime) -> int:
    """Let every paused clock of a part run on with what was left; return how many."""
    rows = paused_clocks(part)
    for row in rows:
        clock = resumed(running(row), on=legal_day(at), calendar=working_calendar())
        _append(part, clock, at=at, responsible_id=row.responsible_id, follows=row)
    return len(rows)


def extend(part: Part, limit: str, *, working_days: int, at: datetime) -> bool:
    """Give a running limit more working days; return whether it runs. Raises NotRunning for one run out."""
    for row in running_clocks(part):
        if row.limit == limit:
            clock = extended(
                running(row), working_days=working_days, on=legal_day(at), calendar=working_calendar()
            )
            move(part, row, clock, at=at)
            return True
    return False


def hand_over_all(part: Part, *, at: datetime) -> None:
    """Let the running clocks of the body before measure the one that answers now; their days stay."""
    for row in running_clocks(part):
        if row.responsible_id is not None:
            _end(row, "moved", at=at)
            _append(part, running(row), at=at, responsible_id=part.responsible_id, follows=row)


def move(part: Part, row: Clock, clock: Running, *, at: datetime) -> None:
    """Put a clock with another day in the place of a running one."""
    _end(row, "moved", at=at)
    _append(part, clock, at=at, responsible_id=row.responsible_id, follows=row)


def running(row: Clock) -> Running:
    return Running(
        limit=row.limit,
        begun_on=row.begun_on,
        counted_from=row.counted_from,
        working_days=row.working_days,
        used_before=row.used_before,
        due_on=row.due_on,
        provisional=row.provisional,
        source=row.source,
        article=row.article,
        working_days_left=row.working_days_left,
    )


def _append(
    part: Part, clock: Running, *, at: datetime, responsible_id: UUID | None, follows: Clock | None
) -> None:
    Clock.objects.create(
        subject_id=part.subject_id,
        id=fresh_id(at=at),
        case_id=part.case_id,
        part_id=part.id,
        limit=clock.limit,
        responsible_id=responsible_id,
        begun_on=clock.begun_on,
        set_at=at,
        counted_from=clock.counted_from,
        working_days=clock.working_days,
        used_before=clock.used_before,
        due_on=clock.due_on,
        provisional=clock.provisional,
        source=clock.source,
        article=clock.article,
        follows=follows.id if follows else None,
    )


def _end(row: Clock, how: str, *, at: datetime, working_days_left: int | None = None) -> None:
    Clock.objects.filter(subject_id=row.subject_id, id=row.id, ended="").update(
        ended=how, ended_at=at, working_days_left=working_days_left
    )
