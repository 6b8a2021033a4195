"""A record corrected: checked as an arriving row is, decided anew, and never shown for longer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cast import AT, LIN, QIAO, ZHAO, firm_code
from django.db import transaction
from sending import csv_of, penalty, recalled, sent
from withdrawing import withdraw_record

from gongxin.core.cases.points import contestable_fields
from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.lawbook import information_classes
from gongxin.core.ledger import Kind
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.change_publication import end, hide, show_again
from gongxin.flows.correct import (
    WHOSE,
    AboutAnother,
    AnotherRecordThere,
    FieldsAtFault,
    NotAField,
    NothingCorrected,
    NotStanding,
    correct_entry,
)
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry, Fingerprint
from gongxin.registry.ledger.numbers import numbered
from gongxin.registry.log.models import Act
from gongxin.registry.publication.models import Decision, Showing
from gongxin.registry.publication.queries import RecordView, record, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)  # a year after the decision of 12 October 2026
LATER = AT + timedelta(hours=1)


@dataclass(frozen=True)
class Posted:
    batch: Submission
    entry: Entry


@pytest.fixture
def fined() -> Posted:
    batch = sent(csv_of(penalty()))
    return Posted(batch, Entry.objects.get())


def corrected(entry: Entry, at: datetime = LATER, kind: Kind = Kind.CLERICAL, **fields: str) -> Entry:
    with transaction.atomic():
        return correct_entry(
            entry, fields, kind=kind, ground="金额录入有误", proposed_by=LIN.written, decided_by=ZHAO, at=at
        )


def shown(at: datetime = LATER) -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=at)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=at)


def newest_decision() -> Decision:
    return Decision.objects.latest("decided_at", "id")


def test_a_corrected_field_reads_as_corrected_at_once_and_the_record_keeps_its_address(fined: Posted) -> None:
    (before,) = shown(AT)

    corrected(fined.entry, CF_NR_FK="0.2", CF_NR="罚款人民币贰仟元")

    (seen,) = shown()
    assert (seen.fields["CF_NR_FK"], seen.record, seen.record_id) == ("0.2", "corrected", before.record_id)
    assert (seen.publish_until, seen.publish_from) == (END, AT)
    assert Entry.objects.get(superseded_at=None).kind == "clerical"


def test_the_corrected_values_are_cleaned_as_an_arriving_rows_are(fined: Posted) -> None:
    made = corrected(fined.entry, CF_JDRQ="2026/10/9")

    assert made.decided_on is not None
    assert (made.decided_on.isoformat(), shown()[0].fields["CF_JDRQ"]) == ("2026-10-09", "2026-10-09")


def test_what_breaks_a_rule_of_the_class_is_refused_with_field_and_rule(fined: Posted) -> None:
    with pytest.raises(FieldsAtFault) as refused:
        corrected(fined.entry, CF_JDRQ="昨天")

    assert [fault.field for fault in refused.value.faults] == ["CF_JDRQ"]
    assert Entry.objects.get().id == fined.entry.id


def test_a_correction_takes_two_persons(fined: Posted) -> None:
    with pytest.raises(OnePersonTwice):
        correct_entry(
            fined.entry, {"CF_NR_FK": "1"}, kind=Kind.CLERICAL, ground="x", proposed_by=ZHAO.written,
            decided_by=ZHAO, at=LATER,
        )  # fmt: skip


def test_an_earlier_decision_day_shortens_the_publication(fined: Posted) -> None:
    corrected(fined.entry, CF_JDRQ="2026-03-12")

    assert shown()[0].publish_until == datetime(2027, 3, 11, 16, 0, tzinfo=UTC)
    assert bool(shown(datetime(2027, 3, 11, 16, 0, tzinfo=UTC))) is False


def test_a_later_decision_day_does_not_lengthen_the_publication(fined: Posted) -> None:
    corrected(fined.entry, CF_JDRQ="2026-11-12")

    assert shown()[0].publish_until == END
    assert shown(END) == []


def test_a_penalty_corrected_to_a_warning_is_reckoned_minor_and_shows_no_more(fined: Posted) -> None:
    corrected(fined.entry, CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")

    decision = newest_decision()
    assert (decision.outcome, decision.penalty_class, decision.reason) == ("withheld", "minor", "minor")
    assert shown() == []
    assert not Showing.objects.exists()


def test_a_correction_that_ends_the_period_ends_the_publication_that_instant(fined: Posted) -> None:
    corrected(fined.entry, CF_JDRQ="2025-10-12")

    assert shown() == []
    assert (newest_decision().outcome, newest_decision().publish_until) == ("ended", LATER)


def test_what_ended_is_corrected_and_does_not_show_again(fined: Posted) -> None:
    with transaction.atomic():
        end([fined.entry], reason="repaired", rule="repair", source="S-36", decided_by=ZHAO.written, at=AT)

    corrected(fined.entry, CF_NR_FK="0.2")

    assert shown() == []
    gone = record(fined.entry.subject_id, fined.entry.record_id, audience=Audience.PUBLIC, at=LATER)
    assert gone is not None
    assert (gone.publication, gone.ended_at) == ("ended", AT)


def test_what_ended_by_its_day_does_not_show_again_by_a_later_decision_day(fined: Posted) -> None:
    corrected(fined.entry, at=END + timedelta(days=1), CF_JDRQ="2027-10-01")

    assert shown(END + timedelta(days=1)) == []


def test_what_is_suspended_stays_suspended_and_goes_on_as_corrected(fined: Posted) -> None:
    with transaction.atomic():
        hide([fined.entry], outcome=Outcome.SUSPENDED, reason="leak", decided_by=ZHAO.written, at=AT)

    made = corrected(fined.entry, CF_NR_FK="0.2")

    assert shown() == []
    assert newest_decision().reason == "leak"
    with transaction.atomic():
        show_again([made], decided_by=ZHAO.written, at=LATER + timedelta(hours=1))
    assert shown(LATER + timedelta(hours=1))[0].fields["CF_NR_FK"] == "0.2"


def test_what_was_withheld_as_minor_is_published_if_it_was_not(fined: Posted) -> None:
    made = corrected(fined.entry, CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")

    corrected(made, at=LATER + timedelta(hours=1), CF_CFLB="罚款", CF_NR="罚款贰万元", CF_NR_FK="2")

    assert [one.penalty_class for one in shown(LATER + timedelta(hours=1))] == ["general"]


def test_a_corrected_number_is_found_and_the_old_one_leaves_a_fingerprint(fined: Posted) -> None:
    made = corrected(fined.entry, CF_WSH="示环罚〔2026〕21号")

    assert made.record_id == fined.entry.record_id
    assert made.record_key != fined.entry.record_key
    left = Fingerprint.objects.get()
    assert (left.record_key, left.reason) == (fined.entry.record_key, "correction")
    assert numbered("示环罚〔2026〕21号", agency_ids=None, limit=9) == [(made.subject_id, made.record_id)]
    assert numbered("示环罚〔2026〕12号", agency_ids=None, limit=9) == []


def test_a_number_another_record_bears_is_refused(fined: Posted) -> None:
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕13号")))

    with pytest.raises(AnotherRecordThere):
        corrected(fined.entry, CF_WSH="示环罚（2026）第13号")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"CF_XDR_SHXYM": firm_code(2)}, AboutAnother),
        ({"no-such-field": "x"}, NotAField),
        ({"CF_NR_FK": "2"}, NothingCorrected),
    ],
    ids=["another-subject", "no-field", "nothing-new"],
)
def test_what_is_no_correction_is_refused(fined: Posted, fields: dict[str, str], refusal: type) -> None:
    with pytest.raises(refusal):
        corrected(fined.entry, **fields)


def test_what_its_subject_may_contest_can_be_corrected() -> None:
    for one in information_classes():
        whose = {one.roles.get(part, part) for part in WHOSE}

        assert not whose & {field.key for field in contestable_fields(one)}, one.id


def test_a_withdrawn_record_cannot_be_corrected(fined: Posted) -> None:
    withdraw_record(
        subject_id=fined.entry.subject_id, record_id=fined.entry.record_id, ground="决定已撤销",
        proposed_by=LIN, decided_by=ZHAO, at=AT,
    )  # fmt: skip

    with pytest.raises(NotStanding):
        corrected(Entry.objects.get(superseded_at=None), CF_NR_FK="1")


def test_the_recall_of_its_batch_takes_back_the_corrected_record_too(fined: Posted) -> None:
    corrected(fined.entry, CF_NR_FK="0.2")

    recalled(fined.batch, at=LATER + timedelta(hours=1))

    assert shown(LATER + timedelta(hours=1)) == []
    assert Entry.objects.get(superseded_at=None).kind == "withdrawal"


def test_a_correction_is_an_act_of_the_public_log_and_of_the_audit(fined: Posted) -> None:
    made = corrected(fined.entry, CF_NR_FK="0.2")

    act = Act.objects.get(kind="corrected")
    assert (act.id, act.object_id, act.hidden) == (made.id, made.record_id, False)
