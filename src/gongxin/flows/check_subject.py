"""One question of an approval system, one signed answer it may act on.

"Not checked", "unknown subject" and "not complete" never read as `allow`. Every question about an
organisation is kept with its purpose and case number, and its subject sees that it was asked; nothing of one
about a person is kept (law-decisions 9 to 13).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gongxin.core import jws
from gongxin.core.checks import (
    Ground,
    ListAsked,
    MomentAhead,
    Question,
    Reckoned,
    Verdict,
    WhyNot,
    is_public_body,
    lists_asked,
    lists_of,
    reckon,
    valid_until,
)
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import statutory_lists
from gongxin.core.looks import Looker
from gongxin.core.measures import Matter, MeasureRule, matter, rules_for
from gongxin.flows.check_words import answer_about, answer_without_subject
from gongxin.flows.looks import note_look
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.checks.grounds import grounds_of
from gongxin.registry.checks.held import last_told
from gongxin.registry.checks.keys import signing_key
from gongxin.registry.checks.models import Check, Unanswered
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.coverage import complete_on
from gongxin.registry.ledger.queries import withdrawn_records
from gongxin.registry.subjects.candidates import candidates
from gongxin.registry.subjects.queries import Profile, keys_in, profile, profiles, subject_of_code

SIGNED_KIND = "gongxin-check+jws"
NEAR = 5  # organisations of a like name that are told where no code was given


class AskedOtherwise(Exception):
    """The same request key was used for another question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is given: what it says, and the same signed. `is_new` is false for one asked again."""

    told: Mapping[str, Any]
    signed: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """Who a question turned out to be about, or why about nobody."""

    subject: Profile | None
    why: WhyNot | None = None
    near: Sequence[Profile] = ()


def ask(question: Question, *, looker: Looker, at: datetime) -> Answer:
    """Answer a question, keep question and answer, and let its subject see that it was asked.

    Raises UnknownMatter, MomentAhead, UnfitWords, AskedOtherwise, NoSigningKey.
    """
    scene = matter(question.matter)
    question.refuse_unfit_words()
    if question.moment > at:
        raise MomentAhead(question.moment.isoformat())
    try:
        with transaction.atomic():
            return _asked(question, scene, looker=looker, at=at)
    except IntegrityError:
        before = _asked_before(question, looker)  # the same request, a moment earlier
        if before is None:
            raise
        return _again(before, question, at=at)


@transaction.atomic
def ask_many(questions: Sequence[Question], *, looker: Looker, at: datetime) -> Sequence[Answer]:
    """Answer several questions, in their order: all of them, or none. Raises what `ask` raises."""
    return [ask(one, looker=looker, at=at) for one in questions]


def _asked(question: Question, scene: Matter, *, looker: Looker, at: datetime) -> Answer:
    before = _asked_before(question, looker)
    if before is not None:
        return _again(before, question, at=at)
    found = Asked(None, WhyNot.NOT_SERVED) if not scene.served else whom(question, at=at)
    if found.subject is None:
        return _unanswered(question, scene, found, looker=looker, at=at)
    return _answered(question, scene, found.subject, looker=looker, at=at)


def whom(question: Question, *, at: datetime) -> Asked:
    """Return whom a question is about: the code says, a name alone never does."""
    code = normalise_code(question.code)
    if not code:
        return Asked(None, WhyNot.NO_CODE, _near(question.name, at))
    if not keys_in(code):
        return Asked(None, WhyNot.PERSON if holds_personal_number(code) else WhyNot.BAD_CODE)
    subject_id = subject_of_code(code, at=at)
    found = profile(subject_id, at=at) if subject_id else None
    if found is None:
        return Asked(None, WhyNot.UNKNOWN)
    return Asked(found) if found.kind == "organisation" else Asked(None, WhyNot.PERSON)


def _near(name: str, at: datetime) -> Sequence[Profile]:
    name = name.encode(errors="ignore").decode()  # half of a surrogate pair, which JSON can spell, is no text
    if not name.strip() or holds_personal_number(name):
        return ()
    found = [UUID(one.subject_id) for one in candidates(name, at=at, limit=NEAR)]
    known = profiles(found, at=at)
    return [known[one] for one in found if one in known and not known[one].noindex]


def reckoned(
    subject: Profile, *, matter_id: str, moment: datetime, at: datetime
) -> tuple[Reckoned, Sequence[ListAsked]]:
    """Return the verdict on a matter about an organisation as of `moment`, and the lists that were asked."""
    subject_ids = [subject.subject_id, *subject.absorbed]
    rules, asked = law_of(matter_id, public_body=is_public_body(subject.code), moment=moment)
    known = grounds_of(subject_ids, at=moment, undecided=True)
    grounds = [one for found in known.values() for one in found]
    if moment < at and grounds:
        grounds = _as_may_be_told_now(grounds, subject_ids, at=at)
    return reckon(grounds, rules=rules, asked=asked), asked


def _as_may_be_told_now(
    grounds: Sequence[Ground], subject_ids: Sequence[UUID], *, at: datetime
) -> list[Ground]:
    """Return grounds of the past as they may be told today (law-decisions 7).

    What was withdrawn since was never right and falls away; what has ended since is told by its id alone.
    """
    standing = {one.record_id for found in grounds_of(subject_ids, at=at).values() for one in found}
    withdrawn = withdrawn_records(subject_ids, at=at)
    return [
        one if one.record_id in standing else one.without_content()
        for one in grounds
        if one.record_id not in withdrawn
    ]


def law_of(
    matter_id: str, *, public_body: bool, moment: datetime
) -> tuple[Sequence[MeasureRule], Sequence[ListAsked]]:
    """Return the rules that may be used on a matter, and how its lists stood, as of `moment`."""
    on, confirmed = legal_day(moment), confirmed_sources()
    complete = complete_on([statutory_lists()[one].class_id for one in lists_of(matter_id)], at=moment)
    asked = lists_asked(matter_id, on=on, confirmed=confirmed, complete=complete)
    return rules_for(matter_id, on=on, confirmed=confirmed, public_body=public_body), asked


def _answered(question: Question, scene: Matter, subject: Profile, *, looker: Looker, at: datetime) -> Answer:
    found, asked = reckoned(subject, matter_id=scene.id, moment=question.moment, at=at)
    check_id, until = fresh_id(at=at), _valid_until(question, looker, at)
    told = answer_about(
        subject, scene, found, asked, check_id=check_id, moment=question.moment, asked_at=at,
        valid_until=until, named=question.name,
    )  # fmt: skip
    signed = signed_answer(told)
    bulk.add(
        "checks_check",
        subject_id=subject.subject_id, id=check_id, matter=scene.id, verdict=found.verdict.value,
        moment=question.moment, asked_at=at, valid_until=until, signed=signed, agency_id=looker.agency_id,
        asked_by=looker.actor.written, purpose=question.purpose, case_number=question.case_number,
        request_key=_request_key(question),
    )  # fmt: skip
    name_measures(subject.subject_id, check_id, found, at=at)
    note_look(
        looker=looker, subject_id=subject.subject_id, purpose=question.purpose,
        case_number=question.case_number, at=at,
    )  # fmt: skip
    _audit(looker, check_id, scene, found.verdict, at)
    return Answer(told, signed)


def _valid_until(question: Question, looker: Looker, at: datetime) -> datetime:
    """Return until when an answer holds; one about a past day, or for nobody to be told, does not last."""
    lasts = looker.agency_id is not None and legal_day(question.moment) == legal_day(at)
    return valid_until(at) if lasts else at


def name_measures(subject_id: UUID, check_id: UUID, found: Reckoned, *, at: datetime) -> None:
    """Write down which measures an answer names. The database refuses one of another matter."""
    for one in found.applying:
        bulk.add(
            "checks_applied",
            subject_id=subject_id, id=fresh_id(at=at), check_id=check_id, rule_id=one.rule.id,
            record_id=one.ground.record_id,
        )  # fmt: skip


def signed_answer(told: Mapping[str, Any]) -> str:
    """Return an answer signed. Raises NoSigningKey."""
    key_id, key = signing_key()
    return jws.sign(told, key=key, key_id=key_id, kind=SIGNED_KIND)


def _unanswered(question: Question, scene: Matter, found: Asked, *, looker: Looker, at: datetime) -> Answer:
    why = found.why or WhyNot.UNKNOWN
    verdict = _WITHOUT_SUBJECT.get(why, Verdict.CANNOT_TELL)
    check_id = fresh_id(at=at)
    told = answer_without_subject(
        scene, verdict, why, check_id=check_id, moment=question.moment, asked_at=at, near=found.near
    )
    Unanswered.objects.create(
        id=check_id, matter=scene.id, verdict=verdict.value, why=why.value, asked_at=at,
        agency_id=looker.agency_id, asked_by=looker.actor.written, purpose=question.purpose,
        case_number=question.case_number,
    )  # fmt: skip
    _audit(looker, check_id, scene, verdict, at)
    return Answer(told, signed_answer(told))


_WITHOUT_SUBJECT = {
    WhyNot.PERSON: Verdict.NOT_HELD_HERE,
    WhyNot.NOT_SERVED: Verdict.SCENE_NOT_SERVED,
}


def _audit(looker: Looker, check_id: UUID, scene: Matter, verdict: Verdict, at: datetime) -> None:
    write_event(
        actor=looker.actor, action="check.answered", object_kind="check", object_id=check_id.hex, at=at,
        detail={"matter": scene.id, "verdict": verdict.value},
    )  # fmt: skip


def _request_key(question: Question) -> str:
    """Return what the asker's key is kept as: with the question, so that another one is noticed."""
    return question.request_key and hashlib.sha256(question.request_key.encode()).hexdigest()


def _asked_before(question: Question, looker: Looker) -> Check | None:
    if not question.request_key or looker.agency_id is None:
        return None
    return Check.objects.filter(agency_id=looker.agency_id, request_key=_request_key(question)).first()


def _again(before: Check, question: Question, *, at: datetime) -> Answer:
    """Return the answer that was given, or what replaced it since.

    Raises AskedOtherwise for another question under the same key.
    """
    about = whom(question, at=at).subject
    same = (before.matter, before.subject_id, before.case_number) == (
        question.matter, about.subject_id if about else None, question.case_number,
    )  # fmt: skip
    if not same or _of_another_moment(before, question):
        raise AskedOtherwise(question.request_key)
    signed = last_told(before)
    return Answer(jws.payload_of(signed), signed, is_new=False)


def _of_another_moment(before: Check, question: Question) -> bool:
    """Return whether one was asked of a moment of its own and the other of another, or of now."""
    if before.moment != before.asked_at:
        return before.moment != question.moment
    return question.moment < before.asked_at
