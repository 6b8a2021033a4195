from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.law_files import read_law
from gongxin.core.quality import (
    LEVELS,
    NOTHING,
    Count,
    Level,
    QualityRefused,
    months_between,
    parse_quality,
    quality,
    score,
    shown_counts,
    tenths_of_percent,
    top_failing,
)

CRITERIA = quality().criteria
counts = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda pair: Count(min(pair), max(pair)))
boards = st.dictionaries(st.sampled_from(sorted(CRITERIA)), counts)


def perfect(**changes: Count) -> dict[str, Count]:
    return {**dict.fromkeys(CRITERIA, Count(10, 10)), **changes}


def test_the_score_is_the_plain_mean_of_the_shares() -> None:
    found = score({"timeliness": Count(1, 2), "linked": Count(3, 3)}, CRITERIA)

    assert found.value == Fraction(3, 4)
    assert found.measured == ("timeliness", "linked")


def test_a_denominator_of_nothing_is_no_data_and_never_the_best() -> None:
    assert NOTHING.share is None
    assert score({}, CRITERIA).value is None
    assert score(dict.fromkeys(CRITERIA, NOTHING), CRITERIA).level is None


def test_a_criterion_without_data_neither_raises_nor_lowers_the_score() -> None:
    with_nothing = score({"timeliness": Count(1, 2), "linked": NOTHING}, CRITERIA)

    assert with_nothing == score({"timeliness": Count(1, 2)}, CRITERIA)


@pytest.mark.parametrize(
    ("in_time", "level"),
    [
        (1000, Level.EXCELLENT),
        (995, Level.EXCELLENT),
        (994, Level.EXPECTED),
        (979, Level.REQUIRED),
        (899, None),
    ],
)
def test_a_level_is_reached_when_every_criterion_reaches_it(in_time: int, level: Level | None) -> None:
    assert score(perfect(timeliness=Count(in_time, 1000)), CRITERIA).level is level


@given(boards)
def test_a_score_lies_between_nothing_and_all_and_is_exact(board: dict[str, Count]) -> None:
    found = score(board, CRITERIA)
    measured = [one.share for one in board.values() if one.share is not None]

    assert found.value is None if not measured else min(measured) <= found.value <= max(measured)
    assert len(found.measured) == len(measured)


@given(boards, st.sampled_from(sorted(CRITERIA)))
def test_doing_better_in_one_thing_never_lowers_score_or_level(board: dict[str, Count], better: str) -> None:
    before = score(board, CRITERIA)
    one = board.get(better, NOTHING)
    after = score({**board, better: Count(one.total, one.total)}, CRITERIA)

    if before.value is not None and after.value is not None:
        assert after.value >= before.value
        reached = [-1 if found.level is None else LEVELS.index(found.level) for found in (before, after)]
        assert reached[0] <= reached[1]


@given(counts, counts)
def test_counts_of_two_offices_add_up(one: Count, other: Count) -> None:
    both = one + other

    assert (both.good, both.failing) == (one.good + other.good, one.failing + other.failing)


def test_more_good_ones_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        Count(3, 2)


@given(st.fractions(0, 1))
def test_only_all_of_it_reads_as_a_hundred_percent(share: Fraction) -> None:
    assert (tenths_of_percent(share) == 1000) == (share == 1)


def test_the_five_checks_that_failed_most_are_named_in_a_settled_order() -> None:
    failed = {"f": 1, "a": 3, "b": 3, "c": 9, "d": 2, "e": 2, "never": 0}

    assert top_failing(failed) == [("c", 9), ("a", 3), ("b", 3), ("d", 2), ("e", 2)]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 9)), st.integers(1, 5))
def test_no_small_count_can_be_read_or_reckoned_from_the_sum(told: dict[str, int], smallest: int) -> None:
    shown = shown_counts(told, smallest=smallest)
    hidden = [key for key, count in shown.items() if count is None]

    assert all(count is None or count >= smallest for count in shown.values())
    assert len(hidden) != 1 or len(shown) == 1
    assert set(shown) == {key for key, count in told.items() if count}


def test_months_run_over_the_year() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("criteria", "linked", "levels"), {"required": "0.9", "expected": "0.8", "excellent": "1"}),
        (("criteria", "linked", "levels"), {"required": "0.9", "expected": "0.95", "excellent": "1.1"}),
        (("criteria", "completeness", "expected"), {"penalty": ["x') OR ('"]}),
        (("statistics", "timeliness", "criterion"), "conformity"),  # tells how many are withheld
        (("statistics", "Published"), {}),
        (("smallest",), "few"),
    ],
)
def test_a_document_that_cannot_be_counted_by_is_refused(path: tuple[str, ...], value: object) -> None:
    document = read_law("quality.yaml")
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with pytest.raises(QualityRefused):
        parse_quality(document)
