"""One record as its subject sees it: all it says, every version, every decision about showing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from gongxin.core.cases import Kind
from gongxin.core.differences import differences
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.flows.repair import eligible_of
from gongxin.interfaces.pages.case_words import ClockLine, clock_lines, state_in_words
from gongxin.interfaces.pages.history_words import KINDS, OUTCOMES, PENALTY_CLASSES, REASONS, in_words
from gongxin.interfaces.pages.states import DISPUTE, REPAIR
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.kinds import kind_label, kinds_for
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.record_words import ClassWords, Telling, source_title
from gongxin.registry.cases.models import Part
from gongxin.registry.cases.queries import open_parts_of, running_clocks
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.history import History, PastDecision, history_of
from gongxin.registry.publication.queries import RecordView, record


@dataclass(frozen=True, slots=True)
class VersionTold:
    number: int
    kind: str
    at: datetime
    agency: str
    ground: str
    changes: Sequence[tuple[str, str, str]]  # the field, before, after


@dataclass(frozen=True, slots=True)
class DecisionTold:
    at: datetime
    outcome: str
    reason: str
    penalty_class: str
    until: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class StepTold:
    at: datetime
    words: str


@acting("my.open")
def record_page(request: HttpRequest, acts: Acting, record_id: UUID) -> HttpResponseBase:
    """Show one's own record; another's answers as if it were not there."""
    view = own_record(acts, record_id)
    words = OwnWords(classes_by_id(on=legal_day(acts.at)), today=legal_day(acts.at))
    known = words.words(view.class_id)
    history = history_of(acts.subject_id, record_id, at=acts.at)
    context = {
        "section": "file",
        "own": words.tell(view),
        "facts": words.facts(view),
        "telling": _telling(known, view, acts),
        "versions": list(_versions(history, known)) if history else [],
        "decisions": list(map(_decision, history.decisions)) if history else [],
        "steps": list(_steps(history)) if history else [],
        "open_parts": list(_open_parts(acts, record_id)),
        "may_ask_repair": may_ask_repair(acts, record_id),
        "may_ask": [(one.value, kind_label(one)) for one in kinds_for(acts, view)],
    }
    return my_page(request, acts, "my/record.html", context)


def own_record(acts: Acting, record_id: UUID) -> RecordView:
    """Return a record of who acts. Raises Http404 for anybody else's, also of one once merged with them."""
    view = record(acts.subject_id, record_id, audience=Audience.SUBJECT, at=acts.at)
    if view is None or view.subject_id != acts.subject_id:
        raise Http404
    return view


def may_ask_repair(acts: Acting, record_id: UUID) -> bool:
    """Return whether the repair of a record may be asked for now, or wait in a case for its day."""
    return any(
        one.may_be_asked for one in eligible_of(acts.subject_id, at=acts.at) if one.record_id == record_id
    )


def _open_parts(acts: Acting, record_id: UUID) -> Iterator[tuple[str, Part, Sequence[ClockLine]]]:
    """Yield what is being worked on about a record: which kind of case, and its clocks."""
    for part in open_parts_of(acts.subject_ids, record_id):
        kind = kind_label(Kind(part.kind))
        lines = clock_lines(running_clocks(part), on=legal_day(acts.at))
        yield f"{kind} · {state_in_words(part)}", part, lines


def _telling(known: ClassWords | None, view: RecordView, acts: Acting) -> Telling | None:
    return known.tell(view, today=legal_day(acts.at)) if known else None


def _versions(history: History, known: ClassWords | None) -> Iterator[VersionTold]:
    labels = {key: label for key, (label, _) in known.labels.items()} if known else {}
    before: dict[str, str] = {}
    for number, one in enumerate(history.versions, start=1):
        changed = differences(before, one.fields) if number > 1 and one.erased_at is None else []
        yield VersionTold(
            number=number,
            kind=in_words(KINDS, one.kind),
            at=one.recorded_at,
            agency=one.agency_name,
            ground=one.ground,
            changes=[(labels.get(each.key, each.key), each.before, each.after) for each in changed],
        )
        before = one.fields


def _decision(one: PastDecision) -> DecisionTold:
    return DecisionTold(
        at=one.decided_at,
        outcome=in_words(OUTCOMES, one.outcome),
        reason=in_words(REASONS, one.reason) if one.reason in REASONS else "",
        penalty_class=in_words(PENALTY_CLASSES, one.penalty_class) if one.penalty_class else "",
        until=one.publish_until,
        source=source_title(one.source, get_language() or "zh-hans") if one.source else "",
    )


def _steps(history: History) -> Iterator[StepTold]:
    for one in history.steps:
        words = DISPUTE if one.axis == "dispute" else REPAIR
        yield StepTold(one.at, str(words[one.value].words))
