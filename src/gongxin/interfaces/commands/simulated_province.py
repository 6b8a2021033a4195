"""A simulated province lives through its days: bodies report and decide, firms ask, clocks run out.

Everything goes through the same flows as in earnest; who is diligent when comes from the seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, KindOfCase, Party, Who, Words, kind_of_case
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.demonstration.batches import Batch
from gongxin.core.demonstration.organisations import organisations
from gongxin.core.demonstration.simulated import (
    ASKS_FOR_REPAIR,
    DILIGENCE,
    DILIGENCE_OF_THE_CENTRE,
    OBJECTS,
    penalties_of_day,
)
from gongxin.core.disclosure import Audience
from gongxin.core.evidence import Fault
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.flows import lease, submit
from gongxin.flows.case_acts import ACTS, take_act
from gongxin.flows.copied_reply import CopiedReply
from gongxin.flows.evidence import keep_evidence, seal_paper
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewEvidence, NewPoint
from gongxin.flows.reckon_clocks import tell_above_of_late
from gongxin.flows.repair import ask_for_repair, eligible_of
from gongxin.flows.repair_days import ripen_due
from gongxin.flows.silence import fall_silent_due
from gongxin.interfaces.commands.demo_accounts import agencies_of_demonstration
from gongxin.interfaces.commands.demo_files import file_of
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.catalogue.queries import NoEditionInForce, active_edition, working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.spool import new_spool
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

FIRMS = 24
OFFICER = Who(Actor(ActorKind.COMMAND, "officer"), Party.CENTRE)
CLOCK = Actor(ActorKind.JOB, "clock")
WORDS = Words(
    reason="经核查，材料齐全，情况属实。",
    basis="《信用修复管理办法》；《河南省社会信用条例》第四十一条、第四十三条",
    remedy="不服本决定的，可以依法申请行政复议或者提起行政诉讼。",
)
PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PROOF += b"trailer<</Root 1 0 R>>\n%%EOF\n"
MORNING, EVENING = timedelta(hours=10), timedelta(hours=18)
# Of what may be done with a part, how likely each is chosen; what is not named is never done by dice.
LIKELY = {
    Party.CENTRE: {"forward": 1.0},
    Party.AGENCY: {"accept": 0.9, "not-accept": 0.1, "repair": 0.85, "refuse": 0.15, "uphold": 0.4},
}
DECIDES = frozenset({"not-accept", "repair", "refuse", "uphold"})


@dataclass(slots=True)
class Province:
    """What is known of the days lived so far."""

    seed: int
    begins: date
    agencies: dict[str, Agency]
    chance: Random
    subjects: dict[str, UUID] = field(default_factory=dict)
    records: int = 0
    shown_after_its_end: list[str] = field(default_factory=list)
    shown_after_repair: list[str] = field(default_factory=list)
    fell_silent: int = 0
    told_above: int = 0
    ripened: int = 0
    days_without_catalogue: int = 0

    def live(self, on: date) -> None:
        """Let one day pass: reports, questions and answers by day, clocks at its end, a look at noon."""
        at = day_begins(on) + MORNING
        if not _collects(on):
            self.days_without_catalogue += 1
        elif working_calendar().is_working_day(on):
            self._report(on, at)
            self._ask(at)
            self._act(at + timedelta(hours=1))
        self._look(at + timedelta(hours=2))
        self._let_clocks_run_out(day_begins(on) + EVENING)

    def _report(self, on: date, at: datetime) -> None:
        firms = organisations(count=FIRMS, seed=self.seed, on=self.begins)
        firms = tuple(firm for firm in firms if not firm.is_individual_business)
        serial = (on - self.begins).days + 1
        for batch in penalties_of_day(firms, on, serial=serial, chance=self.chance):
            self.records += _send(batch, self.agencies[batch.body.code], at)
        for firm in firms:
            if firm.code not in self.subjects and (found := subject_of_code(firm.code, at=at)):
                self.subjects[firm.code] = found

    def _ask(self, at: datetime) -> None:
        for subject_id in list(self.subjects.values()):
            if self.chance.random() < OBJECTS:
                self._object(subject_id, at)
            if self.chance.random() < ASKS_FOR_REPAIR:
                self._ask_for_repair(subject_id, at)

    def _object(self, subject_id: UUID, at: datetime) -> None:
        shown = [one for one in _adverse(subject_id, at) if {one.dispute, one.repair} == {"none"}]
        if shown:
            record = self.chance.choice(sorted(shown, key=lambda one: one.document_number))
            points = (NewPoint(said="当事人并无所述行为。"),)
            object_to(
                subject_id=subject_id, asked=[Asked(record.record_id, "remove", points)],
                form_id=fresh_id(at=at), entry=Entry.COUNTER, statement="与事实不符，请核查。",
                evidence=[], who=OFFICER, at=at,
            )  # fmt: skip

    def _ask_for_repair(self, subject_id: UUID, at: datetime) -> None:
        wanted = [one.record_id for one in eligible_of(subject_id, at=at) if one.may_be_asked]
        if wanted:
            ask_for_repair(
                subject_id=subject_id, record_ids=wanted, form_id=fresh_id(at=at), entry=Entry.COUNTER,
                statement="", commitment=None, evidence=[_proof(at)], who=OFFICER, at=at,
            )  # fmt: skip

    def _act(self, at: datetime) -> None:
        """Let every office look at what lies with it, in the order of its numbers."""
        for part, kind, case in _open_parts():
            for who, diligence in self._who_may_act(part):
                acts = [step.act for step in kind.possible(part.state, by=who.party)]
                likely = LIKELY[who.party]
                acts = [act for act in acts if act in likely and (kind.kind, act) in ACTS]
                if acts and self.chance.random() < diligence:
                    act = self.chance.choices(acts, [likely[one] for one in acts])[0]
                    take_or_name_the_copied(kind.kind, act, part, who=who, words=_said(case, act), at=at)
                    break

    def _who_may_act(self, part: Part) -> Iterator[tuple[Who, float]]:
        yield OFFICER, DILIGENCE_OF_THE_CENTRE
        if part.responsible is not None:
            clerk = Actor(ActorKind.COMMAND, f"clerk-{part.responsible.code}")
            yield Who(clerk, Party.AGENCY, part.responsible.id), DILIGENCE[part.responsible.code]

    def _look(self, at: datetime) -> None:
        """Look as a stranger would: nothing adverse shows at or after its end, nor once it was repaired."""
        for subject_id in self.subjects.values():
            for one in _adverse(subject_id, at):
                if one.publish_until is not None and one.publish_until <= at:
                    self.shown_after_its_end.append(one.document_number)
                if one.repair == "repaired":
                    self.shown_after_repair.append(one.document_number)

    def _let_clocks_run_out(self, at: datetime) -> None:
        self.ripened += ripen_due(at=at)
        self.fell_silent += fall_silent_due(at)
        while told := tell_above_of_late(actor=CLOCK, at=at):
            self.told_above += told


def province(*, seed: int, begins: date, at: datetime) -> Province:
    """Return a province on its first day; the law must be loaded."""
    agencies = agencies_of_demonstration(actor=CLOCK, at=at)
    return Province(seed, begins, agencies, Random(seed))  # noqa: S311 (repeatable on purpose)


def _open_parts() -> list[tuple[Part, KindOfCase, Case]]:
    cases = {case.id: case for case in Case.objects.filter(closed_at=None)}
    parts = Part.objects.filter(closed_at=None).select_related("responsible")
    found = [(part, kind_of_case(part.kind), cases[part.case_id]) for part in parts]
    return sorted(found, key=lambda one: (one[2].kind, one[2].year, one[2].number, one[0].class_id))


def take_or_name_the_copied(
    kind: Kind, act: str, part: Part, *, who: Who, words: Words, at: datetime
) -> None:
    """Take a step; an office that answers as it did before names that case, as the law asks of it."""
    try:
        take_act(kind, act, part_id=part.id, seen=None, who=who, words=words, at=at)
    except CopiedReply as copied:
        named = replace(words, detail={**words.detail, "same_as": copied.earlier})
        take_act(kind, act, part_id=part.id, seen=None, who=who, words=named, at=at)


def _said(case: Case, act: str) -> Words:
    """Return the words of a step, with the case named."""
    reason = f"{number_in_words(case.kind, case.year, case.number)}：{WORDS.reason}"
    if act not in DECIDES:
        return Words(reason)
    answers = {"1": {"answer": "accepted" if act == "uphold" else "refused", "text": reason}}
    return Words(reason, WORDS.basis, WORDS.remedy, detail={"answers": answers})


def _collects(on: date) -> bool:
    """Return whether a catalogue is in force: without one nothing may be collected, and nothing is."""
    try:
        active_edition(on=on)
    except NoEditionInForce:
        return False
    return True


def _adverse(subject_id: UUID, at: datetime) -> list[RecordView]:
    return [one for one in records_of(subject_id, audience=Audience.PUBLIC, at=at) if one.adverse]


def _proof(at: datetime) -> NewEvidence:
    sealed = seal_paper([PROOF])
    kept = None if isinstance(sealed, Fault) else keep_evidence(sealed, name="履行证明.pdf", at=at)
    if not isinstance(kept, NewEvidence):
        raise TypeError(f"the simulation's own paper was refused: {kept}")
    return kept


def _send(batch: Batch, agency: Agency, at: datetime) -> int:
    spool = new_spool()
    spool.write(file_of(batch))
    spool.close()
    submission = submit.receive(
        agency=agency, class_id=batch.class_id, file_name=batch.file_name, spool=spool, mapping=None,
        idempotency_key=None, actor=CLOCK, at=at, on=legal_day(at),
    )  # fmt: skip
    lease.claim(submission_id=submission.id, worker="simulation", at=at)
    return submit.advance(submission_id=submission.id, worker="simulation", clock=lambda: at).posted
