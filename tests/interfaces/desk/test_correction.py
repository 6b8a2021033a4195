"""Lin corrects what came back and sends only that; the queue of the first file empties."""

from io import BytesIO

import openpyxl
import pytest
from cast import code_of
from desk_cast import FIRM, OTHER_FIRM, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.core.own_marks import PROBLEM_COLUMN, ROW_COLUMN
from gongxin.flows.corrections import Queue, queue_of
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import Submission

NAMES = ("示范甲机械有限公司", "示范乙商贸有限公司", "示范丙建材有限公司")
OFFICE = "示范市税务局"
THIRD_FIRM = code_of("91990100MA0000003")
GOOD = (FIRM, NAMES[0], "2025", OFFICE)
BAD_CODE = ("123", NAMES[1], "2025", OFFICE)
NO_YEAR = (THIRD_FIRM, NAMES[2], "", OFFICE)


def send(client: Client, body: bytes, *, name: str = "A级名单.csv", **more: str) -> Submission:
    """Return what became of a file that was sent and worked on."""
    file = SimpleUploadedFile(name, body)
    answer = client.post("/desk/upload/", {"class": "tax-a-level", "file": file, **more})
    assert answer.status_code == 302, answer.content.decode()
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return Submission.objects.get(id=answer["Location"].rstrip("/").rpartition("/")[2])


def marked(client: Client, submission: Submission, *, query: str = "") -> openpyxl.Workbook:
    answer = client.get(f"/desk/submissions/{submission.id}/problems.xlsx{query}")
    return openpyxl.load_workbook(BytesIO(answer.getvalue()))


def corrected(book: openpyxl.Workbook, **cells: str) -> bytes:
    """Return the workbook with some cells of its first sheet written anew."""
    for place, value in cells.items():
        book.worksheets[0][place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def queue(submission: Submission) -> tuple[int, int, int]:
    """Return the rows at fault, corrected and left."""
    found = queue_of(Submission.objects.get(id=submission.id))
    assert isinstance(found, Queue)
    return found.rows.faulty, found.rows.corrected, found.rows.left.height


@pytest.fixture
def first(lin: Client) -> Submission:
    return send(lin, tax_list(GOOD, BAD_CODE, NO_YEAR))


def test_the_marked_workbook_says_beside_each_row_what_to_correct(lin: Client, first: Submission) -> None:
    sheet = marked(lin, first).worksheets[0]

    assert [cell.value for cell in sheet[1]][-2:] == [ROW_COLUMN, PROBLEM_COLUMN]
    assert [(row[4], bool(row[5])) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        (None, False),
        ("3", True),
        ("4", True),
    ]


def test_a_marked_workbook_sent_back_is_known_and_changes_nothing_twice(
    lin: Client, first: Submission
) -> None:
    again = send(lin, corrected(marked(lin, first), A3=OTHER_FIRM, C4="2025"), name="改好了.xlsx")

    assert again.corrects == first
    assert (again.rows, again.accepted, again.unchanged) == (3, 3, 1)
    assert queue(first) == (2, 2, 0)


def test_only_the_rows_corrected_may_be_sent_back(lin: Client, first: Submission) -> None:
    book = marked(lin, first, query="?rows=left")
    rows = [row[:2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]

    again = send(lin, corrected(book, A2=OTHER_FIRM), name="两行.xlsx")

    assert [name for _, name in rows] == [NAMES[1], NAMES[2]]
    assert (again.rows, again.accepted) == (2, 1)
    assert queue(first) == (2, 1, 1)


def test_the_page_says_how_many_rows_are_left_and_when_none_is(lin: Client, first: Submission) -> None:
    half = send(lin, corrected(marked(lin, first), C4="2025"), name="一半.xlsx")
    page_of_half = lin.get(f"/desk/submissions/{first.id}/").content.decode()
    send(lin, corrected(marked(lin, half), A3=OTHER_FIRM), name="另一半.xlsx")

    page = lin.get(f"/desk/submissions/{first.id}/").content.decode()

    assert "原有 2 行待改，已改正 1 行，还差 1 行。" in page_of_half
    assert "原有 2 行待改，已改正 2 行，还差 0 行。" in page
    assert "已全部改正" in page


def test_a_correction_of_a_correction_corrects_the_first_file(lin: Client, first: Submission) -> None:
    half = send(lin, corrected(marked(lin, first), C4="2025"), name="一半.xlsx")

    rest = send(lin, corrected(marked(lin, half), A3=OTHER_FIRM), name="另一半.xlsx")

    assert rest.corrects == first
    assert queue(half) == queue(first) == (2, 2, 0)


def test_her_own_file_corrects_what_she_says_it_corrects(lin: Client, first: Submission) -> None:
    form = lin.get(f"/desk/upload/?corrects={first.id}").content.decode()

    again = send(lin, tax_list((OTHER_FIRM, NAMES[1], "2025", OFFICE)), corrects=str(first.id))

    assert first.file_name in form
    assert again.corrects == first
    assert queue(first) == (2, 1, 1)  # known by year, office and name, though its code was wrong


def test_a_row_that_could_not_be_read_stands_empty_in_the_copy_and_can_be_corrected_there(
    lin: Client,
) -> None:
    first = send(lin, tax_list(GOOD) + "\r\n多,了,一,格,子\r\n".encode("gb18030"))
    assert (first.rows, first.rejected, first.problems) == (2, 1, {"ragged-line": 1})
    sheet = marked(lin, first).worksheets[0]
    told = [(cell.value, bool(cell.comment)) for cell in sheet[3]]

    unfilled = send(lin, corrected(marked(lin, first)), name="没填.xlsx")
    before = queue(first)
    left = marked(lin, first, query="?rows=left")
    send(lin, corrected(left, A2=OTHER_FIRM, B2=NAMES[1], C2="2025", D2=OFFICE), name="填了.xlsx")

    assert [value for value, _ in told[:5]] == [None, None, None, None, "3"]
    assert told[5][0]
    assert any(marks for _, marks in told)
    assert unfilled.accepted == 1
    assert (before, queue(first)) == ((1, 0, 1), (1, 1, 0))


def test_a_code_a_spreadsheet_has_rounded_is_corrected_in_the_copy(lin: Client) -> None:
    book = openpyxl.Workbook()
    book.active.append(["纳税人识别号", "纳税人名称", "评价年度", "税务机关"])
    book.active.append(list(GOOD))
    book.active.append([914101000000000012, NAMES[1], "2025", OFFICE])
    first = send(lin, corrected(book), name="名单.xlsx")
    assert (first.accepted, first.problems) == (1, {"number-lost-digits": 1})

    send(
        lin,
        corrected(marked(lin, first), A3=OTHER_FIRM, B3=NAMES[1], C3="2025", D3=OFFICE),
        name="改好了.xlsx",
    )

    assert queue(first) == (1, 1, 0)


def test_a_file_of_another_class_corrects_nothing(lin: Client, first: Submission) -> None:
    file = SimpleUploadedFile("处罚.csv", b"a,b\n1,2\n")

    answer = lin.post("/desk/upload/", {"class": "penalty", "file": file, "corrects": str(first.id)})

    assert answer.status_code == 422
    assert "另一事项" in answer.content.decode()


def test_another_agency_cannot_correct_it(wu: Client, lin: Client, first: Submission) -> None:
    book = marked(lin, first)

    assert wu.get(f"/desk/upload/?corrects={first.id}").status_code == 404
    assert send(wu, corrected(book, A3=OTHER_FIRM), name="别人的.xlsx").corrects is None


def test_rows_that_wait_for_a_word_have_corrected_nothing_yet(lin: Client, first: Submission) -> None:
    book = corrected(marked(lin, first), C4="2025")

    waiting = send(lin, book, name="先看看.xlsx", check_first="yes")
    before = queue(first)
    lin.post(f"/desk/submissions/{waiting.id}/go-on/")
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    assert before == (2, 0, 2)
    assert queue(first) == (2, 1, 1)


def test_our_own_sheet_and_columns_are_never_the_senders(lin: Client, first: Submission) -> None:
    again = send(lin, corrected(marked(lin, first)), name="原样.xlsx")

    page = lin.get(f"/desk/submissions/{again.id}/").content.decode()
    assert (again.rows, again.accepted) == (3, 1)
    assert "没有读取" not in page
    assert [cell.value for cell in marked(lin, again).worksheets[0][1]][-2:] == [ROW_COLUMN, PROBLEM_COLUMN]


def test_each_kind_of_fault_is_explained_with_its_first_rows(lin: Client, first: Submission) -> None:
    page = lin.get(f"/desk/submissions/{first.id}/").content.decode()

    assert "/catalogue/tax-a-level/rules/year.required/" in page
    assert lin.get("/catalogue/tax-a-level/rules/year.required/").status_code == 200
    assert "最先出现在" in page


def test_the_officer_sees_the_queue_too(zhao: Client, lin: Client, cast: Cast, first: Submission) -> None:
    send(lin, corrected(marked(lin, first), C4="2025"), name="一半.xlsx")

    assert cast.zhao.agency is None
    assert "还差 1 行" in zhao.get(f"/desk/submissions/{first.id}/").content.decode()


def test_an_agency_that_was_merged_corrects_what_is_its_successors_now(lin: Client, cast: Cast) -> None:
    Agency.objects.filter(id=cast.regulator.id).update(successor=cast.bureau)
    first = send(lin, tax_list(GOOD, BAD_CODE))

    again = send(lin, tax_list((OTHER_FIRM, NAMES[1], "2025", OFFICE)), corrects=str(first.id))

    assert (first.agency, again.corrects) == (cast.bureau, first)
