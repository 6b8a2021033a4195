from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.cases.figures import Took, figures_of, percentile


def test_the_figures_of_a_step_are_its_share_its_middle_and_its_slow_end() -> None:
    took = [("repair-accept", Took("repair-accept", days, days <= 3)) for days in (1, 1, 2, 3, 9)]

    (found,) = figures_of(took).values()

    assert (found.ended, found.in_time, found.median, found.percentile_95) == (5, 4, 2, 9)


@given(st.lists(st.integers(0, 200), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
    values: list[int], percent: int
) -> None:
    found = percentile(values, percent)
    below = [value for value in set(values) if value < found]

    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert all(sum(one <= value for one in values) * 100 < percent * len(values) for value in below)
