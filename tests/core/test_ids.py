from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.ids import RANDOM_BYTES, ids_from, new_id

instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)
randomness = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


@given(instants, randomness, randomness)
def test_ids_sort_by_the_instant_they_were_made(at, earlier, later):
    one = new_id(at=at, randomness=earlier)
    other = new_id(at=at + timedelta(milliseconds=1), randomness=later)

    assert one < other
    assert one.hex < other.hex


@given(instants, randomness)
def test_an_id_is_an_rfc_9562_version_7_uuid(at, random):
    made = new_id(at=at, randomness=random)

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_a_naive_instant_makes_no_id():
    with pytest.raises(ValueError, match="aware"):
        new_id(at=datetime(2026, 11, 23), randomness=bytes(10))  # noqa: DTZ001


def test_one_call_makes_an_id_for_each_ten_bytes():
    made = ids_from(at=datetime(2026, 11, 23, tzinfo=UTC), randomness=bytes(range(30)))

    assert len(set(made)) == 3
