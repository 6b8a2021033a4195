"""When a repair begins: a part waits inside its case for the day from which its record may be repaired.

The day is asked anew when it has come, and whenever the record is corrected: a decision that proves to be of
a later day gives a later day of repair. Source: law-decisions 5, 15; Order 36 art 3.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import NO_WORDS, THE_DAY, Words
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.kinds import words_of_ending
from gongxin.core.cases.reasons import own_words
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_clocks import resume_all
from gongxin.flows.case_steps import part_to_step, record_of, take
from gongxin.flows.end_of_record import RECORD_ENDED
from gongxin.flows.repair import Eligible, eligible_of
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.cases.queries import case_of, open_repairs, waiting_parts

WAITING = "waiting"


def ripen_due(*, at: datetime) -> int:
    """Let every part whose day has come begin; return how many. One whose record ended first is closed."""
    done = 0
    for part in waiting_parts(through=legal_day(at)):
        with transaction.atomic():
            bulk.one_writer()
            case, fresh = part_to_step(part.id, seen=None)
            if fresh.state == WAITING:
                done += _begin_or_close(case, fresh, at)
    return done


def ask_anew(records: Collection[tuple[UUID, UUID]], *, at: datetime) -> None:
    """Ask of each open repair of these records whether its day has come, now that the record says otherwise.

    One whose day lies ahead waits for it inside its case, and its subject is told the day; one that waited
    and need not any more begins. Inside the running transaction, once the record is decided anew.
    """
    for part in open_repairs(records):
        case = case_of(part.case_id)
        day = _awaited(_asked(case, part, at))
        if day is not None and day > legal_day(at):
            _wait(case, part, day, at)
        elif part.state == WAITING:
            _begin_or_close(case, part, at)


def _begin_or_close(case: Case, part: Part, at: datetime) -> bool:
    """Begin a waiting part, wait on where its day was moved, close it where its record has ended.

    Return whether it waits no more.
    """
    found = _asked(case, part, at)
    day = _awaited(found)
    if day is not None and day > legal_day(at):
        _wait(case, part, day, at)
        return False
    if found is None or found.why_not in {WhyNot.OVER, WhyNot.NEVER_EARLY}:
        said = words_of_ending("expiry")
        words = Words(said.reason.zh, said.basis.zh, said.remedy.zh, detail={"because": "expiry"})
        take(case, part, RECORD_ENDED, who=THE_DAY, at=at, words=words)
    else:
        take(case, part, "ripen", who=THE_DAY, at=at, words=NO_WORDS)
    return True


def _asked(case: Case, part: Part, at: datetime) -> Eligible | None:
    told = {one.record_id: one for one in eligible_of(case.subject_id, at=at)}
    return told.get(record_of(part).record_id)


def _awaited(found: Eligible | None) -> date | None:
    """Return the day a repair waits for; of a record that the law shows to its end, that end."""
    if found is None or found.why_not is WhyNot.OVER:
        return None
    if found.why_not is WhyNot.NEVER_EARLY:
        return legal_day(found.publish_until) if found.publish_until else None
    return found.from_on


def _wait(case: Case, part: Part, day: date, at: datetime) -> None:
    """Let a part wait for another day than it did; its clocks stop, and nobody has kept or missed them."""
    if part.state == WAITING and part.waits_until == day:
        return
    Part.objects.filter(subject_id=part.subject_id, id=part.id).update(waits_until=day)
    resume_all(part, at=at)  # so that what was paused stops with the rest
    reason, basis = own_words("wait", day=day.isoformat())
    words = Words(reason=reason, basis=basis, detail={"waits_until": day.isoformat()})
    take(case, part, "wait", who=THE_DAY, at=at, words=words)
