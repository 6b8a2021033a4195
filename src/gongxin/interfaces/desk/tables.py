"""A list of the desk as data: its columns once, for the page, for CSV and for a workbook.

`?format=csv` or `?format=xlsx` at a list's own address sends the same rows, under the same filters, as a
file. What leaves is plain text without persons' numbers, at most MOST_ROWS of it, and the audit knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import SHANGHAI
from gongxin.engine.export_text import Cell
from gongxin.engine.table_file import CONTENT_TYPES
from gongxin.flows.exports import note_export
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.table_download import table_response
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.pages.wording import day_in_words, grouped, instant_in_words
from gongxin.interfaces.permissions import actor_of, permit

Row = TypeVar("Row")
Value = str | int | date | datetime | Promise | None
PAGE = 50
MOST_ROWS = 50_000  # what one file may hold; the rest is asked for with a narrower filter
FORMATS = tuple(CONTENT_TYPES)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: what it is called, what a row says in it, where that leads."""

    heading: Promise
    value: Callable[[Row], Value]
    link: Callable[[Row], str] | None = None
    leaves_as: Callable[[Row], Value] | None = None  # in a file, where the page may say more
    lead: bool = False  # what names the row
    warns: Callable[[Row], bool] | None = None


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A list: `rows(limit, offset)` gives as many as are asked for."""

    name: str  # of the file, and in the audit
    title: Promise
    columns: Sequence[Column[Row]]
    rows: Callable[[int, int], Sequence[Row]]
    filters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    most: int = field(default_factory=lambda: MOST_ROWS)  # rows of its file

    def lines(self, rows: Sequence[Row]) -> list[list["Shown"]]:
        """Return what a page shows of `rows`."""
        return [[_shown(column, row) for column in self.columns] for row in rows]


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell on a page."""

    heading: Promise
    text: str
    link: str
    number: bool
    lead: bool
    warns: bool


def list_page(
    request: HttpRequest, template: str, table: Table[Row], context: Mapping[str, Any]
) -> HttpResponseBase:
    """Return a page of a list, or, where the address asks for one, the file of the whole list."""
    file_format = request.GET.get("format", "")
    if file_format in FORMATS:
        return exported(request, table, file_format)
    page = page_number(request)
    found = table.rows(PAGE + 1, (page - 1) * PAGE)
    shown = {
        "table": table,
        "lines": table.lines(found[:PAGE]),
        "earlier": address_of(request, page=page + 1) if len(found) > PAGE else "",
        "later": address_of(request, page=page - 1) if page > 1 else "",
        "files": files_of(request),
    }
    return desk_page(request, template, {**shown, **context})


def files_of(request: HttpRequest) -> dict[str, str]:
    """Return the address of the file in each format, under the filters of this page."""
    return {name: address_of(request, format=name) for name in FORMATS}


def exported(request: HttpRequest, table: Table[Row], file_format: str) -> HttpResponseBase:
    """Return a list as a file, and write down that it left."""
    permit(request, action="table.export")
    at = clock.now()
    with transaction.atomic():
        rows = table.rows(table.most + 1, 0)
        note_export(
            actor=actor_of(request),
            table=table.name,
            file_format=file_format,
            rows=min(len(rows), table.most),
            filters=table.filters,
            at=at,
        )
    return table_response(
        name=f"{table.name}-{at.astimezone(SHANGHAI):%Y%m%d-%H%M}",
        title=str(table.title),
        header=[str(column.heading) for column in table.columns],
        rows=_cells(table, rows),
        file_format=file_format,
    )


def _cells(table: Table[Row], rows: Sequence[Row]) -> Iterator[list[Cell]]:
    for row in islice(rows, table.most):
        yield [_plain((column.leaves_as or column.value)(row)) for column in table.columns]
    if len(rows) > table.most:
        words = _("The first %(most)s rows. There are more: narrow the list and take it in parts.")
        yield [words % {"most": grouped(table.most)}, *[None] * (len(table.columns) - 1)]


def _plain(value: Value) -> Cell:
    """Return a value as a file holds it: days in ISO form, no person's number."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes")[:16]
    return value.isoformat() if isinstance(value, date) else mask_personal_numbers(str(value))


def _shown(column: Column[Row], row: Row) -> Shown:
    value = column.value(row)
    return Shown(
        heading=column.heading,
        text=_in_words(value),
        link=column.link(row) if column.link else "",
        number=isinstance(value, int | date),
        lead=column.lead,
        warns=bool(column.warns and column.warns(row)),
    )


def _in_words(value: Value) -> str:
    if isinstance(value, datetime):
        return instant_in_words(value, language=get_language())
    if isinstance(value, date):
        return day_in_words(value, language=get_language())
    return grouped(value) if isinstance(value, int) else str(value or "—")


def address_of(request: HttpRequest, **changes: object) -> str:
    """Return this page's address with some of its parameters changed."""
    asked: QueryDict = request.GET.copy()
    for name in ("page", "format"):
        asked.pop(name, None)
    for name, value in changes.items():
        asked[name] = str(value)
    return f"?{asked.urlencode()}"
