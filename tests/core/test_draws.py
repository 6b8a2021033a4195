"""A draw is the same for everyone who draws it again, and the class says how often one is drawn."""

from collections import Counter
from hashlib import sha256

import pytest

from gongxin.core.draws import LargerThanAll, NothingToDraw, draw

WEIGHTS = {"A": 1, "C": 8}
ALL = [(f"{number:032x}", "C" if number % 2 else "A") for number in range(200)]
RUN = "e" * 32


def drawn(seed: str, size: int = 20) -> list[str]:
    return draw(ALL, weights=WEIGHTS, size=size, seed=seed, evaluation=RUN)


def test_a_stranger_draws_the_same_by_what_the_document_says() -> None:
    def lowest(one: str, grade: str) -> str:
        return min(sha256(f"摇号/{RUN}/{one}/{n}".encode()).hexdigest() for n in range(1, WEIGHTS[grade] + 1))

    by_hand = sorted((lowest(one, grade), one) for one, grade in ALL)[:20]
    assert drawn("摇号") == [one for _, one in by_hand]


def test_the_order_in_which_they_are_given_changes_nothing_and_another_seed_does() -> None:
    again = draw(reversed(ALL), weights=WEIGHTS, size=20, seed="1", evaluation=RUN)
    assert drawn("1") == again != drawn("2")


def test_a_larger_sample_begins_with_the_smaller_one_and_nobody_is_drawn_twice() -> None:
    assert drawn("1", 50)[:20] == drawn("1")
    assert len(set(drawn("1", 200))) == 200


def test_who_weighs_eight_is_drawn_about_eight_times_as_often() -> None:
    grades = dict(ALL)
    counts = Counter(grades[drawn(str(seed), 1)[0]] for seed in range(900))
    assert 6 < counts["C"] / counts["A"] < 11


def test_a_sample_larger_than_all_is_refused_with_the_number_there_is() -> None:
    with pytest.raises(LargerThanAll) as refused:
        drawn("1", 201)
    assert (refused.value.size, refused.value.population) == (201, 200)


@pytest.mark.parametrize(("seed", "size"), [("", 1), ("x" * 65, 1), ("1", 0), ("1", -3)])
def test_a_draw_without_seed_or_size_is_none(seed: str, size: int) -> None:
    with pytest.raises(NothingToDraw):
        drawn(seed, size)
