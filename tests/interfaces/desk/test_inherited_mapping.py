"""What Lin once described in a mapping file still holds for the file that corrects the first."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from desk_cast import FIRM, OTHER_FIRM
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongxin.flows.corrections import queue_of
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.intake.models import SavedMapping, Submission

# As the example: every value stands one place right of its own header, and the level is nowhere.
HEADER = "编号\t纳税人识别号,纳税人名称,评价年度,主管税务机关,"
ROWS = (
    f"1,{FIRM},示范甲机械有限公司,2025,示范市税务局",
    f"2,{OTHER_FIRM},示范乙商贸有限公司,20l5,示范市税务局",
)
MAPPING = """
class: tax-a-level
encoding: gb18030
header_row: 2
columns:
  - {position: 2, field: taxpayer_number}
  - {position: 3, field: taxpayer_name}
  - {position: 4, field: year}
  - {position: 5, field: tax_office}
constants: {level: A}
ignore: [1]
"""
OWN_WORDS = ("甲号", "乙名", "丙年", "丁局")
LABELLED = """
class: tax-a-level
columns:
  - {label: 甲号, field: taxpayer_number}
  - {label: 乙名, field: taxpayer_name}
  - {label: 丙年, field: year}
  - {label: 丁局, field: tax_office}
"""


def upload(client: Client, body: bytes, name: str, **more: object) -> HttpResponse:
    file = SimpleUploadedFile(name, body)
    return client.post("/desk/upload/", {"class": "tax-a-level", "file": file, **more})


def worked(answer: HttpResponse) -> Submission:
    assert answer.status_code == 302, answer.content.decode()
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return Submission.objects.get(id=answer["Location"].rstrip("/").rpartition("/")[2])


def sent(client: Client, text: str, mapping: str) -> Submission:
    described = SimpleUploadedFile("对照.yaml", mapping.encode())
    return worked(upload(client, text.encode("gb18030"), "A级名单.csv", map=described))


def corrected(client: Client, submission: Submission, place: str, value: str) -> bytes:
    """Return the marked workbook with one cell of its first sheet written anew."""
    answer = client.get(f"/desk/submissions/{submission.id}/problems.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    book.worksheets[0][place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def example(lin: Client) -> Submission:
    """The example of the distribution with a fault in it, sent as the README says."""
    folder = Path(__file__).parents[3] / "examples"
    lines = (folder / "tax-a-level-2018.gb18030.csv").read_bytes().decode("gb18030").splitlines()[:9]
    lines[3] = lines[3].replace(",2018,", ",20l8,")
    return sent(lin, "\r\n".join(lines), (folder / "tax-a-level-2018.map.yaml").read_text())


@pytest.fixture
def first(lin: Client) -> Submission:
    found = sent(lin, "\r\n".join(["2025年度A级名单", HEADER, *ROWS]), MAPPING)
    assert (found.rows, found.accepted) == (2, 1)
    return found


def test_the_marked_copy_of_a_file_sent_with_a_mapping_is_read_by_it(lin: Client, first: Submission) -> None:
    again = worked(upload(lin, corrected(lin, first, "D4", "2025"), "改好了.xlsx", corrects=str(first.id)))

    queue = queue_of(first)
    assert (again.rows, again.accepted, again.unchanged) == (2, 2, 1)
    assert queue is not None
    assert queue.rows.left_count == 0
    assert not SavedMapping.objects.exists()


def test_the_example_comes_back_corrected_in_its_marked_copy(lin: Client, example: Submission) -> None:
    body = corrected(lin, example, "D4", "2018")

    again = worked(upload(lin, body, "改好了.xlsx", corrects=str(example.id)))

    assert (example.rejected, again.rejected, again.accepted) == (1, 0, 8)


def test_labels_nobody_else_knows_are_not_asked_about_again(lin: Client) -> None:
    rows = [",".join(OWN_WORDS), *(row.partition(",")[2] for row in ROWS)]
    first = sent(lin, "\r\n".join(rows), LABELLED)

    again = worked(upload(lin, corrected(lin, first, "C3", "2025"), "改好了.xlsx", corrects=str(first.id)))

    assert (first.accepted, again.accepted) == (1, 2)


def test_a_correction_under_the_catalogues_own_headers_is_read_by_them(
    lin: Client, first: Submission
) -> None:
    text = f"纳税人识别号,纳税人名称,评价年度,税务机关\r\n{ROWS[1].partition(',')[2]}".replace("20l5", "2025")

    again = worked(upload(lin, text.encode(), "补报.csv", corrects=str(first.id)))

    assert (again.rows, again.accepted) == (1, 1)


def test_a_file_that_corrects_nothing_is_still_asked_about(lin: Client, first: Submission) -> None:
    answer = upload(lin, "\r\n".join([",".join(OWN_WORDS), f"{FIRM},甲,2025,局"]).encode(), "另一份.csv")

    assert answer.status_code == 200
    assert "甲号" in answer.content.decode()


def test_the_class_of_what_is_corrected_is_chosen_already(lin: Client, first: Submission) -> None:
    upload(lin, b"a,b\n1,2\n", "处罚.csv", **{"class": "penalty"})

    page = lin.get(f"/desk/upload/?corrects={first.id}").content.decode()

    assert '<option value="tax-a-level" selected>' in page
