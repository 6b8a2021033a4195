"""A new edition holds from its day on, everywhere and without a restart; what came before stays as it was."""

import io
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import openpyxl
import pytest
from cast import AT, OPERATOR, ZHAO
from desk_cast import GOOD_ROW, Cast, desk_cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from exchange_system import System
from own_edition import own_edition, shorter_offices
from sending import sent

from gongxin.core.lawbook import information_class
from gongxin.flows.enrol import issue_key
from gongxin.flows.load_law import activate_edition, load_edition
from gongxin.flows.submit import confirm
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.accounts.models import User
from gongxin.registry.catalogue.models import Edition
from gongxin.registry.intake.models import Submission

pytestmark = pytest.mark.django_db

OLD_NAME, NEW_NAME = "纳税信用A级纳税人", "甲级纳税人"
TOO_LONG = "tax_office.length"
EVE, DAY = "2026-11-30T23:59:59+08:00", "2026-12-01T00:00:00+08:00"
ROW = dict(zip(("taxpayer_number", "taxpayer_name", "year", "tax_office"), GOOD_ROW, strict=True))

At = Callable[[str], None]


@pytest.fixture
def cast() -> Cast:
    return desk_cast()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return lambda moment: monkeypatch.setenv("GONGXIN_NOW", moment)


@pytest.fixture
def _changed(cast: Cast) -> None:
    """An edition to come: a class renamed with a stricter rule, honours dropped, a class added."""
    documents = own_edition(classes={"tax-a-level": shorter_offices()}, drop=("honour",))
    edition = load_edition(documents=documents, actor=ZHAO, at=AT)
    activate_edition(number=edition.number, ground="按批准文号启用", actor=ZHAO, at=AT)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def by_desk(client: Client, *, row: tuple[str, str, str, str], check_first: str = "no") -> Submission:
    file = SimpleUploadedFile("A级名单.csv", tax_list(row))
    given = {"class": "tax-a-level", "file": file, "check_first": check_first}
    made = client.post("/desk/upload/", given)["Location"]
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return Submission.objects.get(id=made.split("/")[-2])


def titles_of_template(client: Client) -> str:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/desk/templates/tax-a-level.xlsx").content))
    return str([cell.value for sheet in book for row in sheet.iter_rows(max_row=3) for cell in row])


@pytest.mark.usefixtures("_changed")
def test_the_eve_belongs_to_the_old_edition_and_the_day_to_the_new(cast: Cast, at: At) -> None:
    lin, sun = signed_in(cast.lin), Client()
    system = System(*reversed(issue_key(agency=cast.regulator, label="test", actor=OPERATOR, at=AT)))
    asked: dict[str, dict[str, object]] = {}

    # Back again too: nothing is remembered from the last question.
    for number, moment in enumerate((EVE, DAY, EVE)):
        at(moment)
        arrived = system.send({"class": "tax-a-level", "rows": [ROW]}, idempotency_key=f"n-{number}")
        run_worker(once=True, clock=clock.now, name="worker-of-tests")
        told = {
            "desk": by_desk(lin, row=GOOD_ROW).problems,
            "exchange": system.get(arrived["Location"]).json()["problems"],
            "page": NEW_NAME in sun.get("/catalogue/").content.decode(),
            "class": sun.get("/catalogue/honour/").status_code,
            "api": sun.get("/api/v1/catalogue/tax-a-level").json()["label"]["zh"],
            "form": "honour" in lin.get("/desk/upload/").content.decode(),
            "template": NEW_NAME in titles_of_template(lin),
        }
        assert asked.setdefault(moment, told) == told

    assert asked[EVE] == {
        "desk": {},
        "exchange": {},
        "page": False,
        "class": 200,
        "api": OLD_NAME,
        "form": True,
        "template": False,
    }
    assert asked[DAY] == {
        "desk": {TOO_LONG: 1},
        "exchange": {TOO_LONG: 1},
        "page": True,
        "class": 404,
        "api": NEW_NAME,
        "form": False,
        "template": True,
    }


@pytest.mark.usefixtures("_changed")
def test_what_was_checked_before_stays_under_its_edition(cast: Cast, at: At) -> None:
    lin = signed_in(cast.lin)
    at(EVE)
    waiting = by_desk(lin, row=GOOD_ROW, check_first="yes")
    faulty = by_desk(lin, row=("123", "示范乙商贸有限公司", "2025", "示范市税务局"))

    at(DAY)
    confirm(submission=waiting, actor=ZHAO, at=clock.now())
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    waiting.refresh_from_db()
    assert (waiting.posted, waiting.rejected) == (1, 0)
    assert waiting.edition == faulty.edition
    page = lin.get(f"/desk/submissions/{faulty.id}/").content.decode()
    assert OLD_NAME in page
    assert "taxpayer_number.identifier" in page
    assert TOO_LONG not in page
    sheet = lin.get(f"/desk/submissions/{waiting.id}/confirmation/").content.decode()
    assert waiting.edition in sheet
    report = lin.get(f"/desk/submissions/{faulty.id}/problems.csv")
    assert "纳税人识别号" in b"".join(report.streaming_content).decode()


def test_a_release_that_changes_the_packaged_text_of_the_same_day_judges_nothing_again(cast: Cast) -> None:
    lin = signed_in(cast.lin)
    faulty = by_desk(lin, row=("123", "示范乙商贸有限公司", "2025", "示范市税务局"))
    old = Edition.objects.get()

    at = clock.now()
    released = {"approval": old.approval, "in_force_on": old.in_force_on, "loaded_at": at, "activated_at": at}
    Edition.objects.create(id=uuid4(), number="packaged-2026+next", **released)

    page = lin.get(f"/desk/submissions/{faulty.id}/")
    assert page.status_code == 200
    assert "taxpayer_number.identifier" in page.content.decode()


@pytest.mark.usefixtures("_changed")
def test_a_file_is_told_of_the_class_of_its_own_edition_that_it_looks_like(cast: Cast) -> None:
    """Honours sent as a list of taxpayers: once they have left the catalogue, nothing names them."""
    labels = [field.label.zh for field in information_class("honour").fields]
    honours = f"{','.join(labels)}\n{','.join(map(str, range(len(labels))))}\n".encode()

    def refusal(moment: str) -> str:
        at = datetime.fromisoformat(moment)
        return sent(honours, class_id="tax-a-level", agency=cast.regulator, at=at).refusal_en

    assert "(honour)" in refusal(EVE)
    assert "(honour)" not in refusal(DAY)
