"""Lists in the subject's own place: told, it objects and asks to be heard; listed, it asks to leave."""

from datetime import timedelta

import pytest
from cast import AT, OPERATOR
from desk_cast import Cast
from django.test import Client
from interfaces.my.conftest import a_user, signed_in
from listing_rows import abnormal, listed, qiao
from proceedings import known_qiao, lin, market, mei, noticed, proposed

from gongxin.core.legal_day import legal_day
from gongxin.flows.delist_subject import find_wrong, let_leave
from gongxin.flows.grant_mandate import grant
from gongxin.registry.lists.models import Exit, Listing, Proceeding

pytestmark = pytest.mark.django_db
HERS = "/my/lists/"


def acting() -> Client:
    user = a_user("her")
    grant(
        user=user, subject_id=qiao(), actor=OPERATOR, at=AT, kind="power-of-attorney", ground="授权委托书",
        from_on=legal_day(AT), until_on=legal_day(AT) + timedelta(days=30),
    )  # fmt: skip
    return signed_in(user)


def test_who_was_told_objects_and_asks_to_be_heard(cast: Cast) -> None:
    one = noticed(known_qiao())
    her = acting()
    page = f"/my/lists/proceedings/{one.id}/"
    assert "经营异常名录" in her.get(HERS).text

    assert her.post(page, {"text": "已于十一月二日公示。"}).status_code == 302
    assert her.post(page, {"act": "hear"}).status_code == 302

    one = Proceeding.objects.get()
    assert one.objection == "已于十一月二日公示。"
    assert one.hearing_asked_at is not None
    assert "已于十一月二日公示。" in her.get(page).text
    assert "<textarea" not in her.get(page).text


def test_what_nobody_was_told_of_is_not_shown(cast: Cast) -> None:
    one = proposed(known_qiao())
    her = acting()
    assert "没有拟作出的列入" in her.get(HERS).text
    assert her.get(f"/my/lists/proceedings/{one.id}/").status_code == 404


def test_no_persons_number_goes_into_an_objection(cast: Cast) -> None:
    one = noticed(known_qiao())
    answer = acting().post(f"/my/lists/proceedings/{one.id}/", {"text": "经办人11010519491231002X"})
    assert answer.status_code == 422
    assert "11010519491231002X" not in answer.text


def test_who_stands_on_a_list_reads_how_it_ends_and_asks_to_leave(cast: Cast) -> None:
    listed(abnormal(列入日期="2026-10-12"))
    her, record_id = acting(), Listing.objects.get().record_id
    assert "重新取得联系后申请移出" in her.get(HERS).text
    page = f"/my/lists/{record_id}/leave/"
    assert her.get(page).status_code == 200

    assert her.post(page, {"reason": "已补报。", "corrected_on": ""}).status_code == 422
    assert her.post(page, {"reason": "已补报。", "corrected_on": "2026-11-20"}).status_code == 302

    assert Exit.objects.get().asked_by_subject
    assert "尚未决定" in her.get(HERS).text


def test_who_was_listed_wrongly_chooses_to_have_it_stated(cast: Cast) -> None:
    listed(abnormal())
    listing = Listing.objects.get()
    market()
    one = find_wrong(subject_id=qiao(), record_id=listing.record_id, reason="有误", who=lin(), at=AT)
    let_leave(exit_id=one.id, reason="确有错误", who=mei(), at=AT)
    her = acting()
    assert "在名单页面声明" in her.get(HERS).text

    assert her.post(f"/my/lists/exits/{one.id}/rehabilitation/").status_code == 302

    one.refresh_from_db()
    assert one.rehabilitation_asked_at is not None
