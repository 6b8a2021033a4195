"""What may happen to one adverse record, in any order: the acts of its source, its subject and the centre.

A province is laid once; a story goes on from it and is taken back with the transaction it was told in.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cast import AT, BUREAU, LIN, QIAO, QIAO_NAME, REGULATOR, ZHAO, firm_code
from django.db import transaction
from identities import known_as, merged, number_of
from public_doors import Doors, Known
from sending import an_agency, csv_of, penalty, recalled, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, NotAStep, Party, Who, Words
from gongxin.core.disclosure import Outcome
from gongxin.core.identifiers.unified import PLACEHOLDER
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import OnePersonTwice, TakenMeanwhile
from gongxin.flows.certify import certify_returned
from gongxin.flows.change_publication import hide, newest_decision, show_again, shows_now
from gongxin.flows.correct import AnotherRecordThere, FieldsAtFault, NothingCorrected, NotStanding
from gongxin.flows.decide_repair import end_as_repaired
from gongxin.flows.judge import MergedAlready
from gongxin.flows.merge import unmerge
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import AlreadyOpen, Asked, NewPoint, NotAbout
from gongxin.flows.publish import NotWaiting
from gongxin.flows.silence import fall_silent_due
from gongxin.flows.source_change import ChangedSince, Proposal, propose_correction, propose_withdrawal
from gongxin.flows.succeed import succeed_agency
from gongxin.flows.succeed_subject import RecordedAlready, WouldSucceedItself, record_succession
from gongxin.flows.suspended import NotShowing, suspend
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import successor_of
from gongxin.registry.cases.models import Part
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.subjects.models import Merge
from gongxin.registry.subjects.queries import subject_of_code

END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)  # a year after the decision of 12 October 2026
SECOND = timedelta(seconds=1)
REFUSED = (
    AlreadyOpen, AnotherRecordThere, ChangedSince, FieldsAtFault, MergedAlready, NotAbout, NotAStep,
    NotShowing, NotStanding, NotWaiting, NothingCorrected, OnePersonTwice, RecordedAlready, TakenMeanwhile,
    WouldSucceedItself,
)  # fmt: skip
ACTS = (
    "wait", "send", "send_as_other", "recall", "certify", "correct", "withdraw", "repair", "object", "uphold",
    "refuse", "suspend", "confirm", "lift", "mask", "unmask", "merge", "part", "succeed", "hand_over",
)  # fmt: skip
DECIDED = Words(
    "经核对原始文书，情况属实。", "《河南省社会信用条例》第四十一条", "可依法申请行政复议或者提起行政诉讼。"
)
HEAD = Actor(ActorKind.USER, "head")
HEIR = firm_code(2)
SHOP, SHOP_NAME = number_of(1), "示范乔木机械厂"
FIRM_ROW = {"CF_XDR_MC": QIAO_NAME}
SHOP_ROW = {
    "CF_XDR_MC": SHOP_NAME, "CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": PLACEHOLDER, "CF_XDR_GSZC": SHOP,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Province:
    """Whose record it is, who may prove to be the same, who succeeds them, and the bodies."""

    own: Known
    other: Known
    heir: Known
    row: Mapping[str, str]  # as the source names the record's own subject
    row_of_other: Mapping[str, str]
    first: Submission
    regulator: Agency
    bureau: Agency


def a_province(*, absorbed: bool = False) -> Province:
    """Return a province with one record: of a firm, or of a shop that a merge would absorb into the firm."""
    regulator, bureau = an_agency(), an_agency(BUREAU, "示范市市场监督管理局")
    firm = Known(known_as(QIAO_NAME, ("unified", QIAO)), QIAO_NAME, QIAO)
    shop = Known(known_as(SHOP_NAME, ("registration", SHOP)), SHOP_NAME, SHOP)
    tax = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{HEIR},示范丁香机械有限公司,2025,示范市税务局"
    sent(tax.encode(), class_id="tax-a-level", agency=bureau)
    heir = subject_of_code(HEIR, at=AT)
    assert heir is not None
    mine, theirs = ((firm, FIRM_ROW), (shop, SHOP_ROW))[:: -1 if absorbed else 1]
    first = sent(csv_of(penalty(**mine[1])), agency=regulator)
    return Province(
        mine[0], theirs[0], Known(heir, "示范丁香机械有限公司", HEIR), mine[1], theirs[1], first,
        regulator, bureau,
    )  # fmt: skip


@dataclass
class Story:
    """One record, what has happened to it, and what must be true of it by now."""

    province: Province
    at: datetime = AT
    gone: str = ""  # how it ended; never shows again, but for a withdrawal that its source takes back
    hidden: set[str] = field(default_factory=set)
    turn: int = 0
    was_merged: bool = False

    def __post_init__(self) -> None:
        self.batches = [self.province.first]
        first = Version.objects.get(submission=self.province.first)
        self.subject_id = first.subject_id
        self.doors = self._doors(first.record_id)
        self.until = END

    def take(self, what: str, how: int) -> None:
        """Let one thing happen, or be refused."""
        self.at += timedelta(minutes=1)
        self.turn += 1
        before = self.may_show
        with suppress(*REFUSED):
            getattr(self, what)(how)
        taken = newest_decision(self.subject_id, self.doors.record_id)
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
        self._sent({**self.province.row, **changes})

    def send_as_other(self, how: int) -> None:
        """Once it has ended, send it under the code of whoever is one with its subject by then."""
        if self.gone and Merge.objects.filter(undone_at=None).exists():
            changes = {"CF_NR_FK": str(3 + self.turn)} if how % 2 else {}
            self._sent({**self.province.row_of_other, **changes})

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
                self._goes_on_as(one)  # its source takes back that it was withdrawn

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
            subject_id=self.subject_id, asked=[Asked(self.doors.record_id, wish=wish, points=(point,))],
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
            subject_id=self.subject_id, record_id=self.doors.record_id, cause="leak",
            reason="含有个人信息。", form_id=uuid4(), who=_centre(), at=self.at,
        )  # fmt: skip
        self.hidden.add("suspended")

    def confirm(self, _: int) -> None:
        self._second(Kind.SUSPENSION, "confirm")

    def lift(self, _: int) -> None:
        self._second(Kind.SUSPENSION, "lift")
        self.hidden.discard("suspended")

    def mask(self, _: int) -> None:
        if shows_now(newest_decision(self.subject_id, self.doors.record_id), at=self.at):
            with transaction.atomic():
                hide([self.record], outcome=Outcome.MASKED, reason="plan", decided_by="x:y", at=self.at)
            self.hidden.add("masked")

    def unmask(self, _: int) -> None:
        if "masked" in self.hidden:
            with transaction.atomic():
                show_again([self.record], decided_by="x:y", at=self.at)
            self.hidden.discard("masked")

    def merge(self, _: int) -> None:
        """Let its subject and the other be decided to be one."""
        merged(self.province.own.subject_id, self.province.other.subject_id, at=self.at)
        self.was_merged = True

    def part(self, _: int) -> None:
        for made in Merge.objects.filter(undone_at=None):
            unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=self.at)

    def succeed(self, how: int) -> None:
        """Let the rights and duties of its subject pass to the heir, whose own page everyone sees."""
        record_succession(
            predecessor_id=self.province.own.subject_id, successor_id=self.province.heir.subject_id,
            kind=("absorption", "division")[how % 2], on=legal_day(self.at), ground="登记档案", actor=ZHAO,
            at=self.at,
        )  # fmt: skip

    def hand_over(self, _: int) -> None:
        """Let another body take over the work of its source."""
        succeed_agency(agency=self.province.regulator, successor=self.province.bureau, actor=ZHAO, at=self.at)

    def _goes_on_as(self, certified: Version) -> None:
        """Follow the record that came back, which may bear another number or be of the other by now."""
        self.gone = ""
        self.hidden.clear()
        self.subject_id = certified.subject_id
        self.doors = self._doors(certified.record_id)
        taken = newest_decision(self.subject_id, certified.record_id)
        assert taken is not None
        assert taken.publish_until is not None
        self.until = taken.publish_until

    def _doors(self, record_id: UUID) -> Doors:
        return Doors(self.province.own, record_id, self.province.other, self.province.heir)

    def _sent(self, row: Mapping[str, str]) -> None:
        agency = Agency.objects.get(code=REGULATOR)
        self.batches.append(sent(csv_of(penalty(**row)), at=self.at, agency=agency))

    def _point(self) -> NewPoint:
        return NewPoint("CF_NR_FK", claimed="0.2", said="少写了小数点")

    def _proposed(self, propose, fields: dict[str, str], change: KindOfVersion) -> None:
        asked = Proposal(self.subject_id, self.doors.record_id, change, "经核查有误。", fields=fields)
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
    return Who(LIN, Party.AGENCY, successor_of(Agency.objects.get(code=REGULATOR)).id)
