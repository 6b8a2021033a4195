from datetime import UTC, datetime, timedelta

import pytest

from gongxin.core.staging import GAP_WAIT, Take, take

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LONG_AGO, LATELY = AT - GAP_WAIT, AT - GAP_WAIT + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("read_through", "present", "waiting_since", "taken"),
    [
        (None, [41, 42], None, Take(2, None)),  # the first number there begins the sequence
        (7, [8, 9, 10], None, Take(3, None)),
        (7, [8, 10, 11], None, Take(1, None)),
        (7, [9, 10], None, Take(0, AT)),  # 8 may still be on its way
        (7, [9, 10], LATELY, Take(0, LATELY)),
        (7, [9, 10, 12], LONG_AGO, Take(2, None, (8, 8))),
        (7, [12], LONG_AGO, Take(1, None, (8, 11))),
        (7, [8, 9], LONG_AGO, Take(2, None)),  # it came after all
    ],
)
def test_rows_are_read_in_order_and_a_gap_is_waited_for(
    read_through: int | None, present: list[int], waiting_since: datetime | None, taken: Take
) -> None:
    assert take(read_through=read_through, present=present, waiting_since=waiting_since, at=AT) == taken
