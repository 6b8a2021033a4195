"""An empty workbook of a class: its columns as the form names them, and a sheet that explains each."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Field, InformationClass
from gongxin.engine.export_text import write_text
from gongxin.interfaces.desk.reach import class_in_force
from gongxin.interfaces.permissions import requires

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_WIDTH, WIDE = 22, 48
# Nothing written here is ever a formula, a number or a link, whatever it looks like.
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


@requires("template.read")
def template(_request: HttpRequest, class_id: str) -> HttpResponse:
    """Send the workbook to fill in."""
    information_class = class_in_force(class_id)
    response = HttpResponse(workbook_for(information_class), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{class_id}-template.xlsx"'
    return response


def workbook_for(information_class: InformationClass) -> bytes:
    """Return the workbook's bytes; cells are text, so that codes keep their leading zeros."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, AS_TEXT) as book:
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "required": book.add_format(
                {"bold": True, "bg_color": "#D9E7F1", "border": 1, "text_wrap": True}
            ),
            "optional": book.add_format({"bg_color": "#F6F8F9", "border": 1, "text_wrap": True}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        }
        _rows_sheet(book.add_worksheet(_("Rows")), information_class, formats)
        _words_sheet(book.add_worksheet(_("Explanation")), information_class, formats)
    return out.getvalue()


def _rows_sheet(sheet: Any, information_class: InformationClass, formats: dict[str, Any]) -> None:
    required = set(information_class.layouts[0].required)
    for place, field in enumerate(information_class.fields):
        sheet.set_column(place, place, COLUMN_WIDTH, formats["text"])
        write_text(
            sheet, 0, place, _heading(field), formats["required" if field.key in required else "optional"]
        )
    sheet.freeze_panes(1, 0)


def _words_sheet(sheet: Any, information_class: InformationClass, formats: dict[str, Any]) -> None:
    required = set(information_class.layouts[0].required)
    sheet.set_column(0, 0, WIDE, formats["wrapped"])
    sheet.set_column(1, 1, COLUMN_WIDTH, formats["wrapped"])
    sheet.set_column(2, 3, WIDE, formats["wrapped"])
    # One cell names a column: a row of several would look like a header to the reader of the file.
    for place, field in enumerate(information_class.fields):
        need = _("must be filled") if field.key in required else _("may be empty")
        for column, words in enumerate((_heading(field), need, _form(field), field.example)):
            write_text(sheet, place, column, words, formats["wrapped"])


def _heading(field: Field) -> str:
    """Return the column's name with its code: both are known, and the file stays readable."""
    name = field.label.in_language(get_language() or "zh-hans")
    return name if name == field.key else f"{name}（{field.key}）"


def _form(field: Field) -> str:
    if field.codes:
        return _("one of: %(values)s") % {
            "values": "、".join((*field.codes, *(f"{code}-…" for code in field.open_codes)))
        }
    if field.type == "date":
        return _("a date, such as 2026/03/12")
    if field.type == "number":
        return _("a number, digits only")
    return (
        _("text of at most %(most)d characters") % {"most": field.max_length}
        if field.max_length
        else _("text")
    )
