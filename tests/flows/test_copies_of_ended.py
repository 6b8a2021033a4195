"""Two copies of one penalty under two codes: one ends, and a merge does not let the other show on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO
from django.db import transaction
from identities import fined, merged, number_of
from withdrawing import withdraw_record

from gongxin.core.cases import NO_WORDS, Kind, Party, Who
from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.flows.case_acts import take_act
from gongxin.flows.certify import certify_returned
from gongxin.flows.change_publication import end, hide, leave_fingerprints
from gongxin.flows.decide_held import decide_held
from gongxin.flows.decide_repair import end_as_repaired
from gongxin.flows.merge import unmerge
from gongxin.flows.publish import ComesAgain
from gongxin.flows.source_change import Proposal, propose_withdrawal
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.cases.models import Part
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import record, records_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NEXT, THEN, LATER = AT + HOUR, AT + 2 * HOUR, AT + 3 * HOUR
END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)


def current(subject_id: UUID) -> Entry:
    return Entry.objects.get(subject_id=subject_id, superseded_at=None)


def repaired(entry: Entry) -> None:
    with transaction.atomic():
        end([entry], reason="repaired", rule="repair", source="S-36", decided_by=ZHAO.written, at=NEXT)
        leave_fingerprints([entry], reason="repair", at=NEXT)


def withdrawn(entry: Entry) -> None:
    withdraw_record(
        subject_id=entry.subject_id, record_id=entry.record_id, ground="决定已撤销", proposed_by=LIN,
        decided_by=ZHAO, at=NEXT,
    )  # fmt: skip


def suspended(entry: Entry) -> None:
    with transaction.atomic():
        hide([entry], outcome=Outcome.SUSPENDED, reason="leak", decided_by=ZHAO.written, at=NEXT)


def shortened(entry: Entry) -> None:
    with transaction.atomic():
        end([entry], reason="period-over", rule="x", source="S-36", decided_by=ZHAO.written, at=NEXT)


def copies() -> tuple[UUID, UUID]:
    """Return two subjects of each of whom the same penalty is posted."""
    return fined(12, registration=number_of(1)), fined(12, unified=QIAO)


def shown(subject_id: UUID, at: datetime) -> list[UUID]:
    return [seen.record_id for seen in records_of(subject_id, audience=Audience.PUBLIC, at=at)]


ENDINGS = {
    "repair": repaired,
    "withdrawal": withdrawn,
    "suspension": suspended,
    "expiry": shortened,
}


@pytest.mark.parametrize("absorbed_ends", [True, False])
@pytest.mark.parametrize("why", ENDINGS)
def test_a_merge_holds_the_copy_of_what_has_ended(why: str, absorbed_ends: bool) -> None:
    one, other = copies() if absorbed_ends else reversed(copies())
    ends: Callable[[Entry], None] = ENDINGS[why]
    ends(current(one))

    merged(one, other, at=THEN)

    held = current(other)
    assert (held.held_reason, shown(one, THEN)) == (f"returns-after-{why}", [])
    assert shown(other, NEXT) != []  # what was shown before the merge was shown
    assert Notice.objects.filter(kind="record.copy-held", record_id=held.record_id).count() == 1
    assert AuditEvent.objects.get(action="subjects.merged").detail["held"] == [held.record_id.hex]


@pytest.mark.parametrize("absorbed_ends", [True, False])
@pytest.mark.parametrize("why", ["repair", "withdrawal"])
def test_the_end_of_one_of_two_copies_merged_before_holds_the_other(why: str, absorbed_ends: bool) -> None:
    one, other = copies() if absorbed_ends else reversed(copies())
    made = merged(one, other, at=NEXT)
    before = len(shown(one, NEXT))

    _end_by_its_procedure(current(one), why)

    held = current(other)
    assert (before, held.held_reason, shown(one, THEN)) == (2, f"returns-after-{why}", [])
    assert Notice.objects.filter(kind="record.copy-held", record_id=held.record_id).count() == 1

    unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=LATER)
    assert (current(other).held_reason, len(shown(other, LATER)), shown(one, LATER)) == ("", 1, [])


def _end_by_its_procedure(entry: Entry, why: str) -> None:
    if why == "repair":
        with transaction.atomic():
            end_as_repaired(entry, by=ZHAO, at=THEN)
        return
    clerk = Who(LIN, Party.AGENCY, entry.agency_id)
    change = Proposal(
        entry.subject_id, entry.record_id, change=KindOfVersion.SUBSTANTIVE, reason="原处罚决定已被撤销。"
    )
    propose_withdrawal(change, form_id=uuid4(), who=clerk, at=NEXT)
    part = Part.objects.get()
    take_act(
        Kind.WITHDRAWAL, "confirm", part_id=part.id, seen=part.steps_taken, who=Who(ZHAO, Party.CENTRE),
        words=NO_WORDS, at=THEN,
    )  # fmt: skip


def test_a_merge_holds_nothing_while_both_copies_stand_or_the_numbers_differ() -> None:
    one, other = copies()
    merged(one, other, at=THEN)
    assert len(shown(one, THEN)) == 2

    assert "held" not in AuditEvent.objects.get(action="subjects.merged").detail


def test_another_penalty_shows_on_after_a_merge_with_whom_one_was_repaired() -> None:
    one, other = fined(12, registration=number_of(1)), fined(13, unified=QIAO)
    repaired(current(one))

    merged(one, other, at=THEN)

    assert shown(one, THEN) == [current(other).record_id]


def test_who_decides_about_the_copy_of_a_repaired_record_ends_it_for_good() -> None:
    one, other = copies()
    repaired(current(one))
    merged(one, other, at=THEN)
    held = current(other)
    told = {"subject_id": other, "record_id": held.record_id, "ground": "来函证明", "actor": ZHAO}

    with pytest.raises(ComesAgain):
        decide_held(**told, publish=True, at=LATER)
    assert not certify_returned(**told, at=LATER)

    assert shown(one, LATER) == []
    gone = record(other, held.record_id, audience=Audience.PUBLIC, at=LATER)
    assert gone is not None
    assert (gone.publication, gone.ended_at) == ("ended", LATER)


def test_the_copy_of_a_withdrawn_record_shows_as_certified_and_no_longer_than_it_would_have() -> None:
    one, other = copies()
    withdrawn(current(one))
    merged(one, other, at=THEN)
    held = current(other)

    assert certify_returned(
        subject_id=other, record_id=held.record_id, ground="来函证明", actor=ZHAO, at=LATER
    )

    (seen,) = records_of(one, audience=Audience.PUBLIC, at=LATER)
    assert (seen.record_id, seen.publish_until) == (held.record_id, END)


def test_who_parts_the_two_lets_the_copy_show_again() -> None:
    one, other = copies()
    repaired(current(one))
    made = merged(one, other, at=THEN)

    unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=LATER)

    assert current(other).held_reason == ""
    assert (len(shown(other, LATER)), shown(one, LATER)) == (1, [])
    (seen,) = records_of(other, audience=Audience.PUBLIC, at=LATER)
    assert seen.publish_until == END


def test_what_a_person_withheld_of_the_two_stays_withheld_when_they_are_parted() -> None:
    one, other = copies()
    repaired(current(one))
    made = merged(one, other, at=THEN)
    decide_held(
        subject_id=other, record_id=current(other).record_id, publish=False, ground="同一决定", actor=ZHAO,
        at=THEN + HOUR / 2,
    )  # fmt: skip

    unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=LATER)

    assert shown(other, LATER) == []
