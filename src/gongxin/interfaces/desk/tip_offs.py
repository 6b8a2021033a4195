"""The tip-offs that wait, by their last day: the centre sees all, an agency what was sent to it.

There is no file of this list, no search in it, and no way to ask it by whom a tip-off is about (R13).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.due_groups import DueGroup, due_group
from gongxin.core.receipts import in_groups
from gongxin.interfaces import clock
from gongxin.interfaces.desk.obligations import GROUPS
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tables import Column, Table
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.pages.tip_off_words import OUTCOMES, STATES, matter_in_words
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.tip_offs.models import TipOff
from gongxin.registry.tip_offs.queries import open_ones, settled_ones

MOST_OPEN, PAGE = 500, 50


@dataclass(frozen=True, slots=True)
class Line:
    """One tip-off of a list: nothing of what was told, and not about whom."""

    tip_off: TipOff
    number: str
    matter: str
    state: Promise
    outcome: Promise | str


def agencies_in_reach(request: HttpRequest, *, action: str) -> set[UUID] | None:
    """Return the agency of whoever asks with all it succeeded; None where the action reaches all."""
    bound = agency_bound(request, action=action)
    return None if bound is None else agencies_under(bound)


def line_of(tip_off: TipOff) -> Line:
    return Line(
        tip_off=tip_off,
        number=in_groups(tip_off.number or ""),
        matter=matter_in_words(tip_off.matter),
        state=STATES[tip_off.state],
        outcome=OUTCOMES.get(tip_off.outcome, ""),
    )


@requires("tip-off.read")
def overview(request: HttpRequest) -> HttpResponse:
    """List what waits, grouped by how near its last day is; below it what is done with, page by page."""
    agencies = agencies_in_reach(request, action="tip-off.read")
    page = page_number(request)
    done = settled_ones(agencies, limit=PAGE + 1, offset=(page - 1) * PAGE)
    waiting = open_ones(agencies, limit=MOST_OPEN)
    context = {
        "section": "tip-offs",
        "groups": _grouped(waiting),
        "more": MOST_OPEN if len(waiting) == MOST_OPEN else None,
        "done": [line_of(one) for one in done[:PAGE]],
        "earlier": page + 1 if len(done) > PAGE else None,
        "later": page - 1 if page > 1 else None,
        "of_agency": agencies is not None,
    }
    return desk_page(request, "desk/tip_offs.html", context)


def tip_offs_table(today: date, through: date) -> Table[TipOff]:
    """Return what waits and is due by a day as a list of the centre's morning page; it has no file."""

    def rows(limit: int, offset: int) -> Sequence[TipOff]:
        due = [one for one in open_ones(None, limit=offset + limit) if one.due_on and one.due_on <= through]
        return due[offset:]

    columns = (
        Column[TipOff](
            _("Last day"), lambda one: one.due_on, warns=lambda one: bool(one.due_on and one.due_on < today)
        ),
        Column[TipOff](
            _("Number of the tip-off"),
            lambda one: in_groups(one.number or ""),
            link=lambda one: reverse("desk:tip-off", args=(one.id,)),
            lead=True,
        ),
        Column[TipOff](_("What it is about"), lambda one: matter_in_words(one.matter)),
        Column[TipOff](_("How it stands"), lambda one: STATES[one.state]),
        Column[TipOff](_("Agency"), lambda one: one.agency.name if one.agency else None),
    )
    return Table("tip-offs", _("Complaints and tip-offs"), columns, rows)


def _grouped(waiting: Sequence[TipOff]) -> list[tuple[DueGroup, Promise, list[Line]]]:
    today, calendar = clock.today(), working_calendar()
    groups: dict[DueGroup, list[Line]] = {group: [] for group in DueGroup}
    for one in waiting:
        if one.due_on is not None:
            groups[due_group(one.due_on, today=today, calendar=calendar)].append(line_of(one))
    return [(group, GROUPS[group], members) for group, members in groups.items() if members]
