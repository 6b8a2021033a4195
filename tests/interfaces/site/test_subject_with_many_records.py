"""A subject of two thousand records: its pages stay small and quick, and lose none of them."""

import re
import time
from datetime import date, timedelta

import pytest
from cast import AT, firm_code
from sending import csv_of, penalty, sent

from gongxin.interfaces.site.groups import fair_shares
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
CODE, NAME = firm_code(7), "示范广厦建筑有限公司"
LONG = "当事人未按规定公开排污信息，经责令改正后已改正。" * 40


def penalties(count, **changes):
    """Return so many fines of one firm that all still show, on different days of this year."""
    days = [date(2026, 1, 5) + timedelta(days=number % 300) for number in range(count)]
    about = {"CF_XDR_SHXYM": CODE, "CF_XDR_MC": NAME, **changes}
    return [
        penalty(CF_WSH=f"示环罚〔2026〕{number}号", CF_JDRQ=day.isoformat(), **about)
        for number, day in enumerate(days)
    ]


def address():
    return f"/subjects/{subject_of_code(CODE, at=AT)}/"


@pytest.fixture
def many(db):
    sent(csv_of(*penalties(2000, CF_CFLB="罚款", CF_NR_FK="20")))


def test_the_first_view_is_light_and_leads_to_all_of_them(sun, many):
    page = sun.get(address())

    assert len(page.content) < 100_000
    total = int(re.search(r'行政处罚 <span class="soft number">(\d+)', page.text)[1])
    assert total > 1500
    assert page.text.count('<details class="record"') == 20
    assert f'href="{address()}penalty/"' in page.text


def test_two_thousand_records_are_quick_to_show(sun, many):
    sun.get(address())
    began = time.perf_counter()
    sun.get(address())

    assert time.perf_counter() - began < 2  # measured 0.35 s on two busy cores


def test_paging_through_a_class_meets_every_record_once(sun, db):
    sent(csv_of(*penalties(47)))
    pages = [sun.get(f"{address()}penalty/", {"page": str(number)}).text for number in (1, 2, 3)]

    met = [number for page in pages for number in re.findall(r'<details class="record" id="([^"]+)', page)]
    assert len(met) == len(set(met)) == 47
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]
    assert "第 3 页，共 3 页" in pages[2]


@pytest.mark.parametrize("page", ["0", "99", "x", "٣", "9" * 40])
def test_a_page_number_that_is_none_shows_the_nearest(sun, fined, page):
    asked = f"/subjects/{fined.subject_id}/penalty/"

    assert sun.get(asked, {"page": page}).status_code == 200


def test_a_class_nothing_shows_of_answers_like_one_nobody_made(sun, fined):
    for class_id in ("licence", "personal-points"):
        assert sun.get(f"/subjects/{fined.subject_id}/{class_id}/").status_code == 404


def test_a_page_of_a_class_is_not_for_search_engines_and_ends_with_its_records(sun, fined, monkeypatch):
    asked = f"/subjects/{fined.subject_id}/penalty/"
    assert sun.get(asked).headers["X-Robots-Tag"] == "noindex"

    monkeypatch.setenv("GONGXIN_NOW", "2027-10-12T00:00:00+08:00")
    assert sun.get(asked).status_code == 404


def test_long_texts_are_cut_in_place_and_whole_at_the_records_own_address(sun, db):
    sent(csv_of(*penalties(30, CF_SY=LONG)))

    page = sun.get(address())
    own = re.search(r'href="([^"]+/records/[^"]+)"', page.text)[1]

    assert len(page.content) < 100_000
    assert LONG not in page.text
    assert "全文见本条信息的固定网址" in page.text
    assert LONG in sun.get(own).text


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ([3, 2], [3, 2]),
        ([2000], [20]),
        ([2000, 1], [19, 1]),
        ([2000, 900, 4], [8, 8, 4]),
        ([50] * 30, [1] * 30),  # each class has at least one
        ([], []),
    ],
)
def test_what_is_opened_in_place_is_shared_out_fairly(counts, shares):
    assert fair_shares(counts, most=20) == shares
