"""Sending a file: choose the class, choose the file. Its bytes are sealed while they arrive."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass
from gongxin.core.column_mapping import MappingRefused
from gongxin.core.lawbook import UnknownClass
from gongxin.engine.likely_header import LikelyHeader
from gongxin.engine.readers.table import FileRefused
from gongxin.flows.corrections import NotItsCorrection, original_of
from gongxin.flows.mappings import header_to_teach, read_mapping
from gongxin.flows.submit import receive
from gongxin.interfaces import clock
from gongxin.interfaces.desk import mapping_form
from gongxin.interfaces.desk.home import nobody_works
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, agency_of, named_agency, requires
from gongxin.interfaces.sealed_upload import SealedFile, sealed_file
from gongxin.interfaces.upload_problems import problem_with_upload
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agency_named, successor_of
from gongxin.registry.catalogue.queries import active_class, active_classes
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import submissions_of

REMEMBERED = "desk-class", "desk-agency"


class _NotYet(Exception):
    """Something must be put right before the file can be taken; the message says what, the field where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


@requires("submission.send", signed_out=kept_form.signed_out)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take a file for a class, or show the form with what is still wrong."""
    if request.method != "POST":
        return _form(request)
    if kept_form.ended_meanwhile(request):
        return kept_form.signed_out(request) or redirect("desk:sign-in")
    try:
        agency, information_class = _agency(request), _class(request)
        _remember(request, information_class.id, agency.code)
        file, mapping = _file(request), _mapping(request, information_class)
        corrects = _corrected(request, request.POST)
        _refuse_correction_of_another(corrects, agency, information_class)
        header = None if mapping else _header_to_teach(file, agency, information_class, corrects)
    except _NotYet as problem:
        return _form(request, problem=problem)
    if header is not None:
        return mapping_form.show(request, information_class=information_class, agency=agency, header=header)
    submission = receive(
        agency=agency,
        class_id=information_class.id,
        file_name=file.name or "",
        spool=file.take(),
        mapping=mapping,
        check_first=request.POST.get("check_first") == "yes",
        corrects=corrects,
        idempotency_key=None,
        actor=actor_of(request),
        at=clock.now(),
        on=clock.today(),
    )
    messages.success(request, _("The file has arrived and lies sealed until it is checked."))
    return redirect("desk:submission", submission.id)


def _header_to_teach(
    file: SealedFile, agency: Agency, information_class: InformationClass, corrects: Submission | None
) -> LikelyHeader | None:
    try:
        header = header_to_teach(
            spool=file.spool,
            file_name=file.name or "",
            agency=agency,
            information_class=information_class,
            others=lambda: active_classes(on=clock.today()),
            corrects=corrects,
        )
    except FileRefused:
        # A file nobody can read goes the whole way, so that its refusal is written down and explained.
        return None
    if header is not None and mapping_form.width_of(header) > mapping_form.MOST_COLUMNS:
        words = _(
            "None of its columns is known, and there are more than %(most)d: too many to ask about. "
            "Take out those that are not needed, or describe them in a mapping file."
        )
        raise _NotYet("file", words % {"most": mapping_form.MOST_COLUMNS})
    return header


def _agency(request: HttpRequest) -> Agency:
    own = named_agency(request)
    if own is not None:
        return own
    try:
        return agency_named(request.POST.get("agency", "").strip())
    except UnknownAgency as unknown:
        raise _NotYet("agency", _("No agency has this unified code.")) from unknown


def _class(request: HttpRequest) -> InformationClass:
    try:
        return active_class(request.POST.get("class", ""), on=clock.today())
    except UnknownClass as unknown:
        raise _NotYet("class", _("Choose the class of the catalogue the file belongs to.")) from unknown


def _file(request: HttpRequest) -> SealedFile:
    problem = problem_with_upload(request)
    if problem:
        raise _NotYet("file", problem)
    file = sealed_file(request)
    if file is None:
        raise AssertionError("a request without a file has a problem")
    return file


def _mapping(request: HttpRequest, information_class: InformationClass) -> dict[str, Any] | None:
    """Return the mapping sent beside the file, if one was, as it is stored."""
    sent = sealed_file(request, "map")
    if sent is None:
        return None
    try:
        return read_mapping(spool=sent.spool, information_class=information_class)
    except MappingRefused as refused:
        raise _NotYet("map", refused.message.in_language(get_language() or "")) from refused


def _corrected(request: HttpRequest, posted: QueryDict) -> Submission | None:
    """Return the submission the form says it corrects. Raises Http404 for one out of reach."""
    sent = posted.get("corrects") or request.GET.get("corrects", "")
    try:
        number = UUID(sent)
    except ValueError:
        return None
    return submission_in_reach(request, number, action="submission.send")


def _refuse_correction_of_another(
    corrects: Submission | None, agency: Agency, information_class: InformationClass
) -> None:
    try:
        original_of(corrects, agency_id=successor_of(agency).id, class_id=information_class.id)
    except NotItsCorrection as other:
        message = _("What is corrected is of another class or agency. Choose its class, or send a new file.")
        raise _NotYet("class", message) from other


def _remember(request: HttpRequest, class_id: str, agency_code: str) -> None:
    request.session[REMEMBERED[0]], request.session[REMEMBERED[1]] = class_id, agency_code


def _class_sent_last(request: HttpRequest) -> str:
    """Return the class remembered of this session, or that of the agency's newest submission."""
    own = agency_of(request)
    remembered: str = request.session.get(REMEMBERED[0], "")
    if remembered or own is None:
        return remembered
    return next((one.class_id for one in submissions_of(own, limit=1)), "")


def _form(request: HttpRequest, *, problem: _NotYet | None = None) -> HttpResponse:
    posted = kept_form.taken(request) or request.POST
    corrects = _corrected(request, posted)
    named = (corrects.class_id, corrects.agency.code) if corrects else ("", "")
    chosen = posted.get("class") or named[0] or request.GET.get("class") or _class_sent_last(request)
    return desk_page(
        request,
        "desk/upload.html",
        {
            "section": "upload",
            "classes": active_classes(on=clock.today()),
            "chosen": chosen,
            "corrects": corrects,
            "agency_code": posted.get("agency") or named[1] or request.session.get(REMEMBERED[1], ""),
            "for_own_agency": agency_of(request) is not None,
            "check_first": (posted.get("check_first") or request.GET.get("check_first")) == "yes",
            "problem": problem,
            **nobody_works(),
        },
        status=200 if problem is None else 422,
    )
