"""Saying something beside one of one's own records, and taking it back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gongxin.core.free_text import without_hidden_characters
from gongxin.core.legal_day import legal_day
from gongxin.flows.state_beside import LONGEST, NoSuchStatement, state_beside, withdraw_statement
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.forms import OwnForm, sent, shown_again
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.record import own_record
from gongxin.registry.catalogue.queries import classes_by_id


class StatementForm(OwnForm):
    text = forms.CharField(
        label=gettext_lazy("What you say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_personal_number],
    )

    def clean_text(self) -> str:
        """Return what is said as it is read; a text of which nothing can be seen says nothing."""
        said = without_hidden_characters(self.cleaned_data["text"]).strip()
        if not said:
            raise forms.ValidationError(self.fields["text"].error_messages["required"], code="required")
        return said


@acting("statement.make")
def statement(request: HttpRequest, acts: Acting, record_id: UUID) -> HttpResponseBase:
    """Ask what to say beside a record, and put it there."""
    view = own_record(acts, record_id)
    form = StatementForm(sent(request), initial={"text": view.statement, **shown_again(request)})
    if form.is_valid():
        state_beside(
            subject_id=acts.subject_id, record_id=record_id, text=form.cleaned_data["text"],
            by=acts.mandate.user_id, actor=acts.actor, at=acts.at,
        )  # fmt: skip
        messages.success(request, _("It stands beside the record from now on."))
        return redirect("my:record", record_id)
    words = OwnWords(classes_by_id(on=legal_day(acts.at)), today=legal_day(acts.at))
    context = {"section": "file", "own": words.tell(view), "form": form, "longest": LONGEST}
    return my_page(request, acts, "my/statement.html", context, status=422 if form.errors else 200)


@require_POST
def _withdraw(request: HttpRequest, acts: Acting, record_id: UUID) -> HttpResponseBase:
    try:
        withdraw_statement(
            subject_id=acts.subject_id, record_id=record_id, by=acts.mandate.user_id, actor=acts.actor,
            at=acts.at,
        )  # fmt: skip
    except NoSuchStatement as none:
        raise Http404 from none
    messages.success(request, _("Taken back: nobody reads it any more."))
    return redirect("my:record", record_id)


withdraw = acting("statement.make")(_withdraw)
