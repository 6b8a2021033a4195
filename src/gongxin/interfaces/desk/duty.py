"""The duty rota of one's own office, and who stands in for whom."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gongxin.flows.rota import (
    NamedThemselves,
    NoSubstituteForThatRole,
    NotOfThisOffice,
    cancel_duty,
    end_substitution,
    name_substitute,
    note_duty,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.permissions import actor_of, agency_of, allowed, permit, requires
from gongxin.registry.accounts.models import Duty, Substitution, User
from gongxin.registry.accounts.rota import duties, members, substitutions

LONGEST = timedelta(days=366)
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """From which day to which; both are included."""

    from_on = forms.DateField(label=_("From"), widget=DATE, validators=[refuse_far_day])
    last_on = forms.DateField(label=_("Until and with"), widget=DATE, validators=[refuse_far_day])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("from_on"), told.get("last_on")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last_on", gettext("The last day lies before the first, or more than a year on."))
        if last and last < clock.today():
            self.add_error("last_on", gettext("These days are over."))
        return told


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: User) -> str:
        return obj.display_name or obj.username


class DutyForm(DaysForm):
    user = PersonField(label=_("On duty"), empty_label=_("Choose"), queryset=User.objects.none())
    field_order = ("user", "from_on", "last_on")


class SubstituteForm(DaysForm):
    absent = PersonField(label=_("Away"), empty_label=_("Choose"), queryset=User.objects.none())
    substitute = PersonField(label=_("Stands in"), empty_label=_("Choose"), queryset=User.objects.none())
    field_order = ("absent", "substitute", "from_on", "last_on")


@requires("duty.read")
def rota(request: HttpRequest) -> HttpResponse:
    """Show who is on duty and who stands in; heads and officers add to both."""
    office, today = agency_of(request), clock.today()
    duty_form, substitute_form = _forms(request, office)
    if request.method == "POST":
        permit(request, action="duty.arrange")
        if _added(request, office, duty_form, substitute_form):
            return redirect("desk:duty")
    context = {
        "section": "duty",
        "today": today,
        "duties": duties(office, on=today),
        "substitutions": substitutions(office, on=today),
        "duty_form": duty_form,
        "substitute_form": substitute_form,
        "may_arrange": allowed(request, action="duty.arrange"),
    }
    wrong = duty_form.errors or substitute_form.errors
    return desk_page(request, "desk/duty.html", context, status=422 if wrong else 200)


@requires("duty.arrange")
@require_POST
def cancel(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Strike a duty of one's own office off."""
    found = get_object_or_404(Duty.objects.select_related("user__agency"), id=duty_id)
    try:
        cancel_duty(office=agency_of(request), duty=found, actor=actor_of(request), at=clock.now())
    except NotOfThisOffice as elsewhere:
        raise Http404 from elsewhere
    messages.success(request, gettext("Struck off the rota."))
    return redirect("desk:duty")


@requires("duty.arrange")
@require_POST
def end(request: HttpRequest, substitution_id: UUID) -> HttpResponse:
    """End a substitution in one's own office at once."""
    found = get_object_or_404(Substitution.objects.select_related("absent__agency"), id=substitution_id)
    try:
        end_substitution(office=agency_of(request), standing=found, actor=actor_of(request), at=clock.now())
    except NotOfThisOffice as elsewhere:
        raise Http404 from elsewhere
    messages.success(request, gettext("Ended. From now on the substitute has only their own rights."))
    return redirect("desk:duty")


def _forms(request: HttpRequest, office: UUID | None) -> tuple[DutyForm, SubstituteForm]:
    """Return both forms, that one filled whose button was pressed; only people of the office are offered."""
    pressed = request.POST.get("act") if request.method == "POST" else None
    duty_form = DutyForm(request.POST if pressed == "duty" else None, prefix="duty")
    substitute_form = SubstituteForm(request.POST if pressed == "substitute" else None, prefix="away")
    people = User.objects.filter(id__in=[one.pk for one in members(office)]).order_by("username")
    for form, name in ((duty_form, "user"), (substitute_form, "absent"), (substitute_form, "substitute")):
        form.fields[name].queryset = people  # type: ignore[attr-defined]
    return duty_form, substitute_form


def _added(
    request: HttpRequest, office: UUID | None, duty_form: DutyForm, substitute_form: SubstituteForm
) -> bool:
    if duty_form.is_valid():
        told = duty_form.cleaned_data
        note_duty(office=office, user=told["user"], **_days(told), actor=actor_of(request), at=clock.now())
        messages.success(request, gettext("Noted on the rota."))
        return True
    return substitute_form.is_valid() and _named(request, office, substitute_form)


def _named(request: HttpRequest, office: UUID | None, form: SubstituteForm) -> bool:
    told = form.cleaned_data
    try:
        name_substitute(
            office=office,
            absent=told["absent"],
            substitute=told["substitute"],
            **_days(told),
            actor=actor_of(request),
            at=clock.now(),
        )
    except NamedThemselves:
        form.add_error("substitute", gettext("Nobody names themselves: let a colleague do it."))
    except NoSubstituteForThatRole:
        form.add_error("substitute", gettext("This person cannot stand in for the other."))
    else:
        messages.success(request, gettext("Noted. The substitute acts under their own name."))
        return True
    return False


def _days(told: dict[str, Any]) -> dict[str, date]:
    return {"from_on": told["from_on"], "until_on": told["last_on"] + timedelta(days=1)}
