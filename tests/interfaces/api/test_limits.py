"""Whoever asks too fast waits; the headers say how long, and nobody has to prove anything."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from exchange_system import BASE

from gongxin.interfaces.pages.came_from import address_of
from gongxin.interfaces.pages.counting import SLOTS, WINDOW_SECONDS, Counter

CATALOGUE = "/api/v1/catalogue"
A_MINUTE = 29_000_000 * WINDOW_SECONDS
ASKS_OFTEN = """
import sys
from pathlib import Path
from gongxin.interfaces.pages.counting import Counter

counter = Counter(Path(sys.argv[1]) / "running" / "requests", key="k")
for _ in range(200):
    counter.asked("sun", at=int(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def _three_a_minute(settings, monkeypatch):
    settings.API_LIMIT_ADDRESS, settings.API_LIMIT_KEY = 3, 4
    monkeypatch.setattr("gongxin.interfaces.api.limits.machine_seconds", lambda: A_MINUTE + 50)


def from_address(address):
    return Client(REMOTE_ADDR=address)


def test_every_answer_says_how_many_questions_are_left(system):
    answer = from_address("203.0.113.1").get(CATALOGUE)

    assert answer["RateLimit-Policy"] == '"address";q=3;w=60'
    assert answer["RateLimit"] == '"address";r=2;t=10'


def test_the_fourth_question_of_a_minute_waits_and_another_address_does_not(system, monkeypatch):
    sun = from_address("203.0.113.2")
    asked = [sun.get(CATALOGUE).status_code for _ in range(4)]
    refused = sun.get(CATALOGUE)

    assert asked == [200, 200, 200, 429]
    assert (refused.json()["error"]["code"], refused["Retry-After"]) == ("too-many-requests", "10")
    assert refused["RateLimit"] == '"address";r=0;t=10'
    assert from_address("203.0.113.3").get(CATALOGUE).status_code == 200
    monkeypatch.setattr("gongxin.interfaces.api.limits.machine_seconds", lambda: A_MINUTE + 60)
    assert sun.get(CATALOGUE).status_code == 200


def test_pages_for_people_are_not_counted(system):
    sun = from_address("203.0.113.4")

    assert {sun.get("/api/problems/").status_code for _ in range(6)} == {200}


def test_a_key_is_counted_for_itself_wherever_it_asks_from(system):
    answers = [system.get() for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"key";q=4;w=60'
    assert "Retry-After" in answers[4]


@pytest.mark.parametrize(
    ("authorization", "address"),
    [("Bearer gx_made-up-{}", BASE), ("Basic {}", BASE), ("Bearer x{}", "/api/exchange/v1/openapi.json")],
)
def test_a_made_up_key_is_counted_by_its_address(system, authorization, address):
    sun = from_address(f"203.0.113.{10 + len(authorization) % 7}")

    asked = [
        sun.get(address, headers={"Authorization": authorization.format(number)}).status_code
        for number in range(4)
    ]

    assert asked[3] == 429
    assert 429 not in asked[:3]


def test_without_a_limit_nothing_is_counted(system, settings):
    settings.API_LIMIT_ADDRESS = 0
    sun = from_address("203.0.113.20")

    assert {sun.get(CATALOGUE).status_code for _ in range(6)} == {200}
    assert "RateLimit" not in sun.get(CATALOGUE)


@pytest.mark.parametrize(
    ("told", "proxies", "address"),
    [
        ("198.51.100.7", 0, "10.0.0.1"),
        ("198.51.100.7", 1, "198.51.100.7"),
        ("1.1.1.1, 198.51.100.7", 1, "198.51.100.7"),
        ("1.1.1.1, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"),
        ("", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:0db8:0001:0002"),
        ("not an address", 1, "not an address"),
    ],
)
def test_an_address_is_believed_as_far_as_our_own_proxies_reach(settings, told, proxies, address):
    settings.API_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=told)

    assert address_of(request) == address


def test_threads_and_processes_count_together(tmp_path: Path):
    counter = Counter(tmp_path / "running" / "requests", key="k")
    counter.asked("sun", at=A_MINUTE)

    def ask_often() -> None:
        for _ in range(200):
            counter.asked("sun", at=A_MINUTE)

    child = subprocess.Popen([sys.executable, "-c", ASKS_OFTEN, tmp_path, str(A_MINUTE)])
    threads = [threading.Thread(target=ask_often) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert child.wait() == 0

    assert counter.asked("sun", at=A_MINUTE) == 1 + 4 * 200 + 1


def test_a_full_table_still_answers_and_a_new_minute_empties_it(tmp_path: Path):
    counter = Counter(tmp_path / "requests", key="k")
    for number in range(SLOTS // 8):
        counter.asked(str(number), at=A_MINUTE)

    assert counter.asked("sun", at=A_MINUTE) == 1
    assert counter.asked("sun", at=A_MINUTE + WINDOW_SECONDS) == 1
    assert (tmp_path / "requests").stat().st_mode & 0o077 == 0


def test_who_asked_does_not_stand_in_the_file(tmp_path: Path):
    Counter(tmp_path / "requests", key="k").asked("203.0.113.77", at=A_MINUTE)

    assert b"203.0.113.77" not in (tmp_path / "requests").read_bytes()
