"""冒名登记 at the counter: a person who came says that a record is not about them; they go with a receipt.

Who they are is sealed as in the public form: it stands on no page of the desk, and no power of attorney is
asked for. The receipt is the answer to the sent form, once; sent again it is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from gongxin.core.cases import Entry
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.disclosure import Audience
from gongxin.core.evidence import limits
from gongxin.core.receipts import in_groups
from gongxin.flows.not_the_subject import Receipt, ask
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, NewEvidence, NotAbout
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages.asking_words import refusals_in_words
from gongxin.interfaces.pages.case_words import clock_lines, in_language
from gongxin.interfaces.pages.form_ids import with_form_id
from gongxin.interfaces.pages.papers import handed_in
from gongxin.interfaces.pages.typed_once import ShownOnce, Starred
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import requires
from gongxin.registry.cases.queries import clocks_of
from gongxin.registry.cases.receipts import Person
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import Profile, profile

SHORTEST, LONGEST, MEGABYTE = 10, 2000, 1024 * 1024


class PersonForm(forms.Form):
    """What the person says, and apart from it who they are: as in the public form."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    statement = forms.CharField(
        label=_("What is wrong"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=Starred(attrs={"rows": 8}),
        error_messages={
            "required": _("Say what is wrong."),
            "min_length": _("That is too short to look into: say how the record names you and why wrongly."),
        },
    )
    name = forms.CharField(
        label=_("Name they gave"), max_length=60, widget=ShownOnce(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(
        label=_("How they can be reached"),
        max_length=200,
        widget=ShownOnce(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give a telephone number or an e-mail address.")},
    )


@dataclass(frozen=True, slots=True)
class About:
    """The record the person says is not about them, and its subject."""

    known: Profile
    view: RecordView
    label: str


@sensitive_post_parameters()
@requires("case.take")
@sensitive_variables("form")
def person(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponseBase:
    """Show the form about a record; take in what was sent and show the receipt, once or again."""
    about = _about(subject_id, record_id)
    if about.view.subject_id != subject_id:  # absorbed, for as long as the merge stands
        return redirect("desk:counter-person", about.view.subject_id, record_id)
    if request.method != "POST":
        return _form_page(request, about, PersonForm(initial={"form_id": uuid4()}))
    form = PersonForm(with_form_id(request))
    if not form.is_valid():
        return _form_page(request, about, form)
    handed = handed_in(request, at=clock.now())
    if handed.refused:
        return _form_page(request, about, form, faults=[one.sentence for one in handed.refused])
    try:
        receipt = _taken_in(request, about, form, handed.kept)
    except (AlreadyOpen, NotAbout, AnotherForm) as refused:
        return _form_page(request, about, form, faults=refusals_in_words(refused))
    return _receipt_page(request, about, receipt)


def _taken_in(
    request: HttpRequest, about: About, form: PersonForm, evidence: Sequence[NewEvidence]
) -> Receipt:
    told = form.cleaned_data
    return ask(
        subject_id=about.view.subject_id, record_id=about.view.record_id,
        person=Person(told["name"], told["contact"]), statement=told["statement"], evidence=evidence,
        form_id=told["form_id"], at=clock.now(), who=who_of(request), entry=Entry.COUNTER,
    )  # fmt: skip


def _about(subject_id: UUID, record_id: UUID) -> About:
    """Return a record that is held about a subject, also one that does not show. Raises Http404."""
    at = clock.now()
    known = profile(subject_id, at=at)
    view = record(subject_id, record_id, audience=Audience.SUBJECT, at=at) if known else None
    if known is None or view is None:
        raise Http404
    found = classes_by_id(on=clock.today()).get(view.class_id)
    return About(known, view, in_language(found.label) if found else view.class_id)


def _form_page(
    request: HttpRequest, about: About, form: PersonForm, *, faults: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "section": "cases",
        "about": about,
        "form": form,
        "faults": faults,
        "files": limits().files,
        "megabytes": limits().file_bytes // MEGABYTE,
    }
    return desk_page(
        request, "desk/counter_person.html", context, status=422 if form.errors or faults else 200
    )


def _receipt_page(request: HttpRequest, about: About, receipt: Receipt) -> HttpResponse:
    case = receipt.case
    context = {
        "section": "cases",
        "about": about,
        "case": case,
        "number": number_in_words(case.kind, case.year, case.number),
        "code": in_groups(receipt.code),
        "clocks": clock_lines(clocks_of(case), on=clock.today()),
    }
    return desk_page(request, "desk/counter_receipt.html", context)
