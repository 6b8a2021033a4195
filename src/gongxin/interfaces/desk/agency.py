"""How an agency is reached: shown on every record it made, so that people can ask and contest."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.leaks import holds_personal_number
from gongxin.flows.contact import change_contact
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, agency_bound, requires
from gongxin.registry.accounts.models import Agency


class ContactForm(forms.Form):
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200)
    office_hours = forms.CharField(label=gettext_lazy("Office hours"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a person's number: the leak gate would stop every page that names this agency."""
        for name, text in list(self.cleaned_data.items()):
            if holds_personal_number(text):
                self.add_error(name, _("This is a person's number, such as a mobile. Give the office's own."))
        return self.cleaned_data


@requires("agency.describe", signed_out=kept_form.signed_out)
def contact(request: HttpRequest) -> HttpResponse:
    """Show how one's own agency is reached, and change it."""
    own = agency_bound(request, action="agency.describe")
    if own is None:
        raise Http404
    agency = Agency.objects.get(id=own)
    typed = kept_form.taken(request)
    present = {name: getattr(agency, name) for name in ContactForm.base_fields}
    present |= {name: typed.get(name, "") for name in present} if typed is not None else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=present)
    if form.is_valid():
        change_contact(agency=agency, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        messages.success(request, _("Saved. The public pages show it from now on."))
        return redirect("desk:agency")
    context = {"section": "agency", "agency": agency, "form": form}
    return desk_page(request, "desk/agency.html", context, status=422 if form.errors else 200)
