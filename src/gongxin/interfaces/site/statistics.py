"""The statistics: every figure at an address that stays, beside its definition, as a page, CSV and JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.quality import Statistic, is_month, quality
from gongxin.interfaces.clock import now, today
from gongxin.interfaces.pages import drawing, shares
from gongxin.interfaces.pages.freshness import Freshness, freshness, stamped, unchanged
from gongxin.interfaces.pages.wording import grouped
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.statistic_figures import Figure, Series, Told, series
from gongxin.interfaces.site.statistic_files import FILES, as_csv, as_json
from gongxin.registry.accounts.models import Agency
from gongxin.registry.catalogue.queries import classes_by_id


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is of, the figure in words, and what it is made of."""

    label: str
    figure: Figure
    words: str
    href: str = ""

    @property
    def made_of(self) -> str:
        counted = self.figure.counted
        if self.figure.hidden or not self.figure.statistic.criterion or not counted.total:
            return ""
        return f"{grouped(counted.good)} / {grouped(counted.total)}"


@requires("public.read")
def statistics(request: HttpRequest) -> HttpResponseBase:
    """List the statistics that have data, each with its definition and its newest figure."""
    at = now()
    found = [one for one in series(quality().statistics.values(), at=at) if _told(one)]
    fresh = _freshness(found, at)
    if (same := unchanged(request, fresh)) is not None:
        return same
    lines = [(one.statistic, _line(one.statistic, one.months[-1].whole)) for one in found]
    shown = {"section": "statistics", "lines": lines, "counted_at": _counted_at(found)}
    return stamped(render(request, "site/statistics.html", shown), fresh)


@requires("public.read")
def statistic(request: HttpRequest, statistic_id: str) -> HttpResponseBase:
    """Show a statistic month by month; its address and those of its months stay."""
    at = now()
    found = _series(statistic_id, at)
    fresh = _freshness([found], at)
    if (same := unchanged(request, fresh)) is not None:
        return same
    return stamped(render(request, "site/statistic.html", _page(found, found.months[-1])), fresh)


@requires("public.read")
def statistic_month(request: HttpRequest, statistic_id: str, month: str) -> HttpResponseBase:
    """Show a statistic in one month, by class and by region."""
    at = now()
    found = _series(statistic_id, at)
    told = next((one for one in found.months if one.month == month), None)
    if not is_month(month) or told is None or found.statistic.now_only:
        raise Http404
    fresh = _freshness([found], at)
    if (same := unchanged(request, fresh)) is not None:
        return same
    return stamped(render(request, "site/statistic_month.html", _page(found, told)), fresh)


@requires("public.read")
def statistic_file(request: HttpRequest, statistic_id: str, file_format: str) -> HttpResponseBase:
    """Send a statistic whole, every month by class and region, as CSV or JSON."""
    if file_format not in FILES:
        raise Http404
    at = now()
    found = _series(statistic_id, at)
    fresh = _freshness([found], at)
    if (same := unchanged(request, fresh)) is not None:
        return same
    written = as_csv if file_format == "csv" else as_json
    response = HttpResponse(written(found, names=_class_names()), content_type=FILES[file_format])
    if file_format == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="{found.statistic.id}.csv"'
    return stamped(response, fresh)


def _series(statistic_id: str, at: datetime) -> Series:
    known = quality().statistics.get(statistic_id)
    if known is None:
        raise Http404
    [found] = series([known], at=at)
    if not _told(found):
        raise Http404
    return found


def _told(found: Series) -> bool:
    """Return whether anything was ever counted; of what never was there is no page."""
    return any(not told.is_empty for told in found.months)


def _freshness(found: Iterable[Series], at: datetime) -> Freshness:
    seen = [
        (told.month, key, figure.value, figure.hidden)
        for one in found
        for told in one.months
        for group in ({"": told.whole}, told.by_class, told.by_region, told.by_agency)
        for key, figure in group.items()
    ]
    return freshness(seen=seen, at=at, next_end=None, adverse=False)


def _counted_at(found: Iterable[Series]) -> datetime | None:
    return min((one.counted_at for one in found if one.counted_at is not None), default=None)


def _page(found: Series, told: Told) -> dict[str, object]:
    one = found.statistic
    by_class = _lines(one, told.by_class, _class_words)
    by_region = _lines(one, told.by_region, shares.region_in_words)
    months = [] if one.now_only else [_month_line(one, past) for past in found.months]
    return {
        "section": "statistics",
        "statistic": one,
        "criteria": [quality().criteria[key] for key in _criteria(one)],
        "told": told,
        "whole": _line(one, told.whole),
        "months": months[::-1],
        "pictures": _over_time(one, months),
        "by_class": by_class,
        "class_bars": _bars(one, by_class),
        "by_region": by_region,
        "region_bars": _bars(one, by_region),
        "by_agency": _lines(one, told.by_agency, _agency_names().__getitem__),
        "counted_at": found.counted_at,
        "smallest": quality().smallest,
        "running": told.month == found.months[-1].month,
    }


def _criteria(one: Statistic) -> list[str]:
    if one.score:
        return [key for key, criterion in quality().criteria.items() if criterion.public]
    return [one.criterion] if one.criterion else []


def _lines(one: Statistic, figures: Mapping[str, Figure], named: Callable[[str], str]) -> list[Line]:
    return [_line(one, figure, named(key)) for key, figure in figures.items()]


def _line(one: Statistic, figure: Figure, label: str = "", href: str = "") -> Line:
    return Line(label, figure, _words(one, figure), href)


def _month_line(one: Statistic, told: Told) -> Line:
    return _line(one, told.whole, shares.month_in_words(told.month), told.month)


def _words(one: Statistic, figure: Figure) -> str:
    if figure.hidden:
        return _("not given")
    if one.score:
        told = (shares.points(figure.score), shares.level_in_words(figure.score))
        return told[0] if figure.score.value is None else " · ".join(told)
    return shares.percent(figure.share) if one.criterion else grouped(figure.counted.total)


def _over_time(one: Statistic, lines: list[Line]) -> dict[str, object]:
    """Return the months drawn: a share or score as a line, a plain count as bars."""
    if one.criterion or one.score:
        points = [drawing.Point(line.label, _part(line), line.words.split(" · ")[0]) for line in lines]
        return {"line": drawing.line(points)}
    return {"bars": _bars(one, lines)}


def _bars(one: Statistic, lines: list[Line]) -> tuple[drawing.Bars, ...]:
    largest = max((line.figure.counted.total for line in lines if not line.figure.hidden), default=0)
    if one.criterion or one.score:
        return drawing.bars([drawing.Bar(line.label, _part(line), line.words) for line in lines])
    if not largest:
        return ()
    return drawing.bars([drawing.Bar(line.label, _of_largest(line, largest), line.words) for line in lines])


def _of_largest(line: Line, largest: int) -> Fraction | None:
    return None if line.figure.hidden else Fraction(line.figure.counted.total, largest)


def _part(line: Line) -> Fraction | None:
    return line.figure.score.value if line.figure.statistic.score else line.figure.share


def _agency_names() -> dict[str, str]:
    return {found.hex: name for found, name in Agency.objects.values_list("id", "name")}


def _class_names() -> dict[str, tuple[str, str]]:
    return {one.id: (one.label.zh, one.label.en) for one in classes_by_id(on=today()).values()}


def _class_words(class_id: str) -> str:
    zh, en = _class_names().get(class_id, (class_id, class_id))
    return en if (get_language() or "").startswith("en") else zh
