"""A body follows an organisation: with a purpose and a basis, for a year at most, seen by whom it follows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cast import AT, LIN, ZHAO, firm_code
from listing_rows import REMOVED, abnormal, listed, qiao
from sending import an_agency, csv_of, penalty, sent
from withdrawing import withdraw_record

from gongxin.core.checks import UnfitWords
from gongxin.flows.follow import (
    Asked,
    EndsTooSoon,
    FollowedAlready,
    HasEnded,
    NoConsent,
    NotAnOrganisation,
    NotSealed,
    TooLong,
    begin_follow,
    end_follow,
)
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.seal_looks import approve_seal, ask_for_seal, end_seal
from gongxin.flows.warn_followers import warn_followers
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.checks.follows import followers_shown
from gongxin.registry.checks.models import Follow, Warned
from gongxin.registry.notices.models import Notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
UNTIL = date(2027, 5, 31)


def a_bank() -> Agency:
    return Agency.objects.create(id=uuid4(), code=firm_code(50), name="示范农村商业银行", region="990100")


def followed(*, at: datetime = AT, agency: Agency | None = None, **more: Any) -> Follow:
    told = {"subject_id": qiao(), "purpose": "行业监管", "basis": "条例第四十条", "until_on": UNTIL, **more}
    return begin_follow(agency=agency or an_agency(), asked=Asked(**told), actor=LIN, at=at)


def told() -> list[str]:
    return list(Warned.objects.order_by("id").values_list("kind", flat=True))


def test_a_follow_has_its_purpose_its_basis_and_its_end_and_the_subject_sees_it() -> None:
    sent(csv_of(penalty()))
    made = followed()

    assert (made.purpose, made.basis, made.until_on) == ("行业监管", "条例第四十条", UNTIL)
    assert followers_shown([qiao()], at=AT) == [made]
    assert AuditEvent.objects.filter(action="follow.begun", object_id=made.id.hex).exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"purpose": " "}, UnfitWords),
        ({"basis": ""}, UnfitWords),
        ({"purpose": "查 11010519491231002X"}, UnfitWords),
        ({"until_on": date(2026, 11, 23)}, EndsTooSoon),
        ({"until_on": date(2027, 11, 24)}, TooLong),
        ({"subject_id": uuid4()}, NotAnOrganisation),
        ({"case_number": "查〔2026〕1号"}, NotSealed),
    ],
)
def test_what_cannot_be_followed_is_refused(changed: dict[str, Any], refusal: type[Exception]) -> None:
    sent(csv_of(penalty()))
    with pytest.raises(refusal):
        followed(**changed)
    assert not Follow.objects.exists()


def test_a_bank_follows_with_the_consent_of_whom_it_follows_only() -> None:
    sent(csv_of(penalty()))
    bank = a_bank()
    with pytest.raises(NoConsent):
        followed(agency=bank)
    assert followed(agency=bank, consent="授2026-7").basis == "授权书 授2026-7"


def test_one_body_follows_once_and_again_when_that_has_ended() -> None:
    sent(csv_of(penalty()))
    first = followed()
    with pytest.raises(FollowedAlready):
        followed()
    end_follow(follow=first, actor=LIN, at=AT + HOUR)
    with pytest.raises(HasEnded):
        end_follow(follow=first, actor=LIN, at=AT + 2 * HOUR)
    assert followed(at=AT + 3 * HOUR).id != first.id


def test_a_follow_ends_by_itself_on_its_day_and_tells_nothing_after_it() -> None:
    sent(csv_of(penalty()))
    made = followed()
    later = datetime(2027, 6, 1, 2, 0, tzinfo=UTC)
    listed(abnormal(), at=later)

    assert warn_followers(at=later + HOUR) == 0
    made.refresh_from_db()
    assert (made.ended_by, made.ended_at) == ("platform", datetime(2027, 5, 30, 16, 0, tzinfo=UTC))
    assert followed(at=later, until_on=date(2027, 12, 31)).id != made.id


def test_a_sealed_follow_is_hidden_from_its_subject_until_the_seal_ends() -> None:
    sent(csv_of(penalty()))
    seal = ask_for_seal(
        agency_id=an_agency().id, subject_id=qiao(), case_number="查〔2026〕1号", article="税收征管法五十四",
        until_on=date(2027, 3, 1), actor=LIN, at=AT,
    )  # fmt: skip
    approve_seal(seal=seal, actor=ZHAO, at=AT)
    made = followed(case_number="查(2026)1号")

    assert followers_shown([qiao()], at=AT) == []
    end_seal(seal=seal, ground="查结", actor=ZHAO, at=AT + HOUR)
    assert followers_shown([qiao()], at=AT + 2 * HOUR) == [made]


def test_the_follower_is_told_of_a_listing_and_of_its_end_once_each() -> None:
    sent(csv_of(penalty()))
    followed()
    assert warn_followers(at=AT) == 0

    listed(abnormal(), at=AT + HOUR)
    assert warn_followers(at=AT + 2 * HOUR) == 1
    assert warn_followers(at=AT + 3 * HOUR) == 0
    listed(abnormal(**REMOVED), at=AT + 4 * HOUR)
    assert warn_followers(at=AT + 5 * HOUR) == 1
    assert told() == ["listed", "delisted"]


def test_a_penalty_is_told_when_it_shows_and_when_it_was_withdrawn() -> None:
    listed(abnormal())
    followed()
    sent(csv_of(penalty()), at=AT + HOUR)
    warn_followers(at=AT + 2 * HOUR)
    posted = Warned.objects.get()
    withdraw_record(
        subject_id=qiao(), record_id=posted.record_id or uuid4(), ground="处罚决定已撤销", proposed_by=LIN,
        decided_by=ZHAO, at=AT + 3 * HOUR,
    )  # fmt: skip

    warn_followers(at=AT + 4 * HOUR)
    assert told() == ["penalty-posted", "withdrawn"]


def test_nothing_is_told_that_is_not_shown_to_everybody() -> None:
    listed(abnormal())
    followed()
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")), at=AT + HOUR)  # a minor one: withheld

    assert warn_followers(at=AT + 2 * HOUR) == 0


def test_what_stood_when_the_follow_began_is_not_told_but_its_end_is() -> None:
    listed(abnormal())
    followed()
    assert warn_followers(at=AT + HOUR) == 0
    listed(abnormal(**REMOVED), at=AT + 2 * HOUR)
    warn_followers(at=AT + 3 * HOUR)
    assert told() == ["delisted"]


def test_the_notice_names_whom_and_what_kind_of_change_and_no_content() -> None:
    sent(csv_of(penalty()))
    followed()
    listed(abnormal(), at=AT + HOUR)
    warn_followers(at=AT + 2 * HOUR)

    notice = Notice.objects.get(kind="follow.warned")
    text = notice_in_words(notice, language="zh-hans")
    assert notice.agency == an_agency()
    assert text.title == "所关注的主体有变动：示范乔木机械有限公司"
    assert "列入名单" in text.paragraphs[0]
    assert "示例异列" not in "".join(text.paragraphs)


def test_the_worker_warns_followers() -> None:
    sent(csv_of(penalty()))
    followed()
    listed(abnormal(), at=AT + HOUR)
    run_worker(once=True, clock=lambda: AT + 2 * HOUR, name="worker-of-tests")
    assert told() == ["listed"]
