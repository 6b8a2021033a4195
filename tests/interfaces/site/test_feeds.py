"""The columns as Atom feeds, read as a feed reader reads them."""

from xml.etree import ElementTree as Xml

import pytest
from cast import AT, QIAO_NAME
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/penalties/feed.atom"


def read(response):
    return Xml.fromstring(response.content)  # noqa: S314 (our own)


def entries(response):
    return read(response).findall(f"{ATOM}entry")


def test_a_feed_says_who_decided_what_until_when_with_all_four_states(sun, fined):
    (entry,) = entries(sun.get(FEED))

    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{fined.record_id}"
    assert QIAO_NAME in entry.findtext(f"{ATOM}title")
    assert entry.findtext(f"{ATOM}updated") == AT.isoformat()
    assert "公示至 2027年10月12日" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/records/{fined.record_id}/")
    states = {one.get("scheme"): one.get("term") for one in entry.findall(f"{ATOM}category")}
    assert states == {
        "record": "in_force",
        "publication": "published",
        "dispute": "none",
        "repair": "none",
    }


def test_a_feed_has_what_atom_asks_of_it(sun, fined):
    response = sun.get(FEED)
    feed = read(response)

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert {child.tag.removeprefix(ATOM) for child in feed} >= {"id", "title", "updated", "author", "link"}
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/penalties/feed.atom"


def test_an_entry_leaves_the_feed_when_it_is_no_longer_shown(sun, fined, monkeypatch):
    first = sun.get(FEED)
    monkeypatch.setenv("GONGXIN_NOW", "2027-10-12T00:00:00+08:00")

    again = sun.get(FEED, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 200
    assert entries(again) == []
    assert QIAO_NAME not in again.text


def test_a_reader_who_has_the_feed_is_told_it_is_unchanged(sun, fined):
    first = sun.get(FEED)

    assert sun.get(FEED, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert "max-age=0" in first.headers["Cache-Control"]


def test_a_feed_can_be_narrowed_like_its_column(sun, fined):
    narrowed = sun.get(FEED, {"month": "2026-09", "body": "生态"})

    assert entries(narrowed) == []
    assert "body=%E7%94%9F%E6%80%81&amp;month=2026-09" in narrowed.text
    assert len(entries(sun.get(FEED, {"month": "2026-10"}))) == 1
    assert sun.get(FEED, {"month": "last"}).status_code == 400


def test_licences_have_a_feed_too_and_neither_is_for_search_engines(sun, fined):
    for feed in (FEED, "/licences/feed.atom"):
        assert sun.get(feed).headers["X-Robots-Tag"] == "noindex"
    assert entries(sun.get("/licences/feed.atom")) == []


def test_a_name_with_marks_of_xml_does_not_break_the_feed(sun, db):
    sent(csv_of(penalty(CF_XDR_MC="示范<甲>&乙有限公司")))

    (entry,) = entries(sun.get(FEED))

    assert "示范<甲>&乙有限公司" in entry.findtext(f"{ATOM}title")


def test_the_gate_reads_a_feed_on_its_way_out(sun, fined):
    """The planted fault: a telephone of a person entered as an agency's name."""
    from gongxin.registry.accounts.models import Agency

    Agency.objects.update(name="示范局13800138000")

    response = sun.get(FEED)

    assert response.status_code == 500
    assert "13800138000" not in response.text


def test_the_columns_name_their_feeds(sun, fined):
    page = sun.get("/penalties/", {"month": "2026-10"}).text

    assert 'type="application/atom+xml"' in page
    assert 'href="/penalties/feed.atom?month=2026-10"' in page


def test_an_open_objection_stands_in_the_feed_as_on_the_page(sun, fined):
    from uuid import uuid4

    from gongxin.registry.ledger.models import StateChange

    StateChange.objects.create(
        id=uuid4(), subject_id=fined.subject_id, record_id=fined.record_id, axis="dispute", value="open",
        at=AT, actor="command:tests", ground="异议已受理",
    )  # fmt: skip

    (entry,) = entries(sun.get(FEED))

    assert entry.find(f"{ATOM}category[@scheme='dispute']").get("term") == "open"
