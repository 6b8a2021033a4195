"""Answers that hold are reckoned again: whoever relied on one is told when it is no longer so.

Run by the worker every half minute. An answer is reckoned at the instant it is looked at, and for the last
time at its own end, however late the worker comes: no change within its validity is swallowed (law-decisions
13).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Any

from django.db import transaction

from gongxin.core import jws
from gongxin.core.checks import Reckoned, is_public_body, reckon
from gongxin.core.measures import matter
from gongxin.core.notices import CHECK_CHANGED
from gongxin.flows.check_subject import law_of, name_measures, signed_answer
from gongxin.flows.check_words import answer_about
from gongxin.flows.notify import tell_agency
from gongxin.registry import bulk
from gongxin.registry.checks.grounds import grounds_of
from gongxin.registry.checks.held import Held, held_answers, reckoned_through, set_reckoned_through
from gongxin.registry.checks.models import Changed
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.queries import Profile, profiles

AT_ONCE = 500
RECHECKING = 0x72636B  # the number of this work among the database's locks
JUST_BEFORE = timedelta(microseconds=1)


def recheck(*, at: datetime) -> int:
    """Reckon every answer that held since the last time again; return how many were told anew.

    Two workers never do it at once: a change would be told twice, and the mark pass what is still to be told.
    """
    with bulk.alone_at(RECHECKING) as mine:
        return _recheck(at) if mine else 0


def _recheck(at: datetime) -> int:
    through = reckoned_through() or datetime(1, 1, 1, tzinfo=UTC)
    told = 0
    answers = held_answers(after=through, at=at)
    while some := list(islice(answers, AT_ONCE)):
        with transaction.atomic():
            told += sum(_told_anew(held, found, at=at) for held, found in _reckoned(some, at))
    with transaction.atomic():
        set_reckoned_through(at)
    return told


def _reckoned(some: Iterable[Held], at: datetime) -> Iterator[tuple[Held, tuple[Profile, Reckoned, Any]]]:
    """Yield each answer with what holds for its question now, or held at its end."""

    def asked_alike(one: Held) -> tuple[str, datetime]:
        return one.matter, min(at, one.valid_until - JUST_BEFORE)

    for (matter_id, moment), alike in groupby(sorted(some, key=asked_alike), key=asked_alike):
        yield from _of_one_matter(list(alike), matter_id, moment)


def _of_one_matter(
    some: Sequence[Held], matter_id: str, moment: datetime
) -> Iterator[tuple[Held, tuple[Profile, Reckoned, Any]]]:
    known = profiles({one.subject_id for one in some}, at=moment)
    posted_to = {found for one in known.values() for found in (one.subject_id, *one.absorbed)}
    grounds = grounds_of(posted_to, at=moment, undecided=True)
    laws = {public: law_of(matter_id, public_body=public, moment=moment) for public in (False, True)}
    for one in some:
        subject = known[one.subject_id]
        rules, asked = laws[is_public_body(subject.code)]
        of_subject = [
            ground for found in (subject.subject_id, *subject.absorbed) for ground in grounds.get(found, ())
        ]
        yield one, (subject, reckon(of_subject, rules=rules, asked=asked), asked)


def _told_anew(held: Held, now: tuple[Profile, Reckoned, Any], *, at: datetime) -> bool:
    """Tell who asked that an answer no longer holds; return whether it does not."""
    subject, found, asked = now
    if _says(jws.payload_of(held.signed)) == _as_said(found):
        return False
    changed_id = fresh_id(at=at)
    told = answer_about(
        subject, matter(held.matter), found, asked, check_id=held.check_id, moment=at, asked_at=at,
        valid_until=max(at, held.valid_until), named="",
    )  # fmt: skip
    notice = tell_agency(
        agency=held.agency, subject_id=held.subject_id, kind=CHECK_CHANGED, by="platform", at=at,
        facts={
            "case_number": held.case_number, "matter": held.matter, "before": held.verdict,
            "after": found.verdict.value,
        },
    )  # fmt: skip
    Changed.objects.create(
        subject_id=held.subject_id, id=changed_id, check_id=held.check_id, verdict=found.verdict.value,
        signed=signed_answer({**told, "replaces": str(held.last_id)}), at=at, notice_id=notice.id,
    )  # fmt: skip
    name_measures(held.subject_id, held.check_id, found, at=at)
    return True


def _says(told: dict[str, Any]) -> tuple[str, frozenset[tuple[str, str]]]:
    return told["verdict"], frozenset((one["rule"], one["because"]) for one in told["measures"])


def _as_said(found: Reckoned) -> tuple[str, frozenset[tuple[str, str]]]:
    measures = frozenset((one.rule.id, str(one.ground.record_id)) for one in found.applying)
    return found.verdict.value, measures
