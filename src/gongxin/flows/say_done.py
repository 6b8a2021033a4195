"""What was in fact done because of an answer: a measure applied or not, or what was asked for granted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongxin.core import jws
from gongxin.core.actors import Actor
from gongxin.core.checks import refuse_unfit
from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.checks.models import Check, Feedback
from gongxin.registry.checks.queries import changes_of_check
from gongxin.registry.ids import fresh_id

APPLIED, NOT_APPLIED, GRANTED = "applied", "not-applied", "granted"
DONE = (APPLIED, NOT_APPLIED, GRANTED)
LONGEST_NOTE = 1000


class NotNamed(Exception):
    """The answer names no such rule; `named` are those it does."""

    def __init__(self, rule: str, named: Collection[str]) -> None:
        super().__init__(rule)
        self.rule, self.named = rule, tuple(sorted(named))


class NotThatDay(Exception):
    """The day lies ahead, or before the question."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a day, by which rule of the answer if by one, and in the body's own words.

    `public`: the body says that it may be told to everybody as a case; an officer decides (`publish_case`).
    """

    done: str
    done_on: date
    rule: str = ""
    note: str = ""
    public: bool = False


def say_done(check: Check, said: Done, *, actor: Actor, at: datetime) -> tuple[Feedback, bool]:
    """Write down what was done; return it, and whether it is new: the same said again is one.

    Raises NotNamed, NotThatDay, UnfitWords.
    """
    if said.done not in DONE:
        raise ValueError(said.done)
    if not legal_day(check.asked_at) <= said.done_on <= legal_day(at):
        raise NotThatDay(said.done_on.isoformat())
    refuse_unfit("note", said.note, longest=LONGEST_NOTE)
    with transaction.atomic():
        bulk.one_writer()
        named = rules_named(check)
        if said.rule and said.rule not in named:
            raise NotNamed(said.rule, named)
        return _written(check, said, actor, at)


def rules_named(check: Check) -> frozenset[str]:
    """Return the rules that an answer named when it was given, or since it changed."""
    signed = [check.signed, *(one.signed for one in changes_of_check(check))]
    return frozenset(one["rule"] for text in signed for one in jws.payload_of(text)["measures"])


def _written(check: Check, said: Done, actor: Actor, at: datetime) -> tuple[Feedback, bool]:
    told = {"rule_id": said.rule or None, "done": said.done, "done_on": said.done_on, "note": said.note}
    before = Feedback.objects.filter(check_id=check.id, **told).first()
    if before is not None:
        return before, False
    made = Feedback.objects.create(
        subject_id=check.subject_id, id=fresh_id(at=at), check_id=check.id, at=at, by=actor.written,
        public=said.public, **told,
    )  # fmt: skip
    write_event(
        actor=actor, action="check.done-said", object_kind="check", object_id=check.id.hex, at=at,
        detail={"done": said.done, "rule": said.rule},
    )  # fmt: skip
    return made, True
