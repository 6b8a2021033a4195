"""Mandates at the counter: who acts for a subject, granted on the paper shown and ended at once.

Whoever has no account yet gets one here; its password is shown once.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gongxin.flows import grant_mandate
from gongxin.flows.enrol import UserExists
from gongxin.flows.enrol_for_subject import NewAccount, enrol_and_grant
from gongxin.interfaces import clock
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.mandate_words import KINDS
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.registry.accounts.models import User
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.mandates.queries import every_mandate, stands
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import Profile, profile, subject_of_code

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_PASSWORD_BYTES = 12
REFUSED: Mapping[type[Exception], tuple[str, Promise]] = {
    User.DoesNotExist: ("user", gettext_lazy("There is no such account. Tick below to open it now.")),
    UserExists: ("user", gettext_lazy("This account is there already.")),
    grant_mandate.MandateStands: ("user", gettext_lazy("This account may act for the subject already.")),
    grant_mandate.DayMissing: (
        "until_on",
        gettext_lazy("A power of attorney ends on a day after its first: name it."),
    ),
    grant_mandate.WrongHolder: (
        "kind",
        gettext_lazy("An organisation's officer acts for an organisation, a professional for themselves."),
    ),
}
REFUSALS = tuple(REFUSED)


@dataclass(frozen=True, slots=True)
class Granted:
    """A mandate just noted; `password` only where its account was opened with it."""

    mandate: Mandate
    password: str


class GrantForm(forms.Form):
    user = forms.CharField(
        label=gettext_lazy("User name"), max_length=150, validators=[refuse_personal_number]
    )
    new = forms.BooleanField(label=gettext_lazy("Open this account now"), required=False)
    display_name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, required=False, validators=[refuse_personal_number]
    )
    email = forms.EmailField(label=gettext_lazy("E-mail for notices"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Acts as"), choices=list(KINDS.items()))
    ground = forms.CharField(
        label=gettext_lazy("Paper shown"), max_length=200, validators=[refuse_personal_number]
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DATE, validators=[refuse_far_day])
    until_on = forms.DateField(
        label=gettext_lazy("Ends on"), widget=DATE, required=False, validators=[refuse_far_day]
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, validators=[refuse_personal_number])


@requires("mandate.read")
def mandates(request: HttpRequest) -> HttpResponse:
    """Find a subject by its code, show who acts for it, and grant a mandate on the paper shown."""
    code = (request.POST.get("code") or request.GET.get("code", "")).strip()[:40]
    known = _subject(code)
    form = GrantForm(request.POST or None, initial={"from_on": clock.today()})
    granted = None
    if request.method == "POST":
        permit(request, action="mandate.grant")
        granted = _granted(request, known, form) if known is not None and form.is_valid() else None
        if granted is not None and not granted.password:
            messages.success(request, _("Noted. It holds from the day named on."))
            return redirect(f"{reverse('desk:mandates')}?code={code}")
    context = {
        "section": "mandates",
        "code": code,
        "subject": known,
        "mandates": _told(known) if known else (),
        "form": form if granted is None else None,
        "granted": granted,  # with a password that is shown this once
        "may_grant": allowed(request, action="mandate.grant"),
    }
    return desk_page(request, "desk/mandates.html", context, status=422 if form.errors else 200)


@requires("mandate.grant")
@require_POST
def revoke(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate at once; whoever held it finds nothing from the next click on."""
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the mandate ends; without anybody's number."))
    else:
        try:
            grant_mandate.revoke(
                mandate_id=mandate_id, reason=form.cleaned_data["reason"], actor=actor_of(request),
                at=clock.now(),
            )  # fmt: skip
        except grant_mandate.NoSuchMandate as none:
            raise Http404 from none
        messages.success(request, _("Ended. It holds no more from the next click on."))
    return redirect(f"{reverse('desk:mandates')}?code={request.POST.get('code', '')[:40]}")


def _subject(code: str) -> Profile | None:
    """Return the subject a code or an id names."""
    at = clock.now()
    found = subject_of_code(code, at=at) if code else None
    if found is None:
        try:
            found = UUID(code)
        except ValueError:
            return None
    return profile(found, at=at)


def _told(known: Profile) -> Sequence[tuple[Mandate, Any, bool]]:
    """Return every mandate for a subject: in words as what, and whether it stands."""
    at = clock.now()
    found = every_mandate(subject_ids_of(known.subject_id, at=at))
    return [(one, KINDS[one.kind], stands(one, at=at)) for one in found]


def _granted(request: HttpRequest, known: Profile, form: GrantForm) -> Granted | None:
    """Grant what was asked; or put what is wrong beside its field and return None."""
    told, password = form.cleaned_data, secrets.token_urlsafe(_PASSWORD_BYTES)
    paper = {
        "subject_id": known.subject_id,
        "kind": told["kind"],
        "ground": told["ground"],
        "from_on": told["from_on"],
        "until_on": told["until_on"],
        "actor": actor_of(request),
        "at": clock.now(),
    }
    try:
        if told["new"]:
            account = NewAccount(told["user"], password, told["display_name"], told["email"])
            return Granted(enrol_and_grant(account, **paper), password)
        return Granted(grant_mandate.grant(user=User.objects.get(username=told["user"]), **paper), "")
    except REFUSALS as refused:
        field, words = REFUSED[type(refused)]
        form.add_error(field, str(words))
        return None
