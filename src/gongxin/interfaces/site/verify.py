"""Verifying a decision paper: who is shown one types its number and its code, and learns if it is genuine.

Nothing of the record is told: only what stands on the paper in their hands, and whether a later decision
about the same record has come. One answer for a wrong number and a wrong code.
"""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from gongxin.core.decision_papers import outcome_in_words, title_of
from gongxin.flows.decision_papers import Verified, verify
from gongxin.interfaces.pages.errors import error_page
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.form_limit import minutes_to_wait
from gongxin.interfaces.site.verify_answer import AnswerForm, verified


class PaperForm(forms.Form):
    """Number and code of a paper, in whatever case, brackets and grouping they are typed."""

    number = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Give the number at the head of the paper.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Give the code at the foot of the paper.")},
    )


@sensitive_post_parameters("code", "signed")
@requires("paper.verify")
def verify_page(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the forms, that of papers with the code of the address if it has one; say what was verified."""
    pasted = "signed" in request.POST
    form = PaperForm(request.POST if request.POST and not pasted else None, initial={"code": code})
    answer_form = AnswerForm(request.POST if pasted else None)
    told: dict[str, object] | None = None
    if form.is_valid() or answer_form.is_valid():
        if wait := minutes_to_wait(request, form="verified", limit=settings.VERIFY_LIMIT):
            words = _("Come back in %(minutes)s minutes.") % {"minutes": wait}
            return error_page(
                request, status=429, heading=_("Too many questions from one place"), words=words
            )
        told = verified(answer_form) if pasted else _found(form)
    context = {"form": form, "answer_form": answer_form, "noindex": True, **(told or {})}
    faulty = bool(form.errors or answer_form.errors)
    response = render(request, "site/verify.html", context, status=422 if faulty else 200)
    response.headers["Cache-Control"] = "no-store"
    not_indexed(response)
    return response


def _found(form: PaperForm) -> dict[str, object] | None:
    found = verify(form.cleaned_data["number"], form.cleaned_data["code"])
    if found is None:
        form.add_error(
            None,
            _(
                "No paper has this number and this code. Check both signs for sign; if they are as"
                " printed, the paper is not genuine."
            ),
        )
        return None
    return _told(found)


def _told(found: Verified) -> dict[str, object]:
    paper = found.paper
    return {
        "found": found,
        "paper": paper,
        "title": title_of(paper.outcome),
        "decided": outcome_in_words(paper.outcome).in_language(get_language() or ""),
        "printed": [tuple(row) for row in paper.paper["rows"]],
    }
