"""The centre's letters: made from what is overdue as of a day, kept, and taken as Word or PDF."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gongxin.core.letters import CIRCULAR, URGING, kind_in_words, number_of, paper_of
from gongxin.engine.papers.pdf import NoChineseFace, pdf_of
from gongxin.engine.papers.word import docx_of
from gongxin.flows.letters import NothingOverdue, NothingToTell, make_circular_letter, make_urging_letter
from gongxin.interfaces import clock
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import held_reason
from gongxin.interfaces.permissions import actor_of, allowed, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.letters.models import Letter
from gongxin.registry.letters.queries import letter_of, letters
from gongxin.registry.publication.standing import overdue_by_agency

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAWN = {"docx": (WORD, docx_of), "pdf": ("application/pdf", pdf_of)}
FIRST_YEAR = 2000


class LetterForm(forms.Form):
    """Which letter, as of which day, to whom."""

    kind = forms.ChoiceField(choices=[(URGING, URGING), (CIRCULAR, CIRCULAR)])
    agency = forms.CharField(required=False, max_length=18)
    on = forms.DateField(
        label=_("As of the end of"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2026-11-20.")},
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if not on.year >= FIRST_YEAR or on > clock.today():
            raise forms.ValidationError(gettext("That day is still to come, or too long ago."))
        return on


@requires("letter.read")
def overview(request: HttpRequest) -> HttpResponseBase:
    """List the letters made, newest first, and offer to make one."""
    today = clock.today()
    context = {
        "section": "letters",
        "today": today,
        "may_make": allowed(request, action="letter.make"),
        "chosen": request.GET.get("agency", ""),
        "overdue": overdue_by_agency(at=clock.now(), before=today),
    }
    return list_page(request, "desk/letters.html", _table(), context)


@requires("letter.make")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the letter asked for; say so where there is nothing to write about."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        for words in form.errors.values():
            messages.error(request, str(words[0]))
        return redirect("desk:letters")
    try:
        letter = _made(request, form.cleaned_data)
    except NothingOverdue:
        messages.error(request, gettext("Nothing of this agency was overdue at the end of that day."))
    except NothingToTell:
        messages.error(request, gettext("In that month nothing was decided and nothing was overdue."))
    else:
        number = number_of(letter.kind, letter.year, letter.number)
        messages.success(request, gettext("Made: %(number)s. Take it as Word or PDF.") % {"number": number})
    return redirect("desk:letters")


@requires("letter.read")
def download(request: HttpRequest, letter_id: UUID, file_format: str) -> HttpResponse:
    """Send a letter as it was made, as Word or PDF."""
    letter = letter_of(letter_id)
    if letter is None or file_format not in DRAWN:
        raise Http404
    content_type, draw = DRAWN[file_format]
    try:
        content = draw(paper_of(letter.paper))
    except NoChineseFace:
        messages.error(
            request,
            gettext(
                "No Chinese typeface is installed on this server, so no PDF can be set."
                " Install fonts-noto-cjk, or take the Word file."
            ),
        )
        return redirect("desk:letters")
    response = HttpResponse(content, content_type=content_type)
    name = f"{number_of(letter.kind, letter.year, letter.number)}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _made(request: HttpRequest, told: dict[str, Any]) -> Letter:
    common = {
        "on": told["on"],
        "institution": settings.IDENTITY.institution,
        "actor": actor_of(request),
        "at": clock.now(),
    }
    if told["kind"] == CIRCULAR:
        return make_circular_letter(**common)
    agency = Agency.objects.filter(code=told["agency"]).first()
    if agency is None:
        raise Http404
    return make_urging_letter(agency=agency, why=_why, **common)


def _why(held: str) -> str:
    """Return why a record waits, in the language of official papers."""
    with override("zh-hans"):
        return str(held_reason(held))


def _table() -> Table[Letter]:
    columns = (
        Column[Letter](_("Number"), _number, lead=True),
        Column[Letter](_("Letter"), lambda one: kind_in_words(one.kind)),
        Column[Letter](_("To"), lambda one: one.agency.name if one.agency else gettext("all agencies")),
        Column[Letter](_("As of"), lambda one: one.as_of),
        Column[Letter](_("Made at"), lambda one: one.made_at),
        Column[Letter](_("Word file"), lambda _one: "Word", link=lambda one: _file(one, "docx")),
        Column[Letter](_("PDF file"), lambda _one: "PDF", link=lambda one: _file(one, "pdf")),
    )
    return Table("letters", _("Letters"), columns, lambda limit, offset: letters(limit=limit, offset=offset))


def _number(one: Letter) -> str:
    return number_of(one.kind, one.year, one.number)


def _file(one: Letter, file_format: str) -> str:
    return reverse("desk:letter", args=(one.id, file_format))
