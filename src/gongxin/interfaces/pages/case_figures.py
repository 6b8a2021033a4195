"""The figures of cases as desk and website show them: a picture and, under it, the same as a table."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from gongxin.core.cases.figures import StepFigures, figures_of, percentile
from gongxin.core.cases.kinds import kind_of_case, limit_label, state_label
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.core.working_days import working_days_between
from gongxin.interfaces.pages import drawing, shares
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.figures import (
    EndedLimit,
    ages_of_open,
    ended_limits,
    open_cases,
    outcomes_of,
)
from gongxin.registry.catalogue.queries import working_calendar

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: whose, its figures, the share in words."""

    label: str
    figures: StepFigures
    in_words: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How the parts of a kind ended, with each outcome's share."""

    kind: str
    total: int
    outcomes: Sequence[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Open:
    kind: str
    parts: int
    oldest_working_days: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Everything a page of figures says of twelve months and of what stands open."""

    begins: date
    on: date
    steps: Sequence[Row]
    step_bars: tuple[drawing.Bars, ...]
    agencies: Sequence[Row]
    agency_bars: tuple[drawing.Bars, ...]
    months: Sequence[tuple[str, str]]
    month_line: tuple[drawing.Line, ...]
    ended: Sequence[Ended]
    open: Sequence[Open]
    open_parts: int
    age_median: int | None
    age_percentile_95: int | None


def case_figures(*, on: date, agency_ids: Collection[UUID] | None = None) -> CaseFigures:
    """Return the figures of the twelve months up to the end of a day, of some bodies or of all."""
    calendar = working_calendar()
    begins = add_months(on.replace(day=1), -(MONTHS - 1))
    first, end = day_begins(begins), day_begins(on + timedelta(days=1))
    took = list(ended_limits(begins=first, ends=end, agency_ids=agency_ids, calendar=calendar))
    steps = _rows({limit: _limit(limit) for limit in {one.took.limit for one in took}}, took, _by_limit)
    agencies = _rows(_names(took), took, _by_agency) if agency_ids is None else []
    months = _months(took, begins)
    ages = [working_days_between(legal_day(at), on, calendar) for at in ages_of_open(agency_ids=agency_ids)]
    return CaseFigures(
        begins=begins,
        on=on,
        steps=steps,
        step_bars=drawing.bars([_bar(row) for row in steps]),
        agencies=agencies,
        agency_bars=drawing.bars([_bar(row) for row in agencies]),
        months=[(shares.month_in_words(month), shares.percent(share)) for month, share in months],
        month_line=drawing.line([_point(month, share) for month, share in months]),
        ended=[
            _ended(one.kind, one.outcomes)
            for one in outcomes_of(begins=first, ends=end, agency_ids=agency_ids)
        ],
        open=[
            Open(
                shares.in_page_language(kind_of_case(one.kind).label),
                one.parts,
                working_days_between(legal_day(one.oldest_at), on, calendar),
            )
            for one in open_cases(agency_ids=agency_ids)
        ],
        open_parts=len(ages),
        age_median=percentile(ages, 50) if ages else None,
        age_percentile_95=percentile(ages, 95) if ages else None,
    )


def _by_limit(one: EndedLimit) -> str:
    return one.took.limit


def _by_agency(one: EndedLimit) -> str:
    return one.agency_id.hex if one.agency_id else ""


def _rows(
    labels: dict[str, str], took: Sequence[EndedLimit], group: Callable[[EndedLimit], str]
) -> list[Row]:
    found = figures_of((group(one), one.took) for one in took)
    rows = [Row(labels[key], one, shares.percent(one.share_in_time)) for key, one in found.items()]
    return sorted(rows, key=lambda row: (row.figures.share_in_time, row.label))


def _names(took: Sequence[EndedLimit]) -> dict[str, str]:
    ids = {one.agency_id for one in took if one.agency_id}
    names = {agency.id.hex: agency.name for agency in Agency.objects.filter(id__in=ids)}
    return {**names, "": _("The credit centre")}


def _limit(limit: str) -> str:
    return shares.in_page_language(limit_label(limit))


def _months(took: Sequence[EndedLimit], begins: date) -> list[tuple[str, Fraction | None]]:
    found = figures_of((f"{one.ended_on:%Y-%m}", one.took) for one in took)
    wanted = [f"{add_months(begins, count):%Y-%m}" for count in range(MONTHS)]
    return [(month, found[month].share_in_time if month in found else None) for month in wanted]


def _ended(kind: str, outcomes: dict[str, int]) -> Ended:
    total = sum(outcomes.values())
    return Ended(
        shares.in_page_language(kind_of_case(kind).label),
        total,
        [
            (shares.in_page_language(state_label(outcome)), count, shares.percent(Fraction(count, total)))
            for outcome, count in sorted(outcomes.items(), key=lambda one: -one[1])
        ],
    )


def _bar(row: Row) -> drawing.Bar:
    return drawing.Bar(row.label, row.figures.share_in_time, row.in_words)


def _point(month: str, share: Fraction | None) -> drawing.Point:
    return drawing.Point(shares.month_in_words(month), share, shares.percent(share))
