"""The quality board: a score and what it is the mean of, by agency, region, class and month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongxin.core.quality import Criterion, is_month, month_of, months_between, quality, score, top_failing
from gongxin.interfaces import clock
from gongxin.interfaces.desk import standings
from gongxin.interfaces.desk.checks import Check, failing_checks
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import drawing, shares
from gongxin.interfaces.pages.confidence import Confidence, confidence_of
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.measures import CHECK
from gongxin.registry.quality.queries import Cell, first_month, month, written_query

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """What a criterion measures, in words and as the query."""

    criterion: Criterion
    confidence: Confidence
    steps: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the board is asked for: a month, and perhaps one agency and one class."""

    month: str
    agency: Agency | None
    everybody: bool  # whoever asks reaches every agency
    class_id: str

    @property
    def only(self) -> dict[str, str]:
        """The filter as an address says it; who reaches one agency only need not name it."""
        found = {"month": self.month}
        if self.agency is not None and self.everybody:
            found["agency"] = self.agency.id.hex
        return {**found, "class": self.class_id} if self.class_id else found


@requires("quality.read")
def board(request: HttpRequest) -> HttpResponse:
    """Show a month of the board; an agency sees its own, the centre all or one of them."""
    asked, at = _asked(request), clock.now()
    agency_id = asked.agency.id if asked.agency else None
    found = month(asked.month, at=at, agency_id=agency_id)
    cells = [cell for cell in found.cells if asked.class_id in {"", cell.class_id}]
    return desk_page(
        request,
        "desk/board.html",
        {
            "section": "board",
            "asked": asked,
            "month": asked.month,
            "months": _months_known(),
            "counted_at": found.counted_at,
            "criteria": quality().criteria.values(),
            "checks": _checks(cells, asked),
            "definitions": [_definition(one) for one in quality().criteria.values()],
            **_standings(cells, asked, agency_id),
        },
    )


def _standings(cells: Sequence[Cell], asked: Asked, agency_id: UUID | None) -> dict[str, object]:
    """Return how the whole and its parts stand, each with its picture."""
    only = asked.only
    agencies = {} if asked.agency else {agency.id: agency for agency in Agency.objects.all()}
    whole = standings.standing("", standings.sums(cells), only)
    past = standings.by_month(_months_to_show(asked.month), cells, agency_id=agency_id, only=only)
    by_agency = standings.by_agency(cells, agencies, only) if agencies else []
    by_region = standings.by_region(cells, agencies, only) if agencies else []
    by_class = standings.by_class(cells, only)
    return {
        "whole": whole,
        "criteria_bars": drawing.bars([_share_bar(one) for one in whole.shares]),
        "past": past,
        "past_line": drawing.line([_point(one) for one in past]),
        "agencies": by_agency,
        "agency_bars": drawing.bars([one.bar for one in by_agency]),
        "regions": by_region,
        "region_bars": drawing.bars([one.bar for one in by_region]),
        "classes": by_class,
        "class_bars": drawing.bars([one.bar for one in by_class]),
    }


def _asked(request: HttpRequest) -> Asked:
    own = agency_bound(request, action="quality.read")
    named = request.GET.get("agency", "")
    wanted = own or (agency_id(named) if named else None)
    agency = Agency.objects.filter(id=wanted).first() if wanted else None
    if wanted and agency is None:
        raise Http404
    return Asked(asked_month(request), agency, own is None, request.GET.get("class", ""))


def agency_id(text: str) -> UUID:
    """Return the agency an address names. Raises BadRequest for what is no id."""
    try:
        return UUID(text)
    except ValueError as unreadable:
        raise BadRequest(_("This page's address holds an agency that cannot be read.")) from unreadable


def _months_known() -> list[str]:
    """Return every month since the first batch, the newest first."""
    current = month_of(clock.today())
    return months_between(min(first_month() or current, current), current)[::-1]


def asked_month(request: HttpRequest) -> str:
    """Return the month the address names, or the running one. Raises BadRequest for what is none."""
    asked = request.GET.get("month") or month_of(clock.today())
    if not is_month(asked):
        raise BadRequest(_("This page's address holds a month that cannot be read."))
    return asked


def _months_to_show(wanted: str) -> list[str]:
    """Return the month asked for and those before it, a year at most."""
    return months_between(min(first_month() or wanted, wanted), wanted)[-MONTHS:]


def _share_bar(one: standings.Share) -> drawing.Bar:
    label = shares.in_page_language(one.criterion.label)
    found = score({one.criterion.id: one.counted}, quality().criteria)
    return drawing.Bar(label, one.counted.share, one.words, shares.level_pattern(found))


def _point(one: standings.Standing) -> drawing.Point:
    return drawing.Point(one.label, one.score.value, one.points)


def _checks(cells: Sequence[Cell], asked: Asked) -> list[Check]:
    failed: dict[tuple[str, str], int] = defaultdict(int)
    for cell in cells:
        if cell.measure.startswith(CHECK):
            failed[cell.class_id, cell.measure.removeprefix(CHECK)] += cell.counted.total
    found = failing_checks(failed, on=clock.today())
    top = top_failing({f"{one.class_id}/{one.code}": one.count for one in found})
    by_name = {f"{one.class_id}/{one.code}": one for one in found}
    return [by_name[name].leading_to(_rows_of(by_name[name], asked)) for name, _count in top]


def _rows_of(one: Check, asked: Asked) -> str:
    query = {**asked.only, "class": one.class_id}
    return standings.rows_address(measure=CHECK + one.code, **query)


def _definition(criterion: Criterion) -> Definition:
    steps = tuple(shares.percent(step) for step in criterion.levels.values())
    return Definition(criterion, confidence_of(criterion.confidence), steps, written_query(criterion.id))
