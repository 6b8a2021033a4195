"""One notice at the desk: what it says, how it went, its paper, and noting that it was posted or arrived."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongxin.core.notices import receipt_words
from gongxin.engine.papers.pdf import NoChineseFace, notices_pdf
from gongxin.flows.deliver import (
    ImpossibleDay,
    ProofMissing,
    ServedBefore,
    note_opened,
    note_posted,
    note_read,
    note_served,
    print_notices,
)
from gongxin.flows.notice_words import notice_in_words
from gongxin.interfaces import clock
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.desk.notices import CHANNELS, DELIVERED, reach
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.permissions import actor_of, agency_of, allowed, looker_of, permit, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.notices.models import Notice
from gongxin.registry.notices.on_desk import in_reach, notice_of_record, repair_notices_of
from gongxin.registry.notices.queries import NoSuchNotice, deliveries_of, notice_of
from gongxin.registry.subjects.queries import profile

MOST_AT_ONCE = 500  # notices of one PDF
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOW = [
    ("letter:posted", _("Posted as a registered letter")),
    ("letter:received", _("The letter was received")),
    ("letter:refused", _("The letter was refused")),
    ("counter:signed", _("Handed over at the counter and signed for")),
    ("counter:refused", _("Handed over at the counter; the signature was refused")),
]


class ServiceForm(forms.Form):
    """What happened to the paper, when, and by what it is known."""

    how = forms.ChoiceField(label=_("What happened"), choices=HOW)
    on = forms.DateField(label=_("On"), widget=DATE, validators=[refuse_far_day])
    number = forms.CharField(
        label=_("Number of the registered letter"), max_length=100, required=False, strip=True
    )


@requires("notice.read")
def notice(request: HttpRequest, subject_id: UUID, notice_id: UUID) -> HttpResponse:
    """Show a notice; one to the reader's own body is served by this. Note what became of its paper.

    Reading what was written to a subject is a look at its file; the subject may see it.
    """
    found = _in_reach(request, subject_id, notice_id)
    form = ServiceForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST":
        permit(request, action="notice.serve")
        if form.is_valid() and _noted(request, found, form):
            messages.success(request, gettext("Noted."))
            return redirect("desk:notice", subject_id, notice_id)
    elif _is_ones_own(request, found):
        note_opened(subject_id=subject_id, notice_id=notice_id, actor=actor_of(request), at=clock.now())
    else:
        note_read(notices=[found], looker=looker_of(request), at=clock.now())
    return desk_page(request, "desk/notice.html", _shown(request, found, form))


@requires("notice.read")
def as_pdf(request: HttpRequest, subject_id: UUID, notice_id: UUID) -> HttpResponse:
    """Send one notice as PDF; its paper stays as it is from then on."""
    return _pdf(request, [_in_reach(request, subject_id, notice_id)], f"notice-{notice_id.hex}")


@requires("notice.read")
def of_record(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponse:
    """Send the notice that goes with a record as PDF, to serve it with the decision."""
    found = notice_of_record(subject_id, record_id)
    if found is None:
        raise Http404
    return _pdf(request, [_checked(request, found)], f"notice-{found.id.hex}")


@requires("notice.read")
def of_submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Send the notices of the penalties a submission brought as one PDF: 500 at most, then the next."""
    submission = submission_in_reach(request, submission_id, action="notice.read")
    part = request.GET.get("part", "1")
    if not (part.isascii() and part.isdigit() and 0 < int(part) < MOST_AT_ONCE):
        raise Http404
    found = repair_notices_of(submission, limit=MOST_AT_ONCE, offset=(int(part) - 1) * MOST_AT_ONCE)
    if not found:
        messages.error(request, gettext("No penalty of this file stands that a notice would go with."))
        return redirect("desk:submission", submission.id)
    return _pdf(request, found, f"notices-{submission.id.hex}-{part}")


def _pdf(request: HttpRequest, notices: Sequence[Notice], name: str) -> HttpResponse:
    tongue = "en" if (get_language() or "").startswith("en") else "zh"
    papers = print_notices(notices=notices, language=tongue, looker=looker_of(request), at=clock.now())
    try:
        content = notices_pdf(papers, receipt=receipt_words(language=tongue), language=tongue)
    except NoChineseFace:
        messages.error(
            request,
            gettext(
                "No Chinese typeface is installed on this server: no PDF can be set. Install fonts-noto-cjk."
            ),
        )
        return redirect("desk:notices")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _in_reach(request: HttpRequest, subject_id: UUID, notice_id: UUID) -> Notice:
    try:
        return _checked(request, notice_of(subject_id, notice_id))
    except NoSuchNotice as unknown:
        raise Http404 from unknown


def _checked(request: HttpRequest, found: Notice) -> Notice:
    agency_ids = reach(request)
    if agency_ids is not None and not in_reach(found, agency_ids):
        raise Http404
    return found


def _is_ones_own(request: HttpRequest, found: Notice) -> bool:
    agency_id = agency_of(request)
    return agency_id is not None and found.agency_id in agencies_under(agency_id)


def _noted(request: HttpRequest, found: Notice, form: ServiceForm) -> bool:
    """Note what the form says; return whether that could be, with words beside the field if not."""
    told = form.cleaned_data
    channel, _colon, how = told["how"].partition(":")
    about = {"subject_id": found.subject_id, "notice_id": found.id, "number": told["number"]}
    who: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
    try:
        if how == "posted":
            note_posted(**about, posted_on=told["on"], **who)
        else:
            note_served(**about, channel=channel, how=how, served_on=told["on"], **who)
    except ProofMissing:
        form.add_error("number", gettext("Give the number under which the letter was registered."))
    except ImpossibleDay:
        form.add_error("on", gettext("Not before the notice was written, and not a day to come."))
    except ServedBefore:
        form.add_error("how", gettext("It was noted before that this notice arrived on this way."))
    return form.is_valid()


def _shown(request: HttpRequest, found: Notice, form: ServiceForm) -> dict[str, Any]:
    subject = profile(found.subject_id, at=clock.now())
    ways = [
        {"way": way, "channel": CHANNELS[way.channel], "state": DELIVERED[way.state]}
        for way in deliveries_of([found])[found.id]
    ]
    return {
        "section": "notices",
        "notice": found,
        "text": notice_in_words(found, language=get_language() or "zh-hans"),
        "addressed": found.agency.name if found.agency else subject.name if subject else "",
        "ways": ways,
        "form": form,
        "may_serve": found.agency is None and allowed(request, action="notice.serve"),
    }
