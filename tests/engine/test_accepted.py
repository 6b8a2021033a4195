import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.ledger import canonical_content
from gongxin.engine.accepted import canonical_contents

KEYS = ("CF_WSH", "BZ", "subject_name")
awkward = st.text() | st.sampled_from(['"BZ":null,', '\\"BZ":null}', "=1+1", "\\", "\x7f\u2028", "中文"])
rows = st.lists(st.fixed_dictionaries({key: st.none() | awkward for key in KEYS}), min_size=1, max_size=5)


@given(rows)
def test_whole_columns_give_the_very_text_that_one_row_gives(told):
    frame = pl.DataFrame(told, schema=dict.fromkeys(KEYS, pl.String))

    assert canonical_contents(frame, list(KEYS)) == [canonical_content(row) for row in told]
