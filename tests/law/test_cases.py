"""Runs the cases written in YAML beside it. A new case needs no code."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongxin.core.deadlines import publish_by
from gongxin.core.law_files import read_law
from gongxin.core.penalties import publication_of_penalty
from gongxin.core.terms import terms_of
from gongxin.core.working_days import packaged_calendar

FOLDER = Path(__file__).parent


def cases(name: str) -> list[Any]:
    written = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["case"]) for case in written]


@pytest.mark.parametrize("case", cases("penalties.yaml"))
def test_a_penalty_ends_when_the_law_says(case: dict[str, Any]) -> None:
    expected = case["expect"]

    terms = publication_of_penalty(
        kinds=case["kinds"],
        simple_procedure=case.get("simple", False),
        decided_on=case["decided"],
        deciding_body=case.get("by", "郑州市生态环境局"),
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
    assert set(terms.notes) <= set(read_law("penalties.yaml")["notes"])


@pytest.mark.parametrize("case", cases("deadlines.yaml"))
def test_a_decision_is_due_when_the_law_says(case: dict[str, Any]) -> None:
    due = publish_by(case["class"], case["decided"], packaged_calendar())

    assert (due.publish_by, due.provisional) == (case["by"], case["provisional"])


@pytest.mark.parametrize("case", cases("terms.yaml"))
def test_a_record_of_another_class_ends_when_the_law_says(case: dict[str, Any]) -> None:
    terms = terms_of(
        case["class"],
        decided_on=case["decided"],
        valid_until=case.get("valid_until"),
        removed_on=case.get("removed"),
    )

    assert terms.publish_until == case["until"]
    assert terms.audience == case.get("audience", "public")
