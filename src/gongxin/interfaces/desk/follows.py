"""Whom one's body follows: begin, end, and what changed about them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.checks import UnfitWords
from gongxin.core.follows import LABELS, Change
from gongxin.flows.follow import (
    Asked,
    EndsTooSoon,
    FollowedAlready,
    HasEnded,
    NoConsent,
    NotAnOrganisation,
    NotSealed,
    TooLong,
    begin_follow,
    end_follow,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.permissions import actor_of, agency_of, allowed, permit, reaches_all, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.checks.follows import follows_of, newest_warnings, runs
from gongxin.registry.checks.models import Follow
from gongxin.registry.subjects.queries import profiles

SHOWN = 200
SAID = (EndsTooSoon, FollowedAlready, NoConsent, NotAnOrganisation, NotSealed, TooLong, UnfitWords)
REFUSALS = {
    EndsTooSoon: ("until_on", gettext_lazy("The end lies after today.")),
    TooLong: ("until_on", gettext_lazy("A year at most; it can be begun anew then.")),
    FollowedAlready: ("code", gettext_lazy("You follow this organisation already.")),
    NotAnOrganisation: ("code", gettext_lazy("Only organisations are followed, never persons.")),
    NoConsent: ("consent", gettext_lazy("Who is no organ of the state needs the organisation's consent.")),
    NotSealed: ("case_number", gettext_lazy("No approved seal stands over this case.")),
    UnfitWords: ("basis", gettext_lazy("Give the law and article, or the number of the consent.")),
}


class FollowForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code of the organisation"), max_length=40)
    purpose = forms.CharField(
        label=gettext_lazy("For what"), max_length=200, validators=[refuse_personal_number]
    )
    basis = forms.CharField(
        label=gettext_lazy("Law and article"),
        max_length=180,
        required=False,
        validators=[refuse_personal_number],
    )
    consent = forms.CharField(
        label=gettext_lazy("Number of its consent"),
        max_length=180,
        required=False,
        validators=[refuse_personal_number],
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    case_number = forms.CharField(
        label=gettext_lazy("Number of a sealed investigation"),
        max_length=60,
        required=False,
        validators=[refuse_personal_number],
    )

    def clean_code(self) -> UUID:
        """Return the subject of the code."""
        return subject_under(self.cleaned_data["code"])


@requires("follow.read", signed_out=kept_form.signed_out)
def follows(request: HttpRequest) -> HttpResponse:
    """Show whom one's body follows and what changed; begin or end to follow."""
    typed = kept_form.taken(request)
    ending = request.POST.get("act") == "end"
    form = FollowForm(
        request.POST if request.method == "POST" and not ending else None,
        initial=typed.dict() if typed else {},
    )
    if request.method == "POST" and (_end(request) if ending else _begin(request, form)):
        return redirect("desk:follows")
    context = {"section": "follows", "form": form, **_told(request)}
    return desk_page(request, "desk/follows.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest) -> dict[str, object]:
    at = clock.now()
    agencies = _reach(request)
    found, told = list(follows_of(agencies)[:SHOWN]), newest_warnings(agencies, limit=SHOWN)
    known = profiles({one.subject_id for one in (*found, *(told.follow for told in told))}, at=at)
    return {
        "follows": [(one, known[one.subject_id], runs(one, at=at)) for one in found],
        "warnings": [
            (one.warned, known[one.follow.subject_id], LABELS[Change(one.warned.kind)]) for one in told
        ],
        "may_begin": allowed(request, action="follow.begin"),
        "may_end": allowed(request, action="follow.end"),
    }


def _reach(request: HttpRequest) -> set[UUID]:
    """Return whose follows are shown: one's body's; to the auditor everybody's, sealed ones too."""
    if reaches_all(request, action="follow.read"):
        return set(Follow.objects.values_list("agency_id", flat=True))
    return agencies_under(_office(request).id)


def _office(request: HttpRequest) -> Agency:
    agency_id = agency_of(request)
    if agency_id is None:
        raise PermissionDenied(_("Your account belongs to no agency. Ask the administrator to add one."))
    return Agency.objects.get(id=agency_id)


def _begin(request: HttpRequest, form: FollowForm) -> bool:
    permit(request, action="follow.begin")
    if not form.is_valid():
        return False
    said = form.cleaned_data
    asked = Asked(
        subject_id=said["code"], purpose=said["purpose"], until_on=said["until_on"], basis=said["basis"],
        consent=said["consent"], case_number=said["case_number"],
    )  # fmt: skip
    try:
        begin_follow(agency=_office(request), asked=asked, actor=actor_of(request), at=clock.now())
    except SAID as refused:
        place, words = REFUSALS[type(refused)]
        form.add_error(place, str(words))
        return False
    messages.success(request, _("You follow this organisation now; it sees so unless that is sealed."))
    return True


def _end(request: HttpRequest) -> bool:
    permit(request, action="follow.end")
    try:
        follow_id = UUID(request.POST.get("follow", ""))
    except ValueError as no_id:
        raise Http404 from no_id
    found = follows_of(agencies_under(_office(request).id)).filter(id=follow_id).first()
    if found is None:
        raise Http404
    try:
        end_follow(follow=found, actor=actor_of(request), at=clock.now())
    except HasEnded:
        messages.error(request, _("It has ended already."))
    else:
        messages.success(request, _("Ended. You are told of no further change."))
    return True
