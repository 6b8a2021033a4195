import pytest
from cast import QIAO_NAME
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db


def test_penalties_are_listed_but_not_for_search_engines(sun, fined):
    response = sun.get("/penalties/")

    assert QIAO_NAME in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_licences_may_be_indexed(sun, fined):
    response = sun.get("/licences/")

    assert "目前没有公示内容" in response.text
    assert "X-Robots-Tag" not in response.headers


def test_older_penalties_are_one_link_further(sun, db):
    days = [f"2026-09-{day:02}" for day in range(1, 29)] + [f"2026-10-{day:02}" for day in range(1, 10)]
    rows = [penalty(CF_WSH=f"示环罚〔2026〕{at}号", CF_JDRQ=day) for at, day in enumerate(days)]
    sent(csv_of(*rows))

    first = sun.get("/penalties/").text
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = sun.get("/penalties/" + link.replace("&amp;", "&")).text

    assert first.count("示环罚") == 30
    assert second.count("示环罚") == len(days) - 30
    assert all(f"示环罚〔2026〕{number}号" in first + second for number in range(len(days)))


def test_a_day_that_cannot_be_read_is_a_bad_request(sun, db):
    response = sun.get("/penalties/", {"before": "last tuesday"})

    assert response.status_code == 400
    assert "网址中的日期无法识别" in response.text
