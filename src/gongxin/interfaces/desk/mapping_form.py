"""Saying once what an office's own columns are: each header, and the field of the catalogue it means.

The header travels inside the form and nowhere else: until it is saved nothing of the file is kept,
and what is saved is only which place is which field, under a keyed hash of the header.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Field, InformationClass
from gongxin.core.column_mapping import MappingRefused
from gongxin.core.headers import header_forms, normal_header, normal_row
from gongxin.core.leaks import mask_personal_numbers
from gongxin.engine.likely_header import LikelyHeader
from gongxin.engine.readers.table import FileRefused
from gongxin.flows.mappings import save_mapping
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_in_reach, class_in_force
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.permissions import actor_of, requires
from gongxin.registry.accounts.models import Agency

MOST_COLUMNS = 400
LONGEST_SAMPLE = 40
INTENDED = ("check_first", "corrects")  # said of the file before, and meant still when it is chosen again


@dataclass(frozen=True, slots=True)
class Column:
    """One line of the form. `place` is 1-based, as the sender counts."""

    place: int
    header: str
    sample: str
    field: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A field the file has no column for, and what it always is."""

    field: Field
    value: str
    required: bool


def show(
    request: HttpRequest, *, information_class: InformationClass, agency: Agency, header: LikelyHeader
) -> HttpResponse:
    """Return the form for a header just read, with every column that is known already filled in."""
    known = _known(information_class)
    columns = [
        Column(
            place=place,
            header=cell,
            sample=_sample(header.sample, place),
            field=_meaning(cell, known),
        )
        for place, cell in enumerate(header.cells[: width_of(header)], start=1)
    ]
    return _page(request, information_class, agency, columns, {}, request.POST)


@requires("mapping.save", signed_out=kept_form.signed_out)
def save(request: HttpRequest, class_id: str) -> HttpResponse:
    """Keep the mapping and go back to choose the file again."""
    information_class = class_in_force(class_id)
    posted = request.POST if request.method == "POST" else kept_form.taken(request)
    if posted is None:
        return _to_the_file(information_class, {})
    agency = agency_in_reach(request, posted.get("agency", ""), action="mapping.save")
    columns = posted_columns(posted)
    constants = posted_constants(posted, information_class)
    if request.method != "POST":  # typed before a session ended: shown, not saved
        return _page(request, information_class, agency, columns, constants, posted)
    if problem := fault_of(constants):
        return _page(request, information_class, agency, columns, constants, posted, problem=problem)
    try:
        save_mapping(
            agency=agency,
            information_class=information_class,
            header=[column.header for column in columns],
            mapping=document_of(information_class.id, columns, constants),
            actor=actor_of(request),
            at=clock.now(),
        )
    except (MappingRefused, FileRefused) as refused:
        words = refused.message.in_language(get_language() or "")
        return _page(request, information_class, agency, columns, constants, posted, problem=words)
    messages.success(
        request, _("The columns are saved and will be known from now on. Choose the file again.")
    )
    return _to_the_file(information_class, _intended(posted))


def _to_the_file(information_class: InformationClass, intended: Mapping[str, str]) -> HttpResponse:
    return redirect(f"{reverse('desk:upload')}?{urlencode({'class': information_class.id, **intended})}")


def _intended(posted: QueryDict) -> dict[str, str]:
    return {name: value for name in INTENDED if (value := posted.get(name, ""))}


def _page(
    request: HttpRequest,
    information_class: InformationClass,
    agency: Agency,
    columns: Sequence[Column],
    constants: Mapping[str, str],
    posted: QueryDict,
    *,
    problem: str = "",
) -> HttpResponse:
    return desk_page(
        request,
        "desk/mapping.html",
        {
            "section": "upload",
            "information_class": information_class,
            "agency": agency,
            "columns": columns,
            "constants": constants_of(information_class, constants),
            "intended": _intended(posted),
            "problem": problem,
        },
        status=422 if problem else 200,
    )


def width_of(header: LikelyHeader) -> int:
    """Return how many columns there are to say something about: those left empty on the right are none."""
    return len(normal_row(header.cells))


def _known(information_class: InformationClass) -> dict[str, str]:
    return {
        normal_header(name): key
        for layout in reversed(information_class.layouts)
        for name, key in layout.columns.items()
    }


def _meaning(header: str, known: Mapping[str, str]) -> str:
    return next((known[form] for form in header_forms(header) if form in known), "")


def _sample(sample: Sequence[str], place: int) -> str:
    cell = sample[place - 1] if place <= len(sample) else ""
    return mask_personal_numbers(cell)[:LONGEST_SAMPLE]


def constants_of(information_class: InformationClass, given: Mapping[str, str]) -> list[Constant]:
    required = information_class.layouts[0].required
    constants = [
        Constant(field, given.get(field.key, ""), field.key in required) for field in information_class.fields
    ]
    return sorted(constants, key=lambda constant: not constant.required)


def posted_columns(posted: QueryDict) -> list[Column]:
    headers, fields = posted.getlist("header"), posted.getlist("field")
    samples = posted.getlist("sample")
    return [
        Column(place, header, sample, field)
        for place, (header, sample, field) in enumerate(zip(headers, samples, fields, strict=False), start=1)
    ]


def posted_constants(posted: QueryDict, information_class: InformationClass) -> dict[str, str]:
    given = {field.key: posted.get(f"constant-{field.key}", "").strip() for field in information_class.fields}
    return {key: value for key, value in given.items() if value}


def fault_of(constants: Mapping[str, str]) -> str:
    """Return in words why these constants may not be kept; empty where they may."""
    try:
        for value in constants.values():
            refuse_personal_number(value)
    except ValidationError as refused:
        return refused.messages[0]
    return ""


def document_of(class_id: str, columns: Sequence[Column], constants: Mapping[str, str]) -> dict[str, Any]:
    return {
        "class": class_id,
        "columns": [{"position": column.place, "field": column.field} for column in columns if column.field],
        "ignore": [column.place for column in columns if not column.field],
        "constants": dict(constants),
    }
