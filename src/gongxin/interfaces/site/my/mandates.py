"""Who else acts for the subject, and ending that."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.flows.grant_mandate import NoSuchMandate, NotTheirsToEnd, end_of_ones_own, may_end
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.mandate_words import KINDS
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.forms import OwnForm, sent
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.mandates.queries import every_mandate, stands


@dataclass(frozen=True, slots=True)
class Told:
    mandate: Mandate
    kind: Promise
    holder: str
    own: bool
    stands: bool
    may_end: bool


class EndForm(OwnForm):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, validators=[refuse_personal_number])


@acting("my.open")
def mandates(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Show who acts for the subject, and who did."""
    told = _all(acts)
    context = {
        "section": "mandates",
        "standing": [one for one in told if one.stands],
        "over": [one for one in told if not one.stands],
    }
    return my_page(request, acts, "my/mandates.html", context)


@acting("mandate.end-own")
def end(request: HttpRequest, acts: Acting, mandate_id: UUID) -> HttpResponseBase:
    """Ask why, then end a mandate of one's own subject at once."""
    found = next((one for one in _all(acts) if one.mandate.id == mandate_id and one.may_end), None)
    if found is None:
        raise Http404
    form = EndForm(sent(request))
    if not form.is_valid():
        context = {"section": "mandates", "one": found, "form": form}
        return my_page(request, acts, "my/mandate_end.html", context, status=422 if form.errors else 200)
    try:
        end_of_ones_own(
            mandate_id=mandate_id, under=acts.mandate, reason=form.cleaned_data["reason"], actor=acts.actor,
            at=acts.at,
        )  # fmt: skip
    except (NoSuchMandate, NotTheirsToEnd) as gone:
        raise Http404 from gone
    messages.success(request, _("Ended. It holds no more from the next click on."))
    return redirect("my:mandates")


def _all(acts: Acting) -> Sequence[Told]:
    return [_told(one, acts) for one in every_mandate(acts.subject_ids)]


def _told(mandate: Mandate, acts: Acting) -> Told:
    standing = stands(mandate, at=acts.at)
    return Told(
        mandate=mandate,
        kind=KINDS[mandate.kind],
        holder=mandate.user.display_name or mandate.user.username,
        own=mandate.id == acts.mandate.id,
        stands=standing,
        may_end=mandate.revoked_at is None and may_end(mandate, under=acts.mandate),
    )
