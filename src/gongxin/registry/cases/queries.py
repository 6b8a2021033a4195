"""Questions about cases: which there are, what stands open, which clocks run."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from gongxin.core.cases import Kind, Party
from gongxin.registry import bulk
from gongxin.registry.cases.models import (
    Case,
    Clock,
    DecisionPaper,
    Evidence,
    FalseProof,
    Part,
    Point,
    RepairTold,
    Step,
)
from gongxin.registry.ledger.models import Entry


class NoSuchCase(Exception):
    """There is no such case, or not for whoever asks."""


def case_of(case_id: UUID) -> Case:
    """Return a case. Raises NoSuchCase."""
    found = Case.objects.filter(id=case_id).first()
    if found is None:
        raise NoSuchCase(case_id.hex)
    return found


def part_of(part_id: UUID) -> Part:
    """Return a part of a case. Raises NoSuchCase."""
    found = Part.objects.filter(id=part_id).select_related("responsible").first()
    if found is None:
        raise NoSuchCase(part_id.hex)
    return found


def case_of_form(form_id: UUID) -> Case | None:
    """Return the case that was sent with a form, if it came in before."""
    return Case.objects.filter(form_id=form_id).first()


def case_pushed(external_number: str) -> Case | None:
    """Return the case the national site pushed under a number of its own, if it did."""
    found = Case.objects.filter(entry="national-site", external_number=external_number)
    return found.first() if external_number else None


def repair_told(external_number: str) -> RepairTold | None:
    """Return what the national site told of a repair under a number of its own, if it did."""
    return RepairTold.objects.filter(external_number=external_number).first()


def case_of_receipt(receipt_hash: str) -> Case:
    """Return the case whose receipt has this keyed hash. Raises NoSuchCase."""
    found = Case.objects.filter(receipt_hash=receipt_hash).exclude(receipt_hash="").first()
    if found is None:
        raise NoSuchCase
    return found


def cases_of(subject_ids: Collection[UUID]) -> Sequence[Case]:
    """Return all cases of these subjects, the newest first."""
    return list(Case.objects.filter(subject_id__in=subject_ids).order_by("-opened_at", "-id"))


def parts_of(case: Case) -> Sequence[Part]:
    found = Part.objects.filter(case_id=case.id)
    return list(found.select_related("responsible").order_by("id"))


def open_parts_of(subject_ids: Collection[UUID], record_id: UUID, *, kind: str = "") -> Sequence[Part]:
    """Return the parts about a record that are not closed, the oldest first."""
    found = Part.objects.filter(subject_id__in=subject_ids, record_id=record_id, closed_at=None)
    return list((found.filter(kind=kind) if kind else found).order_by("id"))


def kinds_open_about(subject_ids: Collection[UUID], record_id: UUID, *, before: datetime) -> frozenset[str]:
    """Return the kinds of the cases about a record that stood open just before an instant."""
    closed_later = Q(closed_at__isnull=True) | Q(closed_at__gte=before)
    parts = Part.objects.filter(closed_later, subject_id__in=subject_ids, record_id=record_id)
    opened = Case.objects.filter(id__in=parts.values("case_id"), opened_at__lt=before).values("id")
    return frozenset(parts.filter(case_id__in=opened).values_list("kind", flat=True))


def parts_about(subject_ids: Collection[UUID], record_id: UUID) -> Sequence[Part]:
    """Return every part of every case about a record, open or closed, the oldest case first."""
    found = Part.objects.filter(subject_id__in=subject_ids, record_id=record_id)
    return list(found.order_by("id"))


def was_refused(subject_ids: Collection[UUID], record_id: UUID, *, kind: str) -> bool:
    """Return whether a case of a kind about a record was ever refused."""
    found = Part.objects.filter(subject_id__in=subject_ids, record_id=record_id, kind=kind)
    return found.filter(outcome__in=["refused", "upheld-in-part"]).exists()


def certified_final_on(subject_ids: Collection[UUID], record_id: UUID, *, before: datetime) -> date | None:
    """Return the day on which a decision was certified final, by what ended before an instant."""
    parts = Part.objects.filter(
        subject_id__in=subject_ids, record_id=record_id, outcome="act-stands", closed_at__lt=before
    )
    steps = Step.objects.filter(part_id__in=parts.values("id"), act="act-stands").order_by("at", "id")
    days = [str(one.detail["final_on"]) for one in steps if one.detail.get("final_on")]
    return date.fromisoformat(days[-1]) if days else None


def records_being_asked(subject_ids: Collection[UUID], *, kinds: Collection[str]) -> frozenset[UUID]:
    """Return the records of these subjects about which a case of one of these kinds is open."""
    places = ", ".join(["%s"] * len(kinds))
    return _records_of_parts(subject_ids, f"kind IN ({places})", [*map(str, kinds)])


def waiting_parts(*, through: date) -> Sequence[Part]:
    """Return the parts that wait for a day which has come by `through`, the longest waiting first."""
    found = Part.objects.filter(closed_at=None, waits_until__lte=through, state="waiting")
    return list(found.order_by("waits_until", "id"))


def open_repairs(records: Collection[tuple[UUID, UUID]]) -> Sequence[Part]:
    """Return the parts in which the repair of one of these records, by subject and id, is asked for."""
    found = Part.objects.filter(
        subject_id__in={subject_id for subject_id, _ in records},
        record_id__in={record_id for _, record_id in records},
        kind=Kind.REPAIR.value,
        closed_at=None,
    )
    return list(found.select_related("responsible").order_by("id"))


def barred_until(subject_ids: Collection[UUID]) -> date | None:
    """Return until when false papers bar these subjects from asking for repair, by those not lifted."""
    found = FalseProof.objects.filter(subject_id__in=subject_ids, lifted_at=None)
    last: date | None = found.aggregate(last=Max("until_on"))["last"]
    return last


def open_parts_about(records: Iterable[Entry]) -> Sequence[Part]:
    """Return the parts about any of these records that are not closed, the oldest first."""
    wanted = {(one.subject_id, one.record_id) for one in records}
    found = Part.objects.filter(
        subject_id__in={subject_id for subject_id, _ in wanted},
        record_id__in={record_id for _, record_id in wanted},
        closed_at=None,
    )
    return list(found.select_related("responsible").order_by("id"))


def hiding_parts(records: Iterable[Entry], states: Collection[str]) -> Sequence[Part]:
    """Return the open parts about these records that stand in one of these states."""
    return [one for one in open_parts_about(records) if one.state in states]


def masked_records(subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the records of these subjects that are masked while a plan of reorganisation is carried out."""
    return _records_of_parts(subject_ids, "kind = %s AND state = %s", ("reorganisation", "masked"))


def _records_of_parts(subject_ids: Collection[UUID], only: str, given: Collection[str]) -> frozenset[UUID]:
    """Return the records of these subjects in open parts of which `only` holds; every check asks this."""
    rows = bulk.select_of(
        "SELECT record_id FROM cases_part WHERE subject_id {is_one_of} AND closed_at IS NULL"
        f" AND record_id IS NOT NULL AND {only}",
        subject_ids,
        *given,
    )
    return frozenset(bulk.as_id(record_id) for (record_id,) in rows)


def false_proofs_of(subject_ids: Collection[UUID]) -> Sequence[FalseProof]:
    """Return what false papers of these subjects were recorded, the newest first; lifted ones too."""
    return list(FalseProof.objects.filter(subject_id__in=subject_ids).order_by("-decided_on", "-id"))


def standing_false_proof(case: Case, false_proof_id: UUID) -> FalseProof | None:
    """Return a finding of false papers made in a case, unless it was lifted or there is none."""
    return FalseProof.objects.filter(case_id=case.id, id=false_proof_id, lifted_at=None).first()


def papers_of_case(case: Case) -> Sequence[DecisionPaper]:
    """Return the papers of the decisions of a case, the first first."""
    return list(DecisionPaper.objects.filter(case_id=case.id).order_by("at", "id"))


def paper_of_number(number: str) -> DecisionPaper | None:
    return DecisionPaper.objects.filter(number=number).first()


def newest_paper_about(paper: DecisionPaper) -> DecisionPaper:
    """Return the newest paper about the record a paper is about; the paper itself if none came after it."""
    about = DecisionPaper.objects.filter(subject_id=paper.subject_id, record_id=paper.record_id)
    return about.order_by("-at", "-id").first() or paper


def opening_of(part: Part) -> Step:
    """Return the step by which a part came in: who asked, and why."""
    return Step.objects.filter(subject_id=part.subject_id, part_id=part.id, act="open").earliest("at", "id")


def points_of(part: Part) -> Sequence[Point]:
    return list(Point.objects.filter(subject_id=part.subject_id, part_id=part.id).order_by("place"))


def evidence_of(case: Case) -> Sequence[Evidence]:
    return list(Evidence.objects.filter(case_id=case.id).order_by("kept_at", "id"))


def steps_of_case(case: Case) -> Sequence[Step]:
    """Return everything done with the parts of a case, the first first."""
    found = Step.objects.filter(case_id=case.id)
    return list(found.select_related("agency").order_by("at", "id"))


def clocks_of(case: Case) -> Sequence[Clock]:
    found = Clock.objects.filter(case_id=case.id)
    return list(found.select_related("responsible").order_by("begun_on", "id"))


def running_clocks(part: Part) -> Sequence[Clock]:
    return list(Clock.objects.filter(subject_id=part.subject_id, part_id=part.id, ended="").order_by("id"))


def paused_clocks(part: Part) -> Sequence[Clock]:
    """Return the clocks of a part that were stopped and have not run on since."""
    rows = Clock.objects.filter(subject_id=part.subject_id, part_id=part.id).order_by("id")
    followed = {row.follows for row in rows}
    return [row for row in rows if row.ended == "paused" and row.id not in followed]


def earlier_reply(part: Part, reply_key: str, *, bodies: Collection[UUID]) -> Part | None:
    """Return a part of another case that one of these bodies (none: the centre) ended with the same reply.

    Whose reply it was says the step that ended it, not who answers for the part.
    """
    ending = Step.objects.filter(
        case_id=OuterRef("case_id"), part_id=OuterRef("id"), at=OuterRef("closed_at"),
        state_after=OuterRef("state"),
    )  # fmt: skip
    by_them = ending.filter(agency_id__in=bodies) if bodies else ending.filter(party=Party.CENTRE.value)
    found = Part.objects.filter(Exists(by_them), reply_key=reply_key).exclude(case_id=part.case_id)
    return found.order_by("closed_at", "id").first()


def silent_since(limit: str, *, on: date) -> list[tuple[UUID, date]]:
    """Return the open parts on which a limit ran out before `on` and still runs, with its day."""
    late = Clock.objects.filter(limit=limit, ended="", due_on__lt=on).order_by("due_on", "id")
    return list(late.values_list("part_id", "due_on"))


def next_number(kind: str, year: int) -> int:
    """Return the number the next case of a kind bears in a year; ask as the one writer."""
    last = Case.objects.filter(kind=kind, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
