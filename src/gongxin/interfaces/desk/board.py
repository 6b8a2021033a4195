"""The quality board: a score and what it is the mean of, by agency, region, class and month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxin.core.quality import (
    NOTHING,
    Count,
    Criterion,
    Score,
    is_month,
    month_of,
    months_between,
    quality,
    score,
    top_failing,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.checks import Check, failing_checks
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.pages import drawing, shares
from gongxin.interfaces.pages.confidence import Confidence, confidence_of
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.measures import CHECK
from gongxin.registry.quality.queries import Cell, first_month, month, trend, written_query

MONTHS = 12
Counts = dict[str, Count]


@dataclass(frozen=True, slots=True)
class Share:
    """One share of one line, and the way to the rows it is made of."""

    criterion: Criterion
    counted: Count
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one agency, region, class or month stands: its score, level, and the shares that make it."""

    label: str
    score: Score
    points: str
    level: str
    shape: str
    shares: tuple[Share, ...]

    @property
    def bar(self) -> drawing.Bar:
        words = f"{self.points} · {self.level}" if self.score.value is not None else self.points
        return drawing.Bar(self.label, self.score.value, words, shares.level_pattern(self.score))


@dataclass(frozen=True, slots=True)
class Definition:
    """What a criterion measures, in words and as the query."""

    criterion: Criterion
    confidence: Confidence
    steps: tuple[str, ...]
    query: str


@requires("quality.read")
def board(request: HttpRequest) -> HttpResponse:
    """Show a month of the board; an agency sees its own, the centre all."""
    at, own = clock.now(), agency_bound(request, action="quality.read")
    months = months_to_show(request)
    found = month(months[-1], at=at, agency_id=own)
    whole = standing("", sums(found.cells), {"month": months[-1]})
    past = _by_month(months, found.cells, own)
    agencies = {} if own else {agency.id: agency for agency in Agency.objects.all()}
    by_agency = _by_agency(found.cells, agencies, months[-1])
    by_region = _by_region(found.cells, agencies, months[-1])
    by_class = _grouped(
        found.cells, lambda cell: cell.class_id, lambda key: (class_name(key), {"class": key}), months[-1]
    )
    return desk_page(
        request,
        "desk/board.html",
        {
            "section": "board",
            "month": months[-1],
            "months": months_known(),
            "counted_at": found.counted_at,
            "whole": whole,
            "criteria_bars": drawing.bars([_share_bar(one) for one in whole.shares]),
            "criteria": quality().criteria.values(),
            "past": past,
            "past_line": drawing.line([_point(one) for one in past]),
            "agencies": by_agency,
            "agency_bars": drawing.bars([one.bar for one in by_agency]),
            "regions": by_region,
            "region_bars": drawing.bars([one.bar for one in by_region]),
            "classes": by_class,
            "class_bars": drawing.bars([one.bar for one in by_class]),
            "checks": _checks(found.cells, months[-1]),
            "definitions": [_definition(one) for one in quality().criteria.values()],
        },
    )


def months_known() -> list[str]:
    """Return every month since the first batch, the newest first."""
    current = month_of(clock.today())
    return months_between(min(first_month() or current, current), current)[::-1]


def asked_month(request: HttpRequest) -> str:
    """Return the month the address names, or the running one. Raises BadRequest for what is none."""
    asked = request.GET.get("month") or month_of(clock.today())
    if not is_month(asked):
        raise BadRequest(_("This page's address holds a month that cannot be read."))
    return asked


def months_to_show(request: HttpRequest) -> list[str]:
    """Return the month asked for and those before it, a year at most."""
    wanted = asked_month(request)
    return months_between(min(first_month() or wanted, wanted), wanted)[-MONTHS:]


def sums(cells: Iterable[Cell]) -> Counts:
    """Return the sums of the board's measures."""
    found: Counts = defaultdict(lambda: NOTHING)
    for cell in cells:
        if cell.measure in quality().criteria:
            found[cell.measure] += cell.counted
    return found


def standing(label: str, counts: Mapping[str, Count], query: Mapping[str, str]) -> Standing:
    """Return how something stands; `query` is the filter under which its rows are found."""
    criteria = quality().criteria
    found = score(counts, criteria)
    told = tuple(
        Share(one, counted, shares.percent(counted.share), rows_address(measure=one.id, **query))
        for one in criteria.values()
        for counted in (counts.get(one.id, NOTHING),)
    )
    return Standing(
        label, found, shares.points(found), shares.level_in_words(found), shares.level_shape(found), told
    )


def rows_address(**query: str) -> str:
    return f"{reverse('desk:board-rows')}?{urlencode(query)}"


def _grouped(
    cells: Sequence[Cell],
    key_of: Callable[[Cell], str],
    told: Callable[[str], tuple[str, Mapping[str, str]]],
    wanted: str,
) -> list[Standing]:
    """Return the standings of groups of cells, the lowest score first; who has no data is not listed."""
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell)].append(cell)
    found = []
    for key, members in groups.items():
        label, query = told(key)
        found.append(standing(label, sums(members), {"month": wanted, **query}))
    with_data = [one for one in found if one.score.value is not None]
    return sorted(with_data, key=lambda one: (one.score.value or 0, one.label))


def _by_agency(cells: Sequence[Cell], agencies: Mapping[UUID, Agency], wanted: str) -> list[Standing]:
    names = {agency_id.hex: agency.name for agency_id, agency in agencies.items()}
    if not names:
        return []
    return _grouped(cells, lambda cell: cell.agency_id.hex, lambda key: (names[key], {"agency": key}), wanted)


def _by_region(cells: Sequence[Cell], agencies: Mapping[UUID, Agency], wanted: str) -> list[Standing]:
    if not agencies:
        return []
    return _grouped(
        cells,
        lambda cell: agencies[cell.agency_id].region,
        lambda key: (shares.region_in_words(key), {"region": key}),
        wanted,
    )


def _by_month(months: Sequence[str], cells: Sequence[Cell], own: UUID | None) -> list[Standing]:
    """Return how every month stands; the last one by `cells`, which may be newer than what is kept."""
    kept = trend(months[0], months[-1], agency_id=own)
    criteria = quality().criteria
    counts = [{one: kept.get((month, one), NOTHING) for one in criteria} for month in months[:-1]]
    told = [*counts, sums(cells)]
    return [
        standing(shares.month_in_words(month), found, {"month": month})
        for month, found in zip(months, told, strict=True)
    ]


def _share_bar(one: Share) -> drawing.Bar:
    label = shares.in_page_language(one.criterion.label)
    found = score({one.criterion.id: one.counted}, quality().criteria)
    return drawing.Bar(label, one.counted.share, one.words, shares.level_pattern(found))


def _point(one: Standing) -> drawing.Point:
    return drawing.Point(one.label, one.score.value, one.points)


def _checks(cells: Sequence[Cell], wanted: str) -> list[Check]:
    failed: dict[tuple[str, str], int] = defaultdict(int)
    for cell in cells:
        if cell.measure.startswith(CHECK):
            failed[cell.class_id, cell.measure.removeprefix(CHECK)] += cell.counted.total
    found = failing_checks(failed, on=clock.today())
    top = top_failing({f"{one.class_id}/{one.code}": one.count for one in found})
    by_name = {f"{one.class_id}/{one.code}": one for one in found}
    return [
        by_name[name].leading_to(
            rows_address(
                measure=CHECK + by_name[name].code, month=wanted, **{"class": by_name[name].class_id}
            )
        )
        for name, _count in top
    ]


def _definition(criterion: Criterion) -> Definition:
    steps = tuple(shares.percent(step) for step in criterion.levels.values())
    return Definition(criterion, confidence_of(criterion.confidence), steps, written_query(criterion.id))
