"""One case at the desk: whose turn it is and by when, what has happened, and what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.cases import Kind, kind_of_case
from gongxin.core.cases.kinds import button_label, number_in_words
from gongxin.core.cases.repair_law import decided_elsewhere
from gongxin.core.disclosure import Audience
from gongxin.flows.evidence import add_evidence, open_evidence
from gongxin.flows.looks import note_look_of_the_day
from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_acting import PREPARE, Desk, act_on, desk_of, part_asked, prepared
from gongxin.interfaces.desk.case_decisions import decisions_within, ruling_of, shown_at_counter
from gongxin.interfaces.desk.case_reach import Reached, case_in_reach, has_a_clock_for
from gongxin.interfaces.desk.false_papers import false_papers_told
from gongxin.interfaces.desk.labelled import Labels, labelled_fields
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.case_words import (
    DONE,
    ClockLine,
    StepLine,
    clock_lines,
    in_language,
    state_in_words,
    step_lines,
    turn_of,
)
from gongxin.interfaces.pages.papers import handed_in, paper_answer
from gongxin.interfaces.pages.wording import instant_in_words
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import allowed, looker_of, requires
from gongxin.registry.cases.models import Part, Point
from gongxin.registry.cases.papers import PaperGone
from gongxin.registry.cases.queries import NoSuchCase, clocks_of, evidence_of, steps_of_case
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import profile

UNFIT, TAKEN = 422, 409
HAND_IN = "hand-in"
WHO_ASKED = "case.identify-other"


@dataclass(frozen=True, slots=True)
class PointShown:
    """One point, with its label, its answer, and the fields in which it is answered."""

    point: Point
    label: str
    inputs: Sequence[object]


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part as the page shows it."""

    number: int
    desk: Desk
    view: RecordView | None
    says: Sequence[tuple[str, str]]  # the record's fields, for who answers for the part
    elsewhere: str
    state: str
    turn: str
    clocks: Sequence[ClockLine]
    clocks_done: Sequence[ClockLine]
    steps: Sequence[StepLine]
    points: Sequence[PointShown]
    words: Sequence[object]
    steer_acts: Sequence[tuple[str, str]]


@requires("case.read", signed_out=kept_form.signed_out)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case within reach, and take an act with one of its parts."""
    reached = case_in_reach(request, case_id)
    if request.method != "POST":
        _note_look(request, reached)
        return _page(request, reached, [_desk(request, reached, n) for n in range(len(reached.parts))])
    if request.POST.get("act") == HAND_IN:
        return _hand_in(request, reached)
    at = reached.parts.index(part_asked(request, reached))
    desk = desk_of(request, reached, reached.parts[at], at + 1, request.POST)
    if request.POST.get("act") == PREPARE:
        desk, status = prepared(request, desk, at + 1), 200
    else:
        outcome = act_on(request, desk)
        if outcome.done:
            messages.success(request, _("Done. Everybody concerned is told."))
            return redirect("desk:case", case_id)
        status = TAKEN if outcome.meanwhile else UNFIT
        if outcome.meanwhile:
            _say_what_was_done(request, reached, desk)
    desks = [desk if n == at else _desk(request, reached, n) for n in range(len(reached.parts))]
    return _page(request, reached, desks, status=status)


@requires("case.read")
def paper(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Hand out a paper of a case to whoever answers for a part of it; the opening is written down."""
    reached = case_in_reach(request, case_id)
    if not any(reached.answers_for(part) for part in reached.parts):
        raise Http404
    try:
        opened = open_evidence(
            case=reached.case, evidence_id=evidence_id, looker=looker_of(request), at=clock.now()
        )
    except (NoSuchCase, PaperGone) as gone:
        raise Http404 from gone
    return paper_answer(opened)


def _hand_in(request: HttpRequest, reached: Reached) -> HttpResponse:
    """Add papers to the case; if one is not taken, none is, and the page says why."""
    if not _may_hand_in(request, reached):
        raise PermissionDenied(_("This is not yours to do."))
    handed = handed_in(request, at=clock.now(), case=reached.case)
    if handed.kept:
        add_evidence(case=reached.case, evidence=handed.kept, who=who_of(request), at=clock.now())
        messages.success(request, _("Kept, sealed, with the case."))
        return redirect("desk:case", reached.case.id)
    faults = [one.sentence for one in handed.refused] or [_("Choose a file.")]
    desks = [_desk(request, reached, n) for n in range(len(reached.parts))]
    return _page(request, reached, desks, status=UNFIT, paper_faults=faults)


def _may_hand_in(request: HttpRequest, reached: Reached) -> bool:
    """Return whether whoever looks may add papers: who answers for an open part, and the centre."""
    is_open = any(part.closed_at is None and reached.answers_for(part) for part in reached.parts)
    return is_open and allowed(request, action="case.decide")


def _desk(request: HttpRequest, reached: Reached, at: int) -> Desk:
    return desk_of(request, reached, reached.parts[at], at + 1)


def _note_look(request: HttpRequest, reached: Reached) -> None:
    """Write down who opened the case: the page tells what nobody else sees of its subject."""
    note_look_of_the_day(
        looker=looker_of(request), subject_id=reached.case.subject_id, purpose="case.read", at=clock.now(),
        case_number=_number(reached),
    )  # fmt: skip


def _number(reached: Reached) -> str:
    return number_in_words(reached.case.kind, reached.case.year, reached.case.number)


def _say_what_was_done(request: HttpRequest, reached: Reached, desk: Desk) -> None:
    last = next(step for step in reversed(steps_of_case(reached.case)) if step.part_id == desk.part.id)
    (line,) = step_lines([last], kind=desk.part.kind)
    told = _(
        "Meanwhile “%(act)s” was done by %(by)s on %(at)s."
        " Nothing of yours was done; what you typed stands below."
    )
    at = instant_in_words(line.at, language=request.LANGUAGE_CODE)
    messages.warning(request, told % {"act": line.act, "by": line.by, "at": at})


def _page(
    request: HttpRequest,
    reached: Reached,
    desks: Sequence[Desk],
    *,
    status: int = 200,
    paper_faults: Sequence[str] = (),
) -> HttpResponse:
    found = reached.case
    subject = profile(found.subject_id, at=clock.now())
    context = {
        "section": "cases",
        "case": found,
        "number": _number(reached),
        "kind": in_language(kind_of_case(found.kind).label),
        "subject": subject,
        "parts": [_shown(reached, desk, number) for number, desk in enumerate(desks, start=1)],
        "papers": evidence_of(found),
        "paper_faults": paper_faults,
        "may_hand_in": _may_hand_in(request, reached),
        "may_open_person": found.sealed_applicant is not None and allowed(request, action=WHO_ASKED),
        "decisions": decisions_within(reached),
        "ruling": ruling_of(found),
        "shown": shown_at_counter(found),
        "false_papers": false_papers_told(request, found),
        "typed": _typed_in_vain(request, desks) if status == TAKEN else [],
    }
    return desk_page(request, "desk/case.html", context, status=status)


def _shown(reached: Reached, desk: Desk, number: int) -> PartShown:
    part, today = desk.part, clock.today()
    clocks = clock_lines([one for one in clocks_of(reached.case) if one.part_id == part.id], on=today)
    steps = [one for one in steps_of_case(reached.case) if one.part_id == part.id]
    view = None
    if part.record_id is not None:
        view = record(part.subject_id, part.record_id, audience=Audience.AUDITOR, at=clock.now())
    labels = Labels(part.class_id, on=today)
    return PartShown(
        number=number,
        desk=desk,
        view=view,
        says=_says(view) if view and reached.answers_for(part) else (),
        elsewhere=_elsewhere(part, view),
        state=state_in_words(part),
        turn="" if part.closed_at else turn_of(part),
        clocks=[one for one in clocks if one.state != DONE],
        clocks_done=[one for one in clocks if one.state == DONE],
        steps=step_lines(steps, kind=part.kind),
        points=[_point(desk, one, labels) for one in desk.points],
        words=[desk.form[name] for name in _WORDS if name in desk.form.fields],
        steer_acts=[
            (act, in_language(button_label(act))) for act in desk.steering if has_a_clock_for(part, act)
        ],
    )


def _says(view: RecordView) -> list[tuple[str, str]]:
    told = labelled_fields(class_id=view.class_id, fields=view.fields, on=clock.today())
    return [(in_language(label), value) for label, value in told]


def _elsewhere(part: Part, view: RecordView | None) -> str:
    """Return what is to be known of a record whose body repairs in a system of its own."""
    system = decided_elsewhere(view.deciding_body) if view and part.kind == Kind.REPAIR else None
    return in_language(system.note) if system else ""


_WORDS = ("reason", "basis", "remedy", "decided_on", "same_as")


def _point(desk: Desk, point: Point, labels: Labels) -> PointShown:
    names = [f"{name}_{point.place}" for name in ("answer", "text", "value")]
    inputs = [desk.form[name] for name in names if name in desk.form.fields]
    return PointShown(point, labels.of(point.field) if point.field else _("the record as a whole"), inputs)


def _typed_in_vain(request: HttpRequest, desks: Sequence[Desk]) -> list[str]:
    """Return what was typed about a part on which nothing can be done any more."""
    if any(desk.form.is_bound and desk.acts.steps for desk in desks):
        return []
    names = ("-reason", "-why")
    return [
        text for key, text in request.POST.items() if key.endswith(names) and isinstance(text, str) and text
    ]
