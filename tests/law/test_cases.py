"""Runs the cases written in YAML beside it. A new case needs no code."""

from datetime import date
from typing import Any

import pytest
from law.cited import FOLDER, CitesNothing, cases, check_citation, read

from gongxin.core.clocks import (
    Clock,
    Ended,
    Extension,
    RecordFacts,
    clocks_of,
    may_be_shown,
    may_repair_from,
)
from gongxin.core.deadlines import due_on, publish_by, usable_from
from gongxin.core.law_files import read_law
from gongxin.core.penalties import NoRuleInForce, publication_of_penalty
from gongxin.core.sources import sources
from gongxin.core.terms import terms_of
from gongxin.core.working_days import packaged_calendar

CALENDAR = packaged_calendar()
BUREAU = "郑州市生态环境局"


@pytest.mark.parametrize("case", cases("penalties.yaml"))
def test_a_penalty_ends_when_the_law_says(case: dict[str, Any]) -> None:
    expected = case["expect"]

    terms = publication_of_penalty(
        kinds=case["kinds"],
        simple_procedure=case.get("simple", False),
        decided_on=case["decided"],
        deciding_body=case.get("by", BUREAU),
        posted_on=case["posted"],
        shorten_to=case.get("shorten_to"),
        publication_reason=case.get("reason", ""),
    )

    assert terms.penalty_class == expected["class"]
    assert terms.publish_until == expected["until"]
    assert terms.withheld_reason == expected.get("withheld")
    assert terms.repairable_from == expected["repair"]
    assert terms.rule == expected["rule"]
    assert set(expected.get("notes", [])) <= set(terms.notes)
    assert set(expected.get("no_notes", [])).isdisjoint(terms.notes)
    assert set(terms.notes) <= set(read_law("penalties.yaml")["notes"])


@pytest.mark.parametrize("case", cases("deadlines.yaml"))
def test_a_decision_is_due_when_the_law_says(case: dict[str, Any]) -> None:
    due = publish_by(case["class"], case["decided"], CALENDAR)

    assert (due.publish_by, due.provisional) == (case["by"], case["provisional"])


@pytest.mark.parametrize("case", cases("procedures.yaml"))
def test_a_procedure_ends_when_the_law_says(case: dict[str, Any]) -> None:
    due = due_on(case["procedure"], case["event"], CALENDAR)

    assert (due.due_on, due.provisional) == (case["by"], case["provisional"])
    assert due.source in case["article"]


@pytest.mark.parametrize("case", cases("usable.yaml"))
def test_a_penalty_founds_something_when_the_law_says(case: dict[str, Any]) -> None:
    due = usable_from(
        case["decided"],
        case.get("served"),
        CALENDAR,
        review_open=case.get("review_open", False),
        suit_open=case.get("suit_open", False),
        final_on=case.get("final_on"),
    )

    assert (due.due_on, due.rule, due.provisional) == (case["from"], case["rule"], case["provisional"])
    assert (due.source, due.article) == ("S-HN", "20(2)")


@pytest.mark.parametrize("case", cases("terms.yaml"))
def test_a_record_of_another_class_ends_when_the_law_says(case: dict[str, Any]) -> None:
    terms = terms_of(
        case["class"],
        decided_on=case["decided"],
        valid_until=case.get("valid_until"),
        removed_on=case.get("removed"),
        shorten_to=case.get("shorten_to"),
    )

    assert terms.publish_until == case["until"]
    assert terms.audience == case.get("audience", "public")
    if "repair" in case:
        assert terms.repairable_from == case["repair"]


@pytest.mark.parametrize("case", cases("clocks.yaml"))
def test_the_clocks_of_a_record_say_what_the_law_says(case: dict[str, Any]) -> None:
    expected = case["expect"]

    told = everything_told(record_of(case["record"], on=case["asked"]), case["asked"])

    assert {name: told[name] for name in expected} == expected


def record_of(written: dict[str, Any], *, on: date) -> RecordFacts:
    extension, ended = written.get("extension"), written.get("ended")
    return RecordFacts(
        class_id=written.get("class", "penalty"),
        decided_on=written["decided"],
        posted_on=written.get("posted", on),
        deciding_body=written.get("by", BUREAU),
        kinds=tuple(written.get("kinds", ())),
        publication_reason=written.get("reason", ""),
        withheld=written.get("withheld", ""),
        served_on=written.get("served"),
        valid_until=written.get("valid_until"),
        removed_on=written.get("removed"),
        shorten_to=written.get("shorten_to"),
        extension=Extension(**extension) if extension else None,
        ended=Ended(ended["day"], ended["rule"], ended["source"]) if ended else None,
        suit_open=written.get("suit_open", False),
    )


def everything_told(record: RecordFacts, on: date) -> dict[str, Any]:
    """Return what all three questions answer, by the names the cases use."""
    showing = may_be_shown(record, on)
    told = {"shown": showing.shown, **part("until", "rule", "source", showing.clock)}
    told |= part("may_repair_from", "may_repair_rule", "may_repair_source", may_repair_from(record))
    try:
        clocks = clocks_of(record, on=on, calendar=CALENDAR).by_name()
    except NoRuleInForce:
        return told
    for name, clock in clocks.items():
        kind = name.partition("_")[0]
        told |= part(name, f"{kind}_rule", f"{kind}_source", clock)
    return told | {"class": clocks["class"].value if clocks["class"] else None}


def part(day: str, rule: str, source: str, clock: Clock | None) -> dict[str, Any]:
    if clock is None:
        return {day: None, rule: None, source: None}
    return {day: clock.on, rule: clock.rule, source: clock.source}


FILES = sorted(found.name for found in FOLDER.glob("*.yaml"))


def test_the_law_is_told_in_at_least_150_cases_of_its_time_and_each_is_another() -> None:
    of_time = [case for name in FILES if name != "catalogue.yaml" for case in read(name)]
    names = [case["case"] for name in FILES for case in read(name)]
    facts = [
        str(sorted((key, str(case[key])) for key in case if key not in {"case", "article"}))
        for case in of_time
    ]

    assert len(of_time) >= 150
    assert len(set(names)) == len(names)
    assert len(set(facts)) == len(facts)


def test_every_file_of_cases_is_run() -> None:
    run = [one.read_text("utf-8") for one in sorted(FOLDER.glob("test_*.py"))]

    assert [name for name in FILES if not any(f'cases("{name}")' in text for text in run)] == []


@pytest.mark.parametrize("article", [None, "", "20(2)", "S-NOTHING 3", "S-HN 20(2);"])
def test_a_case_that_cites_no_instrument_is_no_case(article: str | None) -> None:
    with pytest.raises(CitesNothing):
        check_citation("planted.yaml", {"case": "a planted case", "article": article})


def test_every_change_of_instrument_has_a_case_on_its_day_and_on_its_eve() -> None:
    days = {case["posted"] for case in read("penalties.yaml")} | {
        case["asked"] for case in read("clocks.yaml")
    }
    changes = [date(2023, 5, 1), date(2025, 12, 25), date(2026, 4, 1)]

    assert {*changes, date(2023, 4, 30), date(2025, 12, 24), date(2026, 3, 31)} <= days
    assert {"S-MFD", "S-HN", "S-36"} <= sources().keys()
