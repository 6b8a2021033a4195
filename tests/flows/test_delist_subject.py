"""Leaving a list: early on its conditions, at once where it was wrong, by itself at the end."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

import pytest
from cast import AT, OPERATOR, QIAO_NAME, ZHAO
from checking import asked, fed
from listing_rows import REMOVED, abnormal, listed, qiao
from proceedings import DAY, HOUR, QIAO_ACTS, lin, market, mei, zhao
from repairing import qiao_acts_for
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Party, Who
from gongxin.core.lists import statutory_list
from gongxin.flows.case_steps import DecidedBeforeItsRecord, NotResponsible, OnePersonTwice
from gongxin.flows.decide_held import decide_held
from gongxin.flows.delist_subject import (
    AskedAlready,
    ConditionsOpen,
    DecidedMeanwhile,
    FoundWrong,
    NoEarlyExit,
    NotWronged,
    TooEarly,
    Wish,
    ask_rehabilitation,
    ask_to_leave,
    find_wrong,
    keep_listed,
    let_leave,
    propose_exit,
    refuse_too_early,
)
from gongxin.flows.listing_rights import DecidedByAPerson
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.publish import NotWaiting
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.state_beside import HoldsPersonalNumber
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.checks.models import Changed
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import Exit, Listing
from gongxin.registry.lists.queries import NotListed, rehabilitated
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.listings import Left, in_force_of, left_lately, shown_of

pytestmark = pytest.mark.django_db
ABNORMAL = "abnormal-operation"


@pytest.fixture
def listing() -> Listing:
    """Qiao's firm, listed by the regulator's attested row; Qiao acts for it."""
    market()
    listed(abnormal(列入日期="2026-10-12"))
    qiao_acts_for(qiao())
    return Listing.objects.get()


def wish(listing: Listing, *, corrected_on: date | None = date(2026, 11, 20)) -> Wish:
    return Wish(listing.subject_id, listing.record_id, "已补报年度报告。", corrected_on)


def exits(at: datetime) -> Sequence[Left]:
    return left_lately(statutory_list(ABNORMAL), at=at)


def shown(at: datetime) -> list[str]:
    return [one.known.public_name for one in shown_of(statutory_list(ABNORMAL), at=at, limit=9)]


def left_early(listing: Listing, *, at: datetime = AT + HOUR) -> Exit:
    one = ask_to_leave(wish(listing), actor=QIAO_ACTS, at=at)
    return let_leave(exit_id=one.id, reason="条件具备。", who=lin(), at=at, conditions_met=True)


def test_a_subject_leaves_early_once_an_officer_finds_the_conditions_met(listing: Listing) -> None:
    assert shown(AT) == [QIAO_NAME]

    left_early(listing)

    assert shown(AT + 2 * HOUR) == []
    assert in_force_of([qiao()], at=AT + 2 * HOUR) == []
    assert Notice.objects.filter(kind="listing.left").count() == 1
    newest = Entry.objects.get(record_id=listing.record_id, superseded_at=None)
    assert (newest.proposed_by, newest.decided_by) == ("user:qiao", "user:lin")


def test_the_body_that_listed_is_told_that_its_subject_asks_to_leave(listing: Listing) -> None:
    ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT)
    assert Notice.objects.get(kind="listing.exit-asked").agency == an_agency()
    with pytest.raises(AskedAlready):
        ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT)


def test_an_officer_who_proposes_an_exit_does_not_decide_it(listing: Listing) -> None:
    one = propose_exit(wish(listing), who=lin(), at=AT)
    with pytest.raises(OnePersonTwice):
        let_leave(exit_id=one.id, reason="条件具备。", who=lin(), at=AT, conditions_met=True)
    let_leave(exit_id=one.id, reason="条件具备。", who=mei(), at=AT, conditions_met=True)
    with pytest.raises(DecidedMeanwhile):
        keep_listed(exit_id=one.id, reason="……", who=zhao(), at=AT)


def test_nobody_leaves_early_before_the_cause_was_put_right(listing: Listing) -> None:
    with pytest.raises(TooEarly):
        ask_to_leave(wish(listing, corrected_on=None), actor=QIAO_ACTS, at=AT)
    with pytest.raises(DecidedBeforeItsRecord):
        ask_to_leave(wish(listing, corrected_on=date(2026, 12, 24)), actor=QIAO_ACTS, at=AT)


def test_nobody_leaves_early_while_a_condition_is_open(listing: Listing) -> None:
    one = ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT)
    with pytest.raises(ConditionsOpen):
        let_leave(exit_id=one.id, reason="条件具备。", who=lin(), at=AT)


def test_an_exit_refused_leaves_the_listing_and_tells_why(listing: Listing) -> None:
    one = ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT)
    keep_listed(exit_id=one.id, reason="报告未公示。", who=lin(), at=AT)

    assert shown(AT + HOUR) == [QIAO_NAME]
    text = notice_in_words(Notice.objects.get(kind="listing.kept"), language="zh-hans")
    assert "报告未公示" in "".join(text.paragraphs)
    assert "行政复议" in "".join(text.paragraphs)


def test_a_listing_whose_law_knows_no_early_exit_is_left_by_nobody_early(listing: Listing) -> None:
    listing.decided_on = date(2010, 1, 1)  # before the list's first instrument
    with pytest.raises(NoEarlyExit):
        refuse_too_early(statutory_list(ABNORMAL), listing, None, on=AT.date())


def test_another_subject_and_another_body_end_nothing(listing: Listing) -> None:
    stranger = Who(Actor(ActorKind.USER, "wu"), Party.AGENCY, uuid4())
    with pytest.raises(NotResponsible):
        find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="有误", who=stranger, at=AT)
    with pytest.raises(DecidedByAPerson):
        find_wrong(
            subject_id=qiao(), record_id=listing.record_id, reason="有误", at=AT,
            who=Who(OPERATOR, Party.CENTRE),
        )  # fmt: skip


def test_no_persons_number_goes_into_a_request(listing: Listing) -> None:
    told = Wish(qiao(), listing.record_id, "经办人11010119900307221X", date(2026, 11, 20))
    with pytest.raises(HoldsPersonalNumber):
        ask_to_leave(told, actor=QIAO_ACTS, at=AT)


def test_a_wrong_listing_is_out_of_use_the_moment_one_person_finds_it_wrong(listing: Listing) -> None:
    ensure_key(actor=OPERATOR, at=AT)
    fed()
    assert asked().told["verdict"] == "restrict"

    find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="主体有误", who=lin(), at=AT + HOUR)

    assert asked(at=AT + HOUR).told["verdict"] == "allow"
    assert shown(AT + HOUR) == []
    assert recheck(at=AT + HOUR) >= 1
    assert Changed.objects.first() is not None
    assert {one.agency_id for one in Notice.objects.filter(kind="listing.suspended")} == {
        None,
        an_agency().id,
    }


def test_a_wrong_listing_is_suspended_although_its_subject_asks_to_leave(listing: Listing) -> None:
    early = ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT)

    wrong = _wrong(listing)

    assert in_force_of([qiao()], at=AT + HOUR) == []
    with pytest.raises(AskedAlready):
        _wrong(listing)
    with pytest.raises(FoundWrong):
        let_leave(exit_id=early.id, reason="条件具备。", who=mei(), at=AT, conditions_met=True)
    let_leave(exit_id=wrong.id, reason="确有错误", who=mei(), at=AT + HOUR)
    assert {(one.outcome, one.closed_by) for one in Exit.objects.all()} == {("left", "user:mei")}
    assert exits(AT + HOUR) == []


def test_who_proposed_an_early_exit_may_confirm_that_it_was_wrong_and_closes_nothing_of_their_own(
    listing: Listing,
) -> None:
    propose_exit(wish(listing), who=mei(), at=AT)

    let_leave(exit_id=_wrong(listing).id, reason="确有错误", who=mei(), at=AT + HOUR)

    assert [(one.why, one.closed_by) for one in Exit.objects.order_by("why")] == [
        ("early", "user:lin"),
        ("wrong", "user:mei"),
    ]


@pytest.fixture
def held() -> Listing:
    """Qiao's firm, listed by a row that waits because its name is clearly another."""
    market()
    sent(csv_of(penalty()))
    listed(abnormal(企业名称="示范毫不相干远洋航运有限公司", 列入日期="2026-10-12"))
    return Listing.objects.get()


def let_through(held: Listing, at: datetime) -> None:
    decide_held(
        subject_id=held.subject_id, record_id=held.record_id, publish=True, ground="已更名", actor=ZHAO, at=at
    )


def test_a_listing_that_waits_is_suspended_as_wrong_and_nobody_lets_it_through_meanwhile(
    held: Listing,
) -> None:
    _wrong(held)

    with pytest.raises(NotWaiting):
        let_through(held, AT + HOUR)
    assert (in_force_of([qiao()], at=AT + HOUR), shown(AT + HOUR)) == ([], [])


def test_a_listing_that_waits_and_is_not_wrong_waits_again_and_then_holds(held: Listing) -> None:
    keep_listed(exit_id=_wrong(held).id, reason="主体无误", who=mei(), at=AT + HOUR)
    assert in_force_of([qiao()], at=AT + HOUR) == []

    let_through(held, AT + 2 * HOUR)

    assert [one.record_id for one in in_force_of([qiao()], at=AT + 3 * HOUR)] == [held.record_id]
    assert shown(AT + 3 * HOUR) == [QIAO_NAME]


def test_a_second_person_confirms_that_a_listing_was_wrong_and_rehabilitation_is_offered(
    listing: Listing,
) -> None:
    one = _wrong(listing)
    with pytest.raises(OnePersonTwice):
        let_leave(exit_id=one.id, reason="确有错误", who=lin(), at=AT)

    let_leave(exit_id=one.id, reason="确有错误", who=mei(), at=AT + HOUR)

    assert Entry.objects.get(record_id=listing.record_id, superseded_at=None).kind == "withdrawal"
    text = notice_in_words(Notice.objects.get(kind="listing.revoked"), language="zh-hans")
    assert "消除影响" in "".join(text.paragraphs)
    assert exits(AT + HOUR) == []  # nobody is told again that it stood there
    assert rehabilitated(ABNORMAL, since=AT.date()) == []


def test_who_was_listed_wrongly_chooses_whether_everybody_is_told(listing: Listing) -> None:
    one = _wrong(listing)
    with pytest.raises(NotWronged):
        ask_rehabilitation(exit_id=one.id, acting_for=qiao(), actor=QIAO_ACTS, at=AT)
    let_leave(exit_id=one.id, reason="确有错误", who=mei(), at=AT)

    with pytest.raises(NotResponsible):
        ask_rehabilitation(exit_id=one.id, acting_for=uuid4(), actor=QIAO_ACTS, at=AT)
    ask_rehabilitation(exit_id=one.id, acting_for=qiao(), actor=QIAO_ACTS, at=AT)

    assert [found.id for found in rehabilitated(ABNORMAL, since=AT.date())] == [one.id]
    with pytest.raises(NotWronged):
        ask_rehabilitation(exit_id=one.id, acting_for=qiao(), actor=QIAO_ACTS, at=AT)


def test_a_listing_that_was_right_after_all_holds_again_at_once(listing: Listing) -> None:
    ensure_key(actor=OPERATOR, at=AT)
    fed()
    one = _wrong(listing)

    keep_listed(exit_id=one.id, reason="主体无误", who=mei(), at=AT + 2 * HOUR)

    assert shown(AT + 2 * HOUR) == [QIAO_NAME]
    assert asked(at=AT + 2 * HOUR).told["verdict"] == "restrict"


def test_an_exit_is_announced_by_name_and_day_for_thirty_days(listing: Listing) -> None:
    left_early(listing)

    assert [(one.known.public_name, one.on) for one in exits(AT + DAY)] == [(QIAO_NAME, AT.date())]
    assert len(exits(AT + 29 * DAY)) == 1
    assert exits(AT + 30 * DAY) == []


def test_a_removal_its_source_sends_is_announced_too(listing: Listing) -> None:
    listed(abnormal(列入日期="2026-10-12", **REMOVED), at=AT + HOUR)
    assert [one.known.public_name for one in exits(AT + 2 * HOUR)] == [QIAO_NAME]


def test_a_term_ends_by_itself_and_is_announced(listing: Listing) -> None:
    end = datetime.fromisoformat(f"{listing.until_on.isoformat()}T00:00:00+08:00")

    assert shown(end - HOUR) == [QIAO_NAME]
    assert in_force_of([qiao()], at=end) == []
    assert shown(end) == []
    assert [one.on for one in exits(end)] == [listing.until_on]


def test_what_does_not_stand_any_more_cannot_be_left(listing: Listing) -> None:
    left_early(listing)
    with pytest.raises(NotListed):
        ask_to_leave(wish(listing), actor=QIAO_ACTS, at=AT + DAY)


def test_every_exit_stands_in_the_audit(listing: Listing) -> None:
    left_early(listing)
    acts = AuditEvent.objects.filter(action__startswith="listing.").order_by("at", "id")
    assert [one.action for one in acts] == ["listing.exit-asked", "listing.left"]


def _wrong(listing: Listing) -> Exit:
    return find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="主体有误", who=lin(), at=AT)
