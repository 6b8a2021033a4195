"""A public body's own promise, signed by its head: the form and letter of a firm's (law-decisions 14)."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.cases import Party, Who
from gongxin.core.commitments import Parties, Promiser, letter
from gongxin.flows.public_body_subject import NotAPublicBody
from gongxin.flows.sign_commitment import (
    NotAccepting,
    NotAnOrganisation,
    NotTheirsToPromise,
    SignedOtherwise,
    sign_for_body,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.commitments import own_body
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.promise_form import PromiseForm
from gongxin.interfaces.permissions import actor_of, requires, user_of
from gongxin.registry.accounts.models import Agency, User


@requires("commitment.promise", signed_out=kept_form.signed_out)
def promise(request: HttpRequest) -> HttpResponseBase:
    """Fill in what one's own body promises, show the letter, sign it."""
    body = own_body(request, action="commitment.promise")
    typed = request.POST if request.method == "POST" else None
    form = PromiseForm(typed, initial={"form_id": uuid4()}, by=[Promiser.PUBLIC_BODY])
    shown: list[str] = []
    valid = form.is_bound and form.is_valid()
    if valid and form.cleaned_data["agency"] == body:
        form.add_error("agency", _("Nobody promises something to themselves."))
    elif valid and form.is_signed:
        if _signed(request, body, form):
            return redirect("desk:commitments")
    elif valid:
        shown = _letter(form, body)
    if form.is_bound and form.is_signed and form.errors.keys() == {"name"}:
        shown = _letter(form, body)
    context = {"section": "commitments", "form": form, "letter": shown, "body": body}
    return desk_page(request, "desk/promise.html", context, status=422 if form.errors else 200)


def _letter(form: PromiseForm, body: Agency) -> list[str]:
    draft = form.draft
    parties = Parties(body.name, body.code, draft.agency.name)
    return letter(draft.template, draft.promise, parties, language=draft.language).split("\n")


def _signed(request: HttpRequest, body: Agency, form: PromiseForm) -> bool:
    who = Who(actor_of(request), Party.AGENCY, body.id)
    try:
        made = sign_for_body(
            form.draft, form.signature, body=body, form_id=form.cleaned_data["form_id"], who=who,
            user=_user(request), at=clock.now(),
        )  # fmt: skip
    except (NotAPublicBody, NotAnOrganisation, NotTheirsToPromise):
        form.add_error(None, _("Your account's body is no public body under its code."))
    except NotAccepting:
        form.add_error("agency", _("Nobody promises something to themselves."))
    except SignedOtherwise:
        form.add_error(None, _("This form was sent before, about something else. Begin anew."))
    else:
        messages.success(request, _("Signed and entered under %(number)s.") % {"number": made.number})
        return True
    return False


def _user(request: HttpRequest) -> User:
    user = user_of(request)
    if user is None:
        raise LookupError("whoever signs is signed in")
    return user
