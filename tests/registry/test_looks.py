"""Who looked, as the subject and the auditor are told; whatever is sealed comes to light in its time."""

from datetime import timedelta

import pytest
from cast import AT, BUREAU
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from seals import ARTICLE, CASE, CHEN, DAY, HAN, IN_A_MONTH, a_bureau, a_firm, looked, sealed

from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.flows import seal_looks
from gongxin.registry.audit.events import write_event
from gongxin.registry.audit.looks import looks_at, usage_period
from gongxin.registry.audit.models import Look, Seal

pytestmark = pytest.mark.django_db
REFUSALS = (
    seal_looks.TooLong, seal_looks.EndsTooSoon, seal_looks.SealedAlready, seal_looks.NotInForce,
    seal_looks.NotWaiting, seal_looks.AskedThemselves, seal_looks.HasEnded,
)  # fmt: skip


def told(firm, at, audience=Audience.SUBJECT, **narrowed):
    return looks_at([firm], audience=audience, at=at, **narrowed)


def test_the_subject_is_told_body_role_purpose_and_case_and_never_who():
    bureau, firm = a_bureau(), a_firm()
    looked(bureau, firm, at=AT)

    (look,) = told(firm, AT).looks

    assert (look.body, look.body_code, look.role, look.kind) == ("示范市稽查局", BUREAU, "head", "user")
    assert (look.purpose, look.case_number) == ("record.read-history: investigation", CASE)
    assert look.actor == ""
    assert "han" not in repr(look)


def test_the_auditor_is_told_who_and_that_it_is_sealed_from_the_subject():
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)
    looked(bureau, firm, at=AT + DAY)

    (look,) = told(firm, AT + DAY, Audience.AUDITOR).looks

    assert look.actor == "user:han"
    assert (look.seal.article, look.seal.end_on, look.seal.hides) == (ARTICLE, IN_A_MONTH, True)


def test_afterwards_the_subject_is_told_that_it_was_sealed_and_under_which_article():
    firm = a_firm()
    sealed(None, firm)
    looked(None, firm, at=AT + DAY)

    (look,) = told(firm, day_begins(IN_A_MONTH)).looks

    assert (look.body, look.seal.article, look.seal.end_on) == ("", ARTICLE, IN_A_MONTH)
    assert not look.seal.hides


def test_pages_begin_with_the_newest_and_count_all_that_may_be_seen():
    bureau, firm = a_bureau(), a_firm()
    sealed(bureau, firm)
    for day in range(5):
        looked(None, firm, at=AT + day * DAY)
        looked(bureau, firm, at=AT + day * DAY)

    page = told(firm, AT + 9 * DAY, offset=1, limit=2)

    assert page.total == 5
    assert [look.at for look in page.looks] == [AT + 3 * DAY, AT + 2 * DAY]
    assert told(firm, AT + 9 * DAY, Audience.AUDITOR).total == 10
    assert told(firm, AT + 9 * DAY, since=AT + 2 * DAY, before=AT + 3 * DAY).total == 2
    assert told(firm, AT + DAY).total == 2


def test_the_looks_at_all_who_are_one_are_on_one_page():
    firm, other = a_firm(), a_firm()
    looked(None, firm, at=AT)
    looked(None, other, at=AT + DAY)

    page = looks_at([firm, other], audience=Audience.SUBJECT, at=AT + DAY)

    assert [look.subject_id for look in page.looks] == [other, firm]


def test_looks_are_written_down_since_the_first_act_of_the_platform():
    assert usage_period(at=AT) == AT

    for at in (AT + DAY, AT - DAY):
        write_event(actor=HAN, action="session.opened", object_kind="user", object_id="1", at=at)

    assert usage_period(at=AT + 2 * DAY) == AT - DAY


# What happens to a seal that was asked for, approved and looked under: each act with the days waited
# before it and, where it asks for an end, the days until that.
acts = st.lists(
    st.tuples(
        st.sampled_from(["look", "extend", "approve", "end", "ask"]),
        st.sampled_from([0, 1, 20, 70]),
        st.sampled_from([2, 30, 120, 182]),
    ),
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)  # fmt: skip
@given(length=st.sampled_from([2, 60, 181]), acts=acts)
@example(length=2, acts=[("extend", 0, 120), ("approve", 20, 2)])  # an extension approved too late
@example(length=60, acts=[("extend", 0, 120), ("approve", 20, 2), ("look", 20, 2), ("end", 20, 2)])
def test_no_subject_sees_a_look_before_its_seal_ends_and_sees_every_look_within_six_months(length, acts):
    firm, now = a_firm(), AT
    for act, wait, days in [("ask", 0, length), ("approve", 1, 0), ("look", 0, 0), *acts]:
        now += timedelta(days=wait, hours=1)
        _done(act, firm, now, days)

    for look in Look.objects.filter(subject_id=firm):
        _comes_to_light(look, firm, now)


def _done(act, firm, at, length):
    newest = Seal.objects.filter(subject_id=firm).order_by("-asked_at", "-id").first()
    until = legal_day(at) + timedelta(days=length)
    try:
        if act == "look":
            looked(None, firm, at=at)
        elif act == "ask":
            seal_looks.ask_for_seal(
                agency_id=None, subject_id=firm, case_number=CASE, article=ARTICLE, until_on=until, actor=HAN,
                at=at,
            )  # fmt: skip
        elif newest is not None:
            _done_to(newest, act, until, at)
    except REFUSALS:
        return


def _done_to(seal, act, until, at):
    if act == "extend":
        seal_looks.ask_to_extend(seal=seal, article=ARTICLE, until_on=until, actor=HAN, at=at)
    elif act == "approve":
        seal_looks.approve_seal(seal=seal, actor=CHEN, at=at)
    else:
        seal_looks.end_seal(seal=seal, ground="调查已终结", actor=CHEN, at=at)


def _comes_to_light(look, firm, now):
    """Of one look: unsealed at once; sealed not before its end, from then on always, within six months."""
    due = max(_end(look.seal), look.at) if look.seal else look.at
    limit = day_begins(add_months(legal_day(look.at), 6))
    asked = Seal.objects.filter(subject_id=firm).values_list("until_on", flat=True)
    for at in {look.at, due - timedelta(microseconds=1), due, now, limit, *map(day_begins, asked)}:
        shown = look.id in {one.id for one in told(firm, at).looks}
        assert shown == (at >= due), (look.at, due, at)
    assert look.id in {one.id for one in told(firm, look.at, Audience.AUDITOR).looks}
    assert due <= limit


def _end(first):
    """Return when a seal ends, reckoned from what happened to it, one thing after the other."""
    end = day_begins(first.until_on)
    for longer in first.extensions.exclude(approved_at=None).order_by("approved_at"):
        end = day_begins(longer.until_on) if longer.approved_at < end else end
    return min(end, first.ended_at or end)
