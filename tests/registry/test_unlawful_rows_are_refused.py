"""What the database itself refuses, whoever writes: listings, checks and measures that no law allows."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT
from django.db import DatabaseError, IntegrityError, connection, transaction
from lawful_rows import (
    OPEN_RULE,
    a_check,
    a_listing,
    a_rule,
    check_values,
    exit_values,
    grave_delay_values,
    listing_values,
    notice_to,
)
from sending import csv_of, penalty, sent

from gongxin.registry.checks.models import Applied, Changed, Check, Unanswered
from gongxin.registry.commitments.models import GraveDelay
from gongxin.registry.lists.models import CriteriaDraft, Exit, Listing, Proceeding
from gongxin.registry.notices.models import Delivery
from gongxin.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db

NOT_DECIDED = dict.fromkeys(
    ("objections_ended_at", "decision_number", "decided_by", "decided_at", "until_on", "notice_id")
)


@pytest.fixture
def qiao() -> UUID:
    sent(csv_of(penalty()))
    return Subject.objects.get().id


def at_once() -> None:
    """Let references that are looked at with the commit be looked at now."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(model: Any, values: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            model.objects.create(**values)
            at_once()
    except (IntegrityError, DatabaseError):
        return True
    return False


def test_a_lawful_listing_is_taken(qiao: UUID) -> None:
    assert not refused(Listing, listing_values(qiao))


@pytest.mark.parametrize(
    "spoiled",
    [
        {"basis_source": ""},
        {"decision_number": ""},
        {"ground": ""},
        {"notice_id": None},
        {"way": "attested", "notice_id": None, "attestation": ""},
        {"notice_id": UUID(int=7)},  # of nobody
        {"entry_id": UUID(int=7)},
        {"until_on": None},
        {"until_on": date(2026, 11, 23)},  # no later than it begins
        {"remedy": ""},
        {"exit_terms": ""},
        {"decided_by": "user:lin"},  # who proposed it
        {"effect": "score"},
    ],
    ids="+".join,
)
def test_the_database_refuses_a_listing_without(qiao: UUID, spoiled: dict[str, Any]) -> None:
    assert refused(Listing, listing_values(qiao, **spoiled))


def test_the_database_refuses_a_listing_by_a_notice_to_another(qiao: UUID) -> None:
    other = Subject.objects.create(id=uuid4(), kind="organisation", database="legal-person", created_at=AT)

    assert refused(Listing, listing_values(qiao, notice_id=notice_to(other.id).id))


@pytest.mark.parametrize("model", [Listing, Check])
def test_the_database_refuses_a_person_on_a_list_and_in_a_check(qiao: UUID, model: Any) -> None:
    person = Subject.objects.create(id=uuid4(), kind="professional", database="natural-person", created_at=AT)
    values = listing_values(qiao) if model is Listing else check_values(qiao)
    if model is Listing:
        values |= {"notice_id": notice_to(person.id).id}

    assert refused(model, {**values, "subject_id": person.id})


def test_nobody_is_listed_without_prior_notice_or_unheard(qiao: UUID) -> None:
    a_listing(qiao)

    for change in (
        {"outcome": "listed", "outcome_reason": "属实", "closed_at": AT, "closed_by": "user:zhao"},
        {"outcome": "dropped", "closed_at": AT, "closed_by": "user:zhao"},  # says not why
        {
            "outcome": "listed", "outcome_reason": "属实", "closed_at": AT, "closed_by": "user:zhao",
            "notice_id": uuid4(), "noticed_at": AT, "objections_until": AT.date(), "hearing_asked_at": AT,
        },
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Proceeding.objects.update(**change)


def test_draft_criteria_lie_open_for_thirty_days(qiao: UUID) -> None:
    draft = {
        "id": uuid4(), "list_id": "wage-arrears", "title": "认定标准", "text": "……",
        "published_on": AT.date(),
        "published_by": "user:zhao", "at": AT,
    }  # fmt: skip

    assert refused(CriteriaDraft, {**draft, "days_for_comment": 29})
    assert not refused(CriteriaDraft, {**draft, "days_for_comment": 30})


def test_the_database_refuses_a_measure_the_law_has_no_row_for(qiao: UUID) -> None:
    listing = a_listing(qiao)
    check = a_check(listing)
    applied = {"subject_id": qiao, "id": uuid4(), "check_id": check.id, "record_id": listing.record_id}

    assert refused(Applied, {**applied, "rule_id": "S4/list:wage-arrears/government-procurement"})


def test_the_database_refuses_a_measure_on_an_unrelated_matter_or_of_a_law_nobody_read(qiao: UUID) -> None:
    listing = a_listing(qiao)
    check = a_check(listing)
    other = a_rule("S1/list:wage-arrears/land-supply")
    inert = a_rule("S2/list:overloading/government-procurement", active=False)
    applied = {"subject_id": qiao, "check_id": check.id, "record_id": listing.record_id}

    assert refused(Applied, {**applied, "id": uuid4(), "rule_id": other.id})
    assert refused(Applied, {**applied, "id": uuid4(), "rule_id": inert.id})
    assert not refused(Applied, {**applied, "id": uuid4(), "rule_id": OPEN_RULE})


def test_no_answer_changes_without_its_notice(qiao: UUID) -> None:
    check = a_check(a_listing(qiao))
    changed = {"subject_id": qiao, "check_id": check.id, "verdict": "allow", "signed": "a.b.c", "at": AT}

    assert refused(Changed, {**changed, "id": uuid4(), "notice_id": uuid4()})
    assert refused(Changed, {**changed, "id": uuid4(), "notice_id": None})


def test_nobody_unknown_is_allowed_anything(qiao: UUID) -> None:
    a_check(a_listing(qiao))
    asked = {"matter": "awards", "why": "x", "asked_at": AT, "asked_by": "user:lin", "purpose": "评优"}
    agency = Check.objects.get().agency

    for verdict in ("allow", "benefit", "require", "restrict"):
        assert refused(Unanswered, {**asked, "id": uuid4(), "agency": agency, "verdict": verdict})


@pytest.mark.parametrize(
    "spoiled",
    [
        {"reason": ""},
        {"why": "mercy"},
        {"listing_id": UUID(int=7)},
        {"outcome": "left"},  # by nobody, for no reason, told to nobody
        {"outcome": "left", "outcome_reason": "条件具备", "closed_at": AT, "closed_by": "user:lin"},
        {"rehabilitation_asked_at": AT},
    ],
)
def test_an_exit_without_reason_second_person_or_notice_is_refused(
    qiao: UUID, spoiled: dict[str, Any]
) -> None:
    listing = a_listing(qiao)
    other = {"record_id": uuid4(), **spoiled}
    assert not refused(Exit, exit_values(listing, record_id=uuid4()))
    assert refused(Exit, exit_values(listing, **other))


def test_who_asked_for_an_exit_cannot_grant_it(qiao: UUID) -> None:
    listing = a_listing(qiao)
    closed = {
        "record_id": uuid4(), "outcome": "left", "outcome_reason": "条件具备", "closed_at": AT,
        "notice_id": listing.notice_id,
    }  # fmt: skip
    assert refused(Exit, exit_values(listing, closed_by="user:qiao", **closed))
    assert not refused(Exit, exit_values(listing, closed_by="user:lin", **closed))


@pytest.mark.parametrize(
    "spoiled",
    [
        {"decided_by": "user:lin"},  # who proposed it
        {"decision_number": ""},
        {"until_on": None},
        {"notice_id": None},
        {"notice_id": UUID(int=7)},
        {"evidence": ""},
        {"reasons": ""},
        {"prior_notice_id": None},
        {"prior_notice_id": UUID(int=7)},
        {"objections_ended_at": None},
        {"objections_ended_at": AT + timedelta(days=9)},  # after the decision
        {"objections_ended_at": AT},  # as soon as the notice arrived
    ],
)
def test_grave_late_payment_without_two_persons_evidence_number_end_and_notice_is_refused(
    qiao: UUID, spoiled: dict[str, Any]
) -> None:
    assert not refused(GraveDelay, grave_delay_values(qiao))
    assert refused(GraveDelay, grave_delay_values(qiao, **spoiled))


def test_grave_late_payment_is_not_decided_before_its_notice_has_arrived(qiao: UUID) -> None:
    one = GraveDelay.objects.create(**{**grave_delay_values(qiao), **NOT_DECIDED})
    Delivery.objects.filter(notice_id=one.prior_notice_id).update(state="queued", served_at=None)
    lawful = {name: value for name, value in grave_delay_values(qiao).items() if name in NOT_DECIDED}

    def decided() -> int:
        with transaction.atomic():
            return GraveDelay.objects.filter(id=one.id).update(**lawful)

    with pytest.raises(DatabaseError):
        decided()
    Delivery.objects.filter(notice_id=one.prior_notice_id).update(state="served", served_at=AT)
    assert decided() == 1
