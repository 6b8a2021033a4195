"""The nil return: stating that an agency decided nothing of a class in a month, and taking it back."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongxin.core.reporting import MONTHS_STATED, ended_months
from gongxin.flows.nil_return import NotNil, NotStanding, state_nil, withdraw_nil
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.templatetags.wording import month as month_in_words
from gongxin.interfaces.permissions import actor_of, agency_bound, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.catalogue.queries import active_class, active_classes
from gongxin.registry.intake.models import NilReturn
from gongxin.registry.intake.queries import nil_returns_of

SHOWN = 100
MONTH = "%Y-%m"


class NilForm(forms.Form):
    class_id = forms.ChoiceField(label=gettext_lazy("Class of the catalogue"))
    month = forms.ChoiceField(label=gettext_lazy("Month in which nothing was decided"))

    def __init__(self, *args: object, today: date, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # passed on as they came
        dated = [found.id for found in active_classes(on=today) if found.role("decided_on")]
        self._choices("class_id").choices = [(one, class_name(one)) for one in dated]
        months = ended_months(today, MONTHS_STATED)
        self._choices("month").choices = [(one.strftime(MONTH), month_in_words(one)) for one in months]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        return field

    @property
    def stated(self) -> tuple[str, date]:
        """Return the class and the month of a valid form."""
        return self.cleaned_data["class_id"], date.fromisoformat(f"{self.cleaned_data['month']}-01")


@requires("nil.read", signed_out=kept_form.signed_out)
def nil(request: HttpRequest) -> HttpResponse:
    """Show what was stated, and to an agency the form for another month."""
    agency_id = agency_bound(request, action="nil.read")
    form = _form(request)
    if request.method == "POST":
        permit(request, action="nil.state")
        if agency_id is not None and form.is_valid() and _state(request, agency_id, form):
            return redirect("desk:nil")
    agencies = None if agency_id is None else agencies_under(agency_id)
    context = {
        "section": "due",
        "form": form if allowed(request, action="nil.state") else None,
        "agency": Agency.objects.get(id=agency_id) if agency_id else None,
        "returns": nil_returns_of(agencies, limit=SHOWN),
        "most": SHOWN,
        "may_withdraw": allowed(request, action="nil.withdraw"),
    }
    return desk_page(request, "desk/nil.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest) -> NilForm:
    today = clock.today()
    if request.method == "POST":
        return NilForm(request.POST, today=today)
    typed = kept_form.taken(request)
    if typed is not None:  # before a session ended
        chosen = {name: typed.get(name, "") for name in NilForm.base_fields}
    else:
        chosen = {"class_id": request.GET.get("class", ""), "month": request.GET.get("month", "")}
    return NilForm(initial=chosen, today=today)


def _state(request: HttpRequest, agency_id: UUID, form: NilForm) -> bool:
    """State it; where records of the month are here, say at the form how many, and return False."""
    class_id, month = form.stated
    said = {"class": class_name(class_id), "month": month_in_words(month)}
    try:
        state_nil(
            agency=Agency.objects.get(id=agency_id),
            information_class=active_class(class_id, on=clock.today()),
            month=month,
            actor=actor_of(request),
            at=clock.now(),
            on=clock.today(),
        )
    except NotNil as here:
        words = ngettext(
            "Not a nil return: %(count)d record of %(class)s decided in %(month)s is here.",
            "Not a nil return: %(count)d records of %(class)s decided in %(month)s are here.",
            here.count,
        )
        form.add_error("month", words % {"count": here.count, **said})
        return False
    messages.success(request, _("Stated: nothing of %(class)s was decided in %(month)s.") % said)
    return True


@requires("nil.withdraw", signed_out=kept_form.signed_out)
def withdraw(request: HttpRequest, nil_id: UUID) -> HttpResponse:
    """Ask why the statement was wrong, and take it back."""
    agency_id = agency_bound(request, action="nil.withdraw")
    reach = set() if agency_id is None else agencies_under(agency_id)
    found = NilReturn.objects.filter(id=nil_id, agency_id__in=reach, withdrawn_at=None).first()
    if found is None:
        raise Http404
    form = ground_form(request)
    if form.is_valid():
        try:
            withdraw_nil(
                nil=found, reason=form.cleaned_data["ground"], actor=actor_of(request), at=clock.now()
            )
        except NotStanding:
            messages.error(request, _("It has been withdrawn already."))
        else:
            messages.success(request, _("The nil return is withdrawn."))
        return redirect("desk:nil")
    context = {"section": "due", "nil": found, "form": form}
    return desk_page(request, "desk/nil_withdraw.html", context, status=422 if form.errors else 200)
