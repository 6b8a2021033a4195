"""False papers of an applicant: what staff are told of them, and the door to lift a wrong finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.cases.kinds import number_in_words
from gongxin.core.cases.repair_law import bar_rests_on_confirmation, bar_source
from gongxin.core.sources import sources
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.false_proof import lift_false_proof
from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_reach import Reached, case_in_reach
from gongxin.interfaces.desk.ground import GroundForm, ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import allowed, requires
from gongxin.registry.cases.models import Case, FalseProof
from gongxin.registry.cases.queries import false_proofs_of, standing_false_proof
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.subjects.clusters import subject_ids_of

LIFT, UNFIT = "false-proof.lift", 422


@dataclass(frozen=True, slots=True)
class FalsePapers:
    """One finding: what is told of it, and whether whoever looks may lift it."""

    id: UUID
    case_id: UUID
    words: str
    may_lift: bool


@requires(LIFT, signed_out=kept_form.signed_out)
def lift(request: HttpRequest, case_id: UUID, false_proof_id: UUID) -> HttpResponse:
    """Ask why; lift the finding; tell its subject."""
    reached = case_in_reach(request, case_id)
    found = standing_false_proof(reached.case, false_proof_id)
    if found is None or not _answers_for(reached, found):
        raise Http404
    form = ground_form(request)
    if request.method == "POST" and form.is_valid() and _lifted(request, found, form):
        messages.success(request, _("Lifted. The organisation is told."))
        return redirect("desk:case", case_id)
    case = reached.case
    context = {
        "section": "cases",
        "case": case,
        "number": number_in_words(case.kind, case.year, case.number),
        "finding": found,
        "form": form,
    }
    return desk_page(request, "desk/false_papers.html", context, status=UNFIT if form.errors else 200)


def false_papers_told(request: HttpRequest, case: Case) -> Sequence[FalsePapers]:
    """Return what is recorded of false papers of the applicant of a case, and whether it bars them."""
    bars = not bar_rests_on_confirmation() or bar_source() in confirmed_sources()
    standing = [one for one in false_proofs_of(subject_ids_of(case.subject_id)) if one.lifted_at is None]
    return [
        FalsePapers(one.id, one.case_id, _told(one, bars=bars), may_lift=_may_lift(request, one))
        for one in standing
    ]


def _lifted(request: HttpRequest, found: FalseProof, form: GroundForm) -> bool:
    """Lift the finding; where whoever asks may not, say so in the form."""
    ground = form.cleaned_data["ground"]
    try:
        return lift_false_proof(false_proof_id=found.id, ground=ground, who=who_of(request), at=clock.now())
    except OnePersonTwice:
        form.add_error(
            None, _("This takes another person than who accepted the papers and who found them false.")
        )
        return False


def _may_lift(request: HttpRequest, found: FalseProof) -> bool:
    """Return whether whoever looks may lift a finding, which may be of another case than the one shown."""
    if not allowed(request, action=LIFT) or who_of(request).actor.written in {found.accepted_by, found.by}:
        return False
    try:
        return _answers_for(case_in_reach(request, found.case_id), found)
    except Http404:
        return False


def _answers_for(reached: Reached, found: FalseProof) -> bool:
    return any(part.id == found.part_id and reached.answers_for(part) for part in reached.parts)


def _told(found: FalseProof, *, bars: bool) -> str:
    days = {"day": found.decided_on.isoformat(), "until": found.until_on.isoformat()}
    told = (
        _("On %(day)s papers of this applicant were found false: no repair may be asked for until %(until)s.")
        if bars
        else _(
            "On %(day)s papers of this applicant were found false. The bar until %(until)s is unconfirmed."
        )
    ) % days
    if bars:
        return told
    title = sources()[bar_source()].title.in_language(get_language() or "zh-hans")
    how = _("It bars nobody. Its source is %(title)s; to confirm it: gongxin law confirm %(key)s --text FILE")
    return f"{told} {how % {'title': title, 'key': bar_source()}}"
