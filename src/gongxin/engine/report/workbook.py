"""The sender's own workbook again, with the cells at fault marked and a comment on each.

Up to 20,000 rows all of them are given, each in its own place; above that the faulty rows only. On the right
stand two columns of ours: which row of the file sent it is, and what to correct.
Columns that may not be kept (documents of persons, columns no catalogue entry knows) stay empty, and so does
a row that could not be read: it is marked, to be filled in anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, BinaryIO

import polars as pl
import xlsxwriter

from gongxin.core.catalogue import Label, Severity
from gongxin.core.own_marks import PROBLEM_COLUMN, ROW_COLUMN
from gongxin.engine.export_text import sheet_names, write_text
from gongxin.engine.report.findings import KeptCheck, problems_of, rows_sent, sent_batches
from gongxin.engine.report.summary import write_summary

ALL_ROWS = 20_000
_COLOURS = {Severity.ERROR.value: "#F8CBAD", Severity.WARNING.value: "#FFF2CC"}
_WIDTH = 16
_SHEET_ROWS = 1_048_576  # what a workbook can hold
_EXAMPLE = Label("正确示例：", "Accepted example: ")
_RULE = Label("规则：", "Rule: ")
_Row = tuple[int, list[str | None], list[dict[str, Any]]]  # its number in the file sent, cells, problems
_ROW = Label("原文件第 {} 行", "row {} of the file sent")


def write_workbook(check: KeptCheck, out: BinaryIO) -> None:
    """This will write the marked copy to `out`."""
    options = {
        "constant_memory": True,
        "tmpdir": str(check.folder),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        copy = _Copy(check, book, problems_of(check))
        rows = _RowsBySheet(check)
        for table in check.layout["tables"]:
            copy.write(table, rows.of(table["sheet"]))
        write_summary(check, book, shown=copy.shown, everything=copy.everything)


class _RowsBySheet:
    """The rows as sent, sheet by sheet in the order of the file: read once, however many sheets there are."""

    def __init__(self, check: KeptCheck) -> None:
        self._pieces = (
            (str(name), rows)
            for batch in sent_batches(check)
            for (name,), rows in batch.group_by("sheet", maintain_order=True)
        )
        self._next = next(self._pieces, None)

    def of(self, sheet: str) -> Iterator[pl.DataFrame]:
        """Yield the rows of `sheet`, the next in order; none if none of it was kept."""
        while self._next is not None and self._next[0] == sheet:
            yield self._next[1]
            self._next = next(self._pieces, None)


@dataclass(slots=True)
class _Copy:
    """One workbook while it is written."""

    check: KeptCheck
    book: Any
    problems: pl.DataFrame
    shown: int = 0
    everything: bool = True
    in_place: bool = True  # every row stands where it stood in the file sent
    formats: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(init=False)  # of the sheets, by what they were called

    def __post_init__(self) -> None:
        self.names = sheet_names(table["sheet"] for table in self.check.layout["tables"])
        self.formats = {
            name: self.book.add_format({"bg_color": colour, "border": 1}) for name, colour in _COLOURS.items()
        }
        self.formats["header"] = self.book.add_format({"bold": True, "text_wrap": True})
        rows, last = rows_sent(self.check)
        self.everything = rows <= ALL_ROWS and self.check.copy.only is None
        # A text file may have more lines than a sheet has rows.
        self.in_place = self.everything and last < _SHEET_ROWS

    def write(self, table: dict[str, Any], sent: Iterable[pl.DataFrame]) -> None:
        """This will write one sheet: title rows, header, and the rows in the order they were sent."""
        sheet = self.book.add_worksheet(self.names[table["sheet"]])
        header_at = max(table["header_row"] - 1, len(table["lead"]))
        for at, cells in enumerate(table["lead"]):
            _write_cells(sheet, at, cells, None)
        _write_cells(sheet, header_at, table["header"], self.formats["header"])
        width = len(table["header"])
        sheet.set_column(0, max(width - 1, 0), _WIDTH)
        if self.check.copy.batch:
            _write_cells(
                sheet, header_at, [*[""] * width, ROW_COLUMN, PROBLEM_COLUMN], self.formats["header"]
            )
            sheet.set_column(width + 1, width + 1, 4 * _WIDTH)
        sheet.freeze_panes(header_at + 1, 0)
        at = header_at
        origins = self._origins(table["sheet"])
        shown = merge(self._rows(table["sheet"], sent), self._unreadable(table["sheet"]), key=itemgetter(0))
        for row, cells, problems in shown if self.everything else islice(shown, ALL_ROWS - self.shown):
            at = max(at + 1, row - 1) if self.in_place else at + 1
            self._write_row(sheet, at, table, cells, problems, row)
            if self.check.copy.batch and problems:
                origin = str(row) if origins is None else origins.get(row, "")
                self._write_own(sheet, at, width, origin, problems)
            self.shown += 1

    def _origins(self, sheet: str) -> dict[int, str] | None:
        """Return which row of the submission to correct each row is; None if it is that submission."""
        origins = self.check.copy.origins
        if origins is None:
            return None
        return dict(origins.filter(pl.col("sheet") == sheet).select("row", "origin").iter_rows())

    def _write_own(
        self, sheet: Any, at: int, width: int, origin: str, problems: list[dict[str, Any]]
    ) -> None:
        """This will write our two columns; a warning alone asks for no correction."""
        wrong = [one for one in problems if one["severity"] == Severity.ERROR.value]
        said = (self.check.explain(one["code"], one["field"] or "").message for one in wrong)
        write_text(sheet, at, width, origin)
        write_text(sheet, at, width + 1, "\n".join(dict.fromkeys(said)))

    def _unreadable(self, sheet: str) -> Iterator[_Row]:
        """Yield the rows that could not be read, of which nothing was kept but what is wrong."""
        found = self.problems.filter(
            (pl.col("sheet").cast(pl.String) == sheet)
            & pl.col("code").cast(pl.String).is_in(list(self.check.layout["damage"]))
        ).sort("row")
        if self.check.copy.only is not None:
            found = found.filter(pl.col("row").is_in(self._only(sheet).implode()))
        for problem in found.head(ALL_ROWS).iter_rows(named=True):
            yield problem["row"], [], [problem]

    def _only(self, sheet: str) -> pl.Series:
        only = self.check.copy.only
        return (
            pl.Series("row", [], pl.UInt32) if only is None else only.filter(pl.col("sheet") == sheet)["row"]
        )

    def _rows(self, sheet: str, sent: Iterable[pl.DataFrame]) -> Iterator[_Row]:
        """Yield the rows to show, each with its problems: all rows, or so many of the faulty ones."""
        of_sheet = self.problems.filter(pl.col("sheet").cast(pl.String) == sheet)
        faulty = (of_sheet["row"] if self.check.copy.only is None else self._only(sheet)).unique()
        for piece in sent:
            rows = piece
            if not self.everything:
                rows = rows.filter(pl.col("row").is_in(faulty.implode())).head(ALL_ROWS - self.shown)
            wrong = of_sheet.filter(pl.col("row").is_in(rows["row"].implode())).to_dicts()
            by_row: dict[int, list[dict[str, Any]]] = {}
            for problem in wrong:
                by_row.setdefault(problem["row"], []).append(problem)
            for cells in rows.drop("sheet").iter_rows(named=True):
                row = cells.pop("row")
                yield row, [cells.get(f"c{at}") for at in range(_width(cells))], by_row.get(row, [])

    def _write_row(
        self,
        sheet: Any,
        at: int,
        table: dict[str, Any],
        cells: list[str | None],
        problems: list[dict[str, Any]],
        row: int,
    ) -> None:
        said: dict[int, list[str]] = {}
        worst: dict[int, str] = {}
        for problem in problems:
            for place in self._places(table, problem["field"]):
                said.setdefault(place, []).append(self._words(problem["code"], problem["field"] or ""))
                if worst.get(place) != Severity.ERROR.value:
                    worst[place] = problem["severity"]
        for place in range(len(table["header"])):
            text = cells[place] if place < len(cells) else None
            style = self.formats.get(worst.get(place, ""))
            if text:
                write_text(sheet, at, place, text, style)
            elif style is not None:
                sheet.write_blank(at, place, None, style)
            if place in said:
                where = "" if self.in_place else self.check.say(_ROW).format(row) + "\n"
                sheet.write_comment(
                    at, place, where + "\n\n".join(said[place]), {"x_scale": 2.5, "y_scale": 1.5}
                )

    def _places(self, table: dict[str, Any], key: str | None) -> list[int]:
        """Return the cells to mark; what is wrong with a row as a whole is marked at its document number."""
        sources: dict[str, list[int]] = table["sources"]
        roles = self.check.information_class.roles
        known = (
            sources.get(name or "") for name in (key, roles.get("document_number"), roles.get("subject_name"))
        )
        return next((places for places in known if places), [0])

    def _words(self, code: str, key: str) -> str:
        said = self.check.explain(code, key)
        lines = [said.message, f"{self.check.say(_RULE)}{code}"]
        if said.source:
            lines[-1] += f"  {said.source}"
        if said.example:
            lines.append(f"{self.check.say(_EXAMPLE)}{said.example}")
        return "\n".join(lines)


def _width(cells: dict[str, Any]) -> int:
    return 1 + max((int(name[1:]) for name in cells), default=-1)


def _write_cells(sheet: Any, at: int, cells: list[str], style: Any) -> None:
    for place, text in enumerate(cells):
        if text:
            write_text(sheet, at, place, text, style)
