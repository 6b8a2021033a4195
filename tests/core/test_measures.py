"""Matters, measures and rules: what the law of measures says as a whole, and what its loader refuses."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongxin.core.law_files import read_law
from gongxin.core.measures import (
    Effect,
    UnknownMatter,
    UnknownRule,
    WhyInert,
    all_rules,
    matter,
    matters,
    measures,
    refused_trigger,
    related_matters,
    rule,
    rules_for,
    sector_of,
    sectors,
)
from gongxin.core.measures.document import FILES, MATTERS, MeasuresRefused
from gongxin.core.measures.parsing import RANKS, parse_measures
from gongxin.core.sources import sources

ON = date(2026, 6, 1)
ADDED = "measures/added.yaml"
RELATED = "measures/related.yaml"
ADVERSE = {
    "serious-violation",
    "abnormal-operation",
    "wage-arrears",
    "major-tax-violation",
    "procurement-ban",
    "work-safety",
    "overloading",
    "court-enforcement",
    "customs-dishonest",
}


def packaged() -> dict[str, Any]:
    return copy.deepcopy({name: read_law(name) for name in (MATTERS, *FILES)})


def test_thirteen_matters_are_known_and_eleven_are_served() -> None:
    not_served = {one.id for one in matters().values() if not one.served}

    assert len(matters()) == 13
    assert not_served == {"civil-service-recruitment", "housing-allocation"}


def test_a_matter_that_is_not_served_says_why_and_where_to_go() -> None:
    told = matter("housing-allocation").not_served

    assert told is not None
    assert "自然人" in told.why.zh
    assert told.instead.en
    assert rules_for("housing-allocation", on=ON, confirmed=()) == ()


def test_an_unknown_matter_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownMatter) as told:
        rules_for("travel", on=ON, confirmed=())

    assert "tendering" in told.value.known


def test_every_measure_of_the_regulation_is_there() -> None:
    told = measures()

    assert {f"I{n}" for n in range(1, 9)} <= told.keys()
    assert {f"M{n}" for n in range(1, 8)} <= told.keys()
    assert {f"S{n}" for n in range(1, 10)} <= told.keys()


def test_a_heading_without_a_rule_says_why_or_who_carries_it_out() -> None:
    with_rules = {one.measure.heading for one in all_rules()}
    silent = [
        one.id
        for one in measures().values()
        if one.id == one.heading
        and one.id not in with_rules
        and not (one.no_rows or one.carried_out_by or one.shown_with)
    ]

    assert silent == []


def test_limits_on_consumption_and_posts_are_carried_out_elsewhere_and_never_returned() -> None:
    for one in ("S4", "S6"):
        assert measures()[one].effect is Effect.ELSEWHERE
        assert measures()[one].carried_out_by is not None
    assert not [one.id for one in all_rules() if one.measure.heading in {"S4", "S6"}]


def test_what_the_market_decides_for_itself_is_in_no_rule() -> None:
    own = {one.id for one in measures().values() if one.effect is Effect.OWN_DECISION}

    assert own == {"U1", "U2", "U3", "U4", "U5", "U6"}
    assert own.isdisjoint(one.measure.id for one in all_rules())


def test_every_added_measure_has_a_law_or_administrative_regulation_of_its_own() -> None:
    added = [one for one in all_rules() if one.measure.heading.startswith("S")]

    assert len(added) >= 15
    assert {sources()[one.citation.source].rank for one in added} <= set(RANKS)
    assert all(one.citation.article for one in added)
    assert all(one.trigger.startswith("list:") for one in added)


def test_an_ordinary_measure_stands_on_related_matters_only() -> None:
    for one in all_rules():
        kind, _, named = one.trigger.partition(":")
        if one.measure.heading.startswith("M") and kind == "penalty":
            assert one.matter in related_matters(named)
    assert related_matters("no-such-sector") == ()


def test_every_served_matter_has_a_rule_and_no_other() -> None:
    served = {one.id for one in matters().values() if one.served}

    assert {one.matter for one in all_rules()} == served


def test_a_rule_is_found_by_its_id_and_one_that_is_not_in_the_table_is_refused() -> None:
    found = rule("S1.procurement/list:procurement-ban/government-procurement")

    assert (found.citation.source, found.citation.article) == ("S-ZFCG", "77")
    for unlawful in ("M1/penalty:customs/administrative-licensing", "S4/list:court-enforcement/awards", ""):
        with pytest.raises(UnknownRule):
            rule(unlawful)


def test_a_rule_on_what_was_not_read_waits_for_its_text_and_says_for_which() -> None:
    waiting = rule("S1.procurement/list:court-enforcement/government-procurement")
    told = waiting.why_inert(ON, frozenset())

    assert told is not None
    assert (told.why, told.source) == (WhyInert.UNCONFIRMED, "S-CK125")
    assert not waiting.active(ON, frozenset({"S-ZFCG"}))
    assert waiting.active(ON, frozenset({"S-CK125"}))


def test_the_lists_are_those_the_platform_keeps() -> None:
    related = parse_measures(packaged()).related

    assert set(related.sector_of_list) == ADVERSE
    assert set(related.honours) == {"tax-a-level", "aeo", "demonstration-firm"}
    assert related.joint == ADVERSE - {"abnormal-operation"}


@pytest.mark.parametrize(
    ("body", "sector"),
    [
        ("郑州市生态环境局", "environment"),
        ("示例市市场监督管理局", "market-regulation"),
        ("示例市市场监督管理局（知识产权局）", "market-regulation"),
        ("河南省药品监督管理局", "food-and-drugs"),
        ("示例县食品药品监督管理局", "food-and-drugs"),
        ("国家税务总局示例县税务局", "tax"),
        ("示例市应急管理局", "work-safety"),
        ("示例市消防救援支队", "fire"),
        ("示例市住房和城乡建设局", "construction"),
        ("示例市人力资源和社会保障局", "labour"),
        ("示例市交通运输局", "transport"),
        ("示例市财政局", "procurement"),
        ("示例县人民法院", "court"),
        ("示例县卫生健康委员会", "health"),
        ("示例市城市管理局", "urban-management"),
        ("示例市公安局示例分局", "public-security"),
        ("示例市发展和改革委员会", "development"),
        ("示例市粮食和物资储备局", "grain"),
        ("示例市人民政府", None),
        ("", None),
    ],
)
def test_the_name_of_a_body_tells_its_sector(body: str, sector: str | None) -> None:
    assert sector_of(body) == sector


def test_market_regulators_are_those_whose_penalties_follow_its_rules() -> None:
    words = set(sectors()["market-regulation"].named)

    assert set(read_law("penalties.yaml")["market_regulation"]["words"]) <= words


def test_no_word_tells_two_sectors() -> None:
    words = [word for one in sectors().values() for word in one.named]

    assert len(words) == len(set(words))


def test_arrears_of_utilities_and_property_management_are_refused_by_name() -> None:
    for trigger in (
        "list:utility-arrears",
        "arrears:heating",
        "欠缴水费",
        "arrears:property-fee",
        "物业欠费",
    ):
        told = refused_trigger(trigger)
        assert told is not None
        assert (told.citation.source, told.citation.article) == ("S-HN", "27")
    assert not [one.id for one in all_rules() if refused_trigger(one.trigger)]


def put(name: str, *path: Any) -> Callable[[dict[str, Any]], None]:
    *way, key, value = path

    def fault(documents: dict[str, Any]) -> None:
        at = documents[name]
        for step in way:
            at = at[step]
        at[key] = value

    return fault


FIRST_ROW = ("measures", "S1", "rows", "S1.procurement", "triggers", 0)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (put(ADDED, *FIRST_ROW, "lists", ["wage-arrears"]), "Unknown key"),
        (put(ADDED, *FIRST_ROW, "list", "no-such-list"), "no list no-such-list"),
        (put(ADDED, *FIRST_ROW, "list", "abnormal-operation"), "no list for joint penalties"),
        (put(ADDED, *FIRST_ROW, "list", "tax-a-level"), "no list for joint penalties"),
        (put(ADDED, *FIRST_ROW, "list", "utility-arrears"), "may found no measure (S-HN 27)"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-HN", "confidence": "V"}), "of its own"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-SFA", "confidence": "V"}), "of its own"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-49", "confidence": "R"}), "of its own"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-ZFCG", "confidence": "P"}), "of its own"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-CK125", "confidence": "V"}), "not read in full"),
        (put(ADDED, *FIRST_ROW, "citation", {"source": "S-NONE", "confidence": "V"}), "no source S-NONE"),
        (put(ADDED, "measures", "S1", "rows", "S1.procurement", "matter", "travel"), "no matter travel"),
        (
            put(ADDED, "measures", "S1", "rows", "S1.land", "matter", "housing-allocation"),
            "housing-allocation is not served",
        ),
        (put(ADDED, "measures", "S1", "rows", "S2.other", {}), "begins with S1."),
        (put(ADDED, "measures", "S1", "rows", "S1.land", "effect", "elsewhere"), "It can only be"),
        (put(ADDED, "measures", "S4", "rows", {}), "S4 and S6 bind persons"),
        (put(ADDED, "measures", "S3", "carried_out_by", {"zh": "甲", "en": "x"}), "S4 and S6 bind persons"),
        (put(ADDED, "measures", "S10", {}), "label"),
        (put("measures/incentives.yaml", "measures", "I1", "rows", 0, "lists", ["blue"]), "no list blue"),
        (put("measures/incentives.yaml", "measures", "M1", {"label": {"zh": "甲", "en": "x"}}), "twice"),
        (put("measures/ordinary.yaml", "measures", "M1", "lists", []), "Unknown key"),
        (put("measures/ordinary.yaml", "measures", "M1", "effect", "own-decision"), "It can only be"),
        (put("measures/market.yaml", "effect", "restrict"), "It can only be"),
        (put(RELATED, "sectors", "tax", "matters", ["travel"]), "no matter travel"),
        (put(RELATED, "lists", "wage-arrears", "sector", "no-such"), "It can only be"),
        (put(MATTERS, "matters", "awards", "served", True), "Unknown key"),
    ],
)
def test_the_loader_refuses_what_no_law_bears(fault: Callable[[dict[str, Any]], None], words: str) -> None:
    documents = packaged()
    fault(documents)

    with pytest.raises(MeasuresRefused) as told:
        parse_measures(documents)

    assert words in f"{told.value.path} {told.value.problem.en}"
    assert told.value.problem.zh


def test_a_row_without_its_own_law_is_refused_by_its_place() -> None:
    documents = packaged()
    del documents[ADDED]["measures"]["S1"]["rows"]["S1.procurement"]["triggers"][0]["citation"]

    with pytest.raises(MeasuresRefused, match=r"S1\.procurement\.triggers\.citation: This is missing"):
        parse_measures(documents)


def test_a_file_that_is_missing_is_told() -> None:
    documents = packaged()
    del documents[RELATED]

    with pytest.raises(MeasuresRefused, match=r"measures/related\.yaml"):
        parse_measures(documents)
