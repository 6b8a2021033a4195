"""One record filled in by hand: the form of a class, its draft, and sending it.

A form has an id of its own, which stands in its address: under it the record is sent once, however
often the button is pressed, and under it the draft is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass, Severity
from gongxin.core.one_record import asked_fields, differing, known_beforehand
from gongxin.engine.one_record import Fault, check_record
from gongxin.flows.drafts import DraftChanged, NotYourDraft, discard_draft, keep_draft
from gongxin.flows.send_record import send_record
from gongxin.flows.submit import IdempotencyConflict
from gongxin.interfaces import clock
from gongxin.interfaces.desk.drafts import draft_in_reach, own_drafts, shown_draft
from gongxin.interfaces.desk.home import nobody_works
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import class_in_force
from gongxin.interfaces.desk.record_inputs import inputs_of, posted_values
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, agency_bound, agency_of, allowed, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agency_of_code
from gongxin.registry.catalogue.queries import active_classes
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.drafts import content_of, submission_of_form
from gongxin.registry.intake.models import Draft, Submission

REMEMBERED = "desk-class", "desk-agency"
UNFIT, CHANGED = 422, 409


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it stands on the page."""

    form_id: UUID
    information_class: InformationClass
    values: dict[str, str]
    version: int = 0  # of the draft that was seen; 0 if there was none
    agency_code: str = ""  # where the centre sends for an agency
    agency_problem: str = ""
    faults: list[Fault] = field(default_factory=list)
    warned: frozenset[str] = frozenset()  # warnings the sender has been shown
    saved: Draft | None = None  # the draft, where another window has changed it
    sent: Submission | None = None  # what this form has sent before


@requires("submission.send")
def choose(request: HttpRequest) -> HttpResponse:
    """Let the class be chosen, the last one being offered first; list the drafts."""
    classes = active_classes(on=clock.today())
    remembered = request.session.get(REMEMBERED[0], "")
    context = {
        "section": "record",
        "last": next((one for one in classes if one.id == remembered), None),
        "classes": classes,
        "drafts": own_drafts(request),
    }
    return desk_page(request, "desk/record_choose.html", context)


@requires("submission.send")
def new(request: HttpRequest, class_id: str) -> HttpResponse:
    """Begin an empty form."""
    information_class = class_in_force(class_id)
    request.session[REMEMBERED[0]] = information_class.id
    return redirect("desk:record", information_class.id, fresh_id(at=clock.now()))


@requires("submission.send", signed_out=kept_form.signed_out)
def record(request: HttpRequest, class_id: str, form_id: UUID) -> HttpResponse:
    """Show the form, keep it as a draft, or check it and send it."""
    information_class = class_in_force(class_id)
    own = agency_bound(request, action="submission.send")
    sent = submission_of_form(form_id, agency_id=own)
    if request.method != "POST":
        typed = kept_form.taken(request)
        if typed is not None:  # before a session ended
            return _page(request, _apart(_sheet_of(typed, information_class, form_id), sent))
        return _sent_before(request, sent) if sent else _open(request, information_class, form_id)
    sheet = _posted_sheet(request, information_class, form_id, sent)
    try:
        agency = _agency(request, sheet)
    except UnknownAgency:
        said = _("No agency has this unified code.")
        return _page(request, replace(sheet, agency_problem=said), status=UNFIT)
    act = _save if request.POST.get("act") == "save" else _send
    try:
        return act(request, sheet, agency)
    except DraftChanged as changed:
        return _page(request, replace(sheet, saved=changed.draft), status=CHANGED)


@requires("draft.keep")
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask once more, since nothing brings a draft back, and let it go."""
    draft = draft_in_reach(request, draft_id)
    if request.method != "POST":
        context = {"section": "record", "one": shown_draft(draft)}
        return desk_page(request, "desk/draft_discard.html", context)
    discard_draft(draft=draft, actor=actor_of(request), at=clock.now())
    messages.success(request, _("The draft is discarded; nothing of it was kept."))
    return redirect("desk:record-choose")


def _open(request: HttpRequest, information_class: InformationClass, form_id: UUID) -> HttpResponse:
    """Show the form as its draft left it, or new."""
    draft = draft_in_reach(request, form_id, may_be_missing=True)
    if draft is not None and draft.class_id == information_class.id:
        content = content_of(draft)
        _say_what_is_asked_no_more(request, information_class, content)
        return _page(request, Sheet(form_id, information_class, content, version=draft.version))
    own = agency_of(request)
    agency = Agency.objects.get(id=own) if own else None
    name, code = (agency.name, agency.code) if agency else ("", "")
    values = known_beforehand(information_class, agency_name=name, agency_code=code)
    agency_code = request.session.get(REMEMBERED[1], "") if agency is None else ""
    return _page(request, Sheet(form_id, information_class, values, agency_code=agency_code))


def _say_what_is_asked_no_more(
    request: HttpRequest, information_class: InformationClass, content: Mapping[str, str]
) -> None:
    gone = content.keys() - {asked.key for asked in asked_fields(information_class)}
    if gone:
        said = _("The catalogue has changed since the draft was saved. No longer asked: %(fields)s.")
        messages.warning(
            request, said % {"fields": "、".join(f"{key} = {content[key]}" for key in sorted(gone))}
        )


def _posted_sheet(
    request: HttpRequest, information_class: InformationClass, form_id: UUID, sent: Submission | None
) -> Sheet:
    sheet = _sheet_of(request.POST, information_class, form_id)
    taken = set(request.POST.getlist("take"))
    draft = draft_in_reach(request, form_id, may_be_missing=True) if taken else None
    if draft is not None:
        content = content_of(draft)
        sheet = replace(
            sheet, values=sheet.values | {key: content.get(key, "") for key in taken & sheet.values.keys()}
        )
    return replace(sheet, sent=sent)


def _sheet_of(posted: QueryDict, information_class: InformationClass, form_id: UUID) -> Sheet:
    version = posted.get("version", "0")
    return Sheet(
        form_id,
        information_class,
        posted_values(posted, information_class),
        version=int(version) if version.isdecimal() and len(version) < len("1000000000") else 0,
        agency_code=posted.get("agency", "").strip(),
        warned=frozenset(posted.getlist("warned")),
    )


def _agency(request: HttpRequest, sheet: Sheet) -> Agency:
    own = agency_bound(request, action="submission.send")
    if own is not None:
        return Agency.objects.get(id=own)
    agency = agency_of_code(sheet.agency_code)
    request.session[REMEMBERED[1]] = agency.code
    return agency


def _save(request: HttpRequest, sheet: Sheet, agency: Agency) -> HttpResponse:
    """Keep a draft; what is about a person is not kept, not even as a draft (R12)."""
    agency_bound(request, action="draft.keep")
    not_kept = [fault for fault in _faults(sheet) if fault.of_a_person or fault.unreadable]
    if not_kept:
        return _page(request, replace(sheet, faults=not_kept), status=UNFIT)
    # A form that has sent its record begins a new one, or the draft could not be reached.
    form_id = fresh_id(at=clock.now()) if sheet.sent else sheet.form_id
    try:
        draft = keep_draft(
            draft_id=form_id,
            agency=agency,
            class_id=sheet.information_class.id,
            values=sheet.values,
            version=sheet.version,
            actor=actor_of(request),
            at=clock.now(),
        )
    except NotYourDraft:
        return _page(request, replace(sheet, form_id=fresh_id(at=clock.now())), status=CHANGED)
    messages.success(request, _("Kept as a draft for 30 days. Only you can open it."))
    return redirect("desk:record", sheet.information_class.id, draft.id)


def _send(request: HttpRequest, sheet: Sheet, agency: Agency) -> HttpResponse:
    """Check the record as a file is checked, and send it; warnings are shown once and then let pass."""
    faults = _faults(sheet)
    warnings = frozenset(fault.code for fault in faults)
    if any(fault.severity is not Severity.WARNING for fault in faults) or not warnings <= sheet.warned:
        return _page(request, replace(sheet, faults=faults, warned=sheet.warned | warnings), status=UNFIT)
    try:
        submission = send_record(
            form_id=sheet.form_id,
            agency=agency,
            information_class=sheet.information_class,
            values=sheet.values,
            name=_("One record: %(class)s") % {"class": _label(sheet.information_class)},
            draft_version=sheet.version,
            actor=actor_of(request),
            at=clock.now(),
            on=clock.today(),
        )
    except IdempotencyConflict as conflict:
        sent = Submission.objects.get(id=conflict.submission_id)
        return _page(request, _apart(sheet, sent), status=CHANGED)
    messages.success(request, _("The record is sent. It has passed the check and is posted in a moment."))
    return redirect("desk:submission", submission.id)


def _apart(sheet: Sheet, sent: Submission | None) -> Sheet:
    """Return what stands on the page as a form of its own, if its form has sent a record already."""
    return sheet if sent is None else replace(sheet, form_id=fresh_id(at=clock.now()), version=0, sent=sent)


def _sent_before(request: HttpRequest, sent: Submission) -> HttpResponse:
    messages.info(request, _("This form has been sent already; here is what became of it."))
    return redirect("desk:submission", sent.id)


def _faults(sheet: Sheet) -> list[Fault]:
    return check_record(
        sheet.values,
        information_class=sheet.information_class,
        on=clock.today(),
        language=get_language() or "zh",
    )


def _page(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    saved = content_of(sheet.saved) if sheet.saved else None
    context = {
        "section": "record",
        "sheet": sheet if sheet.saved is None else replace(sheet, version=sheet.saved.version),
        "information_class": sheet.information_class,
        "groups": inputs_of(
            sheet.information_class,
            sheet.values,
            faults=sheet.faults,
            saved=differing(sheet.values, saved) if saved is not None else None,
        ),
        "errors": [fault for fault in sheet.faults if fault.severity is not Severity.WARNING],
        "warnings": [fault for fault in sheet.faults if fault.severity is Severity.WARNING],
        "of_a_person": any(fault.of_a_person for fault in sheet.faults),
        "for_own_agency": agency_of(request) is not None,
        "may_keep": allowed(request, action="draft.keep"),
        "is_draft": sheet.version > 0,
        **nobody_works(),
    }
    return desk_page(request, "desk/record.html", context, status=status)


def _label(information_class: InformationClass) -> str:
    return information_class.label.in_language(get_language() or "zh-hans")
