"""A payment a public body owes a small firm, as it is filled in; the day it is due is reckoned from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxin.flows.late_payment import Owed, mistakes
from gongxin.interfaces import clock
from gongxin.interfaces.pages.promise_words import PAYMENT_MISTAKES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PaymentForm(forms.Form):
    """What is owed under which contract, delivered when, proven by which paper."""

    payer_code = forms.CharField(label=_("Unified code of the public body that owes"), max_length=18)
    payee_code = forms.CharField(label=_("Unified code of the firm that is owed"), max_length=18)
    contract_number = forms.CharField(label=_("Number of the contract"), max_length=128)
    amount_yuan = forms.DecimalField(label=_("Amount, in yuan"), max_digits=15, decimal_places=2)
    delivered_on = forms.DateField(
        label=_("Delivered, accepted or confirmed on, as the contract says"), widget=DAY
    )
    agreed_days = forms.IntegerField(label=_("Days agreed, if the contract says so"), required=False)
    evidence = forms.CharField(label=_("The paper that proves it"), max_length=300)
    is_small = forms.BooleanField(label=_("The firm is a small or medium one"), required=False)

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for mistake in mistakes(self.owed, on=clock.today()):
                self.add_error(*PAYMENT_MISTAKES[mistake])
        return self.cleaned_data

    @property
    def owed(self) -> Owed:
        """Return what a valid form says is owed."""
        told = self.cleaned_data
        return Owed(
            told["payer_code"], told["contract_number"], told["amount_yuan"], told["delivered_on"],
            told["evidence"], told["agreed_days"], told["is_small"],
        )  # fmt: skip


class PaidForm(forms.Form):
    payment_id = forms.UUIDField(widget=forms.HiddenInput)
    paid_on = forms.DateField(label=_("Paid on"), widget=DAY)
