"""One's own cases: whose turn it is and until when, what has happened and why, what was handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.cases import Party, Words, kind_of_case
from gongxin.core.cases.kinds import Kind, NotAStep, number_in_words
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_acts import ACTS, take_act
from gongxin.flows.case_steps import TakenMeanwhile
from gongxin.flows.decision_papers import paper_to_hand_out
from gongxin.flows.evidence import open_evidence
from gongxin.interfaces.pages.case_words import (
    ClockLine,
    StepLine,
    clock_lines,
    state_in_words,
    step_lines,
    turn_of,
)
from gongxin.interfaces.pages.papers import paper_answer
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.held import Held, held_about
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.cases.models import Case, Clock, Part, Point, Step
from gongxin.registry.cases.papers import PaperGone
from gongxin.registry.cases.queries import (
    NoSuchCase,
    cases_of,
    clocks_of,
    evidence_of,
    papers_of_case,
    parts_of,
    points_of,
    steps_of_case,
)
from gongxin.registry.publication.queries import RecordView


@dataclass(frozen=True, slots=True)
class PartTold:
    """One record of a case: where it stands, whose turn it is, and how it ended."""

    part: Part
    kind: str
    document_number: str
    state: str
    turn: str
    clocks: Sequence[ClockLine]
    running: Sequence[Clock]
    steps: Sequence[StepLine]
    points: Sequence[tuple[str, Point]]
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class CaseTold:
    case: Case
    number: str
    kind: str
    parts: Sequence[PartTold]

    @property
    def is_open(self) -> bool:
        return self.case.closed_at is None


@acting("case.read-own")
def cases(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """List one's own cases, those that run first."""
    told = all_cases(acts, held_about(acts))
    context = {
        "section": "cases",
        "running": [one for one in told if one.is_open],
        "closed": [one for one in told if not one.is_open],
    }
    return my_page(request, acts, "my/cases.html", context)


@acting("case.read-own")
def case_page(request: HttpRequest, acts: Acting, case_id: UUID) -> HttpResponseBase:
    """Show one of one's own cases."""
    case = own_case(acts, case_id)
    return my_page(request, acts, "my/case.html", _context(case, acts))


@acting("case.read-own")
def receipt(request: HttpRequest, acts: Acting, case_id: UUID) -> HttpResponseBase:
    """Show that an application came in: its number, who answers, by when. To print and keep."""
    case = own_case(acts, case_id)
    return my_page(request, acts, "my/receipt.html", _context(case, acts))


@acting("case.read-own")
def evidence(request: HttpRequest, acts: Acting, case_id: UUID, evidence_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """Give back a paper that was handed in."""
    case = own_case(acts, case_id)
    if is_of_another(case):
        raise Http404
    try:
        opened = open_evidence(case=case, evidence_id=evidence_id, looker=None, at=acts.at)
    except (NoSuchCase, PaperGone) as gone:
        raise Http404 from gone
    return paper_answer(opened)


@acting("case.read-own")
def paper(request: HttpRequest, acts: Acting, case_id: UUID, number: int) -> HttpResponseBase:  # noqa: ARG001
    """Give a decision as a paper to hand to others."""
    from gongxin.engine.papers.pdf import pdf_of

    found = papers_of_case(own_case(acts, case_id))
    if not 0 < number <= len(found):
        raise Http404
    one = found[number - 1]
    response = HttpResponse(pdf_of(paper_to_hand_out(one)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="decision-{one.id.hex[:8]}.pdf"'
    return response


@acting("case.ask")
def withdraw(request: HttpRequest, acts: Acting, case_id: UUID) -> HttpResponseBase:
    """Ask once more, then take back what was asked about the parts chosen."""
    case = own_case(acts, case_id)
    told = _told(case, acts)
    may = [one for one in told.parts if one.may_withdraw]
    if not may:
        raise Http404
    if request.method != "POST":
        return my_page(request, acts, "my/case_withdraw.html", {"section": "cases", "told": told, "may": may})
    chosen = [one for one in may if one.part.id.hex in request.POST.getlist("part")]
    reason = mask_personal_numbers(without_hidden_characters(request.POST.get("reason", "")).strip()[:1000])
    for one in chosen:
        _withdraw(request, acts, one.part, reason)
    return redirect("my:case", case_id)


def own_case(acts: Acting, case_id: UUID) -> Case:
    """Return a case of who acts. Raises Http404 for anybody else's."""
    found = Case.objects.filter(subject_id__in=acts.subject_ids, id=case_id).first()
    if found is None:
        raise Http404
    return found


def is_of_another(case: Case) -> bool:
    """Return whether somebody else asked: what they say and hand in would tell the subject who they are."""
    return case.kind == Kind.NOT_THE_SUBJECT.value


def all_cases(acts: Acting, held: Held) -> list[CaseTold]:
    """Return all cases of who acts, the newest first; `held` is what is held about them."""
    return [_told(case, acts, held) for case in cases_of(acts.subject_ids)]


def _withdraw(request: HttpRequest, acts: Acting, part: Part, reason: str) -> None:
    try:
        take_act(
            Kind(part.kind), "withdraw", part_id=part.id, seen=part.steps_taken, who=acts.who,
            words=Words(reason), at=acts.at,
        )  # fmt: skip
    except (TakenMeanwhile, NotAStep):
        messages.warning(request, _("Somebody decided meanwhile: look at what has happened."))
    else:
        messages.success(request, _("Taken back."))


def _context(case: Case, acts: Acting) -> dict[str, object]:
    told = _told(case, acts)
    return {
        "section": "cases",
        "told": told,
        "evidence": [] if is_of_another(case) else evidence_of(case),
        "of_another": is_of_another(case),
        "papers": papers_of_case(case),
        "commitment": case.commitment.split("\n"),
        "may_withdraw": any(one.may_withdraw for one in told.parts),
    }


def _told(case: Case, acts: Acting, held: Held | None = None) -> CaseTold:
    held = held or held_about(acts)
    views = {view.record_id: view for view in held.views}
    clocks, steps = clocks_of(case), steps_of_case(case)
    parts = [
        _part(one, views.get(one.record_id) if one.record_id else None, clocks, steps, held.words, acts)
        for one in parts_of(case)
    ]
    return CaseTold(case, number_in_words(case.kind, case.year, case.number), kind_in_words(case.kind), parts)


def kind_in_words(kind: str) -> str:
    return kind_of_case(kind).label.in_language(get_language() or "zh-hans")


def _part(
    part: Part,
    view: RecordView | None,
    clocks: Sequence[Clock],
    steps: Sequence[Step],
    words: OwnWords,
    acts: Acting,
) -> PartTold:
    possible = {one.act for one in kind_of_case(part.kind).possible(part.state, by=Party.APPLICANT)}
    own = [row for row in clocks if row.part_id == part.id]
    return PartTold(
        part=part,
        kind=words.kind(part.class_id) if part.class_id else "",
        document_number=view.document_number if view else "",
        state=state_in_words(part),
        turn=turn_of(part) if part.closed_at is None else "",
        clocks=clock_lines(own, on=legal_day(acts.at)),
        running=[row for row in own if not row.ended],
        steps=step_lines([one for one in steps if one.part_id == part.id], kind=part.kind),
        points=_labelled_points(part, words),
        may_withdraw="withdraw" in possible and (Kind(part.kind), "withdraw") in ACTS,
    )


def _labelled_points(part: Part, words: OwnWords) -> list[tuple[str, Point]]:
    """Return what is contested, each with what its field is called."""
    known = words.words(part.class_id)
    labels = {key: label for key, (label, _unit) in known.labels.items()} if known else {}
    whole = _("The record as a whole")
    return [(labels.get(one.field, one.field) or whole, one) for one in points_of(part)]
