"""Files made to mislead or to exhaust: each is refused in words, quickly and in bounded memory."""

import io
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read_or_refuse, refusal, spoilt

from gongxin.engine.readers import zip_directory

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook_parts():
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["Qiao"])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


READ_ALONE = """
import io, re, resource, sys
from pathlib import Path
from gongxin.engine.readers.opening import open_tables
from gongxin.engine.readers.table import FileRefused
code = "read"
try:
    for table in open_tables(io.BytesIO(sys.stdin.buffer.read()), filename="a", is_header=lambda cells: True):
        for item in table.items:
            pass
except FileRefused as refused:
    code = refused.code
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(code, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


def read_alone(data):
    """Return the outcome and the peak memory in MB of a process that reads `data`, its child included.

    In a process of its own, because Linux counts the parent's peak as the child's.
    """
    done = subprocess.run([sys.executable, "-c", READ_ALONE], input=data, capture_output=True, check=True)
    code, megabytes = done.stdout.decode().split()
    return code, int(megabytes)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM\x00\x00", "image"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"PK\x05\x06" + b"\0" * 18, "archive"),
        (b"{\\rtf1", "RTF"),
        (b"\n<!DOCTYPE html><table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office"),
        (zipped({"a.csv": "name\nQiao\n"}), "ZIP"),
        (zipped({"a.zip": zipped({"b.xlsx": b"x"})}), "ZIP"),
        (zipped({"word/document.xml": "<w/>"}), "Word"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
    ],
)
def test_what_is_no_table_is_named_whatever_its_extension(data, word):
    code, message = refusal(data, filename="lin.csv")

    assert code == "not-a-table"
    assert word in message.en


def test_a_csv_that_begins_like_a_picture_is_a_csv():
    assert refusal(b"BMW,name\n")[0] == "header-only"


def test_a_bomb_is_refused_from_the_directory_alone():
    bomb = zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": b"<row/>" * (321_000_000 // 6)})
    assert len(bomb) < 2_000_000
    started = time.monotonic()

    code, _ = refusal(bomb, filename="lin.xlsx")

    assert code == "workbook-too-large"
    assert time.monotonic() - started < 1
    assert read_alone(bomb)[1] < 300


def test_a_workbook_that_packs_too_well_is_refused_below_the_size_limit():
    bomb = zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": b" " * 50_000_000})

    assert refusal(bomb)[0] == "workbook-too-large"


def test_a_workbook_over_the_size_limit_is_refused_however_it_packs(monkeypatch):
    unpacked = sum(map(len, workbook_parts().values()))
    monkeypatch.setattr(zip_directory, "LARGEST_UNPACKED_BYTES", unpacked)
    assert read_or_refuse(zipped(workbook_parts())) != "workbook-too-large"

    monkeypatch.setattr(zip_directory, "LARGEST_UNPACKED_BYTES", unpacked - 1)

    assert refusal(zipped(workbook_parts()))[0] == "workbook-too-large"


@pytest.mark.parametrize("rows", [3_000, 1_048_576])
def test_a_sheet_whose_corners_lie_apart_does_not_fill_the_memory(rows):
    sheet = f"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="{rows}"><c r="XFD{rows}"><v>1</v></c></row>
</sheetData></worksheet>"""

    code, megabytes = read_alone(zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": sheet}))

    assert code == "workbook-too-large"
    assert megabytes < 300


def test_a_directory_that_lies_about_a_size_does_not_fill_the_memory():
    honest = zipped(workbook_parts() | {"xl/sharedStrings.xml": b"<sst>" + b" " * 200_000_000 + b"</sst>"})
    size = (200_000_011).to_bytes(4, "little")
    assert honest.count(size) == 2
    lying = honest.replace(size, (1_000).to_bytes(4, "little"))

    assert read_alone(lying)[1] < 300


ENTITIES = b"""<?xml version="1.0"?><!-- a comment --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">
<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&e;&b;</sst>"""


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"]
)
def test_a_document_type_in_any_part_is_refused(part):
    assert refusal(zipped(workbook_parts() | {part: ENTITIES}))[0] == "workbook-entities"


def test_a_document_type_behind_a_long_comment_or_in_utf16_is_refused():
    hidden = ENTITIES.replace(b" a comment ", b"x" * 100_000)

    assert refusal(zipped(workbook_parts() | {"xl/styles.xml": hidden}))[0] == "workbook-entities"
    wide = ENTITIES.decode().encode("utf-16")
    assert refusal(zipped(workbook_parts() | {"xl/styles.xml": wide}))[0] == "workbook-entities"


def test_a_locked_workbook_is_refused_in_clear_words():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")

    code, message = refusal(ole, filename="lin.xlsx")

    assert code == "workbook-locked"
    assert "password" in message.en


def test_an_archive_of_too_many_parts_is_refused():
    parts = workbook_parts() | {f"xl/{i}.xml": b"<x/>" for i in range(6_000)}

    assert refusal(zipped(parts))[0] == "workbook-too-large"


WHOLE = zipped(workbook_parts())


@given(draw=st.data())
@settings(deadline=None, max_examples=60)
def test_a_spoilt_workbook_is_read_or_refused_and_never_crashes(draw):
    read_or_refuse(spoilt(WHOLE, draw), filename="lin.xlsx")
