"""The counter: an officer takes down a case for a subject, on the paper shown, and is led to it.

The subject is found first, then what is asked about which records, then in what words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.cases import Kind, kind_of_case
from gongxin.core.disclosure import Audience
from gongxin.core.evidence import limits
from gongxin.core.legal_day import legal_day
from gongxin.flows.looks import note_look
from gongxin.flows.objection import PointsNotInOrder
from gongxin.flows.open_case import NewEvidence
from gongxin.flows.take_down import COUNTER_KINDS, TakenDown, take_down
from gongxin.interfaces import clock
from gongxin.interfaces.desk.counter_form import (
    NAMES_NO_RECORD,
    CounterForm,
    RecordTyped,
    records_typed,
    without_numbers,
)
from gongxin.interfaces.desk.find import subjects_named
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages.asking_words import REFUSALS, refusals_in_words
from gongxin.interfaces.pages.case_words import in_language
from gongxin.interfaces.pages.papers import handed_in
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import looker_of, requires
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import Profile, profile

LONGEST_NAME, MEGABYTE = 128, 1024 * 1024
_CHOSEN = (*COUNTER_KINDS, Kind.NOT_THE_SUBJECT)  # the last has a form of its own: `counter_person`


@dataclass(frozen=True, slots=True)
class Taking:
    """What is being taken down: for whom, of which kind, about which records, with what was typed."""

    known: Profile
    kind: Kind
    records: Sequence[RecordTyped]
    form: CounterForm
    at: datetime
    faults: Sequence[str] = ()

    @property
    def is_faulty(self) -> bool:
        return bool(self.form.errors or self.faults or any(one.faults for one in self.records))


@requires("case.take")
def counter(request: HttpRequest) -> HttpResponse:
    """Find the subject a case is taken down for, by its code or its name."""
    asked = request.GET.get("q", "").strip()[:LONGEST_NAME]
    person = is_about_a_person(asked)
    context = {
        "section": "cases",
        "asked_for": "" if person else asked,
        "person": person,
        "subjects": subjects_named(asked) if asked and not person else [],
    }
    return desk_page(request, "desk/counter.html", context)


@requires("case.take")
def take(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Ask for kind and records, then in what words; open the case and lead to it."""
    at = clock.now()
    known = profile(subject_id, at=at)
    if known is None:
        raise Http404
    if known.subject_id != subject_id:  # absorbed, for as long as the merge stands
        return redirect("desk:counter-take", known.subject_id)
    asked = request.POST if request.method == "POST" else request.GET
    views = records_of(subject_id, audience=Audience.SUBJECT, at=at)
    kind = next((one for one in COUNTER_KINDS if one.value == asked.get("kind", "")), None)
    chosen = [view for view in views if view.record_id.hex in asked.getlist("record")]
    if asked.get("kind") == Kind.NOT_THE_SUBJECT.value and len(chosen) == 1:
        return redirect("desk:counter-person", subject_id, chosen[0].record_id)
    if kind is None or not (chosen or kind in NAMES_NO_RECORD):
        return _choose(request, known, views, asked)
    if request.method != "POST":
        return _form_page(request, _taking(known, kind, chosen, None, at))
    return _sent(request, _taking(known, kind, chosen, request.POST, at))


def _choose(
    request: HttpRequest, known: Profile, views: Sequence[RecordView], asked: QueryDict
) -> HttpResponse:
    """List the subject's records, which is a look at its file, and the kinds of case."""
    note_look(looker=looker_of(request), subject_id=known.subject_id, purpose="case.take", at=clock.now())
    ticked = asked.getlist("record")
    labels = {key: in_language(one.label) for key, one in classes_by_id(on=clock.today()).items()}
    context = {
        "section": "cases",
        "subject": known,
        "kinds": [(one.value, in_language(kind_of_case(one).label)) for one in _CHOSEN],
        "kind": asked.get("kind", ""),
        "records": [
            (view, labels.get(view.class_id, view.class_id), view.record_id.hex in ticked) for view in views
        ],
        "asked": bool(asked),
    }
    return desk_page(request, "desk/counter_choose.html", context)


def _taking(
    known: Profile, kind: Kind, chosen: Sequence[RecordView], sent: QueryDict | None, at: datetime
) -> Taking:
    classes = classes_by_id(on=legal_day(at))
    return Taking(known, kind, records_typed(chosen, kind, classes, sent), CounterForm(sent, kind=kind), at)


def _sent(request: HttpRequest, taking: Taking) -> HttpResponseBase:
    number = _("This holds a person's number or home address. Leave it out: the papers may show it.")
    taking = replace(taking, records=[without_numbers(one, number) for one in taking.records])
    if not taking.form.is_valid() or taking.is_faulty:
        return _form_page(request, taking)
    handed = handed_in(request, at=taking.at)
    if handed.refused:
        return _form_page(request, replace(taking, faults=[one.sentence for one in handed.refused]))
    try:
        case = take_down(_said(request, taking, handed.kept), who=who_of(request), at=taking.at)
    except PointsNotInOrder as wrong:
        return _form_page(request, _with_faults(taking, wrong))
    except REFUSALS as refused:
        return _form_page(request, replace(taking, faults=refusals_in_words(refused)))
    return redirect("desk:case", case.id)


def _said(request: HttpRequest, taking: Taking, evidence: Sequence[NewEvidence]) -> TakenDown:
    told: Mapping[str, str] = taking.form.cleaned_data
    return TakenDown(
        kind=taking.kind,
        subject_id=taking.known.subject_id,
        asked=[one.asked for one in taking.records],
        form_id=_form_id(request.POST),
        statement=told["statement"],
        shown=told["shown"],
        evidence=evidence,
        ruling=taking.form.ruling(),
    )


def _with_faults(taking: Taking, wrong: PointsNotInOrder) -> Taking:
    """Return what was typed, with what is wrong said at the record it is about."""
    words = refusals_in_words(wrong)
    records = [
        replace(one, faults=words) if one.view.record_id == wrong.record_id else one for one in taking.records
    ]
    return replace(taking, records=records)


def _form_page(request: HttpRequest, taking: Taking) -> HttpResponse:
    context = {
        "section": "cases",
        "taking": taking,
        "form": taking.form,
        "subject": taking.known,
        "kind": in_language(kind_of_case(taking.kind).label),
        "form_id": _form_id(request.POST).hex,
        "files": limits().files,
        "megabytes": limits().file_bytes // MEGABYTE,
    }
    return desk_page(request, "desk/counter_form.html", context, status=422 if taking.is_faulty else 200)


def _form_id(typed: QueryDict) -> UUID:
    """Return the number the form was shown with: sent twice, it is one case."""
    try:
        return UUID(typed.get("form_id", ""))
    except ValueError:
        return uuid4()
