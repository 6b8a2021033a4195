"""A list is read page by page: nothing twice, nothing left out, whatever arrives meanwhile."""

from urllib.parse import parse_qs, urlsplit

import pytest
from cast import QIAO
from sending import csv_of, penalty, sent

from gongxin.interfaces import clock
from gongxin.interfaces.api.cursors import at_most, cursor_of
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
NEWEST = "/api/v1/records/newest"
ROW = {
    "taxpayer_number": "123",
    "taxpayer_name": "示范甲机械有限公司",
    "year": "2025",
    "tax_office": "示范市税务局",
}


def fine(*numbers):
    sent(csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{number}号") for number in numbers)))


def followed(ask, address):
    """Return the pages from `address` on."""
    pages = []
    while address:
        pages.append(ask(address).json())
        address = pages[-1]["next"]
    return pages


def cursor_in(address):
    return parse_qs(urlsplit(address).query)["cursor"][0]


def damaged(cursor):
    return ("A" if cursor[3] != "A" else "B").join([cursor[:3], cursor[4:]])


def send(system, *rows, key="first"):
    return system.send({"class": "tax-a-level", "rows": list(rows)}, idempotency_key=key)


def checked(system, rows):
    address = send(system, *rows)["Location"]
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return f"{address}/problems"


def test_the_newest_records_come_page_by_page_and_arrivals_shift_nothing(sun):
    fine(*range(1, 6))
    first = sun.get(NEWEST, {"class": "penalty", "limit": 2}).json()
    fine(6, 7)

    rest = followed(sun.get, first["next"])

    seen = [one["record"]["document_number"] for page in (first, *rest) for one in page["records"]]
    assert len(seen) == len(set(seen))
    assert {number for number in seen if number} >= {f"示环罚〔2026〕{number}号" for number in range(1, 6)}
    assert {len(page["records"]) for page in rest} <= {1, 2}


def test_a_newest_record_says_whose_it_is(sun, fined):
    (found,) = sun.get(NEWEST, {"class": "penalty"}).json()["records"]

    assert found["subject"]["id"] == str(subject_of_code(QIAO, at=clock.now()))
    assert found["record"]["visibility"] == "shown"


def test_newest_of_a_class_nobody_made_is_refused(sun, fined):
    answer = sun.get(NEWEST, {"class": "personal-points"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown-class")


def test_a_list_of_newest_is_unchanged_until_something_arrives_or_ends(sun, fined, monkeypatch):
    address = f"{NEWEST}?class=penalty"
    has_it = {"if-none-match": sun.get(address)["ETag"]}

    assert sun.get(address, headers=has_it).status_code == 304
    fine(2)
    assert sun.get(address, headers=has_it).status_code == 200
    monkeypatch.setenv("GONGXIN_NOW", "2027-10-12T00:00:00+08:00")
    assert sun.get(address).json()["records"] == []


def test_an_agencys_submissions_come_page_by_page_and_arrivals_shift_nothing(system, monkeypatch):
    for number in range(5):
        send(system, ROW, key=f"before {number}")
    first = system.get(limit=2).json()
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T10:00:01+08:00")
    for number in range(3):
        send(system, ROW, key=f"after {number}")

    pages = [first, *followed(system.get, first["next"])]

    seen = [one["submission"] for page in pages for one in page["submissions"]]
    assert len(seen) == len(set(seen)) == 5
    assert [len(page["submissions"]) for page in pages] == [2, 2, 1]


def test_problems_come_page_by_page_and_are_the_whole_reports(system):
    address = checked(system, [{**ROW, "year": str(year)} for year in range(2001, 2008)])
    whole = system.get(address).getvalue().decode()

    pages = followed(system.get, f"{address}?limit=3")

    problems = [one for page in pages for one in page["problems"]]
    assert len(problems) == pages[0]["total"] > 3
    assert [one["row"] for one in problems] == sorted(one["row"] for one in problems)
    assert all(one["message"] in whole for one in problems)
    assert all(page["counts"] == pages[0]["counts"] for page in pages)


def test_pages_have_a_least_and_a_most(system, sun):
    fine(1, 2)
    for number in range(2):
        send(system, ROW, key=f"{number}")

    least = system.get(limit=0).json()
    assert len(least["submissions"]) == 1
    assert "limit=1&" in least["next"]
    assert len(sun.get(NEWEST, {"class": "penalty", "limit": -5}).json()["records"]) == 1
    assert at_most(10_000, 100) == 100


@pytest.fixture
def lists(system, other_system, sun):
    """Return for each list how to ask for it, and a cursor that is good for it."""
    fine(1, 2)
    address = checked(system, [{**ROW, "year": str(year)} for year in (2001, 2002)])
    send(system, ROW, key="second")
    next_of = {
        "newest": sun.get(NEWEST, {"class": "penalty", "limit": 1}).json()["next"],
        "submissions": system.get(limit=1).json()["next"],
        "problems": system.get(address, limit=1).json()["next"],
    }
    ask = {"newest": sun.get, "submissions": system.get, "problems": system.get}
    return {name: (ask[name], found) for name, found in next_of.items()}


@pytest.mark.parametrize("name", ["newest", "submissions", "problems"])
def test_a_damaged_or_foreign_cursor_is_refused(lists, name):
    ask, address = lists[name]
    good = cursor_in(address)
    foreign = [cursor_in(other) for kind, (_, other) in lists.items() if kind != name]

    for cursor in (damaged(good), good[:-1], "", "0", "é", "." * 9, *foreign, cursor_of([1], of="no list")):
        answer = ask(address.split("&cursor")[0] + f"&cursor={cursor}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unreadable-cursor"), cursor

    assert ask(address).status_code == 200


def test_a_cursor_of_another_class_or_another_agency_is_foreign(lists, other_system, sun):
    newest, submissions = cursor_in(lists["newest"][1]), cursor_in(lists["submissions"][1])

    assert sun.get(NEWEST, {"class": "licence", "cursor": newest}).status_code == 400
    assert other_system.get(cursor=submissions).status_code == 400
