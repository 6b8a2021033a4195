"""What has been decided in a case as papers to hand out, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongxin.engine.papers.pdf import NoChineseFace, pdf_of
from gongxin.flows.decision_papers import paper_to_hand_out
from gongxin.interfaces.desk.case_reach import Reached, case_in_reach
from gongxin.interfaces.permissions import requires
from gongxin.registry.cases.models import Case, DecisionPaper
from gongxin.registry.cases.queries import papers_of_case, steps_of_case


@dataclass(frozen=True, slots=True)
class Ruling:
    """The court's ruling a reorganisation rests on."""

    number: str
    court: str
    ruled_on: date


@requires("case.read")
def decision(request: HttpRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """Hand out the paper of a decision as PDF, the same each time."""
    reached = case_in_reach(request, case_id)
    found = next((one for one in decisions_within(reached) if one.id == paper_id), None)
    if found is None:
        raise Http404
    try:
        content = pdf_of(paper_to_hand_out(found))
    except NoChineseFace:
        messages.error(
            request,
            _("No Chinese typeface is installed on this server, so no PDF can be set: fonts-noto-cjk."),
        )
        return redirect("desk:case", case_id)
    response = HttpResponse(content, content_type="application/pdf")
    named = content_disposition_header(as_attachment=True, filename=f"{found.number}.pdf")
    response["Content-Disposition"] = named or ""
    response["Cache-Control"] = "no-store"
    return response


def decisions_within(reached: Reached) -> Sequence[DecisionPaper]:
    """Return the papers about the records within reach, the first first."""
    records = {part.record_id for part in reached.parts}
    return [one for one in papers_of_case(reached.case) if one.record_id in records]


def ruling_of(case: Case) -> Ruling | None:
    """Return the ruling a case rests on, if it names one."""
    told = next((one.detail["ruling"] for one in steps_of_case(case) if "ruling" in one.detail), None)
    if told is None:
        return None
    return Ruling(told["number"], told["court"], date.fromisoformat(told["ruled_on"]))


def shown_at_counter(case: Case) -> str:
    """Return which paper showed that whoever came to the counter acts for the subject; else nothing."""
    return next((str(one.detail["shown"]) for one in steps_of_case(case) if "shown" in one.detail), "")
