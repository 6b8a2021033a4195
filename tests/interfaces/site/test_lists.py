"""The lists as pages, files and feeds; draft criteria, and what anybody may say of them."""

from uuid import uuid4

import pytest
from cast import AT, QIAO_NAME
from django.test import Client
from listing_rows import abnormal, listed, qiao
from proceedings import HOUR, QIAO_ACTS, known_qiao, lin, market, mei, zhao
from public_doors import doors_of_list, it_is

from gongxin.flows.consult_criteria import (
    CommentsClosed,
    LiesOpenTooShort,
    comment,
    publish_draft,
    take_draft_back,
)
from gongxin.flows.delist_subject import Wish, ask_rehabilitation, ask_to_leave, find_wrong, let_leave
from gongxin.registry.lists.models import CriteriaComment, CriteriaDraft, Listing

pytestmark = pytest.mark.django_db
PAGE = "/lists/abnormal-operation/"
DOORS = doors_of_list("abnormal-operation")
NUMBER = "示例异列〔2026〕3号"


@pytest.fixture
def listing() -> Listing:
    market()
    listed(abnormal(列入日期="2026-10-12", 法定代表人="乔某人"))
    return Listing.objects.get()


def shown(at: object = None) -> set[str]:
    with it_is(at or AT):  # type: ignore[arg-type]
        return {door for door in DOORS if NUMBER in Client().get(door).content.decode()}


def test_who_stands_on_a_list_is_on_its_page_in_its_file_and_feed(listing: Listing) -> None:
    assert shown() == set(DOORS)


def test_every_door_closes_the_moment_a_listing_is_found_wrong(listing: Listing) -> None:
    find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="有误", who=lin(), at=AT)
    assert shown(AT + HOUR) == set()


def test_an_exit_is_told_by_name_and_day_alone(listing: Listing) -> None:
    known_qiao(CF_WSH="示环罚〔2026〕77号")
    one = ask_to_leave(Wish(qiao(), listing.record_id, "已补报。", AT.date()), actor=QIAO_ACTS, at=AT)
    let_leave(exit_id=one.id, reason="条件具备。", who=lin(), at=AT, conditions_met=True)

    with it_is(AT + HOUR):
        answer = Client().get(PAGE)
    assert "近三十日移出" in answer.text
    assert QIAO_NAME in answer.text
    assert NUMBER not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_wrong_listing_is_told_only_at_its_subjects_wish(listing: Listing) -> None:
    known_qiao(CF_WSH="示环罚〔2026〕77号")
    one = find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="有误", who=lin(), at=AT)
    let_leave(exit_id=one.id, reason="确有错误", who=mei(), at=AT)
    with it_is(AT + HOUR):
        assert QIAO_NAME not in Client().get(PAGE).text
        ask_rehabilitation(exit_id=one.id, acting_for=qiao(), actor=QIAO_ACTS, at=AT)
        assert "应其要求" in Client().get(PAGE).text


def test_no_persons_name_leaves_in_the_file(listing: Listing) -> None:
    told = Client().get(f"{PAGE}list.csv")
    assert told.headers["X-Robots-Tag"] == "noindex"
    assert "乔" not in told.content.decode().replace(QIAO_NAME, "")


def test_a_persons_number_is_not_asked_of_a_list(listing: Listing) -> None:
    answer = Client().get(PAGE, {"q": "11010519491231002X"})
    assert "11010519491231002X" not in answer.text
    assert NUMBER not in answer.text


def test_every_list_tells_its_law_and_whether_it_binds() -> None:
    market()
    answer = Client().get("/lists/")
    assert "企业信息公示暂行条例" in answer.text
    assert "尚不生效" in answer.text
    assert Client().get("/lists/no-such-list/").status_code == 404
    assert Client().get(f"{PAGE}?before=never").status_code == 400


def _draft() -> CriteriaDraft:
    return publish_draft(
        list_id="serious-violation",
        title="认定标准（征求意见稿）",
        text="第一条……",
        days=30,
        who=zhao(),
        at=AT,
    )


def test_anybody_comments_on_a_draft_for_thirty_days_without_an_account() -> None:
    address = f"/lists/drafts/{_draft().id}/"
    assert "认定标准" in Client().get("/lists/drafts/").text

    answer = Client().post(address, {"text": "建议明确情节严重的标准。"})

    assert answer.status_code == 200
    assert CriteriaComment.objects.get().text == "建议明确情节严重的标准。"
    assert "建议明确情节严重的标准" not in Client().get(address).text


@pytest.mark.parametrize("text", ["", "电话13800138000，身份证11010519491231002X"])
def test_what_says_nothing_or_holds_a_persons_number_is_not_taken(text: str) -> None:
    answer = Client().post(f"/lists/drafts/{_draft().id}/", {"text": text})
    assert answer.status_code == 422
    assert "11010519491231002X" not in answer.text
    assert not CriteriaComment.objects.exists()


def test_after_thirty_days_nobody_comments() -> None:
    draft = _draft()
    with pytest.raises(CommentsClosed):
        comment(draft_id=draft.id, text="太晚", at=AT + 31 * 24 * HOUR)
    with it_is(AT + 31 * 24 * HOUR):
        assert Client().post(f"/lists/drafts/{draft.id}/", {"text": "太晚"}).status_code == 422


def test_a_draft_lies_open_thirty_days_at_least_and_may_be_taken_back() -> None:
    with pytest.raises(LiesOpenTooShort):
        publish_draft(list_id="aeo", title="t", text="t", days=29, who=zhao(), at=AT)
    draft = _draft()
    take_draft_back(draft_id=draft.id, who=zhao(), at=AT)
    assert Client().get(f"/lists/drafts/{draft.id}/").status_code == 404
    assert Client().get(f"/lists/drafts/{uuid4()}/").status_code == 404


@pytest.mark.django_db
def test_a_ground_that_founds_no_listing_is_told_as_such_and_the_term_stands_there() -> None:
    market()
    text = Client().get(PAGE).text

    assert "无法联系（依据未经确认，目前不适用）" in text
    assert text.count("目前不适用") == 1
    assert "至移出为止，最长5年" in text
    assert "最短1年，最长3年" in Client().get("/lists/procurement-ban/").text
    assert "目前不适用" not in Client().get("/lists/wage-arrears/").text  # the whole list says so
