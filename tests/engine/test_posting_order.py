import polars as pl
import pytest
from cast import AT

from gongxin.core.lawbook import information_class
from gongxin.engine import posting_order
from gongxin.engine.posting_order import PreparationFailed, accepted_rows

PENALTY = information_class("penalty")
ROWS = 23


@pytest.fixture(autouse=True)
def _short_runs(monkeypatch):
    monkeypatch.setattr(posting_order, "RUN_ROWS", 10)
    monkeypatch.setattr(posting_order, "PIECE_ROWS", 4)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "accepted.parquet"
    pl.DataFrame(
        {
            "row": list(range(2, ROWS + 2)),
            "sheet": [""] * ROWS,
            "CF_XDR_MC": [f"示范第{number % 3}机械有限公司" for number in range(ROWS)],
            "CF_WSH": [f"示环罚〔2026〕{number}号" for number in range(ROWS)],
        },
        schema_overrides={"row": pl.UInt32},
    ).write_parquet(found)
    return found


def asked(path, skip=0):
    """The rows, without the ids and salts that are made anew each time."""
    rows = list(
        accepted_rows(
            path, information_class=PENALTY, skip=skip, fact_roles=("decided_on",), missing={}, at=AT
        )
    )  # fmt: skip
    return [row._replace(entry_id="", decision_id="", salt=b"", commitment=b"") for row in rows]


def test_rows_of_one_subject_lie_together_within_a_run(path):
    names = [row.name for row in asked(path)]

    assert names[:10] == sorted(names[:10])
    assert names[10:20] == sorted(names[10:20])


def test_every_row_comes_once(path):
    assert sorted(row.row for row in asked(path)) == list(range(2, ROWS + 2))


@pytest.mark.parametrize("skip", [1, 4, 10, 13, ROWS])
def test_posting_that_goes_on_later_meets_the_very_rows_that_were_left(path, skip):
    assert asked(path, skip) == asked(path)[skip:]


@pytest.mark.parametrize("skip", [0, 13])
def test_a_second_process_gives_the_same_rows(path, skip, monkeypatch):
    # The second process has its own module, whose runs are long: all rows are one run there.
    monkeypatch.setattr(posting_order, "RUN_ROWS", 1000)
    here = asked(path, skip)
    monkeypatch.setattr(posting_order, "WORTH_A_PROCESS_ROWS", 0)

    assert asked(path, skip) == here


def test_a_second_process_that_dies_is_noticed(path, monkeypatch):
    monkeypatch.setattr(posting_order, "WORTH_A_PROCESS_ROWS", 0)
    monkeypatch.setattr(posting_order, "_CHILD", "gongxin.engine.accepted")  # ends without a word

    with pytest.raises(PreparationFailed, match="exit code 0"):
        asked(path)
