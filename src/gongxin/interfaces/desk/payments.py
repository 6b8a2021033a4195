"""What public bodies owe small firms, at the desk: one's own debts, and those of the bodies one supervises.

That late payment is grave is proposed by one person here and decided by another.
"""

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.cases import Party, Who
from gongxin.flows.case_steps import NotResponsible, NotToldYet, OnePersonTwice, TooSoon, WordsMissing
from gongxin.flows.grave_delay import (
    ClosedAlready,
    NothingOverdue,
    UnfitWords,
    decide,
    may_be_decided_from,
    propose,
    withdraw,
)
from gongxin.flows.late_payment import (
    NotAPayDay,
    PaidAlready,
    PaymentAtFault,
    RecordedAlready,
    UnknownPayee,
    note_paid,
    record_owed_for,
)
from gongxin.flows.public_body_subject import NotAPublicBody
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.payment_form import PaidForm, PaymentForm
from gongxin.interfaces.pages.payment_lines import PaymentLine, payment_lines
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.interfaces.permissions import actor_of, agency_bound, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.commitments.models import GraveDelay
from gongxin.registry.commitments.queries import (
    NoSuchFinding,
    NoSuchPayment,
    grave_delays_of,
    payment_of,
    payments_between,
    unpaid_payments,
)
from gongxin.registry.subjects.queries import profiles, subject_of_code

SHOWN = 200


class ProposalForm(forms.Form):
    payment_id = forms.UUIDField(widget=forms.HiddenInput)
    reasons = forms.CharField(max_length=1000, validators=[refuse_personal_number])
    evidence = forms.CharField(max_length=300, validators=[refuse_personal_number])


class DelayForm(forms.Form):
    """The decision about what was proposed: its number; or why it is withdrawn."""

    delay_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(max_length=128, validators=[refuse_personal_number])


@requires("payment.read", signed_out=kept_form.signed_out)
def payments(request: HttpRequest) -> HttpResponseBase:
    """Show what is owed and overdue; record it, note that it was paid, find that it is grave."""
    agency_id = agency_bound(request, action="payment.read")
    body = Agency.objects.get(id=agency_id) if agency_id else None
    act = request.POST.get("act", "")
    form = PaymentForm(request.POST if act == "record" else None)
    if request.method == "POST" and body is not None:
        done = _record(request, body, form) if act == "record" else _act(request, body, act)
        if done:
            return redirect("desk:payments")
    delays = grave_delays_of(agencies_under(body.id) if body else None, limit=SHOWN)
    names = profiles({one.subject_id for one in delays}, at=clock.now())
    context = {
        "section": "commitments", "form": form if allowed(request, action="payment.record") else None,
        "lines": _lines(body),
        "delays": [(names[one.subject_id].name, one, _decidable(one)) for one in delays],
        "may_act": body is not None and allowed(request, action="payment.record"),
        "may_decide": allowed(request, action="late-payment.decide"),
    }  # fmt: skip
    return desk_page(request, "desk/payments.html", context, status=422 if form.errors else 200)


def _decidable(one: GraveDelay) -> date | None:
    """Return from when what is proposed may be decided; None where it is, or its notice has not arrived."""
    return None if one.decided_at or one.withdrawn_at else may_be_decided_from(one)


def _lines(body: Agency | None) -> list[PaymentLine]:
    """Return what a body and those it supervises owe; for the centre all that is overdue."""
    at = clock.now()
    if body is None:
        return payment_lines(unpaid_payments(before=clock.today(), limit=SHOWN), at=at)
    bodies = [body, *Agency.objects.filter(supervisor_id__in=agencies_under(body.id))]
    payers = {found for one in bodies if (found := subject_of_code(one.code, at=at))}
    return payment_lines(payments_between(payers=payers)[:SHOWN], at=at)


def _record(request: HttpRequest, body: Agency, form: PaymentForm) -> bool:
    permit(request, action="payment.record")
    if not form.is_valid():
        return False
    code = form.cleaned_data["payee_code"]
    try:
        record_owed_for(form.owed, payee_code=code, supervisor=body, who=_who(request, body), at=clock.now())
    except (NotResponsible, NotAPublicBody):
        form.add_error("payer_code", _("Your body does not stand above a public body of this code."))
    except UnknownPayee:
        form.add_error("payee_code", _("No organisation is known by this code."))
    except RecordedAlready:
        form.add_error("contract_number", _("This delivery under this contract is recorded already."))
    except PaymentAtFault:
        form.add_error("payee_code", _("Nobody owes something to themselves."))
    else:
        messages.success(request, _("Recorded. Both sides are told."))
        return True
    return False


def _act(request: HttpRequest, body: Agency, act: str) -> bool:
    """Take one of the acts of a line or a finding, and say what became of it."""
    found = _ACTS.get(act)
    if found is None:
        return False
    action, take = found
    permit(request, action=action)
    try:
        messages.success(request, take(request, body))
    except (NotResponsible, NoSuchPayment, NoSuchFinding):
        messages.error(request, _("Only the body above the one that owes does this."))
    except OnePersonTwice:
        messages.error(request, _("Whoever proposed it does not decide it: a second person does."))
    except NotToldYet:
        messages.error(request, _("The notice has not reached the body: its time to object has not begun."))
    except TooSoon as soon:
        day = day_in_words(soon.first, language=get_language() or "")
        messages.error(request, _("The time to object runs: it may be decided from %(day)s.") % {"day": day})
    except NothingOverdue:
        messages.error(request, _("Nothing is overdue any more: there is nothing to find."))
    except (ClosedAlready, PaidAlready):
        messages.error(request, _("Somebody did this before."))
    except NotAPayDay:
        messages.error(request, _("Give a day between the delivery and today."))
    except (WordsMissing, UnfitWords, _NotFilledIn):
        messages.error(request, _("Fill in every field, without numbers of persons."))
    return True


class _NotFilledIn(Exception):
    """A field of a line's own form is empty or unfit."""


def _told(form: forms.Form) -> dict[str, object]:
    if not form.is_valid():
        raise _NotFilledIn
    return form.cleaned_data


def _paid(request: HttpRequest, body: Agency) -> str:
    form = PaidForm(request.POST)
    _told(form)
    told = form.cleaned_data
    who = _who(request, body)
    note_paid(told["payment_id"], paid_on=told["paid_on"], who=who, supervisor=body, at=clock.now())
    return _("Noted as paid.")


def _propose(request: HttpRequest, body: Agency) -> str:
    form = ProposalForm(request.POST)
    _told(form)
    told, owed = form.cleaned_data, payment_of(form.cleaned_data["payment_id"])
    propose(
        subject_id=owed.subject_id, reasons=told["reasons"], evidence=told["evidence"], agency=body,
        who=_who(request, body), at=clock.now(),
    )  # fmt: skip
    return _("Proposed. The body is told and has time to object; a second person decides after that.")


def _decide(request: HttpRequest, body: Agency) -> str:
    form = DelayForm(request.POST)
    _told(form)
    told = form.cleaned_data
    who = _who(request, body)
    decide(delay_id=told["delay_id"], number=told["words"], agency=body, who=who, at=clock.now())
    return _("Decided. It ends by itself when all of it is paid, and after a year at most.")


def _withdraw(request: HttpRequest, body: Agency) -> str:
    form = DelayForm(request.POST)
    _told(form)
    told = form.cleaned_data
    who = _who(request, body)
    withdraw(delay_id=told["delay_id"], reason=told["words"], agency=body, who=who, at=clock.now())
    return _("Withdrawn. It weighs no more from now on.")


def _who(request: HttpRequest, body: Agency) -> Who:
    return Who(actor_of(request), Party.AGENCY, body.id)


_ACTS: dict[str, tuple[str, Callable[[HttpRequest, Agency], str]]] = {
    "paid": ("payment.record", _paid),
    "propose": ("late-payment.propose", _propose),
    "decide": ("late-payment.decide", _decide),
    "withdraw": ("late-payment.decide", _withdraw),
}
