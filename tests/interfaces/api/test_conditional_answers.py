"""A reader who has an answer is told that it still stands, and never a moment longer."""

from datetime import datetime

import pytest
from desk_cast import FIRM

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker

pytestmark = pytest.mark.django_db
A_SECOND_BEFORE = "2027-10-11T23:59:59+08:00"
END = "2027-10-12T00:00:00+08:00"
ROW = {
    "taxpayer_number": "123",
    "taxpayer_name": "示范甲机械有限公司",
    "year": "2025",
    "tax_office": "示范市税务局",
}
ROWS = {"class": "tax-a-level", "rows": [ROW, {**ROW, "taxpayer_number": FIRM}]}


def addresses(view):
    subject = f"/api/v1/subjects/{view.subject_id}"
    return [subject, f"{subject}/records", f"{subject}/records/{view.record_id}"]


OPEN = [
    "/api/v1/search?q=乔木",
    "/api/v1/catalogue",
    "/api/v1/catalogue/penalty",
    "/api/v1/openapi.json",
    "/api/exchange/v1/openapi.json",
    "/api/usage/v2/openapi.json",
]


@pytest.mark.parametrize("address", OPEN)
def test_every_answer_has_a_tag_and_is_unchanged_while_it_is(sun, fined, address):
    first = sun.get(address)

    again = sun.get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}


@pytest.mark.parametrize("address", OPEN)
def test_head_is_the_same_answer_without_its_body(sun, fined, address):
    whole, head = sun.get(address), sun.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert int(head["Content-Length"]) == len(whole.content)


def test_a_page_of_anybodys_may_ask_what_is_public_and_nothing_of_the_exchange(sun, fined):
    public = [sun.get("/api/v1/search?q=乔木"), sun.get("/api/v1/subjects/by-code/none")]

    assert {answer["Access-Control-Allow-Origin"] for answer in public} == {"*"}
    assert "Access-Control-Allow-Origin" not in sun.get("/api/exchange/v1/submissions")
    assert "Access-Control-Allow-Origin" not in sun.get("/")


def test_a_page_of_another_site_may_send_json_and_an_etag_to_the_public_api_alone(sun):
    asks = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}

    before = sun.options("/api/v1/match", headers=asks)
    assert (before.status_code, before.content, before["Access-Control-Allow-Origin"]) == (204, b"", "*")
    assert before["Access-Control-Allow-Headers"] == "Content-Type, If-None-Match"
    assert "POST" in before["Access-Control-Allow-Methods"]
    assert sun.options("/api/v1/match").status_code == 405
    assert "Access-Control-Allow-Origin" not in sun.options("/api/exchange/v1/submissions", headers=asks)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_a_reader_has_stands_until_the_record_ends_and_not_after(sun, fined, monkeypatch, number):
    address = addresses(fined)[number]
    monkeypatch.setenv("GONGXIN_NOW", A_SECOND_BEFORE)
    first = sun.get(address)
    has_it = {"if-none-match": first["ETag"]}

    assert sun.get(address, headers=has_it).status_code == 304
    assert datetime.fromisoformat(first.json()["valid_until"]) == datetime.fromisoformat(END)
    monkeypatch.setenv("GONGXIN_NOW", END)

    after = sun.get(address, headers=has_it)

    assert after.status_code in {404, 410}
    assert fined.document_number not in after.text


def test_another_language_is_another_answer(sun, fined):
    address = addresses(fined)[1]
    chinese = sun.get(address, headers={"accept-language": "zh"})

    english = sun.get(address, headers={"accept-language": "en", "if-none-match": chinese["ETag"]})

    assert english.status_code == 200
    assert english["ETag"] != chinese["ETag"]


def test_a_submission_that_has_not_moved_is_unchanged_and_one_that_has_is_told(system):
    address = system.send(ROWS)["Location"]
    first = system.get(address)

    assert system.get(address, has=first["ETag"]).status_code == 304
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    moved = system.get(address, has=first["ETag"])
    assert (moved.status_code, moved.json()["state"]) == (200, "done")
    assert moved["Cache-Control"] == "private, no-cache"
    assert "Authorization" in moved["Vary"]


@pytest.mark.parametrize("file_format", ["json", "csv", "xlsx"])
def test_problems_that_were_fetched_are_not_sent_again(system, file_format):
    address = system.send(ROWS)["Location"] + "/problems"
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    first = system.get(address, format=file_format)

    assert b"".join(first.streaming_content)

    again = system.get(address, format=file_format, has=first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)
    assert again["Cache-Control"] == "private, no-cache"
