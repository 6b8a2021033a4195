"""Runs the cases of `lists.yaml`: for every list entry, term, early exit and change of instrument."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from law.cited import cases, read

from gongxin.core.lists import StatutoryList, statutory_list, statutory_lists

Case = dict[str, Any]


@pytest.mark.parametrize("case", cases("lists.yaml"))
def test_a_list_is_what_the_law_says(case: Case) -> None:
    QUESTIONS[case["question"]](statutory_list(case["list"]), case)


def entry(found: StatutoryList, case: Case) -> None:
    accepted = found.accepts(case["ground"], on=case["day"], confirmed=case.get("confirmed", ()))

    assert accepted is case["accepted"]
    if "body" in case:
        assert found.is_competent(case["body"]) is case["competent"]


def term(found: StatutoryList, case: Case) -> None:
    ends = found.ends_on(case["decided"], ground=case.get("ground"), stated_until=case.get("stated"))

    assert ends == case["ends"]


def leave(found: StatutoryList, case: Case) -> None:
    assert found.may_leave_from(case["decided"], corrected_on=case.get("corrected")) == case["leave"]
    assert bool(found.conditions_of_leaving(case["decided"])) or case["leave"] is None


def leads(found: StatutoryList, case: Case) -> None:
    assert found.leads_to is not None
    assert found.leads_to.list_id == case["to"]
    assert found.leads_from(case["decided"]) == case["from"]


def yearly(found: StatutoryList, case: Case) -> None:
    assert found.decided_on_of(case["year"]) == case["decided"]


def change(found: StatutoryList, case: Case) -> None:
    basis, confirmed = found.basis_on(case["day"]), case.get("confirmed", ())

    assert (basis.citation.source if basis else None) == case["basis"]
    assert found.is_inert(case["day"], confirmed) is case["inert"]


QUESTIONS: Mapping[str, Callable[[StatutoryList, Case], None]] = {
    "entry": entry,
    "term": term,
    "leave": leave,
    "leads": leads,
    "yearly": yearly,
    "change": change,
}


@pytest.mark.parametrize("question", ["entry", "term", "leave", "change"])
def test_every_list_has_a_case_for_every_question(question: str) -> None:
    asked = {case["list"] for case in read("lists.yaml") if case["question"] == question}

    assert asked == set(statutory_lists())


def test_every_change_of_a_lists_instrument_has_a_case_on_its_day_and_on_its_eve() -> None:
    asked = {(case["list"], case["day"]) for case in read("lists.yaml") if case["question"] == "change"}
    days = {(one.id, basis.from_on) for one in statutory_lists().values() for basis in one.basis[1:]}

    assert days <= asked
    assert {(list_id, day.fromordinal(day.toordinal() - 1)) for list_id, day in days} <= asked
