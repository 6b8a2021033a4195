"""Sends the empty workbook of a class."""

from django.http import HttpRequest, HttpResponse

from gongxin.engine.table_file import CONTENT_TYPES, XLSX
from gongxin.interfaces import clock
from gongxin.interfaces.desk.reach import class_in_force
from gongxin.interfaces.desk.template_workbook import workbook_for
from gongxin.interfaces.permissions import requires
from gongxin.registry.catalogue.queries import active_edition_number


@requires("template.read")
def template(_request: HttpRequest, class_id: str) -> HttpResponse:
    """Send the workbook to fill in."""
    book = workbook_for(class_in_force(class_id), catalogue_edition=active_edition_number(on=clock.today()))
    response = HttpResponse(book, content_type=CONTENT_TYPES[XLSX])
    response["Content-Disposition"] = f'attachment; filename="{class_id}-template.xlsx"'
    return response
