"""Commitments: what one's own organisation promised, and signing another in the page."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.commitments import Promiser
from gongxin.core.late_payment import is_public_body
from gongxin.core.legal_day import legal_day
from gongxin.flows.sign_commitment import (
    NotAccepting,
    NotAnOrganisation,
    SignedOtherwise,
    letter_to_sign,
    sign,
)
from gongxin.interfaces.pages.promise_form import PromiseForm
from gongxin.interfaces.pages.promise_words import FULFILMENTS, template_name
from gongxin.interfaces.permissions import user_of
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.forms import OwnForm, sent, shown_again
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.commitments.queries import promised_by


class OwnPromiseForm(PromiseForm, OwnForm):
    """The form, whose page never repeats a person's number."""


@acting("commitment.sign")
def commitments(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """List what was promised; fill one in, read the letter, sign it."""
    public_body = [Promiser.PUBLIC_BODY] if is_public_body(acts.known.code) else []
    first = {"form_id": uuid4(), **({} if request.method == "POST" else shown_again(request))}
    form = OwnPromiseForm(sent(request), initial=first, by=[Promiser.ORGANISATION, *public_body])
    letter: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            if form.is_signed:
                return _signed(request, acts, form)
            letter = letter_to_sign(form.draft, promiser=acts.known, at=acts.at).split("\n")
        except NotAnOrganisation:
            form.add_error(None, _("Only an organisation with a unified code promises here."))
        except NotAccepting:
            form.add_error("agency", _("Nobody promises something to themselves."))
        except SignedOtherwise:
            form.add_error(None, _("This form was sent before, about something else. Begin anew."))
    elif form.is_bound and form.is_signed and not _wrong_before(form):
        letter = letter_to_sign(form.draft, promiser=acts.known, at=acts.at).split("\n")
    context = {"section": "file", "form": form, "letter": letter, "promises": _told(acts)}
    return my_page(request, acts, "my/commitments.html", context, status=422 if form.errors else 200)


def _wrong_before(form: PromiseForm) -> bool:
    """Return whether something but the signature is at fault: then no letter can be shown."""
    return bool(form.errors.keys() - {"name"})


def _signed(request: HttpRequest, acts: Acting, form: PromiseForm) -> HttpResponseBase:
    user = user_of(request)
    if user is None:
        raise LookupError("whoever acts for a subject is signed in")
    made = sign(
        form.draft, form.signature, subject_id=acts.subject_id, form_id=form.cleaned_data["form_id"],
        who=acts.who, user=user, at=acts.at,
    )  # fmt: skip
    messages.success(request, _("Signed and entered under %(number)s.") % {"number": made.number})
    return redirect("my:commitments")


def _told(acts: Acting) -> list[dict[str, object]]:
    today = legal_day(acts.at)
    return [
        {
            "made": one.commitment,
            "template": template_name(one.commitment.template),
            "fulfilment": FULFILMENTS[one.fulfilment],
            "days_over": one.days_over(today),
        }
        for one in promised_by(acts.subject_ids)
    ]
