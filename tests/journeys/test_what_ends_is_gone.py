"""Whatever happens to an adverse record, in whatever order: once it has ended no door shows it again.

And no step is taken without its notice, and no part of a case ends without reason, basis and remedy. No
worker runs in any of these tests: what ends, ends at its instant.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cast import AT, BUREAU, LIN, QIAO, ZHAO
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from identities import arrives, merged
from public_doors import Doors
from sending import csv_of, penalty, recalled, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, NotAStep, Party, Who, Words
from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.flows import decided_anew, returning
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import OnePersonTwice, TakenMeanwhile
from gongxin.flows.certify import certify_returned
from gongxin.flows.change_publication import hide, newest_decision, show_again, shows_now
from gongxin.flows.correct import AnotherRecordThere, FieldsAtFault, NothingCorrected, NotStanding
from gongxin.flows.decide_repair import end_as_repaired
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import AlreadyOpen, Asked, NewPoint, NotAbout
from gongxin.flows.publish import NotWaiting
from gongxin.flows.silence import fall_silent_due
from gongxin.flows.source_change import ChangedSince, Proposal, propose_correction, propose_withdrawal
from gongxin.flows.suspended import NotShowing, suspend
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Part, Step
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication import newest, queries, showing, visible
from gongxin.registry.publication.figures import public_figures
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)  # a year after the decision of 12 October 2026
SECOND = timedelta(seconds=1)
REFUSED = (
    AlreadyOpen, AnotherRecordThere, ChangedSince, FieldsAtFault, NotAbout, NotAStep, NotShowing, NotStanding,
    NotWaiting, NothingCorrected, OnePersonTwice, TakenMeanwhile,
)  # fmt: skip
DECIDED = Words(
    "经核对原始文书，情况属实。", "《河南省社会信用条例》第四十一条", "可依法申请行政复议或者提起行政诉讼。"
)
HEAD = Actor(ActorKind.USER, "head")


@dataclass
class Story:
    """One record of Qiao's firm, what has happened to it, and what must be true of it by now."""

    at: datetime = AT
    gone: str = ""  # how it ended; never shows again, but for a withdrawal that its source takes back
    hidden: set[str] = field(default_factory=set)
    batches: list[Submission] = field(default_factory=list)
    turn: int = 0

    def __post_init__(self) -> None:
        self.batches.append(sent(csv_of(penalty()), at=self.at))
        first = Version.objects.get()
        self.doors = Doors(first.subject_id, first.record_id)
        self.until = END

    def take(self, what: str, how: int) -> None:
        """Let one thing happen, or be refused."""
        self.at += timedelta(minutes=1)
        self.turn += 1
        before = self.may_show
        with suppress(*REFUSED):
            getattr(self, what)(how)
        taken = newest_decision(self.doors.subject_id, self.doors.record_id)
        if before and taken is not None and taken.publish_until is not None and not self.gone:
            self.until = taken.publish_until
        if self.at >= self.until and not self.gone:
            self.gone = "expiry"

    @property
    def may_show(self) -> bool:
        return not self.gone and not self.hidden and self.at < self.until

    @property
    def record(self) -> Version:
        return Version.objects.get(record_id=self.doors.record_id, superseded_at=None)

    def wait(self, how: int) -> None:
        self.at += timedelta(days=(1, 8, 45, 400)[how % 4])
        if how % 4 == 1 and fall_silent_due(self.at):
            self.hidden.add("silent")

    def send(self, how: int) -> None:
        """Send it again, in another wording; once it has ended also under another number or body."""
        changes: dict[str, str] = {"CF_NR_FK": str(3 + self.turn)}
        if how % 4 == 1:
            changes["CF_JDRQ"] = f"2026-11-{1 + how % 20:02}" if not self.gone else "2027-10-01"
        if self.gone and how % 4 == 2:
            changes["CF_WSH"] = ("示环罚〔2026〕012号", "示环罚字【2026】第12号")[how % 2]
        if self.gone and how % 4 == 3:
            changes["CF_CFJGDM"] = BUREAU
        self.batches.append(sent(csv_of(penalty(**changes)), at=self.at))

    def recall(self, how: int) -> None:
        batch = self.batches[how % len(self.batches)]
        batch.refresh_from_db()
        if batch.state == "done":
            recalled(batch, at=self.at)
            if self.record.kind == "withdrawal" and not self.gone:
                self.gone = "withdrawal"

    def certify(self, _: int) -> None:
        for one in Version.objects.filter(superseded_at=None, held_reason__startswith="returns-after-"):
            came_back = certify_returned(
                subject_id=one.subject_id, record_id=one.record_id, ground="来源单位函证属实", actor=ZHAO,
                at=self.at,
            )  # fmt: skip
            if came_back and self.gone == "withdrawal":
                self.gone = ""  # its source takes back that it was withdrawn
                self.hidden.clear()

    def correct(self, how: int) -> None:
        fields = {"CF_NR_FK": str(70 + self.turn)} if how % 2 else {"CF_JDRQ": f"2026-09-{1 + how % 20:02}"}
        self._proposed(propose_correction, fields, KindOfVersion.CLERICAL)
        confirmed = "suspended" in self.hidden and not self._open(Kind.SUSPENSION)
        self._second(Kind.CORRECTION, "confirm")
        if confirmed:
            self.hidden.discard("suspended")

    def withdraw(self, _: int) -> None:
        self._proposed(propose_withdrawal, {}, KindOfVersion.SUBSTANTIVE)
        self._second(Kind.WITHDRAWAL, "confirm")
        self.gone = self.gone or "withdrawal"

    def repair(self, _: int) -> None:
        with transaction.atomic():
            end_as_repaired(self.record, by=ZHAO, at=self.at)
        self.gone = self.gone if self.gone == "expiry" else "repair"

    def object(self, how: int) -> None:
        wish, point = ("remove", NewPoint(said="并非本企业所为")) if how % 2 else ("correct", self._point())
        object_to(
            subject_id=self.doors.subject_id, asked=[Asked(self.doors.record_id, wish=wish, points=(point,))],
            form_id=uuid4(), entry=Entry.COUNTER, statement="", evidence=(), who=_centre(), at=self.at,
        )  # fmt: skip
        self._step(Kind.OBJECTION, "forward", _centre())

    def uphold(self, _: int) -> None:
        part = self._part(Kind.OBJECTION)
        self._answer("uphold", part, "accepted")
        self.hidden.discard("silent")
        if part.wish == "remove":
            self.gone = self.gone or "withdrawal"

    def refuse(self, _: int) -> None:
        self._answer("refuse", self._part(Kind.OBJECTION), "refused")
        self.hidden.discard("silent")

    def suspend(self, _: int) -> None:
        suspend(
            subject_id=self.doors.subject_id, record_id=self.doors.record_id, cause="leak",
            reason="含有个人信息。", form_id=uuid4(), who=_centre(), at=self.at,
        )  # fmt: skip
        self.hidden.add("suspended")

    def confirm(self, _: int) -> None:
        self._second(Kind.SUSPENSION, "confirm")

    def lift(self, _: int) -> None:
        self._second(Kind.SUSPENSION, "lift")
        self.hidden.discard("suspended")

    def mask(self, _: int) -> None:
        if shows_now(newest_decision(self.doors.subject_id, self.doors.record_id), at=self.at):
            with transaction.atomic():
                hide([self.record], outcome=Outcome.MASKED, reason="plan", decided_by="x:y", at=self.at)
            self.hidden.add("masked")

    def unmask(self, _: int) -> None:
        if "masked" in self.hidden:
            with transaction.atomic():
                show_again([self.record], decided_by="x:y", at=self.at)
            self.hidden.discard("masked")

    def _point(self) -> NewPoint:
        return NewPoint("CF_NR_FK", claimed="0.2", said="少写了小数点")

    def _proposed(self, propose, fields: dict[str, str], change: KindOfVersion) -> None:
        asked = Proposal(self.doors.subject_id, self.doors.record_id, change, "经核查有误。", fields=fields)
        propose(asked, form_id=uuid4(), who=_clerk(), at=self.at)

    def _open(self, kind: Kind) -> bool:
        return Part.objects.filter(kind=kind.value, closed_at=None).exists()

    def _part(self, kind: Kind) -> Part:
        found = Part.objects.filter(kind=kind.value, closed_at=None).first()
        if found is None:
            raise NotAStep(kind)
        return found

    def _step(self, kind: Kind, act: str, who: Who, words: Words = NO_WORDS) -> None:
        part = self._part(kind)
        take_act(kind, act, part_id=part.id, seen=part.steps_taken, who=who, words=words, at=self.at)

    def _second(self, kind: Kind, act: str) -> None:
        self._step(kind, act, Who(HEAD, Party.AGENCY, _clerk().agency_id), DECIDED)

    def _answer(self, act: str, part: Part, answer: str) -> None:
        text = f"第{self.turn}次核查：与原始文书核对，情况如上。"
        detail = {
            "answers": {"1": {"answer": answer, "text": text}},
            "follows": "removal" if part.wish == "remove" else "correction",
        }
        words = Words(text, DECIDED.basis, DECIDED.remedy, detail=detail)
        self._step(Kind.OBJECTION, act, _clerk(), words)


def _centre() -> Who:
    return Who(ZHAO, Party.CENTRE)


def _clerk() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.get().id)


def told_everywhere(story: Story) -> None:
    """Assert what must be true after every step."""
    if not story.may_show:
        assert story.doors.showing(story.at) == set()
        assert public_figures(at=story.at)["penalties"] == 0
        assert not showing.subjects_shown([story.doors.subject_id.hex], at=story.at)
    elif records_of(story.doors.subject_id, audience=Audience.PUBLIC, at=story.at):
        story.doors.showing(story.at)  # what a reader then keeps
    told = set(Notice.objects.values_list("id", flat=True))
    assert told.issuperset(Step.objects.values_list("notice_id", flat=True))
    for part in Part.objects.exclude(closed_at=None):
        assert all((part.reason, part.basis, part.remedy)), part.kind


ACTS = (
    "wait", "send", "recall", "certify", "correct", "withdraw", "repair", "object", "uphold", "refuse",
    "suspend", "confirm", "lift", "mask", "unmask",
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 39)), min_size=4, max_size=7)


def lived(taken: list[tuple[str, int]]) -> Story:
    """Return a story with all of these steps, everything asserted after each."""
    story = Story()
    told_everywhere(story)
    for what, how in taken:
        story.take(what, how)
        told_everywhere(story)
    return story


@settings(
    max_examples=5, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(steps)
def test_once_an_adverse_record_has_ended_no_door_shows_it_again(taken: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        lived(taken)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "taken",
    [
        [("repair", 0), ("send", 0), ("certify", 0), ("send", 1)],
        [("repair", 0), ("send", 2), ("certify", 0), ("send", 2), ("send", 3)],
        [("wait", 3), ("send", 1), ("send", 2), ("certify", 0), ("send", 3)],
        [("send", 0), ("repair", 0), ("recall", 1)],
        [("suspend", 0), ("send", 0), ("correct", 1), ("confirm", 0), ("correct", 1), ("lift", 0)],
        [("object", 0), ("wait", 1), ("suspend", 0), ("lift", 0), ("refuse", 0)],
        [("object", 1), ("withdraw", 0), ("send", 0), ("certify", 0), ("repair", 0), ("send", 0)],
        [("mask", 0), ("send", 0), ("wait", 3), ("unmask", 0), ("correct", 0)],
        [("object", 1), ("uphold", 0), ("send", 0)],
    ],
    ids=lambda taken: "-".join(what for what, _ in taken),
)
def test_stories_worth_telling_apart(taken: list[tuple[str, int]]) -> None:
    lived(taken)


def test_every_door_shows_the_record_while_it_stands() -> None:
    story = Story()

    assert story.doors.showing(AT) == set(story.doors.addresses()) - {"/sitemap.xml"}


@pytest.mark.parametrize("how", ["wait", "repair", "withdraw", "suspend"])
def test_an_end_is_seen_at_every_door_within_a_second_with_no_worker(how: str) -> None:
    story = Story()
    story.doors.showing(AT)  # so that a reader has it, with its ETag
    story.at = END - SECOND if how == "wait" else AT
    if how != "wait":
        story.take(how, 0)

    assert story.doors.showing(story.at + SECOND) == set()


def test_a_repaired_record_does_not_come_back_by_another_subject_it_is_one_with() -> None:
    story = Story()
    other = arrives(name="示范乔木机械厂", organisation=QIAO[8:17], at=AT) or arrives(
        name="示范乔木机械厂", registration="990100600000017", at=AT
    )
    assert other is not None
    if other != story.doors.subject_id:
        merged(story.doors.subject_id, other, at=AT + SECOND)
    story.take("repair", 0)

    story.take("send", 0)

    told_everywhere(story)
    assert subject_of_code(QIAO, at=story.at) is not None


def test_a_door_that_forgets_the_end_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story()
    forgetful = visible.visible_sql().replace("d.publish_until > %s", "%s > ''")
    monkeypatch.setattr(newest, "visible_sql", lambda: forgetful)

    assert story.doors.showing(END) & {"/penalties/", "/penalties/feed.atom"}


def test_a_reader_that_forgets_that_a_record_has_ended_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story()
    kept = queries._facts
    monkeypatch.setattr(
        queries, "_facts", lambda *args, **named: replace(kept(*args, **named), publish_until=None)
    )

    assert story.doors.showing(END)


@pytest.mark.parametrize(
    "changes", [{"CF_NR_FK": "9"}, {"CF_WSH": "示环罚〔2026〕012号"}], ids=["wording", "number"]
)
def test_a_posting_that_forgets_what_has_ended_is_caught(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    story = Story()
    story.take("repair", 0)
    monkeypatch.setattr(returning.Returning, "why_held", lambda *_: "")

    later = story.at + SECOND
    sent(csv_of(penalty(**changes)), at=later)

    assert story.doors.showing(later)


def test_a_correction_that_forgets_that_the_record_has_ended_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = Story()
    story.take("repair", 0)
    monkeypatch.setattr(decided_anew, "has_ended", lambda *_, **__: False)
    monkeypatch.setattr(decided_anew, "_no_longer", lambda *_: {})

    story.take("correct", 1)

    assert story.doors.showing(story.at)
