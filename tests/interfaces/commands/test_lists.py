"""gongxin lists show: a list as law, for a person and for a program, with and without a database."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from interfaces.commands.test_init import gongxin
from sending import an_agency

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.lists import statutory_lists
from gongxin.flows.confirm_law import confirm
from gongxin.interfaces.commands.main import main

KEYS = {
    "id",
    "label",
    "effect",
    "class",
    "basis",
    "bodies",
    "grounds",
    "steps",
    "term",
    "early_exit",
    "published",
    "names_officer",
    "complete_within_days",
    "inert",
}
REFUSED = 2


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["lists", "show", *words, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.django_db
def test_every_list_is_told_with_all_that_the_law_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(capsys, "--on", "2026-11-23")

    assert [one["id"] for one in answer["lists"]] == list(statutory_lists())
    for one in answer["lists"]:
        assert one.keys() >= KEYS
        assert one["label"].keys() == {"zh", "en"}
        assert one["term"]["most"] or one["term"]["until_removed"]
        assert all(part["source"] for part in (*one["basis"], *one["grounds"], *one["steps"], one["term"]))


@pytest.mark.django_db
def test_an_inert_list_says_why_and_what_has_to_be_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, "serious-violation", "--on", "2026-11-23")["inert"]

    assert told["inert"]
    assert told["why"]["code"] == "unconfirmed"
    assert [one["source"] for one in told["to_confirm"]] == ["S-44"]


@pytest.mark.django_db
def test_a_day_before_any_instrument_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(capsys, "work-safety", "--on", "2020-01-02")

    assert answer["inert"]["why"]["code"] == "no-instrument"
    assert (answer["term"], answer["early_exit"], answer["grounds"]) == (None, None, [])


@pytest.mark.django_db
def test_a_source_an_officer_confirmed_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    an_agency()
    text = tmp_path / "order-44.txt"
    text.write_text("第一条 为了……", encoding="utf-8")
    confirm(
        key="S-44",
        text=text,
        actor=Actor(ActorKind.COMMAND, "root"),
        at=datetime(2026, 11, 20, tzinfo=UTC),
    )

    answer = shown(capsys, "serious-violation", "--on", "2026-11-23")

    assert answer["inert"] == {"inert": False, "why": None, "to_confirm": []}
    assert all(one["accepted"] for one in answer["grounds"])


@pytest.mark.django_db
def test_a_person_reads_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "show", "customs-dishonest", "--on", "2026-03-31"]) == 0
    said = capsys.readouterr().out

    assert "海关失信企业名单 (Customs' list of dishonest enterprises)" in said
    assert "未启用 / inert" in said
    assert "gongxin law confirm S-HG251 --text FILE" in said


@pytest.mark.django_db
def test_all_lists_stand_in_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "show", "--on", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == len(statutory_lists())
    assert next(line for line in lines if line.startswith("procurement-ban")).count("可用 in use") == 1


def test_no_database_is_needed(tmp_path: Path) -> None:
    said = gongxin("lists", "show", "wage-arrears", "--json", home=tmp_path / "home")

    assert (said.returncode, said.stderr) == (0, "")
    assert json.loads(said.stdout)["names_officer"]["named"]
    assert not (tmp_path / "home").exists()


def test_a_list_that_is_none_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "show", "bad-firms", "--json"]) == REFUSED
    error = json.loads(capsys.readouterr().out)["error"]

    assert error["code"] == "unknown-list"
    assert "wage-arrears" in error["message"]["en"]


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "show", "aeo", "--on", "2026-02-30", "--json"]) == REFUSED

    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no-such-day"


@pytest.mark.django_db
def test_an_honour_nobody_has_confirmed_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "show", "--on", "2026-11-23"]) == 0

    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    told = {one for one, line in lines.items() if "未经确认 can be used, unconfirmed" in line}
    assert told == {"tax-a-level", "aeo"}
    assert "可用 in use" in lines["procurement-ban"]
    assert "未启用 inert" in lines["wage-arrears"]
