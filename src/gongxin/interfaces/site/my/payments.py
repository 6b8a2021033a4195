"""What public bodies owe one's own organisation, and what it owes as one of them; overdue first."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.flows.applicants import NotTheirSubject
from gongxin.flows.late_payment import (
    NotAPayDay,
    PaidAlready,
    PaymentAtFault,
    RecordedAlready,
    note_paid,
    record_owed,
)
from gongxin.flows.public_body_subject import NotAPublicBody
from gongxin.interfaces.pages.payment_form import PaidForm, PaymentForm
from gongxin.interfaces.pages.payment_lines import payment_lines
from gongxin.interfaces.pages.promise_words import PAYMENT_MISTAKES
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.forms import OwnForm, sent, shown_again
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.commitments.queries import NoSuchPayment, payments_between

PAID = "paid"


class OwnPaymentForm(PaymentForm, OwnForm):
    """The form, whose page never repeats a person's number; the firm that is owed is one's own."""

    payee_code = None  # type: ignore[assignment]  # so a field of the form above is left out


@acting("payment.record-own")
def payments(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """List the payments of both sides; record one that is owed, or note that one was made."""
    paying = request.POST.get("act") == PAID
    again = {} if request.method == "POST" else shown_again(request)
    form = OwnPaymentForm(None if paying else sent(request), initial=again)
    if paying:
        return _paid(request, acts)
    if form.is_bound and form.is_valid() and _recorded(acts, form):
        messages.success(request, _("Recorded. Both sides are told."))
        return redirect("my:payments")
    between = payments_between(payers=acts.subject_ids, payees=acts.subject_ids)
    lines = payment_lines(between, at=acts.at)
    context = {
        "section": "file", "form": form, "own": set(acts.subject_ids),
        "owed": [one for one in lines if one.payment.payee_id in acts.subject_ids],
        "owing": [one for one in lines if one.payment.subject_id in acts.subject_ids],
    }  # fmt: skip
    return my_page(request, acts, "my/payments.html", context, status=422 if form.errors else 200)


def _recorded(acts: Acting, form: OwnPaymentForm) -> bool:
    try:
        record_owed(form.owed, payee_id=acts.subject_id, who=acts.who, at=acts.at)
    except NotAPublicBody:
        form.add_error("payer_code", _("No public body is known by this code."))
    except RecordedAlready:
        form.add_error("contract_number", _("This delivery under this contract is recorded already."))
    except PaymentAtFault as wrong:
        for mistake in wrong.mistakes:
            form.add_error(*PAYMENT_MISTAKES[mistake])
    else:
        return True
    return False


def _paid(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    form = PaidForm(request.POST)
    try:
        if form.is_valid():
            told = form.cleaned_data
            note_paid(told["payment_id"], paid_on=told["paid_on"], who=acts.who, supervisor=None, at=acts.at)
            messages.success(request, _("Noted as paid."))
        else:
            messages.error(request, _("Give the day on which it was paid."))
    except NotAPayDay:
        messages.error(request, _("Give a day between the delivery and today."))
    except PaidAlready:
        messages.error(request, _("It was noted as paid before."))
    except (NoSuchPayment, NotTheirSubject):
        messages.error(request, _("Only who is owed notes that it was paid."))
    return redirect("my:payments")
