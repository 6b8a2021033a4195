"""A month without decisions is said, not left silent; what was said gives way to what arrives."""

from datetime import date, timedelta

import pytest
from cast import AT, BUREAU, LIN
from django.db import IntegrityError, transaction
from sending import an_agency, csv_of, penalty, recalled, sent

from gongxin.core.legal_day import legal_day
from gongxin.flows.nil_return import (
    MonthNotOpen,
    NoDayOfDecision,
    NotNil,
    NotStanding,
    state_nil,
    withdraw_nil,
)
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import NilReturn
from gongxin.registry.ledger.reported import reports_of

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
LATER = AT + timedelta(hours=1)


def nil(agency: Agency, month: date = OCTOBER, *, class_id: str = "penalty") -> NilReturn:
    on = legal_day(AT)
    found = active_class(class_id, on=on)
    return state_nil(agency=agency, information_class=found, month=month, actor=LIN, at=AT, on=on)[0]


def test_an_agency_states_that_it_decided_nothing_and_the_month_is_settled() -> None:
    agency = an_agency()

    nil(agency)

    (report,) = reports_of({agency.id}, on=legal_day(AT))
    assert report.is_settled(OCTOBER)
    assert AuditEvent.objects.filter(action="nil.stated").count() == 1


def test_what_is_said_twice_stands_once() -> None:
    agency = an_agency()

    assert nil(agency).id == nil(agency).id
    assert AuditEvent.objects.filter(action="nil.stated").count() == 1


def test_a_month_of_which_records_are_here_is_refused_with_their_number() -> None:
    rows = [penalty(CF_WSH=f"{number}号", CF_JDRQ="2026-10-31") for number in range(3)]
    agency = sent(csv_of(*rows, penalty(CF_WSH="九月", CF_JDRQ="2026-09-30"))).agency

    with pytest.raises(NotNil) as refused:
        nil(agency)

    assert refused.value.count == 3
    assert nil(agency, date(2026, 8, 1)).month == date(2026, 8, 1)


def test_a_row_that_waits_for_a_subject_is_a_record_of_the_month_too() -> None:
    sent(csv_of(penalty()))
    bureau = an_agency(BUREAU, "示范市市场监督管理局")
    submission = sent(csv_of(penalty(CF_NR_FK="3")), agency=bureau, at=LATER)
    assert (submission.unlinked, submission.posted) == (1, 0)  # another agency's record

    with pytest.raises(NotNil) as refused:
        nil(bureau)

    assert refused.value.count == 1


def test_a_recalled_record_does_not_stand_against_a_nil_return() -> None:
    submission = sent(csv_of(penalty()))
    recalled(submission, at=LATER)

    assert nil(submission.agency).withdrawn_at is None


def test_a_record_of_the_month_that_arrives_later_takes_the_statement_back() -> None:
    agency = an_agency()
    said, of_september = nil(agency), nil(agency, date(2026, 9, 1))

    submission = sent(csv_of(penalty(CF_JDRQ="2026-10-12")), at=LATER)

    said.refresh_from_db()
    of_september.refresh_from_db()
    assert said.withdrawn_at == LATER
    assert said.overtaken_by == submission
    assert of_september.withdrawn_at is None
    (event,) = AuditEvent.objects.filter(action="nil.withdrawn")
    assert event.detail == {
        "class": "penalty", "month": "2026-10", "submission": submission.id.hex, "records": 1,
    }  # fmt: skip


def test_what_was_withdrawn_with_a_reason_may_be_stated_anew() -> None:
    agency = an_agency()
    said = nil(agency)

    withdraw_nil(nil=said, reason="漏查一件", actor=LIN, at=LATER)

    said.refresh_from_db()
    assert said.withdrawn_reason == "漏查一件"
    assert nil(agency).id != said.id
    with pytest.raises(NotStanding):
        withdraw_nil(nil=said, reason="再次撤回", actor=LIN, at=LATER)


@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2027, 1, 1), date(2025, 10, 1)])
def test_a_month_that_has_not_ended_or_is_over_a_year_old_is_refused(month: date) -> None:
    agency = an_agency()

    with pytest.raises(MonthNotOpen):
        nil(agency, month)


def test_a_class_whose_records_have_no_day_of_decision_has_no_nil_return() -> None:
    agency = an_agency()

    with pytest.raises(NoDayOfDecision):
        nil(agency, class_id="tax-a-level")


def test_the_database_refuses_a_second_standing_statement() -> None:
    said = nil(an_agency())
    said.pk = said.pk.__class__(int=said.pk.int + 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        said.save(force_insert=True)
