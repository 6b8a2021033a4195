"""What the smaller pages of the desk promise."""

from io import BytesIO

import pytest
from cast import REGULATOR
from desk_cast import GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from gongxin.core.lawbook import information_class, information_classes
from gongxin.core.own_marks import template_fields
from gongxin.engine.arrangement import known_headers, looks_like_header
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission

HEADER_ROW = 3  # a title with class and edition and a line of advice stand above it
CLASS_IDS = [found.id for found in information_classes()]


@pytest.mark.parametrize("class_id", CLASS_IDS)
def test_a_template_filled_in_is_a_file_of_its_class(lin: Client, class_id: str) -> None:
    book = load_workbook(BytesIO(lin.get(f"/desk/templates/{class_id}.xlsx").content))
    found = information_class(class_id)

    rows, words = book.worksheets[:2]
    header = [str(cell.value) for cell in rows[HEADER_ROW]]
    assert len(header) == len(template_fields(found))
    assert looks_like_header(cells=header, known=known_headers(found))
    assert not any(
        looks_like_header(cells=[str(cell or "") for cell in row], known=known_headers(found))
        for row in words.iter_rows(values_only=True)
    )


def test_a_template_of_no_class_is_not_there(lin: Client) -> None:
    assert lin.get("/desk/templates/no-such-class.xlsx").status_code == 404


def test_a_template_sent_back_filled_in_is_accepted(lin: Client) -> None:
    book = load_workbook(BytesIO(lin.get("/desk/templates/tax-a-level.xlsx").content))
    sheet = book.worksheets[0]
    values = dict(zip(("taxpayer_number", "taxpayer_name", "year", "tax_office"), GOOD_ROW, strict=True))
    for cell in sheet[HEADER_ROW]:
        value = next((value for key, value in values.items() if f"（{key}）" in str(cell.value)), None)
        sheet.cell(row=HEADER_ROW + 1, column=cell.column, value=value)
    out = BytesIO()
    book.save(out)

    file = SimpleUploadedFile("filled.xlsx", out.getvalue())
    lin.post("/desk/upload/", {"class": "tax-a-level", "file": file})
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    assert (Submission.objects.get().state, Submission.objects.get().posted) == ("done", 1)


def test_lin_changes_how_her_agency_is_reached(lin: Client, cast: Cast) -> None:
    sent = {"telephone": "0990-2000002", "address": "示范市中心路1号", "office_hours": "工作日9:00-17:00"}

    answer = lin.post("/desk/agency/", sent)

    cast.regulator.refresh_from_db()
    assert answer.status_code == 302
    assert cast.regulator.telephone == "0990-2000002"
    assert AuditEvent.objects.filter(action="agency.described", actor=str(cast.lin.pk)).count() == 1


def test_a_mobile_number_is_refused_as_an_agencys_contact(lin: Client, cast: Cast) -> None:
    answer = lin.post("/desk/agency/", {"telephone": "13800138000", "address": "示范市中心路1号"})

    cast.regulator.refresh_from_db()
    assert answer.status_code == 422
    assert "请填写单位的号码" in answer.content.decode()
    assert cast.regulator.telephone == "0990-1000001"


def test_a_contact_without_a_telephone_is_not_saved(lin: Client, cast: Cast) -> None:
    answer = lin.post("/desk/agency/", {"telephone": "", "address": "示范市中心路1号"})

    cast.regulator.refresh_from_db()
    assert answer.status_code == 422
    assert "示范市中心路1号" in answer.content.decode()
    assert cast.regulator.telephone == "0990-1000001"


@pytest.mark.parametrize("who", ["zhao", "auditor"])
def test_only_agencies_have_a_contact_of_their_own(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)

    assert client.get("/desk/agency/").status_code == 403


def test_the_centre_sees_what_all_agencies_sent(lin: Client, zhao: Client, auditor: Client) -> None:
    file = SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))
    lin.post("/desk/upload/", {"class": "tax-a-level", "file": file})

    for client in (zhao, auditor):
        assert "示范市市场监督管理局" in client.get("/desk/submissions/").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "1e3", ""])
def test_a_page_number_that_is_none_is_the_first_page(lin: Client, page: str) -> None:
    assert lin.get("/desk/submissions/", {"page": page}).status_code == 200


@pytest.mark.parametrize("address", ["/desk/", "/desk/upload/", "/desk/submissions/", "/desk/agency/"])
def test_a_page_loads_nothing_from_elsewhere_and_writes_no_style_or_script_in_line(
    lin: Client, address: str
) -> None:
    page = lin.get(address)
    text = page.content.decode()

    assert "style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert "onclick" not in text
    assert 'src="http' not in text
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert len(page.content) < 100_000


@pytest.mark.parametrize("address", ["/desk/", "/desk/upload/", "/desk/submissions/", "/desk/agency/"])
def test_the_desk_speaks_english_when_asked(lin: Client, address: str) -> None:
    lin.cookies["django_language"] = "en"

    assert 'lang="en"' in lin.get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "due/?agency=%00",
        "reconciliation/?agency=%00",
        "held/?agency=%00",
        "upload/?class=%00&corrects=%00",
        "find/?q=%00%00",
        "board/?class=%00",
        "board/rows/?measure=timeliness&class=%00",
        "board/rows/?measure=timeliness&region=%00",
        "submissions/?state=%00&since=%00",
        "letters/?agency=%00",
        "record/%00/",
    ],
)
def test_no_address_is_a_fault_of_ours(zhao: Client, address: str) -> None:
    zhao.raise_request_exception = False

    assert zhao.get(f"/desk/{address}").status_code < 500


@pytest.mark.parametrize(
    ("address", "posted"),
    [
        ("upload/", {"class": "penalty", "agency": "\0"}),
        ("mappings/penalty/", {"agency": REGULATOR, "header": "a", "sample": "", "field": "CF_NR"}),
        ("reconciliation/compare/", {"agency": "\0"}),
    ],
)
def test_no_form_is_a_fault_of_ours(zhao: Client, address: str, posted: dict[str, str]) -> None:
    zhao.raise_request_exception = False
    file = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    needed = {f"constant-{key}": "\0" for key in information_class("penalty").layouts[0].required}

    assert zhao.post(f"/desk/{address}", {**needed, **posted, "file": file}).status_code < 500
