"""One doubtful link: two records side by side, and the form in which an officer decides it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongxin.core.ledger import content_fields
from gongxin.flows.looks import note_look
from gongxin.flows.merge import who_is_absorbed
from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_acts import SHOWN, act_on, is_open, merge_of
from gongxin.interfaces.desk.doubt_form import decision_form, second_form
from gongxin.interfaces.desk.doubt_history import happened_to, standing_of
from gongxin.interfaces.desk.doubt_sides import Line, Side, compared, side_of_row, side_of_subject
from gongxin.interfaces.desk.doubt_words import GROUNDS, REASONS, VERDICTS
from gongxin.interfaces.desk.doubts import asked_of, case_address
from gongxin.interfaces.desk.just_decided import just_decided
from gongxin.interfaces.desk.labelled import labelled_fields
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, allowed, looker_of, requires
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.doubt_queue import beside, doubts_of_case
from gongxin.registry.subjects.models import SAME, Doubt, Judgement


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject offered: compared with what the case is about, and what was said of it."""

    doubt: Doubt
    side: Side
    blocks: Sequence[Sequence[Line]]
    said: Judgement | None

    @property
    def reason(self) -> str:
        return str(REASONS[self.doubt.reason])


@requires("doubt.read", signed_out=kept_form.signed_out)
def doubt(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Show a case; take a decision, a second person's, or its undoing, and open the next."""
    lead = Doubt.objects.select_related("row__submission__agency").filter(id=doubt_id).first()
    if lead is None:
        raise Http404
    asked, form, second = asked_of(request), decision_form(request), second_form(request)
    if request.method == "POST" and (onward := act_on(request, lead, asked, form, second)):
        return redirect(onward)
    case, at = doubts_of_case(lead), _seen_from(lead)
    mine = _mine(lead, at)
    candidates = list(_candidates(case, mine, at))
    if request.method == "GET":
        _note_looks(request, [mine, *(one.side for one in candidates)])
    before, following = (case_address(one.id, asked) if one else "" for one in beside(lead, asked.narrowed))
    context = {
        "section": "doubts",
        "asked": asked,
        "doubt": lead,
        "mine": mine,
        "candidates": candidates,
        "undoable": [one for one in candidates if one.said is not None],
        "previous": before,
        "following": following,
        "happened": happened_to(case),
        "form": form,
        "second": second,
        "verdicts": VERDICTS,
        "grounds": GROUNDS,
        "just": just_decided(request),
        **_row(lead.row),
        **_standing(request, lead, candidates),
    }
    return desk_page(request, "desk/doubt.html", context, status=422 if form.errors or second.errors else 200)


def _seen_from(lead: Doubt) -> datetime:
    """Return the moment two are compared at: that before they were merged, or now."""
    merged = merge_of(lead)
    if merged is None:
        return clock.now()
    before = merged.at - timedelta(microseconds=1)
    return max(before, merged.absorbed.created_at, merged.into.created_at)


def _mine(lead: Doubt, at: datetime) -> Side:
    if lead.row is not None:
        return side_of_row(lead.row)
    if lead.subject_id is None:
        raise LookupError(lead.id.hex)
    return side_of_subject(lead.subject_id, at=at)


def _candidates(case: Sequence[Doubt], mine: Side, at: datetime) -> Iterator[Candidate]:
    """Yield the subject the row was linked to, else the likest not decided yet, else those that were."""
    said = [(one, standing_of(one)) for one in case]
    linked = [(one, word) for one, word in said if word is not None and word.verdict == SAME]
    waiting = [(one, word) for one, word in said if is_open(word)]
    for one, word in (linked or waiting or said)[:SHOWN]:
        theirs = side_of_subject(one.other_id, at=at)
        yield Candidate(one, theirs, compared(mine, theirs), word)


def _row(row: UnlinkedRow | None) -> dict[str, object]:
    if row is None:
        return {"row": None}
    fields = content_fields(row.content)
    return {
        "row": row,
        "fields": labelled_fields(class_id=row.class_id, fields=fields, on=row.submission.on),
    }


def _standing(request: HttpRequest, lead: Doubt, candidates: Sequence[Candidate]) -> dict[str, object]:
    """Return where the case stands, and what this person may do about it."""
    said, merged, row = standing_of(lead), merge_of(lead), lead.row
    settled = row is not None and row.state != "open"
    waits = not settled and any(is_open(one.said) for one in candidates)
    proposed = row is None and said is not None and said.verdict == SAME and merged is None
    actor = actor_of(request)
    second = proposed and said is not None and said.by != actor.written
    return {
        "said": said,
        "merged": merged,
        "proposed": proposed,
        "stays": who_is_absorbed(lead).into.id if proposed else None,
        "may_decide": waits and allowed(request, action="doubt.judge"),
        "may_confirm": second and allowed(request, action="merge.decide"),
        "may_read_history": allowed(request, action="record.read-history"),
        "may_undo": allowed(request, action="merge.undo" if merged else "doubt.judge"),
    }


def _note_looks(request: HttpRequest, sides: Sequence[Side]) -> None:
    """Write down whose files were opened beyond what is public; each may see it."""
    for side in sides:
        if side.subject_id is not None:
            note_look(
                looker=looker_of(request), subject_id=side.subject_id, purpose="doubt.read", at=clock.now()
            )
