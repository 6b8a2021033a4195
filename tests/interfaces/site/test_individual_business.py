"""Who trades under no name of its own is found by code only; its operator and home are not shown (R4)."""

import pytest
from cast import AT, code_of
from sending import csv_of, sent

from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
CODE = code_of("92990101MA0000002")


@pytest.fixture
def stall(db):
    row = {
        "name": "个体工商户",
        "category": "个体工商户",
        "unified_code": CODE,
        "representative": "林一一",
        "established_on": "2020-03-12",
        "address": "示范市青禾区梧桐巷4号院2单元",
        "registration_authority": "示范市市场监督管理局",
        "approved_on": "2024-05-20",
        "registration_state": "存续",
    }
    done = sent(csv_of(row), class_id="registration")
    assert done.posted == 1, done.problems
    return subject_of_code(CODE, at=AT)


def test_its_page_shows_neither_the_operators_name_nor_the_home(sun, stall):
    for address in (f"/subjects/{stall}/", f"/api/v1/subjects/{stall}/records"):
        text = sun.get(address).text
        assert "林一一" not in text
        assert "梧桐巷" not in text


def test_its_page_is_not_for_search_engines(sun, stall):
    assert sun.get(f"/subjects/{stall}/").headers["X-Robots-Tag"] == "noindex"


def test_it_is_found_by_its_code_and_by_no_name(sun, stall):
    assert sun.get("/search/", {"q": CODE}).url == f"/subjects/{stall}/"
    assert f"/subjects/{stall}/" not in sun.get("/search/", {"q": "林一一"}).text
    assert f"/subjects/{stall}/" not in sun.get("/search/", {"q": "个体工商户"}).text
