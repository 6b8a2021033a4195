"""What an office said once about its columns: known the next time, shown, changed, forgotten."""

import io
from collections.abc import Sequence
from uuid import uuid4

import pytest
import xlsxwriter
from desk_cast import FIRM, OTHER_FIRM, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import SavedMapping, Submission

HEADERS = ("税号", "企业", "哪一年", "哪个局")
FIELDS = ("taxpayer_number", "taxpayer_name", "year", "tax_office")
FILE = "\r\n".join([",".join(HEADERS), f"{FIRM},示范甲机械有限公司,2025,示范市税务局"]).encode()


def book_of(**sheets: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return out.getvalue()


def send(client: Client, body: bytes = FILE, name: str = "导出.csv") -> HttpResponse:
    return client.post("/desk/upload/", {"class": "tax-a-level", "file": SimpleUploadedFile(name, body)})


def teach(client: Client, **more: object) -> HttpResponse:
    posted = {"header": HEADERS, "sample": ("", "", "", ""), "field": FIELDS, **more}
    return client.post("/desk/mappings/tax-a-level/", posted)


def sent(client: Client, body: bytes = FILE, name: str = "导出.csv") -> Submission:
    number = send(client, body, name)["Location"].rstrip("/").rpartition("/")[2]
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return Submission.objects.get(id=number)


@pytest.fixture
def saved(lin: Client) -> SavedMapping:
    assert "税号" in send(lin).content.decode()
    teach(lin)
    return SavedMapping.objects.get()


def test_unknown_headers_are_asked_about_once_and_then_read(lin: Client, saved: SavedMapping) -> None:
    submission = sent(lin)

    page = lin.get(f"/desk/submissions/{submission.id}/").content.decode()
    assert (submission.accepted, submission.saved_mapping) == (1, saved)
    assert "保存的列对应关系读取" in page
    assert f"/desk/saved-mappings/{saved.id}/" in page


def test_saved_columns_are_shown_by_the_headers_of_the_last_file(lin: Client, saved: SavedMapping) -> None:
    sent(lin)

    page = lin.get(f"/desk/saved-mappings/{saved.id}/").content.decode()

    assert all(header in page for header in HEADERS)
    assert '<option value="taxpayer_number" selected>' in page


def test_saved_columns_are_changed(lin: Client, saved: SavedMapping) -> None:
    crossed = ("taxpayer_number", "tax_office", "year", "taxpayer_name")
    posted = {"header": HEADERS, "sample": ("", "", "", ""), "field": crossed}

    lin.post(f"/desk/saved-mappings/{saved.id}/", posted)

    saved.refresh_from_db()
    assert saved.mapping["columns"][1] == {"position": 2, "field": "tax_office"}
    assert AuditEvent.objects.filter(action="mapping.saved").count() == 2


def test_columns_no_file_could_pass_with_are_not_saved(lin: Client, saved: SavedMapping) -> None:
    posted = {"header": HEADERS, "sample": ("", "", "", ""), "field": ("", "", "", "tax_office")}

    answer = lin.post(f"/desk/saved-mappings/{saved.id}/", posted)

    assert answer.status_code == 422
    assert "缺少必填的列" in answer.content.decode()


def test_columns_taught_once_are_known_on_every_sheet_that_bears_them(
    lin: Client, saved: SavedMapping
) -> None:
    row, other = (
        (code, name, "2025", "示范市税务局")
        for code, name in ((FIRM, "示范甲机械有限公司"), (OTHER_FIRM, "示范乙商贸有限公司"))
    )
    note = ("", "", "", "", "", "核对过")  # the office's own, beyond the last column
    book = book_of(
        一月=[HEADERS, row], 二月=[("二月报表",), HEADERS, other, note], 说明=[("由林某整理",), ("共两张",)]
    )

    submission = sent(lin, book, "全年.xlsx")

    page = lin.get(f"/desk/submissions/{submission.id}/").content.decode()
    assert (submission.rows, submission.accepted, submission.saved_mapping) == (3, 2, saved)
    assert "1 张工作表没有读取" in page


def test_a_header_with_empty_cells_on_its_right_is_the_header_that_was_taught(lin: Client) -> None:
    wide = b"\r\n".join(line + b"," * 500 for line in FILE.split(b"\r\n"))
    asked = send(lin, wide).content.decode()
    taught = asked.count('name="header"')

    fields = [*FIELDS, *[""] * (taught - len(FIELDS))]
    teach(lin, header=[*HEADERS, *[""] * (taught - len(HEADERS))], sample=[""] * taught, field=fields)

    assert sent(lin, wide).accepted == 1
    assert sent(lin, FILE).unchanged == 1


def test_more_columns_than_anyone_can_teach_are_said_to_be_too_many(lin: Client) -> None:
    wide = ",".join([*HEADERS, *(f"附注{at}" for at in range(500))]).encode()

    answer = send(lin, wide + b"\r\n" + FILE.split(b"\r\n")[1])

    assert answer.status_code == 422
    assert "400" in answer.content.decode()


def test_forgotten_columns_are_asked_about_again(lin: Client, saved: SavedMapping) -> None:
    before = sent(lin)

    lin.post(f"/desk/saved-mappings/{saved.id}/", {"forget": "yes"})

    before.refresh_from_db()
    assert before.saved_mapping is None
    assert not SavedMapping.objects.exists()
    assert "税号" in send(lin).content.decode()
    assert AuditEvent.objects.filter(action="mapping.forgotten").count() == 1


def test_another_agencys_columns_are_not_there(wu: Client, saved: SavedMapping, cast: Cast) -> None:
    assert saved.agency == cast.regulator
    assert wu.get(f"/desk/saved-mappings/{saved.id}/").status_code == 404
    assert wu.post(f"/desk/saved-mappings/{saved.id}/", {"forget": "yes"}).status_code == 404
    assert wu.get(f"/desk/saved-mappings/{uuid4()}/").status_code == 404
    assert SavedMapping.objects.exists()


def test_a_value_that_is_a_persons_number_is_neither_saved_nor_put_in_the_place_of_another(
    lin: Client, saved: SavedMapping
) -> None:
    posted = {"header": HEADERS, "sample": ("", "", "", ""), "field": (*FIELDS[:3], "")}
    number = {"constant-tax_office": "联系人13800138000"}

    first = teach(lin, field=(*FIELDS[:3], ""), **number)
    changed = lin.post(f"/desk/saved-mappings/{saved.id}/", {**posted, **number})

    assert (first.status_code, changed.status_code) == (422, 422)
    assert "此处含有个人号码" in changed.content.decode()
    assert "13800138000" not in str(SavedMapping.objects.values_list("mapping", flat=True))
