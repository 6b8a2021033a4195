from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core import penalties
from gongxin.core.law_files import read_law
from gongxin.core.lawbook import information_class
from gongxin.core.penalties import (
    NoRuleInForce,
    PenaltyClass,
    PersonOnlyPenalty,
    classify_penalty,
    person_only_penalty,
    person_only_words,
    publication_of_penalty,
)
from gongxin.core.periods import Period
from gongxin.core.sources import sources
from gongxin.core.terms import terms_of

FIVE_YEARS = Period(years=5)
LAW = read_law("penalties.yaml")
KINDS = st.lists(
    st.sampled_from([word for kind in LAW["kinds"].values() for word in kind["words"]] + ["其他-责令改正"]),
    min_size=1,
    max_size=4,
)
BODIES = st.sampled_from(["郑州市生态环境局", "郑州市市场监督管理局"])


@pytest.mark.parametrize("text", ["行政拘留", "罚款；行政拘留", "其他-驱逐出境", "吊销机动车驾驶证"])
def test_a_penalty_only_a_person_can_bear_is_refused(text: str) -> None:
    assert person_only_penalty([text]) is not None
    with pytest.raises(PersonOnlyPenalty):
        classify_penalty(kinds=[text], simple_procedure=False)


def test_a_fine_is_borne_by_an_organisation_too() -> None:
    assert person_only_penalty(["罚款", "吊销许可证件"]) is None


def test_the_checker_refuses_the_same_penalties_so_that_none_reaches_the_ledger() -> None:
    rules = information_class("penalty").rules
    refused = next(rule.values for rule in rules if rule.code == "detention-of-organisation")

    assert refused == person_only_words()


def test_nothing_can_be_published_on_a_day_without_a_rule() -> None:
    with pytest.raises(NoRuleInForce):
        publish(["罚款"], date(2016, 5, 3), date(2016, 5, 4))


def test_a_rule_marked_keep_leaves_older_decisions_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [
        {**instrument, "transition": "keep"} if instrument["id"] == "order-36" else instrument
        for instrument in LAW["instruments"]
    ]
    monkeypatch.setattr(penalties, "_law", lambda: {**LAW, "instruments": kept})

    terms = publish(["罚款"], date(2026, 3, 30), date(2026, 4, 2))

    assert terms.publish_until == date(2029, 3, 30)


def test_instruments_of_a_domain_follow_each_other_without_gap_or_overlap() -> None:
    for domain in ("general", "market-regulation"):
        chain = [one for one in LAW["instruments"] if one["domain"] == domain]
        ends = [one["in_force_until"] for one in chain]

        assert ends == [one["in_force_from"] for one in chain[1:]] + [None]


def test_every_rule_names_a_source_and_every_note_has_words() -> None:
    named = {one["source"] for one in LAW["instruments"]} | {kind["source"] for kind in LAW["kinds"].values()}
    notes = {
        terms["note"] for one in LAW["instruments"] for terms in one["terms"].values() if "note" in terms
    }

    assert named <= sources().keys()
    assert notes <= LAW["notes"].keys()


def test_what_is_never_ended_early_is_named_by_kinds_the_law_knows() -> None:
    named = {kind for one in LAW["instruments"] for kind in one.get("never_early", {}).get("kinds", ())}

    assert "downgrading" in named
    assert named <= LAW["kinds"].keys()


@pytest.mark.parametrize(
    "rule", ["order-36/general", "market-order-45/serious/never-early", "withdrawal", ""]
)
def test_a_rule_says_of_itself_whether_it_is_a_penaltys_and_whether_it_ends_early(rule: str) -> None:
    assert penalties.is_penalty_rule(rule) == ("/" in rule)
    assert penalties.is_never_early(rule) == rule.endswith("never-early")


@pytest.mark.parametrize(
    ("on", "given_way"),
    [
        (date(2023, 4, 30), ()),
        (date(2023, 5, 1), ("notice-527",)),
        (date(2025, 12, 25), ("notice-527", "market-order-45")),
        (date(2026, 4, 1), ("notice-527", "order-58", "market-order-45")),
    ],
)
def test_an_instrument_gives_way_on_the_first_day_of_the_next(on: date, given_way: tuple[str, ...]) -> None:
    assert penalties.instruments_given_way(on) == given_way


@given(KINDS, st.booleans(), BODIES, st.dates(date(2019, 7, 1), date(2027, 1, 1)), st.integers(0, 2500))
def test_publication_ends_within_five_years_and_never_begins_with_its_end(
    kinds: list[str], simple: bool, body: str, decided_on: date, delay: int
) -> None:
    terms = publish(kinds, decided_on, decided_on + timedelta(days=delay), simple=simple, body=body)

    assert (terms.publish_until is None) == (terms.withheld_reason == "minor")
    assert decided_on <= terms.repairable_from
    assert decided_on < terms.share_until <= FIVE_YEARS.after(decided_on)
    assert terms.publish_until is None or terms.publish_until <= terms.share_until


@given(KINDS, BODIES, st.dates(date(2019, 7, 1), date(2027, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_a_change_of_instrument_never_lengthens(
    kinds: list[str], body: str, decided_on: date, delay: int, more: int
) -> None:
    at_once = publish(kinds, decided_on, decided_on + timedelta(days=delay), body=body)
    later = publish(kinds, decided_on, decided_on + timedelta(days=delay + more), body=body)

    assert later.share_until <= at_once.share_until
    assert later.repairable_from <= at_once.repairable_from


@given(KINDS, st.dates(date(2026, 4, 1), date(2027, 1, 1)), st.dates(date(2026, 4, 1), date(2040, 1, 1)))
def test_the_deciding_body_only_ever_shortens(kinds: list[str], decided_on: date, stated: date) -> None:
    plain = publish(kinds, decided_on, decided_on)
    shortened = publish(kinds, decided_on, decided_on, shorten_to=stated)

    if plain.publish_until is None:
        assert shortened == plain
    else:
        assert shortened.publish_until is not None
        assert shortened.publish_until <= plain.publish_until
        assert shortened.publish_until > decided_on


@given(KINDS, KINDS)
def test_another_kind_never_makes_a_penalty_less_grave(kinds: list[str], more: list[str]) -> None:
    order = list(PenaltyClass)
    fewer = classify_penalty(kinds=kinds, simple_procedure=False).penalty_class
    all_of_them = classify_penalty(kinds=kinds + more, simple_procedure=False).penalty_class

    assert order.index(all_of_them) >= order.index(fewer)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_what_may_burden_ends_within_five_years_whatever_validity_is_claimed(on: date, valid: date) -> None:
    for class_id in ("abnormal-operation", "serious-violation", "commitment", "evaluation"):
        until = terms_of(class_id, decided_on=on, valid_until=valid).publish_until

        assert until is not None
        assert until <= FIVE_YEARS.after(on)


def publish(
    kinds: list[str],
    decided_on: date,
    posted_on: date,
    *,
    simple: bool = False,
    body: str = "郑州市生态环境局",
    shorten_to: date | None = None,
) -> penalties.PenaltyTerms:
    return publication_of_penalty(
        kinds=kinds,
        simple_procedure=simple,
        decided_on=decided_on,
        deciding_body=body,
        posted_on=posted_on,
        shorten_to=shorten_to,
    )
