"""Whatever a careful program writes comes back equal; whatever happens to a file, nothing else is raised."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read_or_refuse, spoilt

from gongxin.engine.readers import encodings

# Surrogates are in no encoding and NUL is refused.
LETTERS = st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from('",;\n\r\t| ；"')
CELLS = st.text(LETTERS, max_size=8)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=20)
)
MARKED = ("utf-8-sig", "utf-16")


def written(rows, *, encoding, delimiter, quoting, end):
    """Return the file and the line on which each row begins."""
    text, starts = "", []
    for row in [["name", *(f"c{i}" for i in range(1, len(rows[0])))], *rows]:
        starts.append(lines_in(text) + 1)
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator=end).writerow(row)
        text += line.getvalue()
    return text.encode(encoding), starts[1:]


def lines_in(text):
    return text.count("\n") + text.count("\r") - text.count("\r\n")


@given(
    rows=TABLES,
    encoding=st.sampled_from(["utf-8", *MARKED]),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    # Python's writer leaves a lone CR unquoted when lines end in LF.
    style=st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")]),
    block=st.sampled_from([16, 50, 4 << 20]),
)
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_written_table_reads_back_equal_with_its_lines(
    rows, encoding, delimiter, style, block, monkeypatch
):
    monkeypatch.setattr(encodings, "BLOCK_BYTES", block)
    quoting, end = style
    if len(rows[0]) == 1:
        delimiter = ","  # one column shows no other
    data, starts = written(rows, encoding=encoding, delimiter=delimiter, quoting=quoting, end=end)
    expected = {
        line: tuple(cell or None for cell in row) for line, row in zip(starts, rows, strict=True) if any(row)
    }

    found = read_or_refuse(data, header_row=1)

    if expected:
        assert (found[0].rows, found[0].damage) == (expected, [])
    else:
        assert found == "header-only"


HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)


@given(rows=st.lists(st.tuples(HANZI, CELLS), min_size=1, max_size=20))
@settings(deadline=None, max_examples=300)
def test_gb18030_comes_back_equal_or_is_refused_as_mixed(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("name", "note"), *rows])
    data = text.getvalue().encode("gb18030")

    found = read_or_refuse(data, header_row=1)

    # The rule pays for certainty: a short line may be valid in both.
    # A file whose lines are all valid UTF-8 but the last looks like UTF-8 that was cut off.
    if found in ("mixed-encoding", "cut-off"):
        return
    if found[0].table.encoding == "gb18030":
        assert list(found[0].rows.values()) == [(name, note or None) for name, note in rows]
    else:
        assert data.decode()  # every line of it is valid UTF-8: only a declared encoding could tell


@given(rows=st.lists(st.tuples(HANZI, CELLS), min_size=1, max_size=5))
@settings(deadline=None)
def test_a_declared_gb18030_is_never_read_as_anything_else(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("name", "note"), *rows])

    found = read_or_refuse(text.getvalue().encode("gb18030"), header_row=1, encoding="gb18030")

    if found not in ("mixed-encoding", "encoding-contradicted"):
        assert list(found[0].rows.values()) == [(name, note or None) for name, note in rows]


@given(
    text=st.text(st.sampled_from('ab,"\n\r河'), max_size=60),
    block=st.sampled_from([3, 10, 4 << 20]),
)
@settings(deadline=None, max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_with_text_becomes_part_of_a_row_or_is_named(text, block, monkeypatch):
    monkeypatch.setattr(encodings, "BLOCK_BYTES", block)
    data = "name,x\n" + text
    found = read_or_refuse(data.encode())
    if found == "header-only":
        assert not text.strip('",\r\n')
        return

    (read,) = found
    named = [row for row, _ in read.damage]
    assert len(named) == len(set(named))
    assert not set(named) & set(read.rows)
    covered = set(named)
    for row, cells in read.rows.items():
        covered |= set(range(row, row + 1 + sum(lines_in(cell or "") for cell in cells)))
    for number, line in enumerate(data.encode().splitlines(), start=1):
        if number > 1 and line.strip(b',"'):
            assert number in covered


def sample_files():
    rows = [[f"河南{i}", str(i), 'a "b"\nc'] for i in range(30)]
    for encoding in ("utf-8", "gb18030", "utf-16"):
        yield written(rows, encoding=encoding, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n")[0]
    yield b'{"name": "Qiao", "code": "1"}\n' * 30


@pytest.mark.parametrize("data", list(sample_files()), ids=["utf-8", "gb18030", "utf-16", "json lines"])
@given(draw=st.data())
@settings(deadline=None, max_examples=150)
def test_a_spoilt_text_file_is_read_or_refused_and_never_crashes(data, draw):
    read_or_refuse(spoilt(data, draw))
