"""What has ended and comes again: held for certification however it is written, and shown to nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from cast import AT, BUREAU, LIN, QIAO, ZHAO
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from identities import fined as fined_under
from identities import merged, number_of
from sending import an_agency, csv_of, penalty, recalled, sent
from withdrawing import withdraw_record

from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.ledger import Kind
from gongxin.flows.certify import certify_returned
from gongxin.flows.change_publication import end, hide, leave_fingerprints, show_again
from gongxin.flows.correct import correct_entry
from gongxin.flows.decide_held import decide_held
from gongxin.flows.link import link_row
from gongxin.flows.publish import ComesAgain, NotWaiting
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import RecordView, record, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)  # a year after the decision of 12 October 2026
HOUR = timedelta(hours=1)
NEXT, THEN = AT + HOUR, AT + 2 * HOUR
SEEN_AGAIN = {
    "another-wording": {"CF_SY": "同一事实，另行表述，内容已经充分说明。"},
    "another-day": {"CF_JDRQ": "2026-11-12"},
    "a-number-with-zeros": {"CF_WSH": "示环罚〔2026〕012号"},
    "a-number-with-its-word": {"CF_WSH": "示环罚字【2026】第12号"},
    "another-body": {"CF_CFJGDM": BUREAU, "CF_CFJG": "示范市城市管理局"},
}


def fined(at: datetime = AT, **changes: str) -> Submission:
    return sent(csv_of(penalty(**changes)), at=at)


def entry() -> Entry:
    return Entry.objects.get(superseded_at=None)


def repaired(at: datetime = NEXT) -> None:
    with transaction.atomic():
        end([entry()], reason="repaired", rule="repair", source="S-36", decided_by=ZHAO.written, at=at)
        leave_fingerprints([entry()], reason="repair", at=at)


def withdrawn(at: datetime = NEXT) -> None:
    found = entry()
    withdraw_record(
        subject_id=found.subject_id, record_id=found.record_id, ground="决定已撤销", proposed_by=LIN,
        decided_by=ZHAO, at=at,
    )  # fmt: skip


def shown(at: datetime) -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=at)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=at)


def held_reasons() -> set[str]:
    return set(Entry.objects.filter(superseded_at=None).values_list("held_reason", flat=True)) - {""}


@pytest.mark.parametrize("changes", SEEN_AGAIN.values(), ids=SEEN_AGAIN.keys())
def test_a_repaired_record_comes_back_only_held(changes: dict[str, str]) -> None:
    fined()
    repaired()

    again = fined(THEN, **changes)

    assert (again.held, held_reasons(), shown(THEN)) == (1, {"returns-after-repair"}, [])


@pytest.mark.parametrize("changes", SEEN_AGAIN.values(), ids=SEEN_AGAIN.keys())
def test_a_record_whose_period_is_over_comes_back_only_held(changes: dict[str, str]) -> None:
    fined()
    after = END + HOUR  # nothing has run: the day alone has ended it

    again = fined(after, **{**changes, **({"CF_JDRQ": "2027-10-01"} if "CF_JDRQ" in changes else {})})

    assert (again.held, held_reasons(), shown(after)) == (1, {"returns-after-expiry"}, [])


@pytest.mark.parametrize("changes", SEEN_AGAIN.values(), ids=SEEN_AGAIN.keys())
def test_a_withdrawn_record_comes_back_only_held(changes: dict[str, str]) -> None:
    fined()
    withdrawn()

    again = fined(THEN, **changes)

    assert (again.held, held_reasons(), shown(THEN)) == (1, {"returns-after-withdrawal"}, [])


def test_what_says_the_same_as_a_repaired_record_changes_nothing() -> None:
    fined()
    repaired()

    again = fined(THEN)

    assert (again.unchanged, again.held, shown(THEN)) == (1, 0, [])


def test_another_decision_about_the_same_firm_shows_beside_a_repaired_one() -> None:
    fined()
    repaired()

    fined(THEN, CF_WSH="示环罚〔2026〕13号")

    assert [seen.document_number for seen in shown(THEN)] == ["示环罚〔2026〕13号"]


def test_a_suspended_record_stays_suspended_when_it_is_sent_again() -> None:
    fined()
    with transaction.atomic():
        hide([entry()], outcome=Outcome.SUSPENDED, reason="leak", decided_by=ZHAO.written, at=NEXT)

    fined(THEN, CF_NR_FK="3")

    assert shown(THEN) == []
    assert Decision.objects.latest("decided_at", "id").reason == "leak"
    with transaction.atomic():
        show_again([entry()], decided_by=ZHAO.written, at=THEN + HOUR)
    assert [seen.publish_until for seen in shown(THEN + HOUR)] == [END]


def hidden(outcome: Outcome = Outcome.SUSPENDED, at: datetime = NEXT) -> None:
    with transaction.atomic():
        hide([entry()], outcome=outcome, reason="leak", decided_by=ZHAO.written, at=at)


@pytest.mark.parametrize("outcome", [Outcome.SUSPENDED, Outcome.MASKED])
@pytest.mark.parametrize("number", ["示环罚〔2026〕012号", "示环罚字【2026】第12号"])
def test_a_hidden_record_comes_under_another_writing_of_its_number_only_held(
    number: str, outcome: Outcome
) -> None:
    fined()
    hidden(outcome)

    again = fined(THEN, CF_WSH=number)

    assert (again.held, held_reasons(), shown(THEN)) == (1, {"returns-after-suspension"}, [])


def test_a_hidden_record_comes_under_the_code_of_a_merged_subject_only_held() -> None:
    numbered, coded = fined_under(1, registration=number_of(1)), fined_under(2, unified=QIAO)
    (first,) = Entry.objects.filter(subject_id=numbered)
    with transaction.atomic():
        hide([first], outcome=Outcome.SUSPENDED, reason="wrong-person", decided_by=ZHAO.written, at=AT)
    merged(numbered, coded, at=NEXT)

    fined_under(1, unified=QIAO, at=THEN)

    assert held_reasons() == {"returns-after-suspension"}
    assert [seen.document_number for seen in shown(THEN)] == ["示环罚〔2026〕2号"]


def test_what_comes_again_of_a_hidden_record_that_waits_is_held_too() -> None:
    fined()
    hidden()
    assert fined(THEN, CF_XDR_MC="示范完全另一家制造有限公司").unlinked == 1  # waits for its name

    again = fined(THEN + HOUR, CF_WSH="示环罚〔2026〕012号")

    assert (again.held, shown(THEN + HOUR)) == (1, [])


def test_what_comes_again_after_its_return_was_refused_is_held_under_another_writing_too() -> None:
    fined()
    after = END + HOUR
    fined(after, CF_JDRQ="2027-10-01")
    decide_held(**address(), publish=False, actor=ZHAO, at=after + HOUR)

    again = fined(after + 2 * HOUR, CF_JDRQ="2027-10-02", CF_WSH="示环罚〔2026〕012号")

    assert (again.held, shown(after + 2 * HOUR)) == (1, [])


def test_a_record_sent_again_with_a_later_day_of_decision_is_shown_no_longer_than_before() -> None:
    fined()

    fined(NEXT, CF_JDRQ="2026-11-12")

    assert [(seen.fields["CF_JDRQ"], seen.publish_until) for seen in shown(NEXT)] == [("2026-11-12", END)]
    assert (
        record(entry().subject_id, entry().record_id, audience=Audience.PUBLIC, at=END).publication == "ended"
    )


def test_a_record_sent_again_under_another_name_stands_as_it_was_until_a_person_decides() -> None:
    fined()

    again = fined(NEXT, CF_JDRQ="2026-11-12", CF_XDR_MC="示范完全另一家制造有限公司")

    assert (again.unlinked, again.superseded, again.held, held_reasons()) == (1, 0, 0, set())
    assert UnlinkedRow.objects.get().reason == "name-differs"
    assert [(seen.fields["CF_JDRQ"], seen.publish_until) for seen in shown(NEXT)] == [("2026-10-12", END)]


def test_what_was_sent_again_under_another_name_shows_for_the_rest_of_its_period_only() -> None:
    fined()
    fined(NEXT, CF_JDRQ="2026-11-12", CF_XDR_MC="示范完全另一家制造有限公司")

    link_row(
        row=UnlinkedRow.objects.get(), subject_id=entry().subject_id, ground="已更名", actor=ZHAO, at=THEN
    )

    assert [(seen.fields["CF_JDRQ"], seen.publish_until) for seen in shown(THEN)] == [("2026-11-12", END)]


def test_a_day_the_source_had_shortened_to_is_not_undone_by_leaving_it_out() -> None:
    fined(CF_GSJZQ="2027-03-01")
    (before,) = shown(AT)

    fined(NEXT)

    assert [seen.publish_until for seen in shown(NEXT)] == [before.publish_until]


def test_a_record_sent_again_with_an_earlier_day_ends_earlier() -> None:
    fined()

    fined(NEXT, CF_JDRQ="2026-09-12")

    assert [seen.publish_until for seen in shown(NEXT)] == [datetime(2027, 9, 11, 16, 0, tzinfo=UTC)]


def test_a_repaired_record_does_not_show_again_when_a_later_batch_is_recalled() -> None:
    fined()
    second = fined(NEXT, CF_NR_FK="3")
    repaired(THEN)

    recalled(second, at=THEN + HOUR)

    assert entry().kind == "resend"
    assert shown(THEN + HOUR) == []


def test_a_batch_that_still_says_what_was_corrected_waits_for_a_person() -> None:
    fined()
    with transaction.atomic():
        correct_entry(
            entry(), {"CF_NR_FK": "0.2"}, kind=Kind.CLERICAL, ground="少写小数点", proposed_by=LIN.written,
            decided_by=ZHAO, at=NEXT,
        )  # fmt: skip

    fined(THEN)

    assert UnlinkedRow.objects.get().reason == "undoes-a-correction"
    assert [seen.fields["CF_NR_FK"] for seen in shown(THEN)] == ["0.2"]


def test_the_number_that_was_corrected_comes_back_only_held() -> None:
    fined()
    with transaction.atomic():
        correct_entry(
            entry(), {"CF_WSH": "示环罚〔2026〕21号"}, kind=Kind.CLERICAL, ground="文号有误",
            proposed_by=LIN.written, decided_by=ZHAO, at=NEXT,
        )  # fmt: skip

    fined(THEN)

    assert held_reasons() == {"returns-after-correction"}
    assert [seen.document_number for seen in shown(THEN)] == ["示环罚〔2026〕21号"]


def certified() -> list[str]:
    """Return the notices that tell of a certification."""
    return list(Notice.objects.filter(kind__startswith="record.certified").values_list("kind", flat=True))


def address() -> dict[str, object]:
    found = Entry.objects.get(superseded_at=None, held_reason__startswith="returns-after")
    return {
        "subject_id": found.subject_id,
        "record_id": found.record_id,
        "ground": "来源单位 11 月 20 日函证明属实",
    }


def test_what_comes_again_is_not_published_by_an_officer_alone() -> None:
    fined()
    withdrawn()
    fined(THEN)

    with pytest.raises(ComesAgain):
        decide_held(**address(), publish=True, actor=ZHAO, at=THEN)


def test_a_withdrawn_record_shows_again_as_certified_by_its_source_and_its_subject_is_told() -> None:
    fined()
    withdrawn()
    fined(THEN)

    assert certify_returned(**address(), actor=ZHAO, at=THEN + HOUR)

    (seen,) = shown(THEN + HOUR)
    assert (entry().kind, entry().decided_by, seen.publish_until) == ("certified", ZHAO.written, END)
    assert certified() == ["record.certified"]
    assert fined(THEN + 2 * HOUR, CF_NR_FK="3").held == 0


@pytest.mark.parametrize("changes", SEEN_AGAIN.values(), ids=SEEN_AGAIN.keys())
def test_a_repaired_record_never_shows_again_certified_or_not(changes: dict[str, str]) -> None:
    fined()
    repaired()
    fined(THEN, **changes)

    assert not certify_returned(**address(), actor=ZHAO, at=THEN + HOUR)

    assert shown(THEN + HOUR) == []
    assert certified() == ["record.certified-not-shown"]
    assert fined(THEN + 2 * HOUR, **{**changes, "CF_NR_FK": "3"}).held == 1
    assert shown(THEN + 2 * HOUR) == []


def test_a_certified_repaired_record_is_a_tombstone_of_its_end_as_before() -> None:
    fined()
    repaired()
    fined(THEN, CF_NR_FK="3")
    certify_returned(**address(), actor=ZHAO, at=THEN + HOUR)

    gone = record(entry().subject_id, entry().record_id, audience=Audience.PUBLIC, at=THEN + HOUR)

    assert gone is not None
    assert (gone.publication, gone.ended_at) == ("ended", NEXT)


def test_what_an_officer_refused_to_release_is_held_when_it_comes_once_more() -> None:
    fined()
    after = END + HOUR
    fined(after, CF_JDRQ="2027-10-01")
    decide_held(**address(), publish=False, actor=ZHAO, at=after + HOUR)

    assert fined(after + 2 * HOUR, CF_JDRQ="2027-10-02").held == 1
    assert shown(after + 2 * HOUR) == []


def test_nothing_is_certified_that_does_not_wait_for_it() -> None:
    an_agency()
    fined()
    found = entry()

    with pytest.raises(NotWaiting):
        certify_returned(
            subject_id=found.subject_id, record_id=found.record_id, ground="x", actor=ZHAO, at=NEXT
        )


def test_what_has_ended_is_asked_of_a_known_subject_and_not_of_one_that_the_file_begins() -> None:
    an_agency()
    with CaptureQueriesContext(connection) as beginning:
        sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号")))
    with CaptureQueriesContext(connection) as again:
        sent(csv_of(penalty(CF_WSH="示环罚〔2026〕14号")), at=NEXT)

    def ended_asked(asked: CaptureQueriesContext) -> bool:
        return any("FROM ledger_fingerprint" in one["sql"] for one in asked.captured_queries)

    assert not ended_asked(beginning)
    assert ended_asked(again)
    assert Entry.objects.count() == 3
