from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongxin.core.demonstration.places import PublicBody

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """One file of one public body, sent so many days before the demonstration's own day.

    The ending of `file_name` says how it is written; `headers` maps what stands in its header row to
    the keys of `rows`.
    """

    body: PublicBody
    class_id: str
    file_name: str
    days_ago: int
    headers: Mapping[str, str]
    rows: tuple[Row, ...]
    encoding: str = "utf-8-sig"
    title: str = ""  # stands above the header, as offices like it


def written(day: date) -> str:
    """Return a date as the national forms print it."""
    return f"{day:%Y/%m/%d}"


def document_number(word: str, decided_on: date, *, sending: int, index: int) -> str:
    """Return a number no other record of the same firm has: by its sending, then the firm."""
    return f"{word}〔{decided_on.year}〕{sending}{index + 1:04}号"


def before(on: date, days: int) -> date:
    return on - timedelta(days=days)
