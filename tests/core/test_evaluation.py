"""Evaluation schemes: what holds of all of them, and what their loader refuses."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongxin.core.evaluation import (
    Facts,
    NoSchemeInForce,
    UnknownScheme,
    UnknownVeto,
    evaluate,
    scheme_named,
    scheme_of,
    schemes,
    weights_on,
    year_counted,
)
from gongxin.core.law_files import read_law
from gongxin.core.scheme_text import SchemeRefused, parse_scheme

ON = date(2026, 5, 4)


def test_five_schemes_are_known_and_each_says_its_sector() -> None:
    assert {one.id: one.sector for one in schemes().values()} == {
        "customs": "customs",
        "environment": "environment",
        "labour": "labour",
        "road-construction": "transport",
        "tax": "tax",
    }


def test_the_year_counted_is_the_calendar_year_before() -> None:
    assert year_counted(date(2026, 1, 1)) == (date(2025, 1, 1), date(2026, 1, 1))
    assert year_counted(date(2026, 12, 31)) == (date(2025, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("written", "scheme"),
    [
        ("企业环境信用评价", "environment"),
        ("2025年度纳税信用评价", "tax"),
        ("企业劳动保障守法诚信等级评价", "labour"),
        ("海关企业信用等级", "customs"),
        ("公路施工企业信用评价", "road-construction"),
        ("质量信用评价", None),
        ("", None),
    ],
)
def test_a_record_of_an_evaluation_names_its_scheme(written: str, scheme: str | None) -> None:
    found = scheme_named(written)

    assert (found.id if found else None) == scheme


def test_the_weights_of_a_day_are_those_of_the_grades_there_are_that_day() -> None:
    before, since = (weights_on(scheme_of("customs"), date(2026, month, 1)) for month in (3, 4))

    assert set(before) == {"", "senior-certified", "other", "dishonest"}
    assert set(since) == {"", "senior-certified", "certified", "regular", "dishonest", "seriously-dishonest"}


def test_an_answer_names_the_table_it_was_taken_from() -> None:
    told = [evaluate("tax", Facts(imported_level="A"), day) for day in (date(2025, 6, 30), date(2025, 7, 1))]

    assert [one.edition for one in told] == ["2018-04-01", "2025-07-01"]


def test_a_scheme_before_its_first_instrument_gives_no_grade() -> None:
    with pytest.raises(NoSchemeInForce):
        evaluate("labour", Facts(), date(2016, 12, 31))

    assert evaluate("labour", Facts(), date(2017, 1, 1)).grade is not None


def test_an_unknown_scheme_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownScheme) as told:
        evaluate("citizens", Facts(), ON)

    assert "labour" in told.value.known


def test_an_act_that_the_scheme_does_not_know_decides_nothing() -> None:
    with pytest.raises(UnknownVeto, match="rudeness"):
        evaluate("environment", Facts(vetoes=frozenset({"rudeness"})), ON)


def test_every_row_names_its_source_and_says_when_it_was_not_read_in_full() -> None:
    told = evaluate("labour", Facts(general=3), ON)

    (row,) = told.rows
    assert (row.citation.source, row.unconfirmed) == ("S-LDXY", True)
    assert told.unconfirmed == ("S-LDXY",)


def test_a_worse_grade_is_never_watched_less_and_who_is_not_rated_like_the_common_one() -> None:
    for scheme in schemes().values():
        for edition in scheme.editions:
            weights = [scheme.grades[one].weight for one in edition.grades]
            assert weights == sorted(weights)
        assert min(weights) <= scheme.unrated_weight < max(weights)


def test_more_penalties_never_lead_to_a_better_grade() -> None:
    for scheme in schemes().values():
        best_first = list(edition_grades(scheme.id))
        grades = [evaluate(scheme.id, Facts(general=n), ON).grade for n in range(6)]
        ranks = [best_first.index(one.id) for one in grades if one is not None]
        assert ranks == sorted(ranks)


def edition_grades(scheme_id: str) -> tuple[str, ...]:
    return schemes()[scheme_id].editions[-1].grades


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    *way, key, value = path

    def fault(document: dict[str, Any]) -> None:
        at: Any = document
        for step in way:
            at = at[step]
        at[key] = value

    return fault


TABLE = ("editions", 0, "table")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (put("people", True), "Unknown key"),
        (put("id", "labor"), "the file's name"),
        (put("grades", "A", "weight", 0), "1 at least"),
        (put("vetoes", "crime", "citation", "source", "S-NONE"), "no source S-NONE"),
        (put("vetoes", "crime", "citation", "confidence", "V"), "not read in full"),
        (put("editions", 0, "grades", ["A", "B", "E"]), "There is no E"),
        (put("editions", 0, "carried_over", {"A": "X"}), "There is no X"),
        (put(*TABLE, 0, "gives", "D"), "There is no D"),
        (put(*TABLE, 0, "when", "vetoes", ["rudeness"]), "There is no rudeness"),
        (put(*TABLE, 2, "when", {}), "one condition"),
        (put(*TABLE, 2, "when", {"least": 1, "most": 2}), "one condition"),
        (put(*TABLE, 2, "gives", ""), "one condition"),
        (put(*TABLE, 1, "gives", "A"), "one condition"),
        (put(*TABLE, 2, "when", {"points": 3}), "Unknown key"),
        (put(*TABLE, 2, "when", {"least": -1}), "not negative"),
    ],
)
def test_the_loader_refuses_a_scheme_that_does_not_hold_together(
    fault: Callable[[dict[str, Any]], None], words: str
) -> None:
    document = copy.deepcopy(read_law("schemes/labour.yaml"))
    fault(document)

    with pytest.raises(SchemeRefused) as told:
        parse_scheme(document, "schemes/labour.yaml")

    assert words in told.value.problem.en
    assert told.value.problem.zh


def test_editions_with_a_gap_between_them_are_refused() -> None:
    document = copy.deepcopy(read_law("schemes/customs.yaml"))
    document["editions"][0]["in_force_until"] = date(2026, 3, 31)

    with pytest.raises(SchemeRefused, match="do not follow on each other"):
        parse_scheme(document, "schemes/customs.yaml")
