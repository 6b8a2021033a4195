"""冒名登记: a person named in a record says that it is not about them, and later asks what became of it.

No account is needed. The receipt is the answer to the sent form itself: its code stands on no second page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from gongxin.core.cases import NotAStep, Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.core.receipts import in_groups
from gongxin.flows.case_steps import TakenMeanwhile
from gongxin.flows.not_the_subject import NobodySaid, ask, case_by_receipt, give_up
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, NewEvidence, NotAbout
from gongxin.interfaces import clock
from gongxin.interfaces.pages.case_words import (
    ClockLine,
    clock_lines,
    state_in_words,
    step_lines,
    turn_of,
)
from gongxin.interfaces.pages.errors import error_page
from gongxin.interfaces.pages.form_ids import with_form_id
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.form_limit import minutes_to_wait
from gongxin.interfaces.site.my.evidence import handed_in, room
from gongxin.interfaces.site.not_the_subject_form import CodeForm, NotMeForm
from gongxin.interfaces.site.record_words import ClassWords, Telling
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import NoSuchCase, clocks_of, parts_of, steps_of_case
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import Profile, profile


@dataclass(frozen=True, slots=True)
class About:
    """The public record a person says is not about them."""

    known: Profile
    view: RecordView
    telling: Telling


@dataclass(frozen=True, slots=True)
class PartTold:
    """How a part stands, as whoever holds the receipt is told: nothing the record says."""

    state: str
    closed: bool
    turn: str
    clocks: Sequence[ClockLine]
    reason: str
    basis: str
    remedy: str


@sensitive_post_parameters()
@requires("case.ask-as-other")
def not_me(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponseBase:
    """Show the form about a public record; take what was sent and show the receipt, once or again."""
    about = _about(subject_id, record_id)
    if about.view.subject_id != subject_id:  # absorbed, for as long as the merge stands
        return redirect("site:not-me", about.view.subject_id, record_id)
    if request.method != "POST":
        return _form_page(request, about, NotMeForm(initial={"form_id": uuid4()}))
    form = NotMeForm(with_form_id(request))
    if not form.is_valid():
        return _form_page(request, about, form)
    if wait := minutes_to_wait(request, form="not-me", limit=settings.NOT_ME_LIMIT):
        words = _("Nothing was taken in. Come back in %(minutes)s minutes.") % {"minutes": wait}
        return error_page(request, status=429, heading=_("Too many forms from one place"), words=words)
    handed = handed_in(request, at=clock.now())
    if handed.refused:
        return _form_page(request, about, form, papers=handed.refused)
    return _taken_in(request, about, form, handed.kept)


@sensitive_post_parameters()
@requires("case.ask-outcome")
def outcome(request: HttpRequest) -> HttpResponse:
    """Say, to whoever holds the receipt, how their case stands; let them take it back."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"noindex": True, "form": form}
    if form.is_valid():
        try:
            context |= _answered(request, form.cleaned_data["code"])
        except NoSuchCase:
            form.add_error(None, _("No case is held under this code. Check it, letter by letter."))
    page = render(request, "site/case_outcome.html", context, status=422 if form.errors else 200)
    return _kept_nowhere(page)


def _taken_in(
    request: HttpRequest, about: About, form: NotMeForm, evidence: Sequence[NewEvidence]
) -> HttpResponse:
    told = form.cleaned_data
    try:
        receipt = ask(
            subject_id=about.view.subject_id, record_id=about.view.record_id, person=form.person,
            statement=told["statement"], evidence=evidence, form_id=told["form_id"], at=clock.now(),
        )  # fmt: skip
    except NobodySaid:
        form.add_error(None, _("Say who you are, how you can be reached, and what is wrong."))
    except AlreadyOpen:
        form.add_error(
            None,
            _(
                "Somebody has asked this about the record already and it is being examined."
                " Come back when it is answered, or come to the counter of the credit centre."
            ),
        )
    except NotAbout:
        form.add_error(None, _("This record was withdrawn: nothing is left to examine."))
    except AnotherForm:
        form.add_error(None, _("This form was sent before, about something else. Begin anew."))
    else:
        code = {"code": in_groups(receipt.code), "papers": [one.name for one in evidence]}
        context = {"noindex": True, "about": about, **_told(receipt.case), **code}
        return _kept_nowhere(render(request, "site/not_me_receipt.html", context))
    return _form_page(request, about, form)


def _answered(request: HttpRequest, code: str) -> dict[str, object]:
    case, said = case_by_receipt(code), ""
    if request.POST.get("act") == "withdraw":
        reason = mask_personal_numbers(request.POST.get("reason", "").strip()[:1000])
        try:
            taken = give_up(code=code, words=Words(reason), at=clock.now())
            said = _("Taken back.") if taken else _("It was closed before: look at what has happened.")
        except (TakenMeanwhile, NotAStep):
            said = _("Somebody decided meanwhile: look at what has happened.")
        case = case_by_receipt(code)
    return {**_told(case), "said": said, "code": code}


def _told(case: Case) -> dict[str, object]:
    clocks, on = clocks_of(case), clock.today()
    parts = [
        PartTold(
            state=state_in_words(part),
            closed=part.closed_at is not None,
            turn="" if part.closed_at else turn_of(part),
            clocks=clock_lines([row for row in clocks if row.part_id == part.id], on=on),
            reason=part.reason,
            basis=part.basis,
            remedy=part.remedy,
        )
        for part in parts_of(case)
    ]
    return {
        "case": case,
        "number": number_in_words(case.kind, case.year, case.number),
        "parts": parts,
        "steps": step_lines(steps_of_case(case), kind=case.kind),
    }


def _about(subject_id: UUID, record_id: UUID) -> About:
    """Return a record that everyone sees now; the same 404 for all others."""
    at = clock.now()
    known = profile(subject_id, at=at)
    view = record(subject_id, record_id, audience=Audience.PUBLIC, at=at) if known else None
    if known is None or view is None or view.visibility in {Visibility.HIDDEN, Visibility.TOMBSTONE}:
        raise Http404
    on = legal_day(at)
    return About(known, view, ClassWords(active_class(view.class_id, on=on)).tell(view, today=on))


def _form_page(
    request: HttpRequest, about: About, form: NotMeForm, *, papers: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "noindex": True, "about": about, "form": form, "room": room(), "refused_papers": papers,
        "papers_lost": form.is_bound,
    }  # fmt: skip
    faulty = bool(form.errors or papers)
    return _kept_nowhere(render(request, "site/not_me.html", context, status=422 if faulty else 200))


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    not_indexed(response)
    return response
