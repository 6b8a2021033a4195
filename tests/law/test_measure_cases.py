"""Runs the cases of measures and of evaluation schemes written in YAML beside it."""

from typing import Any

import pytest
from law.cited import cases

from gongxin.core.evaluation import Facts, evaluate
from gongxin.core.measures import all_rules, refused_trigger, rules_for


@pytest.mark.parametrize("case", cases("measures.yaml"))
def test_a_record_leads_to_the_measures_the_law_names_and_to_no_other(case: dict[str, Any]) -> None:
    confirmed = frozenset(case.get("confirmed", ()))
    public = case.get("public_body", False)

    found = rules_for(case["matter"], on=case["asked"], confirmed=confirmed, public_body=public)

    of_trigger = [one for one in found if one.trigger == case["trigger"]]
    assert sorted(one.measure.id for one in of_trigger) == sorted(case["expect"])
    assert {str(one.measure.effect) for one in of_trigger} <= {
        *case.get("effects", ("benefit", "require", "restrict"))
    }
    for one in of_trigger:
        assert one.citation.source in case["article"]
    waiting = {
        one.measure.id: f"{inert.why} {inert.source}".strip()
        for one in all_rules()
        if (one.matter, one.trigger, one.public_body) == (case["matter"], case["trigger"], public)
        and (inert := one.why_inert(case["asked"], confirmed))
    }
    assert waiting == case.get("inert", {})
    refused = refused_trigger(case["trigger"])
    assert (refused.id if refused else None) == case.get("refused")


@pytest.mark.parametrize("case", cases("schemes.yaml"))
def test_an_organisation_is_graded_as_the_scheme_of_the_day_says(case: dict[str, Any]) -> None:
    known = case.get("known", {})
    facts = Facts(
        imported_level=known.get("level", ""),
        general=known.get("general", 0),
        serious=known.get("serious", 0),
        vetoes=frozenset(known.get("vetoes", ())),
    )

    told = evaluate(case["scheme"], facts, case["asked"])

    assert (told.grade.id if told.grade else None) == case["grade"]
    assert [one.row for one in told.rows] == case["rows"]
    assert {one.citation.source for one in told.rows} <= set(case["article"].replace(";", " ").split())
    assert list(told.unconfirmed) == case.get("unconfirmed", [])
    assert told.not_a_level == case.get("not_a_level", "")
