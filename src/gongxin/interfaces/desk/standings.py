"""How agencies, regions, classes and months stand, put together from the figures of a month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from gongxin.core.quality import NOTHING, Count, Criterion, Score, quality, score
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.pages import drawing, shares
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.queries import Cell, trend

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
    href: str = ""  # to the board of it alone; a region has none of its own

    @property
    def bar(self) -> drawing.Bar:
        words = f"{self.points} · {self.level}" if self.score.value is not None else self.points
        return drawing.Bar(self.label, self.score.value, words, shares.level_pattern(self.score))


def sums(cells: Iterable[Cell]) -> Counts:
    """Return the sums of the board's measures."""
    found: Counts = defaultdict(lambda: NOTHING)
    for cell in cells:
        if cell.measure in quality().criteria:
            found[cell.measure] += cell.counted
    return found


def standing(label: str, counts: Mapping[str, Count], query: Mapping[str, str]) -> Standing:
    """Return how something stands; `query` is the filter under which it and its rows are found."""
    criteria = quality().criteria
    found = score(counts, criteria)
    told = tuple(
        Share(one, counted, shares.percent(counted.share), rows_address(measure=one.id, **query))
        for one in criteria.values()
        for counted in (counts.get(one.id, NOTHING),)
    )
    return Standing(
        label=label,
        score=found,
        points=shares.points(found),
        level=shares.level_in_words(found),
        shape=shares.level_shape(found),
        shares=told,
        href="" if "region" in query else f"{reverse('desk:board')}?{urlencode(query)}",
    )


def rows_address(**query: str) -> str:
    return f"{reverse('desk:board-rows')}?{urlencode(query)}"


def by_agency(
    cells: Sequence[Cell], agencies: Mapping[UUID, Agency], only: Mapping[str, str]
) -> list[Standing]:
    """Return how each agency stands; `only` is the filter the cells are under already."""
    return _grouped(
        cells,
        lambda cell: cell.agency_id.hex,
        lambda key: standing_query(agencies[UUID(key)].name, only, agency=key),
    )


def by_region(
    cells: Sequence[Cell], agencies: Mapping[UUID, Agency], only: Mapping[str, str]
) -> list[Standing]:
    """Return how the agencies of each region stand."""
    return _grouped(
        cells,
        lambda cell: agencies[cell.agency_id].region,
        lambda key: standing_query(shares.region_in_words(key), only, region=key),
    )


def by_class(cells: Sequence[Cell], only: Mapping[str, str]) -> list[Standing]:
    """Return how each class of the catalogue stands."""
    return _grouped(
        cells, lambda cell: cell.class_id, lambda key: standing_query(class_name(key), only, **{"class": key})
    )


def by_month(
    months: Sequence[str], cells: Sequence[Cell], *, agency_id: UUID | None, only: Mapping[str, str]
) -> list[Standing]:
    """Return how every month stands; the last one by `cells`, which may be newer than what is kept."""
    kept = trend(months[0], months[-1], agency_id=agency_id, class_id=only.get("class", ""))
    criteria = quality().criteria
    counts = [{one: kept.get((month, one), NOTHING) for one in criteria} for month in months[:-1]]
    return [
        standing(shares.month_in_words(month), found, {**only, "month": month})
        for month, found in zip(months, [*counts, sums(cells)], strict=True)
    ]


Named = tuple[str, dict[str, str]]


def standing_query(label: str, only: Mapping[str, str], **more: str) -> Named:
    return label, {**only, **more}


def _grouped(
    cells: Sequence[Cell], key_of: Callable[[Cell], str], named: Callable[[str], Named]
) -> list[Standing]:
    """Return the standings of groups of cells, the lowest score first; who has no data is not listed."""
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell)].append(cell)
    found = []
    for key, members in groups.items():
        label, query = named(key)
        found.append(standing(label, sums(members), query))
    with_data = [one for one in found if one.score.value is not None]
    return sorted(with_data, key=lambda one: (one.score.value or 0, one.label))
