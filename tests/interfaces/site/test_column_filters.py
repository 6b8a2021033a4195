"""The columns of licences and penalties, narrowed by region, agency and month; nothing lost in the paging."""

from datetime import date

import pytest
from cast import AT, OPERATOR, QIAO_NAME, REGULATOR, code_of
from sending import csv_of, penalty, sent

from gongxin.flows.enrol import register_agency
from gongxin.registry.publication.newest import (
    Narrowing,
    count_decided,
    count_published,
    newest_decided,
    newest_published,
)

pytestmark = pytest.mark.django_db
HARBOUR = code_of("11990300MB0000007")


@pytest.fixture
def two_agencies(db):
    """One agency of the model city with a fine of October, one of another region with a fine of May."""
    sent(csv_of(penalty()))
    body, phone = "示范港口管理局", "0990-1000002"
    harbour = register_agency(
        code=HARBOUR, name=body, region="410100", actor=OPERATOR, at=AT, telephone=phone
    )
    row = penalty(CF_WSH="示港罚〔2026〕1号", CF_JDRQ="2026-05-08", CF_CFJG=body, CF_CFJGDM=HARBOUR)
    sent(csv_of(row), agency=harbour)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"示环罚", "示港罚"}),
        ({"body": "港口"}, {"示港罚"}),
        ({"body": "生态"}, {"示环罚"}),
        ({"body": "没有这个局"}, set()),
        ({"body": "港\0口"}, {"示港罚"}),
        ({"body": "\0"}, {"示环罚", "示港罚"}),
        ({"month": "2026-10"}, {"示环罚"}),
        ({"month": "2026-05"}, {"示港罚"}),
        ({"month": "2026-06"}, set()),
        ({"region": "410000"}, {"示港罚"}),
        ({"region": "410100", "month": "2026-10"}, set()),
    ],
)
def test_a_filter_leaves_what_was_asked_and_counts_it(sun, two_agencies, asked, shown):
    page = sun.get("/penalties/", asked).text

    assert {mark for mark in ("示环罚", "示港罚") if mark in page} == shown
    assert f"共 {len(shown)} 条" in page


def test_a_narrowed_list_pages_without_losing_the_filter_or_a_record(sun, db):
    rows = [penalty(CF_WSH=f"示环罚〔2026〕{at}号", CF_JDRQ=f"2026-09-{at % 28 + 1:02}") for at in range(37)]
    sent(csv_of(*rows, penalty(CF_WSH="示环罚〔2026〕99号", CF_JDRQ="2026-10-10")))

    first = sun.get("/penalties/", {"month": "2026-09"}).text
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = sun.get("/penalties/" + link).text

    assert "month=2026-09" in link
    assert all(f"示环罚〔2026〕{number}号" in first + second for number in range(37))
    assert "99号" not in first + second


def test_what_was_typed_stands_in_the_form_again(sun, two_agencies):
    page = sun.get("/penalties/", {"body": '港"口', "region": "410100"}).text

    assert 'value="港&quot;口"' in page
    assert '<option value="410100" selected>' in page


@pytest.mark.parametrize("month", ["october", "2026-13", "2026", "10000-1", "2026-1x"])
def test_a_month_that_is_none_is_said_and_nothing_is_listed(sun, two_agencies, month):
    response = sun.get("/penalties/", {"month": month})

    assert response.status_code == 422
    assert "例如 2026-10" in response.text
    assert "示环罚" not in response.text


def test_the_first_month_of_the_calendar_holds_nothing(sun, two_agencies):
    assert "共 0 条" in sun.get("/penalties/", {"month": "0001-01"}).text


def test_the_last_month_of_the_calendar_is_not_one_to_ask_for(sun, db):
    assert sun.get("/penalties/", {"month": "9999-12"}).status_code == 422


def test_a_persons_number_in_a_filter_is_not_repeated(sun, two_agencies):
    response = sun.get("/penalties/", {"body": "13800138000"})

    assert response.status_code == 422
    assert "13800138000" not in response.text


def test_a_narrowed_list_says_how_far_back_its_feed_looks(sun, two_agencies):
    said = "订阅只查找本栏目最近公示的 5,000 条"

    assert said in sun.get("/penalties/", {"month": "2026-10"}).text
    assert said not in sun.get("/penalties/").text


def test_a_narrowed_or_paged_list_is_not_for_search_engines(sun, db):
    assert sun.get("/licences/", {"month": "2026-10"}).headers["X-Robots-Tag"] == "noindex"


EVERYTHING = Narrowing(decided_from=date(2000, 1, 1))


def test_only_what_shows_is_counted(two_agencies):
    assert count_published("penalty", at=AT) == count_decided("penalty", at=AT, narrowing=EVERYTHING) == 2

    later = AT.replace(year=2027, month=10, day=20)
    assert (
        count_published("penalty", at=later) == count_decided("penalty", at=later, narrowing=EVERYTHING) == 0
    )
    assert newest_decided("penalty", at=later, narrowing=EVERYTHING) == []


def test_a_list_of_no_agency_is_empty(two_agencies):
    nobody = Narrowing(agencies=frozenset())

    assert newest_published("penalty", at=AT, narrowing=nobody) == []
    assert newest_decided("penalty", at=AT, narrowing=nobody) == []
    assert count_decided("penalty", at=AT, narrowing=nobody) == 0


def test_decisions_of_many_years_come_newest_first_whatever_lies_between(db):
    days = ["2026-11-20", "2026-11-19", "2026-06-30", "2026-02-01", "2026-01-31"]
    rows = [penalty(CF_WSH=f"示环罚〔2026〕{at}号", CF_JDRQ=day) for at, day in enumerate(days)]
    sent(csv_of(*reversed(rows)))

    found = newest_decided("penalty", at=AT, narrowing=EVERYTHING, limit=4)

    assert [view.decided_on.isoformat() for view, _ in found] == days[:4]
    behind = found[-1][0]
    place = (AT, behind.decided_on, behind.record_id)
    ((last, _),) = newest_decided("penalty", at=AT, narrowing=EVERYTHING, before=place)
    assert last.decided_on.isoformat() == days[4]


def test_a_narrowed_list_and_a_whole_one_hold_the_same(db):
    rows = [
        penalty(CF_WSH=f"示环罚〔2026〕{at}号", CF_JDRQ=f"2026-{at % 10 + 1:02}-{at % 28 + 1:02}")
        for at in range(60)
    ]
    sent(csv_of(*rows))

    whole = {view.record_id for view, _ in newest_published("penalty", at=AT, limit=100)}
    narrowed = {
        view.record_id for view, _ in newest_decided("penalty", at=AT, narrowing=EVERYTHING, limit=100)
    }

    assert whole == narrowed
    assert (
        len(whole)
        == count_published("penalty", at=AT)
        == count_decided("penalty", at=AT, narrowing=EVERYTHING)
    )


def test_the_regulator_of_the_cast_is_named(sun, two_agencies):
    assert QIAO_NAME in sun.get("/penalties/", {"body": "示范市生态环境局"}).text
    assert REGULATOR not in sun.get("/penalties/").text
