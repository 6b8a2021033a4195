"""A seal is asked by one and approved by another, lasts six months at most, and covers its own case alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import AT, ZHAO
from django.db import IntegrityError, transaction
from identities import merged
from seals import (
    ARTICLE,
    CASE,
    CHEN,
    DAY,
    HAN,
    IN_A_MONTH,
    IN_SIX_MONTHS,
    a_bureau,
    a_firm,
    asked,
    looked,
    sealed,
)

from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import day_begins
from gongxin.flows.seal_looks import (
    AskedThemselves,
    EndsTooSoon,
    HasEnded,
    NotInForce,
    NotWaiting,
    SealedAlready,
    TooLong,
    approve_seal,
    ask_to_extend,
    end_seal,
)
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.looks import looks_at
from gongxin.registry.audit.models import AuditEvent, Look, Seal
from gongxin.registry.audit.seals import ends_of

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def seen(firm, at, audience=Audience.SUBJECT):
    return looks_at([firm], audience=audience, at=at).total


def test_a_sealed_look_is_not_seen_before_the_end_and_from_that_instant_it_is():
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)

    assert looked(bureau, firm, at=AT + DAY) == IN_A_MONTH

    end = day_begins(IN_A_MONTH)
    assert [seen(firm, at) for at in (AT + DAY, end - TICK, end)] == [0, 0, 1]
    assert [seen(firm, at, Audience.AUDITOR) for at in (AT + DAY, end)] == [1, 1]
    assert seen(firm, end + DAY, Audience.PUBLIC) == 0


def test_a_planted_look_without_its_seal_would_be_seen_at_once():
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)
    looked(bureau, firm, at=AT + DAY)
    mine = Look.objects.get()

    Look.objects.create(
        id=uuid4(), at=mine.at, actor_kind="user", actor="han", agency_id=bureau.id, subject_id=firm,
        purpose=mine.purpose, case_number=CASE, seal=None,
    )  # fmt: skip

    assert seen(firm, AT + 2 * DAY) == 1


@pytest.mark.parametrize("number", ["示稽(2026)7号", " 示稽【２０２６】 ７号"])
def test_the_case_is_known_however_its_number_is_typed(number):
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)

    assert looked(bureau, firm, at=AT + DAY, case=number) == IN_A_MONTH


def test_another_case_another_body_another_subject_and_what_was_before_are_not_sealed():
    bureau, firm, other = a_bureau(), a_firm(), a_firm()
    looked(bureau, firm, at=AT - DAY)
    waiting = asked(bureau, firm)
    looked(bureau, firm, at=AT)
    approve_seal(seal=waiting, actor=CHEN, at=AT + DAY)
    looked(bureau, firm, at=AT + 2 * DAY, case="示稽〔2026〕8号")
    looked(None, firm, at=AT + 2 * DAY)
    looked(bureau, other, at=AT + 2 * DAY)

    assert not Look.objects.exclude(seal=None).exists()
    assert (seen(firm, AT + 3 * DAY), seen(other, AT + 3 * DAY)) == (4, 1)


def test_a_look_at_one_who_is_one_with_the_subject_is_sealed_too():
    bureau, firm, other = a_bureau(), a_firm(), a_firm()
    sealed(bureau, firm)
    merged(other, firm, at=AT + DAY)

    looked(bureau, other, at=AT + 2 * DAY)

    assert looks_at([firm, other], audience=Audience.SUBJECT, at=AT + 3 * DAY).total == 0


def test_a_body_that_succeeded_the_one_that_asked_looks_under_its_seal():
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)
    heir = Agency.objects.create(id=uuid4(), code="11990100MB0000003X", name="示范市稽查总队")
    Agency.objects.filter(id=bureau.id).update(successor=heir)

    assert looked(heir, firm, at=AT + DAY) == IN_A_MONTH


def test_who_asks_does_not_approve_not_even_in_the_database():
    firm = a_firm()
    waiting = asked(None, firm)

    with pytest.raises(AskedThemselves):
        approve_seal(seal=waiting, actor=HAN, at=AT)
    with pytest.raises(IntegrityError, match="nobody_approves_their_own_seal"), transaction.atomic():
        Seal.objects.filter(id=waiting.id).update(approved_at=AT, approved_by=HAN.written, from_on=AT.date())


def test_more_than_six_months_is_refused_by_the_flow_and_by_the_database():
    firm = a_firm()

    with pytest.raises(TooLong) as refused:
        asked(None, firm, until=IN_SIX_MONTHS + DAY)
    assert refused.value.latest == IN_SIX_MONTHS
    sealed(None, firm, until=IN_SIX_MONTHS)
    with pytest.raises(IntegrityError, match="a_seal_lasts_six_months_at_most"), transaction.atomic():
        planted(firm, until_on=IN_SIX_MONTHS + DAY, from_on=AT.date())


@pytest.mark.parametrize(
    ("from_on", "latest"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2026, 3, 1), date(2026, 9, 1)),
    ],
)
def test_the_database_counts_six_months_as_the_law_counts_months(from_on, latest):
    firm = a_firm()

    planted(firm, until_on=latest, from_on=from_on)
    with pytest.raises(IntegrityError, match="six_months"), transaction.atomic():
        planted(firm, until_on=latest + DAY, from_on=from_on)


def planted(firm, *, until_on, from_on):
    """A seal that came into the database past the flow."""
    return Seal.objects.create(
        id=uuid4(), subject_id=firm, case_number="x", article="y", until_on=until_on, asked_at=AT,
        asked_by="user:a", approved_at=AT, approved_by="user:b", from_on=from_on,
    )  # fmt: skip


def test_an_end_that_is_no_end_is_refused():
    firm = a_firm()

    with pytest.raises(EndsTooSoon):
        asked(None, firm, until=AT.date())
    waiting = asked(None, firm, until=AT.date() + DAY)
    with pytest.raises(EndsTooSoon):
        approve_seal(seal=waiting, actor=CHEN, at=AT + DAY)


def test_one_case_has_one_seal_at_a_time():
    firm = a_firm()
    waiting = asked(None, firm)

    with pytest.raises(SealedAlready):
        asked(None, firm, case="示稽(2026)7号")
    approve_seal(seal=waiting, actor=CHEN, at=AT)
    with pytest.raises(SealedAlready):
        asked(None, firm, at=AT + DAY)
    assert asked(None, firm, until=IN_SIX_MONTHS, at=day_begins(IN_A_MONTH)).first is None


def test_an_extension_is_approved_anew_and_ends_within_six_months_of_the_first_approval():
    bureau, firm = a_bureau(), a_firm()
    first = sealed(bureau, firm)
    looked(bureau, firm, at=AT + DAY)
    with pytest.raises(TooLong):
        extended(first, IN_SIX_MONTHS + DAY)
    with pytest.raises(EndsTooSoon):
        extended(first, IN_A_MONTH)

    longer = extended(first, IN_SIX_MONTHS)
    assert ends_of([first], at=AT + 3 * DAY)[first.id] == IN_A_MONTH
    with pytest.raises(AskedThemselves):
        approve_seal(seal=longer, actor=HAN, at=AT + 3 * DAY)
    approve_seal(seal=longer, actor=CHEN, at=AT + 3 * DAY)

    end = day_begins(IN_SIX_MONTHS)
    assert [seen(firm, at) for at in (day_begins(IN_A_MONTH), end - TICK, end)] == [0, 0, 1]
    assert looked(bureau, firm, at=AT + 4 * DAY) == IN_SIX_MONTHS


def extended(first, until, at=AT + 2 * DAY):
    return ask_to_extend(seal=first, article=ARTICLE, until_on=until, actor=HAN, at=at)


def test_an_extension_that_forged_its_first_day_hides_nothing_beyond_six_months():
    firm = a_firm()
    first = sealed(None, firm)
    looked(None, firm, at=AT + DAY)

    forged = planted(firm, until_on=date(2027, 9, 1), from_on=date(2027, 4, 1))
    Seal.objects.bulk_create([_as_extension(forged, first)])

    assert seen(firm, day_begins(IN_SIX_MONTHS)) == 1


def _as_extension(forged, first):
    forged.id, forged.first = uuid4(), first
    return forged


def test_what_has_been_shown_is_never_hidden_again():
    bureau, firm = a_bureau(), a_firm()
    first = sealed(bureau, firm)
    looked(bureau, firm, at=AT + DAY)
    late = extended(first, IN_SIX_MONTHS)

    for at in (day_begins(IN_A_MONTH), day_begins(IN_A_MONTH) + DAY):
        with pytest.raises(NotInForce):
            approve_seal(seal=late, actor=CHEN, at=at)
        with pytest.raises(NotInForce):
            extended(first, IN_SIX_MONTHS, at=at)
    assert seen(firm, day_begins(IN_A_MONTH)) == 1


def test_a_lifted_seal_shows_its_looks_at_once_and_seals_no_more():
    bureau, firm = a_bureau(), a_firm()
    first = sealed(bureau, firm)
    looked(bureau, firm, at=AT + DAY)

    end_seal(seal=first, ground="调查已终结", actor=HAN, at=AT + 2 * DAY)

    assert [seen(firm, at) for at in (AT + 2 * DAY - TICK, AT + 2 * DAY)] == [0, 1]
    assert looked(bureau, firm, at=AT + 3 * DAY) is None
    for refused, act in (
        (HasEnded, lambda: end_seal(seal=first, ground="再次解除", actor=ZHAO, at=AT + 3 * DAY)),
        (NotInForce, lambda: extended(first, IN_SIX_MONTHS, at=AT + 3 * DAY)),
        (NotWaiting, lambda: approve_seal(seal=first, actor=CHEN, at=AT + 3 * DAY)),
    ):
        with pytest.raises(refused):
            act()


def test_lifting_by_way_of_an_extension_lifts_the_whole():
    firm = a_firm()
    first = sealed(None, firm)
    looked(None, firm, at=AT + DAY)
    longer = extended(first, IN_SIX_MONTHS)
    approve_seal(seal=longer, actor=CHEN, at=AT + 3 * DAY)

    end_seal(seal=longer, ground="调查已终结", actor=CHEN, at=AT + 4 * DAY)

    assert seen(firm, AT + 4 * DAY) == 1


def test_what_was_refused_seals_nothing():
    firm = a_firm()
    waiting = asked(None, firm)

    end_seal(seal=waiting, ground="没有法律依据", actor=CHEN, at=AT)

    assert looked(None, firm, at=AT + DAY) is None
    with pytest.raises(NotWaiting):
        approve_seal(seal=waiting, actor=CHEN, at=AT + DAY)


def test_every_step_is_in_the_audit_and_names_no_case():
    firm = a_firm()
    first = sealed(None, firm)
    end_seal(seal=extended(first, IN_SIX_MONTHS), ground="无需延长", actor=CHEN, at=AT + 2 * DAY)
    end_seal(seal=first, ground="调查已终结", actor=HAN, at=AT + 3 * DAY)

    written = list(AuditEvent.objects.filter(object_kind="seal").order_by("at"))
    acts = [one.action for one in written]
    assert (sorted(acts[:2]), sorted(acts[2:4]), acts[4]) == (
        ["seal.approved", "seal.asked"], ["seal.asked", "seal.refused"], "seal.lifted",
    )  # fmt: skip
    assert CASE not in str([one.detail for one in written])
