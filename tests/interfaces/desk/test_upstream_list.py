"""An agency's sheet beside the list it took from the national platform."""

from io import BytesIO
from pathlib import Path

import pytest
from cast import AT, REGULATOR
from desk_cast import Cast
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from sending import csv_of, penalty, sent

ASKED = {"first": "2026-10-01", "last": "2026-10-31", "by": "decided", "class_id": ""}
LIST = "序号,行政处罚决定书文号,状态\n1,甲[2026]1号,公示\n2,丙〔2026〕9号,公示\n".encode("gb18030")


def compare(client: Client, body: bytes = LIST, name: str = "清单.csv", **more: str) -> HttpResponse:
    file = SimpleUploadedFile(name, body)
    return client.post("/desk/reconciliation/compare/", {**ASKED, "file": file, **more})


@pytest.fixture
def two_records(cast: Cast) -> None:
    rows = [penalty(CF_WSH="甲〔2026〕1号"), penalty(CF_WSH="甲〔2026〕2号")]
    sent(csv_of(*rows), agency=cast.regulator, at=AT)


@pytest.mark.usefixtures("two_records")
def test_what_stands_in_both_only_here_and_only_there_is_told(lin: Client) -> None:
    page = compare(lin).content.decode()

    counts = [
        page.split(words)[1].split("<dd>")[1][:1] for words in ("两边都有", "仅本平台有", "仅所传清单有")
    ]
    assert counts == ["1", "1", "1"]
    assert "甲〔2026〕2号" in page
    assert "丙〔2026〕9号" in page
    assert "甲〔2026〕1号" not in page


@pytest.mark.usefixtures("two_records")
def test_nothing_of_the_list_is_kept(lin: Client) -> None:
    compare(lin)

    assert list((Path(settings.GONGXIN_HOME) / "spool").glob("*")) == []


@pytest.mark.usefixtures("two_records")
def test_the_comparison_leaves_as_a_workbook(lin: Client) -> None:
    sheet = load_workbook(BytesIO(compare(lin, format="xlsx").content)).active

    assert sheet is not None
    rows = {row[1]: row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows == {
        "甲〔2026〕1号": "两边都有",
        "甲〔2026〕2号": "仅本平台有",
        "丙〔2026〕9号": "仅所传清单有",
    }


@pytest.mark.usefixtures("two_records")
def test_a_persons_number_in_the_list_does_not_come_back(lin: Client) -> None:
    answer = compare(lin, "文号\n11010519491231002X\n".encode())

    assert answer.status_code == 200
    assert "11010519491231002X" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "a.csv"),
        ("名称,状态\n甲,公示\n".encode(), "a.csv"),
        (b"%PDF-1.7\n", "a.pdf"),
        (b"PK\x03\x04", "a.xlsx"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_in_words(lin: Client, body: bytes, name: str) -> None:
    answer = compare(lin, body, name)

    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()


@pytest.mark.usefixtures("two_records")
def test_an_agency_compares_its_own_sheet_and_no_other(wu: Client, zhao: Client, auditor: Client) -> None:
    assert "甲〔2026〕2号" not in compare(wu, agency=REGULATOR).content.decode()
    assert "甲〔2026〕2号" in compare(zhao, agency=REGULATOR).content.decode()
    assert compare(auditor, agency=REGULATOR).status_code == 403
