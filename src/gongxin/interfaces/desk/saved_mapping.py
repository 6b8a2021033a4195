"""What an office once said about its columns: to look at, to change, to forget."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.column_mapping import MappingRefused
from gongxin.engine.readers.table import FileRefused
from gongxin.flows.mappings import change_mapping, forget_mapping
from gongxin.interfaces import clock
from gongxin.interfaces.desk.mapping_form import (
    Column,
    constants_of,
    document_of,
    fault_of,
    posted_columns,
    posted_constants,
)
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import class_in_force
from gongxin.interfaces.desk.reading import kept_layout
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, agency_bound, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.intake.models import SavedMapping


@requires("mapping.save", signed_out=kept_form.signed_out)
def saved_mapping(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """Show a saved mapping; a POST changes it, or forgets it."""
    saved = _in_reach(request, mapping_id)
    typed = kept_form.taken(request)
    if typed is not None:  # before a session ended: shown, not saved
        constants = posted_constants(typed, class_in_force(saved.class_id))
        return _page(request, saved, posted_columns(typed), constants)
    if request.method != "POST":
        constants = {str(key): str(value) for key, value in saved.mapping.get("constants", {}).items()}
        return _page(request, saved, _columns(saved), constants)
    if request.POST.get("forget"):
        return _forget(request, saved)
    return _change(request, saved)


def _in_reach(request: HttpRequest, mapping_id: UUID) -> SavedMapping:
    agency_id = agency_bound(request, action="mapping.save")
    found = SavedMapping.objects.select_related("agency").filter(id=mapping_id)
    own = found if agency_id is None else found.filter(agency_id__in=agencies_under(agency_id))
    saved = own.first()
    if saved is None:
        raise Http404
    return saved


def _forget(request: HttpRequest, saved: SavedMapping) -> HttpResponse:
    class_id = saved.class_id
    forget_mapping(saved=saved, actor=actor_of(request), at=clock.now())
    messages.success(request, _("Forgotten: the next file with these headers is asked about again."))
    return redirect(f"{reverse('desk:upload')}?class={class_id}")


def _change(request: HttpRequest, saved: SavedMapping) -> HttpResponse:
    information_class = class_in_force(saved.class_id)
    columns = posted_columns(request.POST)
    constants = posted_constants(request.POST, information_class)
    if problem := fault_of(constants):
        return _page(request, saved, columns, constants, problem=problem)
    try:
        change_mapping(
            saved=saved,
            information_class=information_class,
            mapping=document_of(information_class.id, columns, constants),
            actor=actor_of(request),
            at=clock.now(),
        )
    except (MappingRefused, FileRefused) as refused:
        words = refused.message.in_language(get_language() or "")
        return _page(request, saved, columns, constants, problem=words)
    messages.success(request, _("Saved: files with these headers are read so from now on."))
    return redirect("desk:saved-mapping", saved.id)


def _columns(saved: SavedMapping) -> list[Column]:
    """Return the columns by place; their headers are known from the last file that was read so."""
    fields = {column["position"]: column["field"] for column in saved.mapping.get("columns", ())}
    width = max([*fields, *saved.mapping.get("ignore", ())], default=0)
    headers = _headers(saved)
    return [
        Column(
            place=place,
            header=headers[place - 1] if place <= len(headers) else "",
            sample="",
            field=fields.get(place, ""),
        )
        for place in range(1, width + 1)
    ]


def _headers(saved: SavedMapping) -> list[str]:
    last = saved.read_with.order_by("-received_at").first()
    tables = kept_layout(last).get("tables", []) if last else []
    return list(tables[0]["header"]) if tables else []


def _page(
    request: HttpRequest,
    saved: SavedMapping,
    columns: Sequence[Column],
    constants: Mapping[str, str],
    *,
    problem: str = "",
) -> HttpResponse:
    information_class = class_in_force(saved.class_id)
    return desk_page(
        request,
        "desk/mapping.html",
        {
            "section": "upload",
            "saved": saved,
            "information_class": information_class,
            "agency": saved.agency,
            "columns": columns,
            "constants": constants_of(information_class, constants),
            "problem": problem,
        },
        status=422 if problem else 200,
    )
