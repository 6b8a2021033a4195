"""An agency's sheet beside the list it took from the national platform: in both, only here, only there.

The list is read where it lies sealed, compared in memory and let go with the request; nothing of it is kept.
"""

from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.reconciliation import Compared, compared
from gongxin.engine.number_list import numbers_in
from gongxin.engine.readers.table import FileRefused
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_in_reach
from gongxin.interfaces.desk.reconciliation import COLUMNS, Line, Sheet, SpanForm
from gongxin.interfaces.desk.tables import FORMATS, MOST_ROWS, Column, Table, exported
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.sealed_upload import SealedFile, sealed_file
from gongxin.interfaces.upload_problems import problem_with_upload
from gongxin.registry.catalogue.queries import active_classes
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import open_sealed

SHOWN = 200
OTHERS_HEADERS = ("文号", "文书号", "文书编号", "决定书文号", "document number")


@requires("reconciliation.compare")
@require_POST
def compare(request: HttpRequest) -> HttpResponseBase:
    """Compare the sheet asked for with the list sent beside it; show it, or give it as a file."""
    agency = agency_in_reach(request, request.POST.get("agency", ""), action="reconciliation.compare")
    form = SpanForm(request.POST)
    context = {"section": "due", "agency": agency, "form": form}
    problem = problem_with_upload(request)
    file = sealed_file(request)
    if problem or file is None or not form.is_valid():
        return _page(request, {**context, "problem": problem}, status=422)
    sheet = Sheet(agency, form.span(agency), clock.now())
    try:
        there = _numbers(file)
    except FileRefused as refused:
        words = refused.message.in_language(get_language() or "zh-hans")
        return _page(request, {**context, "problem": words}, status=422)
    found = compared(sheet.lines(MOST_ROWS, 0), there)
    if (file_format := request.POST.get("format", "")) in FORMATS:
        return exported(request, _table(sheet, found), file_format)
    return _page(request, {**context, "found": found, **_shown(found)}, status=200)


def _page(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponseBase:
    return desk_page(request, "desk/compared.html", {"shown": SHOWN, **context}, status=status)


def _numbers(file: SealedFile) -> list[str]:
    roles = ((one, one.role("document_number")) for one in active_classes(on=clock.today()))
    fields = [one.field(key) for one, key in roles if key]
    headers = {
        word for field in fields for word in (field.key, field.label.zh, field.label.en, *field.aliases)
    }
    with open_sealed(file.spool.path, home=home(), wrapped_key=file.spool.wrapped_key) as source:
        return numbers_in(source, filename=file.name or "", headers={*headers, *OTHERS_HEADERS})


def _shown(found: Compared[Line]) -> dict[str, object]:
    tables = {"only_here": found.only_here, "without_number": found.without_number}
    lines = {
        name: Table(name, gettext_lazy("Subject"), COLUMNS[:-1], _nothing).lines(rows[:SHOWN])
        for name, rows in tables.items()
    }
    return {
        **lines,
        "only_there": [mask_personal_numbers(number) for number in found.only_there[:SHOWN]],
        "columns": COLUMNS[:-1],
    }


def _nothing(_limit: int, _offset: int) -> Sequence[Line]:
    return ()


def _table(sheet: Sheet, found: Compared[Line]) -> Table[tuple[str, Line | str]]:
    """Return the comparison as one table: where a number stands, then what the sheet says of it."""
    rows: list[tuple[str, Line | str]] = [
        *((_("only here"), one) for one in found.only_here),
        *((_("only in the list sent"), number) for number in found.only_there),
        *((_("in both"), one) for one in found.both),
        *((_("without a number"), one) for one in found.without_number),
    ]
    where = Column[tuple[str, Line | str]](gettext_lazy("Where it stands"), lambda row: row[0])
    return Table(
        "comparison", gettext_lazy("Compared with the list sent"), (where, *map(_column, COLUMNS[:-1])),
        lambda limit, offset: rows[offset : offset + limit], sheet.table().filters,
    )  # fmt: skip


def _column(column: Column[Line]) -> Column[tuple[str, Line | str]]:
    value = column.leaves_as or column.value

    def said(row: tuple[str, Line | str]) -> object:
        other = row[1]
        if isinstance(other, str):
            return other if column.lead else None
        return value(other)

    return Column(column.heading, said)  # type: ignore[arg-type]  # what the column itself says
