"""Complaints and tip-offs: about which organisation, what happened, and later what became of it.

The receipt is the answer to the sent form itself: its code stands on no second page and in no session.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from gongxin.core.legal_day import day_begins
from gongxin.core.names import normalise_name
from gongxin.core.receipts import in_groups
from gongxin.core.tip_offs import State, channels, kept_years, matters, shown_from, working_days_in
from gongxin.flows.tip_offs import Receipt, give
from gongxin.interfaces import clock
from gongxin.interfaces.pages.errors import error_page
from gongxin.interfaces.pages.form_ids import with_form_id
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.tip_off_words import (
    OUTCOMES,
    STATES,
    channel_in_words,
    matter_in_words,
    refusal_in_words,
)
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.form_limit import minutes_to_wait
from gongxin.interfaces.site.search import LONGEST, SHORTEST, question_of
from gongxin.interfaces.site.tip_off_form import ReceiptForm, TipOffForm
from gongxin.registry.publication.search import Hit, search
from gongxin.registry.publication.showing import subjects_shown
from gongxin.registry.subjects.queries import Profile, profile
from gongxin.registry.tip_offs.queries import totals
from gongxin.registry.tip_offs.receipts import standing_of

SECTION = "tip-offs"
FOUND = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what became of tip-offs."""

    matter: str
    outcome: Promise
    count: int


@requires("public.read")
def overview(request: HttpRequest) -> HttpResponse:
    """Say what is received here, what is not and where that goes; and find the organisation it is about."""
    asked = question_of(request)
    person = is_about_a_person(asked)
    text = "" if person else asked[:LONGEST]
    language = get_language() or ""
    context = {
        "section": SECTION,
        "noindex": bool(asked),
        "q": text,
        "person": person,
        "short": bool(text) and len(normalise_name(text)) < SHORTEST,
        "hits": _organisations(text),
        "matters": [
            (one.label.in_language(language), one.acts.in_language(language)) for one in matters().values()
        ],
        "channels": [
            (one.label.in_language(language), one.channel.in_language(language))
            for one in channels().values()
        ],
        "triage_days": working_days_in(State.GIVEN),
        "answer_days": working_days_in(State.SENT),
        "years": kept_years(),
        "totals": _totals(),
        "shown_from": shown_from(),
    }
    response = render(request, "site/tip_offs.html", context)
    if asked:
        not_indexed(response)
    return response


@sensitive_post_parameters()
@requires("tip-off.give")
def tip_off(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Show the form about an organisation; take what was sent and show the receipt, once or again."""
    known = _organisation(subject_id)
    if known.subject_id != subject_id:  # absorbed; for as long as the merge stands
        return redirect("site:tip-off", known.subject_id)
    if request.method != "POST":
        return _form_page(request, known, TipOffForm(initial={"form_id": uuid4()}))
    form = TipOffForm(with_form_id(request))
    if not form.is_valid():
        return _form_page(request, known, form, status=422)
    if wait := minutes_to_wait(request, form="tip-offs", limit=settings.TIP_OFF_LIMIT):
        words = _("Nothing was taken in. Come back in %(minutes)s minutes.") % {"minutes": wait}
        return error_page(request, status=429, heading=_("Too many tip-offs from one place"), words=words)
    told = form.cleaned_data
    receipt = give(
        about=subject_id,
        matter=told["matter"],
        text=told["text"],
        identity=form.identity,
        form_id=told["form_id"],
        at=clock.now(),
    )
    return _receipt_page(request, known, receipt)


@sensitive_post_parameters()
@requires("tip-off.ask-outcome")
def outcome(request: HttpRequest) -> HttpResponse:
    """Say, to whoever holds the receipt, how the tip-off stands."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    standing = None
    if form.is_valid():
        standing = standing_of(**form.cleaned_data, on=clock.today())
        if standing is None:
            form.add_error(
                None,
                _(
                    "No tip-off is held under this number and code. Check both;"
                    " two years after its closing a tip-off is erased."
                ),
            )
    context: dict[str, object] = {"section": SECTION, "noindex": True, "form": form}
    if standing is not None:
        found = standing.tip_off
        context |= {
            "tip_off": found,
            "number": in_groups(found.number or ""),
            "matter": matter_in_words(found.matter),
            "state": STATES[found.state],
            "outcome": OUTCOMES.get(found.outcome, "") if found.closed_at else "",
            "channel": channel_in_words(found.ground) if found.outcome == "elsewhere" else "",
            "refusal": refusal_in_words(found.ground) if found.outcome == "refused" else "",
            "answer": standing.answer if found.closed_at else "",
        }
    return _kept_nowhere(
        render(request, "site/tip_off_outcome.html", context, status=422 if form.errors else 200)
    )


def _organisations(text: str) -> Sequence[Hit]:
    if len(normalise_name(text)) < SHORTEST:
        return []
    return [hit for hit in search(text, at=clock.now(), limit=FOUND).hits if hit.kind == "organisation"]


def _organisation(subject_id: UUID) -> Profile:
    """Return the organisation; the same 404 for a person, for nobody, and for whom nothing shows of."""
    at = clock.now()
    known = profile(subject_id, at=at)
    if known is None or known.kind != "organisation" or not subjects_shown([known.subject_id.hex], at=at):
        raise Http404
    return known


def _form_page(request: HttpRequest, known: Profile, form: TipOffForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": SECTION,
        "noindex": True,
        "profile": known,
        "form": form,
        "years": kept_years(),
    }
    return _kept_nowhere(render(request, "site/tip_off.html", context, status=status))


def _receipt_page(request: HttpRequest, known: Profile, receipt: Receipt) -> HttpResponse:
    context = {
        "section": SECTION,
        "noindex": True,
        "profile": known,
        "number": in_groups(receipt.number),
        "code": in_groups(receipt.code),
        "tip_off": receipt.tip_off,
        "matter": matter_in_words(receipt.tip_off.matter),
    }
    return _kept_nowhere(render(request, "site/tip_off_receipt.html", context))


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    not_indexed(response)
    return response


def _totals() -> list[Told]:
    """Return what was closed up to the end of last month: a figure of today would tell of one tip-off."""
    before = day_begins(clock.today().replace(day=1))
    found = totals(before=before, least=shown_from())
    return [Told(matter_in_words(one.matter), OUTCOMES[one.outcome], one.count) for one in found]
