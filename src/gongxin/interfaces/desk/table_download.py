"""A table of the desk as a file to keep: CSV or a workbook, every cell of it plain text."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse

from gongxin.engine.export_text import Cell
from gongxin.engine.table_file import CONTENT_TYPES, table_file


def table_response(
    *, name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], file_format: str
) -> HttpResponse:
    """Return the table as a download. Raises Http404 for a format that is not written."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    content = table_file(title, header, rows, file_format=file_format)
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
