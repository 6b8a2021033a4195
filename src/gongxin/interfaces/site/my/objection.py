"""Objecting to one of one's own records: what is wrong is chosen, then said field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.cases import Entry, Kind
from gongxin.core.cases.points import CORRECT, LONGEST_SAID, REMOVE, PointFault, contestable_fields
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import holds_personal_number, mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows.objection import PointsNotInOrder, object_to
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, Asked, NewEvidence, NewPoint, NotAbout
from gongxin.interfaces.pages.asking_words import FAULTS
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.evidence import handed_in, room
from gongxin.interfaces.site.my.forms import form_id_of, typed_before
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.record import own_record
from gongxin.registry.cases.queries import open_parts_of
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView

WHOLE = ""  # a point about the record as a whole
NUMBER = gettext_lazy(
    "This holds a person's number or home address. Leave it out: the papers you hand in may show it."
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing contested as the page shows it; `fault` says what is to be put right."""

    key: str
    label: str
    held: str
    chosen: bool = False
    claimed: str = ""
    said: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and what is to be put right at the top of the page."""

    wish: str
    points: Sequence[Point]
    statement: str = ""
    faults: Sequence[str] = ()

    @property
    def is_faulty(self) -> bool:
        return bool(self.faults) or any(one.fault for one in self.points)


@acting("case.ask")
def object_page(request: HttpRequest, acts: Acting, record_id: UUID) -> HttpResponseBase:
    """Ask what is wrong with a record, then what would be right and why; send it."""
    view = own_record(acts, record_id)
    open_parts = open_parts_of(acts.subject_ids, record_id, kind=Kind.OBJECTION.value)
    words = OwnWords(classes_by_id(on=legal_day(acts.at)), today=legal_day(acts.at))
    points = _contestable(view, words)
    context = {"section": "file", "own": words.tell(view), "open": open_parts[0] if open_parts else None}
    if request.method == "POST":
        return _sent(request, acts, view, points, context)
    before = typed_before(request)
    typed = _chosen(request.GET, points) if before is None else _typed(before, points)
    if not typed.points:
        wish = request.GET.get("wish", "")
        asked = {"points": points, "wish": wish, "asked": bool(request.GET)}
        return my_page(request, acts, "my/object_choose.html", {**context, **asked})
    return _form(request, acts, typed, context)


def _sent(
    request: HttpRequest,
    acts: Acting,
    view: RecordView,
    points: Sequence[Point],
    context: Mapping[str, object],
) -> HttpResponseBase:
    typed = _checked(_typed(request.POST, points))
    if not typed.is_faulty:
        handed = handed_in(request, at=acts.at)
        if handed.refused:
            return _form(request, acts, replace(typed, faults=handed.refused), context)
        found = _objected(request, acts, view, typed, handed.kept)
        if isinstance(found, UUID):
            return redirect("my:receipt", found)
        typed = found
    return _form(request, acts, typed, context)


def _objected(
    request: HttpRequest, acts: Acting, view: RecordView, typed: Typed, evidence: Sequence[NewEvidence]
) -> UUID | Typed:
    """Open the case and return its id; or return what was typed with what is to be put right."""
    told = tuple(NewPoint(one.key, one.held, one.claimed, one.said) for one in typed.points)
    try:
        case = object_to(
            subject_id=acts.subject_id, asked=[Asked(view.record_id, wish=typed.wish, points=told)],
            form_id=form_id_of(request.POST), entry=Entry.MINE, statement=typed.statement, evidence=evidence,
            who=acts.who, at=acts.at,
        )  # fmt: skip
    except PointsNotInOrder as wrong:
        return _with_faults(typed, {one.place: one.fault for one in wrong.problems})
    except AlreadyOpen:
        return replace(typed, faults=[_("An objection to this record is open already.")])
    except NotAbout:
        return replace(typed, faults=[_("This record was withdrawn: there is nothing to object to.")])
    except AnotherForm:
        return replace(typed, faults=[_("This form was sent before, about something else. Begin anew.")])
    return case.id


def _form(
    request: HttpRequest, acts: Acting, typed: Typed, context: Mapping[str, object]
) -> HttpResponseBase:
    sent_before = request.POST.get("form_id", "")
    more = {
        "typed": typed,
        "form_id": sent_before or uuid4().hex,
        "room": room(),
        "papers_lost": bool(sent_before),
    }
    status = 422 if typed.is_faulty else 200
    return my_page(request, acts, "my/object.html", {**context, **more}, status=status)


def _contestable(view: RecordView, words: OwnWords) -> list[Point]:
    """Return what of a record may be contested, with what it says; a class no longer law has no fewer."""
    known = words.classes.get(view.class_id)
    if known is None:
        return [Point(key, key, value) for key, value in view.fields.items()]
    language = get_language() or "zh-hans"
    return [
        Point(one.key, one.label.in_language(language), view.fields.get(one.key, ""))
        for one in contestable_fields(known)
    ]


def _chosen(asked: QueryDict, points: Sequence[Point]) -> Typed:
    """Return the points chosen on the first page; none where the choice is not whole."""
    wish, keys = asked.get("wish", ""), set(asked.getlist("field"))
    chosen = [replace(one, chosen=True) for one in points if one.key in keys]
    if wish == REMOVE:
        return Typed(wish, [_whole(), *chosen])
    return Typed(wish, chosen if wish == CORRECT else [])


def _whole() -> Point:
    return Point(WHOLE, _("The record as a whole"), "", chosen=True)


def _typed(sent: QueryDict, points: Sequence[Point]) -> Typed:
    found = _chosen(sent, points)
    filled = [
        replace(
            one,
            claimed=_text(sent, f"claimed-{one.key}"),
            said=_text(sent, f"said-{one.key}"),
        )
        for one in found.points
    ]
    return replace(found, points=filled, statement=_text(sent, "statement"))


def _text(sent: QueryDict, name: str) -> str:
    return without_hidden_characters(sent.get(name, "")).strip()


def _checked(typed: Typed) -> Typed:
    """Return what was typed, each person's number refused and starred: the page must not repeat it."""
    points = [_without_number(one) for one in typed.points]
    faults = [] if typed.points else [str(FAULTS[PointFault.NO_POINT])]
    if holds_personal_number(typed.statement):
        faults.append(str(NUMBER))
    if len(typed.statement) > LONGEST_SAID:
        faults.append(str(FAULTS[PointFault.TOO_LONG]))
    return replace(typed, points=points, statement=mask_personal_numbers(typed.statement), faults=faults)


def _without_number(point: Point) -> Point:
    if not holds_personal_number(f"{point.claimed}\n{point.said}"):
        return point
    claimed, said = mask_personal_numbers(point.claimed), mask_personal_numbers(point.said)
    return replace(point, claimed=claimed, said=said, fault=str(NUMBER))


def _with_faults(typed: Typed, faults: Mapping[int, PointFault]) -> Typed:
    """Return what was typed with each fault at its point; place 0 is the whole."""
    points = [
        replace(one, fault=str(FAULTS[faults[place]])) if place in faults else one
        for place, one in enumerate(typed.points, start=1)
    ]
    return replace(typed, points=points, faults=[str(FAULTS[faults[0]])] if 0 in faults else [])
