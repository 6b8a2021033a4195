"""Asking for what is neither an objection nor a repair: each kind offered only where it can come to anything.

Review of a listing, demand to archive, word of a review or a suit against the decision itself, a complaint
about the platform.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gongxin.core.cases import Entry, Kind
from gongxin.core.legal_day import legal_day
from gongxin.flows.ask_further import ask_further
from gongxin.flows.open_case import NewEvidence
from gongxin.interfaces.pages.asking_words import REFUSALS, refusals_in_words
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.evidence import handed_in, room
from gongxin.interfaces.site.my.forms import OwnForm, form_id_of, sent, shown_again
from gongxin.interfaces.site.my.kinds import kind_label, kinds_for
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.record import own_record
from gongxin.registry.catalogue.queries import classes_by_id

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What the page of one kind says: what it is for, what to write, and what its button does."""

    hint: Promise
    button: Promise


SAID: Mapping[Kind, Said] = {
    Kind.LIST_REVIEW: Said(
        gettext_lazy(
            "The authority that put you on the list has refused your objection: the province reviews it."
            " Say what its answer overlooks, and hand in what shows it."
        ),
        gettext_lazy("Ask for the review"),
    ),
    Kind.ARCHIVE_DEMAND: Said(
        gettext_lazy(
            "This record has ended and is no longer shown, shared or used. Archived, nothing of what it said"
            " is kept here, only that it was. This cannot be undone. Say that you ask for it, and why."
        ),
        gettext_lazy("Demand that it is archived"),
    ),
    Kind.REVIEW: Said(
        gettext_lazy(
            "Tell here that you have applied for reconsideration of the decision: until it ends, nothing may"
            " be founded on the record. Name the authority, the number and the day of its acceptance, and"
            " hand the notice in. It goes on being shown meanwhile."
        ),
        gettext_lazy("Tell of the reconsideration"),
    ),
    Kind.SUIT: Said(
        gettext_lazy(
            "Tell here that you have sued against the decision: until it ends, nothing may be founded on the"
            " record. Name the court, the number and the day of its acceptance, and hand the notice in. It"
            " goes on being shown meanwhile."
        ),
        gettext_lazy("Tell of the suit"),
    ),
}
COMPLAINT = Said(
    gettext_lazy(
        "About the platform itself: how a case was handled, a limit that was not kept, something that should"
        " not be shown, a fee that somebody asked for. Whether a record is right is decided by the body that"
        " made it: object to the record for that."
    ),
    gettext_lazy("Send the complaint"),
)


class AskForm(OwnForm):
    statement = forms.CharField(
        label=gettext_lazy("What you ask, and why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_personal_number],
        error_messages={"required": gettext_lazy("Say what it is about.")},
    )


@acting("case.ask")
def of_record(request: HttpRequest, acts: Acting, record_id: UUID, kind: str) -> HttpResponseBase:
    """Ask something further about one record, where the kind applies to it; else there is no such page."""
    view = own_record(acts, record_id)
    asked = next((one for one in SAID if one.value == kind), None)
    if asked is None:
        raise Http404
    was_sent = request.method == "POST"  # what was sent is answered in words, also where it applies no more
    if not was_sent and asked not in kinds_for(acts, view):
        raise Http404
    words = OwnWords(classes_by_id(on=legal_day(acts.at)), today=legal_day(acts.at))
    context = {"own": words.tell(view), "kind": kind_label(asked), "said": SAID[asked]}
    return _asked(request, acts, asked, [record_id], context)


@acting("case.ask")
def complaint(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Complain about the platform itself; no record need be named."""
    kind = Kind.PLATFORM_COMPLAINT
    return _asked(request, acts, kind, [], {"kind": kind_label(kind), "said": COMPLAINT})


def _asked(
    request: HttpRequest,
    acts: Acting,
    kind: Kind,
    record_ids: Sequence[UUID],
    context: Mapping[str, object],
) -> HttpResponseBase:
    form = AskForm(sent(request), initial=shown_again(request))
    if not form.is_valid():
        return _page(request, acts, form, context)

    def opened(evidence: Sequence[NewEvidence]) -> UUID:
        return ask_further(
            kind, subject_id=acts.subject_id, record_ids=record_ids, form_id=form_id_of(request.POST),
            entry=Entry.MINE, statement=form.cleaned_data["statement"], evidence=evidence, who=acts.who,
            at=acts.at,
        ).id  # fmt: skip

    return _opened(request, acts, form, context, opened)


def _opened(
    request: HttpRequest,
    acts: Acting,
    form: OwnForm,
    context: Mapping[str, object],
    opened: Callable[[Sequence[NewEvidence]], UUID],
) -> HttpResponseBase:
    """Keep the papers, open the case and lead to its receipt; or show the form again with what is wrong."""
    handed = handed_in(request, at=acts.at)
    if handed.refused:
        return _page(request, acts, form, context, papers=handed.refused)
    try:
        return redirect("my:receipt", opened(handed.kept))
    except REFUSALS as refused:
        for words in refusals_in_words(refused):
            form.add_error(None, words)
    return _page(request, acts, form, context)


def _page(
    request: HttpRequest,
    acts: Acting,
    form: OwnForm,
    context: Mapping[str, object],
    *,
    papers: Sequence[str] = (),
) -> HttpResponseBase:
    sent_before = request.POST.get("form_id", "")
    more = {
        "section": "file" if "own" in context else "cases", "form": form, "room": room(),
        "form_id": sent_before or uuid4().hex, "papers_lost": form.is_bound, "refused_papers": papers,
    }  # fmt: skip
    status = 422 if form.errors or papers else 200
    return my_page(request, acts, "my/ask.html", {**context, **more}, status=status)
