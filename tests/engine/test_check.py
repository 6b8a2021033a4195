"""A whole check: the counts, what is kept, and that nothing of a person is."""

import json
from pathlib import Path

import polars as pl
import pytest
from engine.checking import QIAO, check_bytes, check_rows, csv_of, penalties, penalty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongxin.core.column_mapping import parse_column_mapping
from gongxin.core.lawbook import information_class
from gongxin.engine.export_text import FORMULA_STARTS
from gongxin.engine.readers.table import FileRefused
from gongxin.engine.report import open_report

EXAMPLES = Path(__file__).parents[2] / "examples"
PERSON = "孙小小"
NUMBER = "11010519491231002X"
CELLS = st.sampled_from(
    ["", " ", "2026-02-30", "2026/1/5", "罚款", "自然人", NUMBER, QIAO, "0.5", "=1+1", "\n", "�"]
)
FIELDS = st.sampled_from(
    ["CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_WSH", "CF_CFLB", "CF_NR_FK", "CF_JDRQ", "BZ"]
)


@given(st.lists(st.dictionaries(FIELDS, CELLS, max_size=4), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_every_row_is_counted_once(changes: list[dict[str, str]]) -> None:
    outcome = check_rows([penalty(**change) for change in changes])

    assert outcome.rows == len(changes)
    assert outcome.rows == outcome.accepted + outcome.rejected + outcome.out_of_scope
    assert outcome.problems.get("person-row", 0) == outcome.out_of_scope
    assert outcome.folded == outcome.problems.get("duplicate-row", 0) <= outcome.accepted


@given(st.lists(st.dictionaries(FIELDS, CELLS, max_size=4), min_size=1, max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_agrees_with_the_counts(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, str]]
) -> None:
    keep = tmp_path_factory.mktemp("keep")

    outcome = check_rows([penalty(**change) for change in changes], keep=keep)

    problems = pl.read_parquet(keep / "problems.parquet")
    assert pl.read_parquet(keep / "accepted.parquet").height == outcome.accepted - outcome.folded
    assert pl.read_parquet(keep / "sent.parquet").height == outcome.rows - outcome.out_of_scope
    assert dict(problems.group_by("code").len().iter_rows()) == outcome.problems


def test_an_accepted_row_is_kept_in_normal_form(tmp_path: Path) -> None:
    row = penalty(
        CF_XDR_SHXYM=QIAO.lower(),
        CF_JDRQ="2026年10月12日",
        CF_NR_FK="1,000.50",
        CF_CFLB="罚款、警告",
        CF_YXQ="长期",
    )

    check_rows([row], keep=tmp_path)

    kept = pl.read_parquet(tmp_path / "accepted.parquet").row(0, named=True)
    assert (kept["row"], kept["sheet"]) == (2, "")
    assert (kept["CF_XDR_SHXYM"], kept["CF_JDRQ"], kept["CF_NR_FK"]) == (QIAO, "2026-10-12", "1000.5")
    assert (kept["CF_CFLB"], kept["CF_YXQ"], kept["BZ"]) == ("罚款；警告", "2099-12-31", None)
    assert "CF_FR_ZJHM" not in kept
    assert set(kept) == {
        "row",
        "sheet",
        *(f.key for f in information_class("penalty").fields if f.publication != "never-kept"),
    }


def test_rows_are_kept_as_sent_but_for_documents_and_unknown_columns(tmp_path: Path) -> None:
    row = penalty(CF_JDRQ="2026/1/5", CF_FR_ZJHM=NUMBER) | {"联系人": PERSON, "联系电话": "13800138000"}

    check_rows([row], keep=tmp_path)

    layout = json.loads((tmp_path / "layout.json").read_text(encoding="utf-8"))["tables"][0]
    kept = pl.read_parquet(tmp_path / "sent.parquet").row(0, named=True)
    cells = {name: kept[f"c{place}"] for place, name in enumerate(layout["header"])}
    assert cells["CF_JDRQ"] == "2026/1/5"
    assert (cells["CF_FR_ZJHM"], cells["联系人"], cells["联系电话"]) == (None, None, None)
    assert [layout["header"][place] for place in layout["unknown"]] == ["联系人", "联系电话"]


PLANTED = [
    {"CF_XDR_LB": "自然人", "CF_XDR_MC": PERSON, "CF_XDR_SHXYM": "", "CF_XDR_ZJHM": NUMBER},
    {"CF_XDR_MC": PERSON, "CF_XDR_SHXYM": NUMBER},
    {"CF_XDR_MC": PERSON, "CF_XDR_SHXYM": "", "CF_SY": f"{PERSON}酒后驾驶"},
    {"CF_XDR_MC": PERSON, "CF_XDR_ZJLX": "身份证", "CF_JDRQ": f"{PERSON} {NUMBER}"},
    {"CF_SY": f"身份证{NUMBER}"},
    {"CF_SJLY": f"经办人电话 {NUMBER}"},
    {"CF_XDR_SHXYM": NUMBER[:-1] + "1"},  # mistyped: rejected, and not to be read from what is kept
    {"CF_FR_ZJHM": NUMBER},
    {"身份证": NUMBER, "姓名": PERSON},
    {"CF_FR_ZJLX": PERSON},
]


def test_nothing_of_a_person_is_kept_anywhere(tmp_path: Path) -> None:
    rows = penalties(*PLANTED)
    header = f"制表人 {NUMBER}\n".encode()

    outcome = check_bytes(header + csv_of(rows), keep=tmp_path)

    assert outcome.out_of_scope == 4
    everything = _everything_in(tmp_path)
    assert PERSON not in everything
    assert NUMBER[:17] not in everything
    assert "示环罚〔2026〕5号" in everything  # the search does find what is there


def _everything_in(folder: Path) -> str:
    """Return all text a reader of the folder, or of the reports made from it, could ever see."""
    texts = [path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]
    for path in folder.glob("*.parquet"):
        texts += [str(row) for row in pl.read_parquet(path).iter_rows()]
    for file_format in ("csv", "json"):
        with open_report(
            folder, information_class=information_class("penalty"), file_format=file_format
        ) as report:
            texts.append(report.read().decode())
    return "\n".join(texts)


def test_the_search_above_would_find_a_leak(tmp_path: Path) -> None:
    check_rows([penalty(CF_XDR_MC=f"{PERSON}商行")], keep=tmp_path)

    assert PERSON in _everything_in(tmp_path)


def test_files_are_private_and_a_refused_file_leaves_none(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    content = csv_of([penalty()]) + b'"never closed\n' + "乔木机械\n".encode("gb18030")

    with pytest.raises(FileRefused):
        check_bytes(content, keep=keep)
    assert list(keep.glob("*")) == []

    check_rows([penalty()], keep=keep)
    assert keep.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in keep.iterdir()} == {0o600}


def test_folded_and_contradicting_rows_are_not_among_the_accepted(tmp_path: Path) -> None:
    rows = [*penalties({}, {}), *penalties({}), penalty(CF_NR_FK="3"), penalty()]

    outcome = check_rows(rows, keep=tmp_path)

    assert (outcome.accepted, outcome.folded, outcome.rejected) == (3, 1, 2)
    assert pl.read_parquet(tmp_path / "accepted.parquet")["row"].to_list() == [2, 3]


def test_a_damaged_line_is_a_rejected_row_with_its_number(tmp_path: Path) -> None:
    content = csv_of([penalty()]) + b"only,three,cells\n"

    outcome = check_bytes(content, keep=tmp_path)

    assert (outcome.rows, outcome.accepted, outcome.rejected) == (2, 1, 1)
    assert outcome.samples["ragged-line"] == (("", 3),)
    assert pl.read_parquet(tmp_path / "problems.parquet").row(0, named=True) == {
        "row": 3, "sheet": "", "code": "ragged-line", "field": None, "severity": "error",
    }  # fmt: skip


def test_progress_is_told_in_rows_and_reaches_the_end() -> None:
    told: list[int] = []

    check_rows(penalties(*[{}] * 5), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 5


def test_many_chunks_count_as_one_file(tmp_path: Path) -> None:
    rows = penalties(*[{"CF_SY": f"第{at}案" + "事" * 900} for at in range(6_000)])
    rows += [rows[0], rows[5_999] | {"CF_NR_FK": "3"}]

    outcome = check_rows(rows, keep=tmp_path)

    assert (outcome.rows, outcome.accepted, outcome.folded, outcome.rejected) == (6_002, 6_000, 1, 2)
    assert pl.read_parquet(tmp_path / "accepted.parquet")["row"].to_list() == list(range(2, 6_001))


def test_the_real_example_passes_but_for_two_codes_under_two_names() -> None:
    mapping = parse_column_mapping((EXAMPLES / "tax-a-level-2018.map.yaml").read_text(encoding="utf-8"))

    outcome = check_bytes(
        (EXAMPLES / "tax-a-level-2018.gb18030.csv").read_bytes(), class_id="tax-a-level", mapping=mapping
    )

    assert outcome.encoding == "gb18030"
    assert (outcome.rows, outcome.accepted) == (1000, 996)
    assert outcome.problems == {"duplicate-key": 4}


BAD_FILES = [
    ("empty", b"", "empty-file"),
    ("blank", b"\n \n", None),
    ("header only", csv_of([penalty()]).splitlines(keepends=True)[0], "header-only"),
    ("wrong class", "许可证号,持证人\n1,2\n".encode(), None),
    ("zip named csv", b"PK\x03\x04" + b"\0" * 40, None),
    ("pdf named csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", None),
    ("NUL bytes", csv_of([penalty()]).replace(b"2026", b"20\x0026"), None),
    ("two encodings", csv_of([penalty()]) + csv_of([penalty()], encoding="gb18030"), None),
]


@pytest.mark.parametrize(("content", "code"), [pytest.param(c, k, id=i) for i, c, k in BAD_FILES])
def test_a_bad_file_is_refused_in_both_languages(content: bytes, code: str | None) -> None:
    with pytest.raises(FileRefused) as refused:
        check_bytes(content)

    assert refused.value.message.zh
    assert refused.value.message.en
    assert code in {None, refused.value.code}


def test_a_file_cut_off_in_the_middle_loses_no_row_before() -> None:
    whole = csv_of(penalties({}, {}, {}))

    outcome = check_bytes(whole[:-200].decode("utf-8", "ignore").encode())

    assert (outcome.rows, outcome.accepted, outcome.rejected) == (3, 2, 1)


def test_a_line_of_a_thousand_cells_is_one_rejected_row() -> None:
    outcome = check_bytes(
        csv_of(penalties({})) + b"x," * 1000 + b"\n" + csv_of(penalties({})).splitlines(keepends=True)[1]
    )

    assert (outcome.rows, outcome.accepted, outcome.folded, outcome.rejected) == (3, 2, 1, 1)


def test_formula_text_is_data_like_any_other() -> None:
    outcome = check_rows(penalties(*({"BZ": f"{start}1+1"} for start in FORMULA_STARTS if start != "\0")))

    assert outcome.accepted == len(FORMULA_STARTS) - 1
