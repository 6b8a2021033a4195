"""Everybody reads which measures there are, how often carried out, and cases while their record shows."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO_NAME
from django.test import Client
from lawful_rows import a_rule, check_values
from listing_rows import REMOVED, abnormal, listed, qiao
from public_doors import it_is

from gongxin.core.tip_offs import shown_from
from gongxin.registry.checks.models import Applied, Check, Feedback
from gongxin.registry.lists.models import Listing

pytestmark = pytest.mark.django_db
RULE = "M3/list:abnormal-operation/government-procurement"


def done(count: int = 1, *, public: bool = False, days_ago: int = 0, name: str = "applied") -> None:
    """Let so many answers be followed by what was done."""
    subject_id, at = qiao(), AT - timedelta(days=days_ago)
    told = {"published_at": at, "published_by": "user:zhao"}
    rule = a_rule(RULE)
    for _ in range(count):
        check = Check.objects.create(**check_values(subject_id))
        Applied.objects.create(
            subject_id=subject_id, id=uuid4(), check_id=check.id, rule=rule,
            record_id=Listing.objects.first().record_id,
        )  # fmt: skip
        Feedback.objects.create(
            subject_id=subject_id, id=uuid4(), check_id=check.id, rule=rule, done=name, done_on=at.date(),
            public=public, at=at, by="user:lin", note="张某经办", **(told if public else {}),
        )  # fmt: skip


def page() -> str:
    return Client().get("/measures/").text


def test_every_measure_stands_with_its_law() -> None:
    text = page()
    assert "优先办理、简化程序等便利服务" in text
    assert "第30条" in text


def rows() -> list[str]:
    """Return the rows of the page's tables in plain text."""
    return [re.sub(r"<[^>]+>|\s", "", row) for row in page().split("<tr>")]


def test_no_article_of_one_law_is_given_as_another_laws() -> None:
    consumption = next(row for row in rows() if row.startswith("S4"))
    assert "《河南省社会信用条例》第34条(4)" in consumption
    assert "失信被执行人名单信息的若干规定》第6条" in consumption
    posts = next(row for row in rows() if row.startswith("S6"))
    assert "《企业信息公示暂行条例》第17条" in posts
    assert "《河南省社会信用条例》第34条(6)" in posts


def test_an_added_measure_stands_with_the_law_of_its_own_and_what_keeps_it_from_use() -> None:
    procurement = next(row for row in rows() if row.startswith("限制参加政府采购活动"))
    assert "《中华人民共和国政府采购法》第77条" in procurement
    assert "《保障农民工工资支付条例》第48条" in procurement
    assert procurement.count("不使用") == 2
    assert "拖欠农民工工资失信联合惩戒对象名单（名单尚不生效）" in procurement
    assert "政府采购严重违法失信行为记录名单（名单尚不生效）" not in procurement
    assert "S9." not in "".join(rows())


def test_small_numbers_and_this_month_are_kept_back() -> None:
    listed(abnormal())
    done(shown_from() - 1, days_ago=40)
    done(9)
    assert "政府采购</td>" not in page()
    done(1, days_ago=40)
    assert f'<td class="number">{shown_from()}</td>' in page()


def test_what_was_not_carried_out_counts_for_nothing() -> None:
    listed(abnormal())
    done(shown_from(), days_ago=40, name="not-applied")
    assert f'<td class="number">{shown_from()}</td>' not in page()


def test_a_case_is_told_only_while_its_record_shows_and_without_its_note() -> None:
    listed(abnormal())
    done(public=False)
    assert QIAO_NAME not in page()
    done(public=True)
    assert QIAO_NAME in page()
    assert "张某" not in page()

    listed(abnormal(**REMOVED), at=AT + timedelta(seconds=1))
    with it_is(AT + timedelta(hours=1)):
        assert QIAO_NAME not in page()
