from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.ids import COUNTER_BITS, RANDOM_BYTES, counted_randomness, hex_ids, new_id

instants = st.datetimes(
    min_value=datetime(2000, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.just(UTC),
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
        new_id(at=datetime(2026, 11, 23), randomness=bytes(10))


@given(instants, st.lists(randomness, max_size=4))
def test_many_ids_at_once_are_version_7_uuids_of_their_instant(at, randoms):
    made = hex_ids(at=at, randomness=b"".join(randoms))

    assert [UUID(text).version for text in made] == [7] * len(randoms)
    assert all(UUID(text).int >> 80 == int(at.timestamp() * 1000) for text in made)
    assert all(UUID(text).variant == "specified in RFC 4122" for text in made)


def test_many_ids_at_once_are_all_different():
    made = hex_ids(at=datetime(2026, 11, 23, tzinfo=UTC), randomness=bytes(range(250)))

    assert len(set(made)) == 25


@given(instants, randomness, randomness, st.integers(0, (1 << COUNTER_BITS) - 2))
def test_of_one_instant_the_act_counted_later_sorts_later_and_after_what_came_in_bulk(at, one, other, count):
    (bulk,) = hex_ids(at=at, randomness=one)
    first = new_id(at=at, randomness=counted_randomness(count, other))
    second = new_id(at=at, randomness=counted_randomness(count + 1, one))

    assert bulk < first.hex < second.hex
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
