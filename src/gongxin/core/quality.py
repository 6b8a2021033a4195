"""How good what agencies report is: shares, their mean, the level reached. No data is said as such.

Of public bodies' reporting, never of anybody recorded. Source: law/quality.yaml.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law

MOST_FAILING = 5
_FIELD_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_ID = re.compile(r"[a-z][a-z-]*\Z")


class QualityRefused(Exception):
    """`law/quality.yaml` says something that cannot be counted."""


class Level(StrEnum):
    """The three maturity levels, the lowest first."""

    REQUIRED = "required"
    EXPECTED = "expected"
    EXCELLENT = "excellent"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is measured: how many `good` of how many `total`, and what each level asks."""

    id: str
    label: Label
    words: Label
    good: Label
    total: Label
    counts: Label  # what is counted, in the plural
    public: bool
    levels: Mapping[Level, Fraction]
    confidence: str
    source: str = ""
    article: str = ""
    expected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # class -> optional fields
    classes: tuple[str, ...] = ()  # the only ones it is counted for; none means all


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure of the public website, at an address that stays."""

    id: str
    label: Label
    words: Label
    criterion: str = ""  # a share, as this criterion; else a plain count
    now_only: bool = False
    score: bool = False  # the mean of the criteria that are public


@dataclass(frozen=True, slots=True)
class Quality:
    """The whole of `law/quality.yaml`."""

    criteria: Mapping[str, Criterion]
    level_labels: Mapping[Level, Label]
    below: Label
    smallest: int
    statistics: Mapping[str, Statistic]


@dataclass(frozen=True, slots=True)
class Count:
    """How many are good of how many. Raises ValueError for more good ones than there are."""

    good: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.total:
            raise ValueError(f"{self.good} of {self.total}")

    @property
    def failing(self) -> int:
        return self.total - self.good

    @property
    def share(self) -> Fraction | None:
        """The share, exact; None where nothing was counted."""
        return Fraction(self.good, self.total) if self.total else None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.good + other.good, self.total + other.total)


NOTHING = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Score:
    """The mean over the criteria that could be counted; `value` is None where none could."""

    value: Fraction | None
    level: Level | None  # the highest reached; None below the first, and where there is no data
    measured: tuple[str, ...]


def score(counts: Mapping[str, Count], criteria: Mapping[str, Criterion]) -> Score:
    """Return the plain mean of the shares that can be counted, and the level that all of them reach."""
    shares = {key: share for key in criteria if (share := counts.get(key, NOTHING).share) is not None}
    if not shares:
        return Score(None, None, ())
    mean = sum(shares.values(), Fraction(0)) / len(shares)
    reached = [level for level in LEVELS if all(shares[key] >= criteria[key].levels[level] for key in shares)]
    return Score(mean, reached[-1] if reached else None, tuple(shares))


def top_failing(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the checks that failed most often, most often first; at most five, none that never failed."""
    failed = [(code, count) for code, count in counts.items() if count > 0]
    return sorted(failed, key=lambda one: (-one[1], one[0]))[:MOST_FAILING]


def tenths_of_percent(share: Fraction) -> int:
    """Return a share in tenths of a percent, rounded down: 99.96 % never reads as 100 %."""
    return int(share * 1000)


def shown_counts(counts: Mapping[str, int], *, smallest: int) -> dict[str, int | None]:
    """Return counts as the public may see them beside their sum: None for one that is too small to show.

    Where just one is hidden, the smallest of the others is hidden too, or the sum would tell it. Nothing of
    nothing is left out.
    """
    told = {key: count for key, count in counts.items() if count}
    hidden = {key for key, count in told.items() if count < smallest}
    if len(hidden) == 1 and len(told) > 1:
        hidden.add(min(told.keys() - hidden, key=lambda key: (told[key], key)))
    return {key: None if key in hidden else count for key, count in told.items()}


def hidden_keys(*counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """Return which keys are not shown, where several counts of the same things might tell each other."""
    return frozenset(
        key for one in counts for key, count in shown_counts(one, smallest=smallest).items() if count is None
    )


def months_between(first: str, last: str) -> list[str]:
    """Return the months (YYYY-MM) from `first` to `last`, both included."""
    year, month = _year_and_month(first)
    found = []
    while (written := f"{year:04}-{month:02}") <= last:
        found.append(written)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def month_of(on: date) -> str:
    """Return the month of a day, as 2026-04."""
    return f"{on:%Y-%m}"


def days_of(month: str) -> tuple[date, date]:
    """Return the first day of a month and of the next one."""
    year, number = _year_and_month(month)
    return date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)


def is_month(text: str) -> bool:
    """Return whether `text` is a month, as 2026-04."""
    return bool(re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text, re.ASCII))


def _year_and_month(text: str) -> tuple[int, int]:
    year, month = text.split("-")
    return int(year), int(month)


@lru_cache(maxsize=1)
def quality() -> Quality:
    """Return the packaged criteria and statistics."""
    return parse_quality(read_law("quality.yaml"))


def parse_quality(document: Any) -> Quality:
    """Return the parsed document. Raises QualityRefused."""
    try:
        criteria = {key: _criterion(key, one) for key, one in document["criteria"].items()}
        return Quality(
            criteria=MappingProxyType(criteria),
            level_labels={level: Label(**document["levels"][level]) for level in LEVELS},
            below=Label(**document["below"]),
            smallest=int(document["smallest"]),
            statistics=MappingProxyType(dict(_statistics(document["statistics"], criteria))),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise QualityRefused(f"quality.yaml: {error!r}") from error


def _criterion(key: str, document: Mapping[str, Any]) -> Criterion:
    _demand(_ID.match(key), f"{key} is no id")
    levels = {level: Fraction(document["levels"][level]) for level in LEVELS}
    steps = [levels[level] for level in LEVELS]
    _demand(steps == sorted(steps) and steps[0] > 0 and steps[-1] <= 1, f"{key}: the levels do not rise")
    expected = {name: tuple(fields) for name, fields in document.get("expected", {}).items()}
    for name in (one for fields in expected.values() for one in fields):
        _demand(_FIELD_KEY.match(name), f"{key}: {name} is no field")
    words = {name: Label(**document[name]) for name in ("label", "words", "good", "total", "counts")}
    return Criterion(
        id=key,
        public=document["public"],
        levels=levels,
        confidence=document["confidence"],
        source=document.get("source", ""),
        article=str(document.get("article", "")),
        expected=expected,
        classes=tuple(document.get("classes", ())),
        **words,
    )


def _statistics(
    document: Mapping[str, Any], criteria: Mapping[str, Criterion]
) -> Iterable[tuple[str, Statistic]]:
    for key, one in document.items():
        _demand(_ID.match(key), f"{key} is no id")
        criterion = one.get("criterion", "")
        _demand(not criterion or criteria[criterion].public, f"{key}: {criterion} is not for the public")
        yield (
            key,
            Statistic(
                id=key,
                label=Label(**one["label"]),
                words=Label(**one["words"]),
                criterion=criterion,
                now_only=one.get("now_only", False),
                score=one.get("score", False),
            ),
        )


def _demand(holds: object, said: str) -> None:
    if not holds:
        raise QualityRefused(said)
