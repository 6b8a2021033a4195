from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.periods import Period, add_months


@pytest.mark.parametrize(
    ("on", "period", "ends"),
    [
        (date(2026, 3, 10), Period(months=3), date(2026, 6, 10)),
        (date(2026, 11, 30), Period(months=3), date(2027, 2, 28)),  # February has no 30th
        (date(2024, 2, 29), Period(years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(years=4), date(2028, 2, 29)),
        (date(2026, 8, 31), Period(months=1), date(2026, 9, 30)),
        (date(2026, 12, 31), Period(years=1, months=2), date(2028, 2, 29)),
        (date(2026, 1, 1), Period(days=60), date(2026, 3, 2)),
    ],
)
def test_a_period_ends_on_the_corresponding_day_or_the_months_last(
    on: date, period: Period, ends: date
) -> None:
    assert period.after(on) == ends


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last_one(on: date, months: int) -> None:
    end = add_months(on, months)

    assert (end.year - on.year) * 12 + end.month - on.month == months
    assert end.day == on.day or (end.day < on.day and add_months(on, months) < add_months(on, months + 1))


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_a_later_event_never_ends_earlier(on: date, months: int) -> None:
    assert add_months(on, months) <= add_months(date.fromordinal(on.toordinal() + 1), months)
