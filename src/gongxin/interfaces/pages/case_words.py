"""A case in words: its clocks as sentences, what has happened, whose turn it is. For desk and /my/."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.cases import Party, kind_of_case
from gongxin.core.cases.kinds import act_label, limit_label, state_label
from gongxin.core.cases.running import working_days_used
from gongxin.core.legal_day import legal_day
from gongxin.core.working_days import Calendar, working_days_between
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.registry.cases.models import Clock, Part, Step
from gongxin.registry.catalogue.queries import working_calendar

IN_TIME, LATE, STOPPED, DONE = "in-time", "late", "stopped", "done"
PARTIES: Mapping[str, Promise] = {
    Party.APPLICANT.value: gettext_lazy("whoever asked"),
    Party.CLOCK.value: gettext_lazy("the platform itself"),
}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One limit as a sentence, and how much of it is used for a thin bar."""

    label: str
    whose: str
    words: str
    state: str
    used: int
    whole: int
    provisional: bool

    @property
    def runs(self) -> bool:
        return self.state in {IN_TIME, LATE}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that was done with a part."""

    at: datetime
    act: str
    state: str
    by: str
    reason: str
    basis: str
    remedy: str
    same_as: str
    part_id: UUID


def in_language(label: object) -> str:
    """Return a label of the law data in the page's language."""
    return label.in_language(get_language() or "zh-hans")  # type: ignore[attr-defined,no-any-return]


def clock_lines(clocks: Sequence[Clock], *, on: date) -> list[ClockLine]:
    """Return what is said of the clocks of a part; a row that another goes on from is left out."""
    followed, calendar = {row.follows for row in clocks}, working_calendar()
    told = [row for row in clocks if row.id not in followed and row.ended not in {"moved", "void"}]
    return [_clock_line(row, on, calendar) for row in told]


def step_lines(steps: Iterable[Step], *, kind: str) -> list[StepLine]:
    """Return what has happened with a part of a kind of case, the first first."""
    return [
        StepLine(
            at=step.at,
            act=in_language(act_label(step.act, kind=kind)),
            state=in_language(state_label(step.state_after, kind=kind)),
            by=by_in_words(step),
            reason=step.reason,
            basis=step.basis,
            remedy=step.remedy,
            same_as=str(step.detail.get("same_as", "")),
            part_id=step.part_id,
        )
        for step in steps
    ]


def by_in_words(step: Step) -> str:
    """Return for which body a step was taken; never a person's name."""
    if step.party in PARTIES:
        return str(PARTIES[step.party])
    return step.agency.name if step.agency else str(settings.IDENTITY.institution)


def turn_of(part: Part) -> str:
    """Return who must act on a part now; nothing where it has ended or waits for its day."""
    steps = kind_of_case(part.kind).steps
    parties = {party for step in steps if part.state in step.sources for party in step.by}
    if Party.AGENCY in parties and part.responsible is not None:
        return part.responsible.name
    if parties & {Party.CENTRE, Party.AGENCY}:
        return str(settings.IDENTITY.institution)
    return _("a second person, not the one who proposed it") if Party.SECOND in parties else ""


def state_in_words(part: Part) -> str:
    return in_language(state_label(part.state, kind=part.kind))


def _clock_line(row: Clock, on: date, calendar: Calendar) -> ClockLine:
    state = _state(row, on)
    until = _until(row, state, on)
    used = working_days_used(row.counted_from, row.used_before, on=until, calendar=calendar)
    return ClockLine(
        label=in_language(limit_label(row.limit)),
        whose=row.responsible.name if row.responsible else str(settings.IDENTITY.institution),
        words=_words(row, state, on, calendar),
        state=state,
        used=min(used, row.used_before + row.working_days),
        whole=row.used_before + row.working_days,
        provisional=row.provisional and state in {IN_TIME, LATE},
    )


def _state(row: Clock, on: date) -> str:
    if row.ended == "paused":
        return STOPPED
    if row.ended:
        return DONE
    return LATE if on > row.due_on else IN_TIME


def _until(row: Clock, state: str, on: date) -> date:
    return on if state in {IN_TIME, LATE} or row.ended_at is None else legal_day(row.ended_at)


def _words(row: Clock, state: str, on: date, calendar: Calendar) -> str:
    facts = {"day": day_in_words(row.due_on, language=get_language())}
    if state == STOPPED:
        return _("The clock has stopped with %(count)s working days left.") % {"count": row.working_days_left}
    if state == LATE:
        late = working_days_between(row.due_on, on, calendar)
        return _("Late: it was due on %(day)s, %(count)s working days ago.") % {**facts, "count": late}
    if state == DONE:
        said = (
            _("Done in time; it was due on %(day)s.")
            if row.ended == "kept"
            else _("Done late; it was due on %(day)s.")
        )
        return said % facts
    left = working_days_between(on, row.due_on, calendar)
    return _("Due on %(day)s; %(count)s working days left.") % {**facts, "count": left}
