"""An empty workbook of a class: its columns with drop-down lists, and a sheet that explains each.

Above the header stand a title with the class and its edition and one line of advice; every cell is text, so
that a spreadsheet changes no date, code or document number. Sent back filled in, it is read as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Field, InformationClass
from gongxin.core.options import only_options, options_of
from gongxin.core.own_marks import OURS, template_fields, template_mark, template_words
from gongxin.engine.export_text import printable, sheet_name, write_text
from gongxin.interfaces.desk.template_words import form_in_words, heading, hint, source_in_words

COLUMN_WIDTH, WIDE = 24, 48
HEADER_ROW = 2  # 0-based: a title and a line of advice stand above it
LAST_ROW = 1_048_575
LONGEST_LIST = 255  # what the file may hold beside the cells; a longer list lies on a hidden sheet
LONGEST_TITLE, LONGEST_HINT = 32, 255
# Nothing written here is ever a formula, a number or a link, whatever it looks like.
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def workbook_for(information_class: InformationClass, *, catalogue_edition: str) -> bytes:
    """Return the workbook's bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, AS_TEXT) as book:
        template = _Template(information_class, book, catalogue_edition)
        template.write_rows_sheet()
        template.write_words_sheet()
        template.write_lists_sheet()
    return out.getvalue()


@dataclass(slots=True)
class _Template:
    """One workbook while it is written."""

    information_class: InformationClass
    book: Any
    catalogue_edition: str
    formats: dict[str, Any] = field(default_factory=dict)
    long_lists: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by the field's label

    def __post_init__(self) -> None:
        add = self.book.add_format
        self.formats = {
            "text": add({"num_format": "@"}),
            "title": add({"bold": True, "font_size": 14}),
            "required": add({"bold": True, "bg_color": "#D9E7F1", "border": 1, "text_wrap": True}),
            "optional": add({"bg_color": "#F6F8F9", "border": 1, "text_wrap": True}),
            "wrapped": add({"text_wrap": True, "valign": "top", "num_format": "@"}),
        }

    @property
    def fields(self) -> Sequence[Field]:
        return template_fields(self.information_class)

    @property
    def required(self) -> frozenset[str]:
        return frozenset(self.information_class.layouts[0].required)

    def write_rows_sheet(self) -> None:
        sheet = self.book.add_worksheet(sheet_name(self._label()))
        write_text(sheet, 0, 0, self._title(), self.formats["title"])
        write_text(sheet, 1, 0, _advice())
        for place, one in enumerate(self.fields):
            needed = one.key in self.required
            sheet.set_column(place, place, COLUMN_WIDTH, self.formats["text"])
            words = heading(one, needed=needed)
            write_text(sheet, HEADER_ROW, place, words, self.formats["required" if needed else "optional"])
            sheet.data_validation(HEADER_ROW + 1, place, LAST_ROW, place, self._validation(one))
        sheet.set_row(HEADER_ROW, 32)
        sheet.freeze_panes(HEADER_ROW + 1, 1)

    def _label(self) -> str:
        return self.information_class.label.in_language(get_language() or "zh-hans")

    def _title(self) -> str:
        said = _("%(class)s: sheet to fill in (catalogue %(edition)s)") % {
            "class": self._label(),
            "edition": self.catalogue_edition,
        }
        return f"{template_words(template_mark(self.information_class))}　{said}"

    def _validation(self, one: Field) -> dict[str, Any]:
        """Return the list a cell offers and the note shown beside it; only a closed list refuses."""
        words = hint(one, self.information_class, needed=one.key in self.required)
        said = {
            "input_title": printable(one.label.in_language(get_language() or "zh-hans"))[:LONGEST_TITLE],
            "input_message": printable(words)[:LONGEST_HINT],
        }
        options = tuple(map(printable, options_of(one, self.information_class)))
        if not options:
            return {"validate": "any", **said}
        closed = only_options(one)
        return {
            "validate": "list",
            "source": self._list(one, options),
            "error_type": "stop" if closed else "information",
            "show_error": closed,
            "error_title": _("Not in the list")[:LONGEST_TITLE],
            "error_message": _("Choose one of the list; click the arrow beside the cell.")[:LONGEST_HINT],
            **said,
        }

    def _list(self, one: Field, options: tuple[str, ...]) -> list[str] | str:
        if len(",".join(options)) <= LONGEST_LIST and not any("," in option for option in options):
            return list(options)
        self.long_lists[heading(one, needed=False)] = options
        column = chr(ord("A") + len(self.long_lists))
        return f"='{_lists_name()}'!${column}$2:${column}${len(options) + 1}"

    def write_words_sheet(self) -> None:
        sheet = self.book.add_worksheet(_("How to fill in"))
        sheet.set_column(0, 0, WIDE, self.formats["wrapped"])
        sheet.set_column(1, 1, 12, self.formats["wrapped"])
        sheet.set_column(2, 4, WIDE, self.formats["wrapped"])
        write_text(sheet, 0, 0, OURS + _("How each column is filled in"), self.formats["title"])
        # One cell names a column: a row of several would look like a header to the reader of the file.
        for at, cells in enumerate(self._words(), start=1):
            for column, words in enumerate(cells):
                style = self.formats["required" if at == 1 else "wrapped"]
                write_text(sheet, at, column, words, style)
        sheet.freeze_panes(2, 1)

    def _words(self) -> Iterator[tuple[str, ...]]:
        yield _("Column"), _("Needed"), _("What to write"), _("Accepted example"), _("Source")
        for one in self.fields:
            needed = one.key in self.required
            yield (
                heading(one, needed=False),
                _("must be filled") if needed else _("may be empty"),
                form_in_words(one, self.information_class),
                one.example,
                source_in_words(one),
            )

    def write_lists_sheet(self) -> None:
        """This will add the lists too long to lie beside a cell, on a sheet nobody need see."""
        if not self.long_lists:
            return
        sheet = self.book.add_worksheet(_lists_name())
        write_text(sheet, 0, 0, f"{OURS}{_lists_name()}")
        for column, (name, options) in enumerate(self.long_lists.items(), start=1):
            write_text(sheet, 0, column, name)
            for at, option in enumerate(options, start=1):
                write_text(sheet, at, column, option, self.formats["text"])
        sheet.hide()


def _advice() -> str:
    return _(
        "Columns with * must be filled. Fill in from row %(row)d and leave the names in row %(header)d as "
        "they are. Dates as 2026/03/12. The next sheet explains every column."
    ) % {"row": HEADER_ROW + 2, "header": HEADER_ROW + 1}


def _lists_name() -> str:
    return _("Lists")
