"""The institution's own name, emblem, colour, contact and numbers on its pages."""

import re
from dataclasses import replace

import pytest

from gongxin.core.catalogue import Label
from gongxin.project.colours import palette_of
from gongxin.project.emblem import Emblem

pytestmark = pytest.mark.django_db
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def shili(settings):
    settings.IDENTITY = replace(
        settings.IDENTITY,
        province=Label("示例省", "Shili Province"),
        site_name=Label("信用示例", "Credit Shili"),
        footer=Label("主办单位：示例省信用中心", "Run by the credit centre of Shili"),
        address=Label("示例市一路1号", "1 First Road"),
        telephone="0990-1000009",
        icp="示ICP备2026000001号",
        police_record="示公网安备 99010002000001号",
        emblem=Emblem(PICTURE, "image/svg+xml"),
        palette=palette_of("#8c1d18"),
        privacy="/privacy-of-ours/",
    )


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/desk/sign-in/"])
def test_name_footer_contact_and_numbers_stand_on_every_page(sun, shili, address):
    page = sun.get(address).text

    for words in (
        "<title>",
        "示例省信用示例</title>",
        "主办单位：示例省信用中心",
        "地址：示例市一路1号",
        "电话 0990-1000009",
        "示ICP备2026000001号",
        "code=99010002000001",
        'href="/privacy-of-ours/"',
        'href="/identity.css"',
    ):
        assert words in page, words


def test_only_the_filing_numbers_lead_elsewhere_and_only_when_followed(sun, shili):
    page = sun.get("/").text
    elsewhere = re.findall(r'<(\w+)[^>]*="(?:https?:)?//([^/"]+)', page)

    assert {("a", "beian.miit.gov.cn"), ("a", "beian.mps.gov.cn")} == set(elsewhere)


def test_english_pages_carry_the_english_words(sun, shili):
    sun.get("/language/en/")

    page = sun.get("/").text

    assert "Shili Province Credit Shili</title>" in page
    assert "1 First Road" in page


def test_the_emblem_and_the_colour_come_from_our_own_address(sun, shili):
    page = sun.get("/").text
    address = page.split('<img src="')[1].split('"')[0]

    emblem, sheet = sun.get(address), sun.get("/identity.css")

    assert (emblem.content, emblem.headers["Content-Type"]) == (PICTURE, "image/svg+xml")
    assert "script-src" in emblem.headers["Content-Security-Policy"]
    assert "--brand: #8c1d18;" in sheet.text
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"


def test_an_institution_with_neither_has_the_plain_ones(sun):
    page = sun.get("/").text

    assert "gongxin/mark.svg" in page
    assert "identity.css" not in page
    assert "beian" not in page
    assert sun.get("/emblem/").status_code == sun.get("/identity.css").status_code == 404


def test_large_type_is_one_link_away_and_is_remembered(sun, fined):
    address = f"/subjects/{fined.subject_id}/"
    normal = sun.get(address)

    back = sun.get("/type-size/large/", {"next": address})
    large = sun.get(address, headers={"if-none-match": normal.headers["ETag"]})

    assert back.url == address
    assert large.status_code == 200
    assert '<html lang="zh-Hans" class="large">' in large.text
    assert 'href="/type-size/normal/' in large.text


def test_a_size_nobody_made_is_not_found_and_the_link_leads_nowhere_else(sun):
    assert sun.get("/type-size/huge/").status_code == 404
    assert sun.get("/type-size/large/", {"next": "https://example.org/"}).url == "/"


def test_on_paper_a_page_says_where_and_when_it_was(sun, fined):
    page = sun.get("/penalties/", {"month": "2026-10"}).text

    assert "http://testserver/penalties/?month=2026-10 · 页面内容截至 2026年11月23日 10:00" in page


def test_a_persons_number_in_an_address_is_not_printed(sun):
    assert "13800138000" not in sun.get("/licences/", {"month": "2026-10", "x": "13800138000"}).text
