import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.ledger import (
    Kind,
    RecordState,
    canonical_content,
    commitment,
    content_fields,
    content_hash,
    record_key,
    record_state,
)

fields = st.dictionaries(st.text("ABC_xyz", min_size=1), st.none() | st.text())


@given(fields)
def test_content_is_the_same_whatever_the_order_of_its_fields(content):
    backwards = dict(reversed(content.items()))

    assert content_hash(canonical_content(content)) == content_hash(canonical_content(backwards))


@given(fields)
def test_content_keeps_what_is_filled_and_drops_what_is_empty(content):
    filled = {key: value for key, value in content.items() if value}

    assert content_fields(canonical_content(content)) == filled


def test_erased_content_has_no_fields():
    assert content_fields(None) == {}


def test_two_classes_never_share_a_record_key():
    assert record_key("penalty", ("A", "1")) != record_key("licence", ("A", "1"))


def test_the_parts_of_a_key_do_not_run_into_each_other():
    assert record_key("penalty", ("AB", "C")) != record_key("penalty", ("A", "BC"))


def test_a_commitment_says_nothing_without_its_salt():
    digest = content_hash("{}")

    assert commitment(b"a" * 16, "0f" * 16, digest) != commitment(b"b" * 16, "0f" * 16, digest)


@pytest.mark.parametrize(
    ("kind", "held", "erased", "expected"),
    [
        (Kind.ORIGINAL, False, False, RecordState.IN_FORCE),
        (Kind.RESEND, False, False, RecordState.CORRECTED),
        (Kind.ORIGINAL, True, False, RecordState.HELD),
        (Kind.WITHDRAWAL, True, False, RecordState.WITHDRAWN),
        (Kind.CERTIFIED, False, False, RecordState.IN_FORCE),
        (Kind.ORIGINAL, False, True, RecordState.ARCHIVED),
    ],
)
def test_where_a_record_stands_follows_from_its_current_version(kind, held, erased, expected):
    assert record_state(kind=kind, held=held, erased=erased) is expected
