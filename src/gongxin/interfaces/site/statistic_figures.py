"""The public statistics put together: the figures of a month in all, by class, by region; none too small."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from gongxin.core.legal_day import legal_day
from gongxin.core.quality import (
    NOTHING,
    Count,
    Score,
    Statistic,
    hidden_keys,
    month_of,
    months_between,
    quality,
    score,
)
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.measures import PUBLIC
from gongxin.registry.quality.queries import NOW, Cell, first_month, kept_cells, month

RECORDS = f"{PUBLIC}published"
Key = Callable[[Cell], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """What is told of a statistic: the counts it is made of by measure; hidden where they are too small."""

    statistic: Statistic
    counts: Mapping[str, Count]
    hidden: bool = False

    @property
    def counted(self) -> Count:
        return self.counts.get(self.statistic.id, NOTHING)

    @property
    def share(self) -> Fraction | None:
        return None if self.hidden else self.counted.share

    @property
    def score(self) -> Score:
        public = {key: one for key, one in quality().criteria.items() if one.public}
        return score({} if self.hidden else self.counts, public)

    @property
    def value(self) -> Fraction | int | None:
        """The figure itself; None where it is hidden or nothing was counted."""
        if self.statistic.score:
            return self.score.value
        if self.statistic.criterion:
            return self.share
        return None if self.hidden else self.counted.total


@dataclass(frozen=True, slots=True)
class Told:
    """A statistic in one month."""

    month: str
    whole: Figure
    by_class: Mapping[str, Figure]
    by_region: Mapping[str, Figure]
    by_agency: Mapping[str, Figure]  # of a score only: public bodies' work

    @property
    def is_empty(self) -> bool:
        return not any(count.total for count in self.whole.counts.values())


@dataclass(frozen=True, slots=True)
class Series:
    """A statistic in every month, and when the running month was counted."""

    statistic: Statistic
    months: tuple[Told, ...]
    counted_at: datetime | None


def measures_of(statistic: Statistic) -> tuple[str, ...]:
    """Return the measures a statistic is made of."""
    if not statistic.score:
        return (PUBLIC + statistic.id,)
    return tuple(PUBLIC + key for key, one in quality().criteria.items() if one.public)


def series(statistics: Iterable[Statistic], *, at: datetime) -> list[Series]:
    """Return statistics in every month since the first batch; of what is only now, the present."""
    wanted, current = list(statistics), month_of(legal_day(at))
    running = month(current, at=at)
    names = {name for one in wanted if not one.now_only for name in measures_of(one)}
    by_month: dict[str, list[Cell]] = defaultdict(list)
    before = (cell for cell in kept_cells(sorted({*names, RECORDS})) if cell.month < current)
    for cell in (*before, *running.cells):
        by_month[cell.month].append(cell)
    months = months_between(min(first_month() or current, current), current)
    regions = dict(Agency.objects.values_list("id", "region"))
    found = []
    for one in wanted:
        if one.now_only:
            now = month(NOW, at=at)
            found.append(Series(one, (told_of(one, NOW, now.cells, regions),), now.counted_at))
            continue
        told = tuple(told_of(one, name, by_month[name], regions) for name in months)
        found.append(Series(one, told, running.counted_at))
    return found


def told_of(statistic: Statistic, name: str, cells: Sequence[Cell], regions: Mapping[UUID, str]) -> Told:
    """Return a statistic in one month, from the cells of that month."""
    by_agency = _grouped(statistic, cells, lambda cell: cell.agency_id.hex) if statistic.score else {}
    whole = _grouped(statistic, cells, lambda _cell: "all").get("all") or Figure(statistic, {})
    return Told(
        month=name,
        whole=whole,
        by_class=_grouped(statistic, cells, lambda cell: cell.class_id),
        by_region=_grouped(statistic, cells, lambda cell: regions.get(cell.agency_id, "")),
        by_agency=by_agency,
    )


def _grouped(statistic: Statistic, cells: Iterable[Cell], key_of: Key) -> dict[str, Figure]:
    """Return the figures of a grouping; one too small is hidden, and one more where the sum would tell it."""
    wanted = measures_of(statistic)
    own: dict[str, dict[str, Count]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    records: dict[str, int] = defaultdict(int)
    for cell in cells:
        if cell.measure in wanted:
            own[key_of(cell)][cell.measure.removeprefix(PUBLIC)] += cell.counted
        if cell.measure == RECORDS:
            records[key_of(cell)] += cell.counted.total
    # How many records there are could be reckoned from any of these, so what hides one hides all.
    names = [name.removeprefix(PUBLIC) for name in wanted]
    totals = [{key: counts[name].total for key, counts in own.items()} for name in names]
    of_records = [records] if statistic.criterion or statistic.score else []
    hidden = hidden_keys(*totals, *of_records, smallest=quality().smallest)
    return {key: Figure(statistic, dict(counts), key in hidden) for key, counts in sorted(own.items())}
