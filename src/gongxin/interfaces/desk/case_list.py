"""Work lists of cases: what falls due, the nearest first, of one's own body or of all; and their figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.cases import Kind, kind_of_case
from gongxin.core.cases.kinds import limit_label, number_in_words, state_label
from gongxin.core.office_days import office_days
from gongxin.core.working_days import working_days_between
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.pages.case_figures import case_figures
from gongxin.interfaces.pages.shares import in_page_language
from gongxin.interfaces.permissions import agency_bound, allowed, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.cases.due import DueClock, Wanted, running
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.subjects.queries import Profile, profiles

NEAR: dict[str, Promise] = {
    "all": _("All that run"),
    "overdue": _("Overdue"),
    "today": _("Due today or before"),
    "soon": _("Due within five working days"),
}


@dataclass(frozen=True, slots=True)
class NamedClock:
    """A running clock and whom its case is about."""

    clock: DueClock
    subject: Profile | None

    @property
    def number(self) -> str:
        return number_in_words(self.clock.kind, self.clock.year, self.clock.number)

    @property
    def kind(self) -> str:
        return in_page_language(kind_of_case(self.clock.kind).label)

    @property
    def limit(self) -> str:
        return in_page_language(limit_label(self.clock.limit))

    @property
    def state(self) -> str:
        return in_page_language(state_label(self.clock.state, kind=self.clock.kind))


@requires("case.read")
def cases(request: HttpRequest) -> HttpResponseBase:
    """List the clocks of cases that run: for a body its own, for the centre all; by nearness and by kind."""
    near, kind = request.GET.get("near", "all"), request.GET.get("kind", "")
    if near not in NEAR or (kind and kind not in set(Kind)):
        raise Http404
    agency_id = agency_bound(request, action="case.read")
    table = cases_table(near, kind, agency_ids=agencies_under(agency_id) if agency_id else None)
    context = {
        "may_take": allowed(request, action="case.take"),
        "section": "cases",
        "near": near,
        "choices": NEAR,
        "kind": kind,
        "kinds": [(one.value, in_page_language(kind_of_case(one).label)) for one in Kind],
    }
    return list_page(request, "desk/cases.html", table, context)


@requires("case.read")
def figures(request: HttpRequest) -> HttpResponseBase:
    """Show how long cases take and how they end: for a body its own, for the centre all."""
    agency_id = agency_bound(request, action="case.read")
    own = agencies_under(agency_id) if agency_id else None
    context = {"section": "cases", "figures": case_figures(on=clock.today(), agency_ids=own)}
    return desk_page(request, "desk/case_figures.html", context)


def cases_table(near: str, kind: str, *, agency_ids: Collection[UUID] | None = None) -> Table[NamedClock]:
    """Return the running clocks as a list, the one due first."""
    today, calendar = clock.today(), working_calendar()
    through = {
        "all": None,
        "overdue": today - timedelta(days=1),
        "today": today,
        "soon": office_days(today, calendar).through,
    }[near]
    wanted = Wanted(through=through, agency_ids=agency_ids, kind=kind)

    def left(one: NamedClock) -> int:
        if one.clock.due_on < today:
            return -working_days_between(one.clock.due_on, today, calendar)
        return working_days_between(today, one.clock.due_on, calendar)

    columns = (
        Column[NamedClock](
            _("Act by"), lambda one: one.clock.due_on, warns=lambda one: one.clock.due_on < today
        ),
        Column[NamedClock](_("Working days left"), left),
        Column[NamedClock](
            _("Case"),
            lambda one: one.number,
            link=lambda one: reverse("desk:case", args=(one.clock.case_id,)),
            lead=True,
        ),
        *_WHAT_IT_IS,
    )
    filters = {"near": near, **({"kind": kind} if kind else {}), "on": today.isoformat()}
    return Table(
        "cases",
        _("Cases by due date"),
        columns,
        lambda limit, offset: named(running(wanted=wanted, limit=limit, offset=offset)),
        filters,
    )


def named(clocks: Sequence[DueClock]) -> list[NamedClock]:
    """Return clocks with whom their cases are about: to the number of a case alone nobody knows it."""
    subjects = profiles({one.subject_id for one in clocks}, at=clock.now())
    return [NamedClock(one, subjects.get(one.subject_id)) for one in clocks]


_WHAT_IT_IS = (
    Column[NamedClock](
        _("Registered name"),
        lambda one: one.subject.name if one.subject else None,
        leaves_as=lambda one: one.subject.public_name if one.subject else None,
    ),
    Column[NamedClock](_("Document number"), lambda one: one.clock.document_number or None),
    Column[NamedClock](_("Kind"), lambda one: one.kind),
    Column[NamedClock](
        _("Class of record"), lambda one: class_name(one.clock.class_id) if one.clock.class_id else None
    ),
    Column[NamedClock](_("State"), lambda one: one.state),
    Column[NamedClock](_("What is due"), lambda one: one.limit),
    Column[NamedClock](_("Who must act"), lambda one: one.clock.agency_name or _("The credit centre")),
    Column[NamedClock](_("Provisional"), lambda one: _("yes") if one.clock.provisional else None),
    Column[NamedClock](_("Told above"), lambda one: one.clock.told_above_at),
)
