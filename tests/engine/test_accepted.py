import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.lawbook import information_class
from gongxin.core.ledger import canonical_content
from gongxin.core.subjects import LINK_COLUMNS
from gongxin.engine.accepted import RoleColumns, canonical_contents

QIAO, REGISTRATION = "91410100MA4000012T", "410000100000019"
KEYS = ("CF_WSH", "BZ", "subject_name")
awkward = st.text() | st.sampled_from(['"BZ":null,', '\\"BZ":null}', "=1+1", "\\", "\x7f\u2028", "中文"])
rows = st.lists(st.fixed_dictionaries({key: st.none() | awkward for key in KEYS}), min_size=1, max_size=5)


@given(rows)
def test_whole_columns_give_the_very_text_that_one_row_gives(told):
    frame = pl.DataFrame(told, schema=dict.fromkeys(KEYS, pl.String))

    assert canonical_contents(frame, list(KEYS)) == [canonical_content(row) for row in told]


def linked_by(class_id, **roles):
    """What may link a row of the class whose fields of these roles are filled."""
    known = information_class(class_id)
    frame = pl.DataFrame({known.roles[role]: [value] for role, value in roles.items()})
    (checked,) = RoleColumns(frame, known).identities()
    return {column: value for column, value in zip(LINK_COLUMNS, checked, strict=True) if value}


def test_a_code_links_under_its_own_scheme_and_by_its_organisation_part():
    assert linked_by("penalty", unified_code=QIAO) == {"unified": QIAO, "part": QIAO[8:17]}


def test_a_taxpayer_number_that_is_a_unified_code_links_as_one():
    assert linked_by("tax-a-level", taxpayer_number=QIAO) == {"unified": QIAO, "part": QIAO[8:17]}


def test_a_number_that_fits_another_scheme_by_chance_links_nothing():
    # Fifteen digits in a tax column may pass the registration check; the column says what it is.
    assert linked_by("tax-a-level", taxpayer_number=REGISTRATION) == {}


def test_neither_the_placeholder_nor_a_mistyped_code_identifies_anybody():
    assert linked_by("penalty", unified_code="00000000000000000X") == {}
    assert (
        linked_by("penalty", unified_code="91410100MA4000012X", registration_number="410000100000018") == {}
    )
