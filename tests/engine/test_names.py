"""Columns of names mean what two names mean, row by row."""

from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.names.likeness import likeness_of_names
from gongxin.engine.names import likeness_of_columns

PAIRS = Path(__file__).parents[1] / "files/name_pairs.csv"

names = st.sampled_from(
    [
        "郑州大河商贸有限公司",
        "大河商贸",
        "洛阳大河商贸有限公司",
        "",
        "第一中学",
        "有限公司",
        "河南省",
        "郑州大河商贸有限公司洛阳分公司",
        "郑州大河商贸有限公司洛阳市分公司",
    ]
) | st.text(max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(names, names), max_size=12))
def test_a_column_says_of_each_row_what_its_two_names_say(rows: list[tuple[str, str]]) -> None:
    found = likeness_of_columns(
        pl.Series([name for name, _ in rows], dtype=pl.String),
        pl.Series([other for _, other in rows], dtype=pl.String),
    )

    expected = [likeness_of_names(*row) for row in rows]
    assert found.rows() == [(one.score, one.verdict) for one in expected]


def test_the_labelled_pairs_are_told_in_columns_as_one_by_one() -> None:
    pairs = pl.read_csv(PAIRS).select("name", "other")
    ordered = pl.concat([pairs["name"], pairs["other"]]).unique().sort()
    names = pl.concat([pairs["name"], ordered[:-1]])
    others = pl.concat([pairs["other"], ordered[1:]])

    found = likeness_of_columns(names, others)

    expected = [likeness_of_names(*row) for row in zip(names, others, strict=True)]
    assert found.rows() == [(one.score, one.verdict) for one in expected]


def test_an_empty_cell_is_an_empty_name() -> None:
    found = likeness_of_columns(pl.Series([None, "大河"], dtype=pl.String), pl.Series(["大河", "大河"]))

    assert found["verdict"].to_list() == ["different", "same"]
