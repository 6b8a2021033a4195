"""Every table we write, whoever wrote its cells: none of them may run as a formula (ASVS 1.2.10)."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from engine.checking import check_bytes, csv_of, penalty
from guards.source_tree import PACKAGE, calls_in, python_files

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.demonstration.batches import Batch
from gongxin.core.lawbook import information_class
from gongxin.engine.export_text import FORMULA_STARTS
from gongxin.engine.report import open_report
from gongxin.interfaces.commands.demo_files import file_of
from gongxin.interfaces.desk.template_workbook import workbook_for

HOME = PACKAGE / "engine/export_text.py"
# What writes cells past `export_text`: of the csv module, Polars, Arrow, xlsxwriter and openpyxl.
WRITERS = (
    "csv.writer", "csv.DictWriter", "DictWriter", "writerow", "writerows", "write_csv", "write_excel",
    "write_string", "write_row", "write_column", "write_rich_string", "write_formula", "write_url",
    "sheet.write",
)  # fmt: skip


TO_THE_DATABASE = "copy.write_row"


def written_past_it(text: str) -> list[str]:
    return [
        call
        for call in calls_in(text)
        if call != TO_THE_DATABASE and any(f".{call}".endswith(f".{name}") for name in WRITERS)
    ]


def test_cells_are_written_in_one_place_only() -> None:
    found = {
        str(path.relative_to(PACKAGE)): calls
        for path in python_files()
        if path != HOME and (calls := written_past_it(path.read_text("utf-8")))
    }

    assert found == {}
    assert set(written_past_it(HOME.read_text("utf-8"))) >= {"csv.writer", "sheet.write_string"}


@pytest.mark.parametrize("line", ["sheet.write_row(0, 0, cells)", "csv.writer(out).writerows(rows)"])
def test_a_planted_writer_of_its_own_is_found(line: str) -> None:
    assert written_past_it(line)


def cells_of(content: bytes, file_format: str) -> Iterator[str]:
    if file_format == "csv":
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield from row
        return
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    yield cell.value


def hostile_class(start: str) -> InformationClass:
    """Return a class of an edition somebody loaded whose own words begin as a formula."""
    found = information_class("penalty")
    words = Label(f"{start}1+1", f"{start}1+1")
    fields = tuple(replace(field, label=words, example=f"{start}2") for field in found.fields)
    rules = tuple(replace(rule, message=words, example=f"{start}3") for rule in found.rules)
    return replace(found, fields=fields, rules=rules)


def report(start: str, folder: Path, file_format: str) -> bytes:
    sent = "" if start == "\0" else start  # a file that holds it is refused
    row = penalty(CF_WSH=f"{sent}cmd", CF_XDR_MC=f"{sent}示范乔木机械有限公司", CF_JDRQ=f"{sent}昨天")
    row[f"{sent}未知"] = f"{sent}x"
    title = f'"{sent}标题"\n'.encode()
    check_bytes(title + csv_of([row]), keep=folder)
    with open_report(folder, information_class=hostile_class(start), file_format=file_format) as out:
        return out.read()


def demonstration(start: str, name: str) -> bytes:
    """Return a file of the demonstration; its writer asks no more of a batch than these."""
    headers = {f"{start}h": "name", "i": "other"}
    batch = Batch(
        body=None,  # type: ignore[arg-type]
        class_id="penalty",
        file_name=name,
        days_ago=0,
        headers=headers,
        rows=({"name": f"{start}1"},),
        title=f"{start}t",
    )
    return file_of(batch)


@pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
def test_no_cell_of_any_table_we_write_begins_as_a_formula(start: str, tmp_path: Path) -> None:
    tables = {
        "report.csv": report(start, tmp_path / "csv", "csv"),
        "report.xlsx": report(start, tmp_path / "xlsx", "xlsx"),
        "template.xlsx": workbook_for(hostile_class(start), catalogue_edition=start),
        "demonstration.csv": demonstration(start, "a.csv"),
        "demonstration.xlsx": demonstration(start, "a.xlsx"),
    }

    for name, content in tables.items():
        cells = list(cells_of(content, name.rsplit(".", 1)[1]))
        assert cells, name
        assert not [cell for cell in cells if cell[:1] in FORMULA_STARTS], name
