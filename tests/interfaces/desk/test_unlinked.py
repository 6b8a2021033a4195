"""A row whose code names nobody is never linked by its name: Zhao finds its subject, or closes the row."""

import pytest
from cast import firm_code
from desk_cast import FIRM, GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.core.disclosure import Audience
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

OLD_NUMBER = "410105123456789"  # a tax number of the old form: well written, and nobody's code
GROUND = "与税务机关核对登记信息"


def send(client: Client, *rows: tuple[str, str, str, str]) -> None:
    file = SimpleUploadedFile("a.csv", tax_list(*rows))
    client.post("/desk/upload/", {"class": "tax-a-level", "file": file})
    run_worker(once=True, clock=clock.now, name="worker-of-tests")


def records() -> list[str]:
    subject_id = subject_of_code(FIRM, at=clock.now())
    assert subject_id is not None
    return [seen.fields["year"] for seen in records_of(subject_id, audience=Audience.PUBLIC, at=clock.now())]


@pytest.fixture
def case(cast: Cast, lin: Client) -> str:
    """The address of a row under the firm's own name, with a code that names nobody."""
    send(lin, GOOD_ROW, (OLD_NUMBER, GOOD_ROW[1], "2024", "示范市税务局"))
    return f"/desk/unlinked/{UnlinkedRow.objects.get().id}/"


def test_the_same_name_links_nothing(case: str, lin: Client) -> None:
    submission = Submission.objects.get()

    assert (submission.posted, submission.unlinked) == (1, 1)
    assert records() == ["2025"]
    assert GOOD_ROW[1] in lin.get(f"/desk/submissions/{submission.id}/").content.decode()


def test_zhao_finds_the_subject_by_its_code_and_links_the_row(zhao: Client, case: str) -> None:
    found = zhao.get(case, {"code": FIRM}).content.decode()
    assert GOOD_ROW[1] in found
    assert 'value="link"' in found

    zhao.post(case, {"act": "link", "code": FIRM, "ground": GROUND})

    submission = Submission.objects.get()
    assert sorted(records()) == ["2024", "2025"]
    assert (submission.posted, submission.unlinked) == (2, 0)
    assert AuditEvent.objects.get(action="row.linked").detail["ground"] == GROUND


def test_a_row_with_a_valid_code_of_its_own_is_linked_to_nobody_who_bears_another(
    zhao: Client, case: str
) -> None:
    row = UnlinkedRow.objects.get()
    UnlinkedRow.objects.update(content=row.content.replace(OLD_NUMBER, firm_code(9)))

    answer = zhao.post(case, {"act": "link", "code": FIRM, "ground": GROUND})

    assert "两个组织" in answer.content.decode()
    assert records() == ["2025"]
    assert UnlinkedRow.objects.get().state == "open"


def test_linking_teaches_no_code(zhao: Client, case: str) -> None:
    zhao.post(case, {"act": "link", "code": FIRM, "ground": GROUND})

    assert subject_of_code(OLD_NUMBER, at=clock.now()) is None


def test_without_a_subject_there_is_no_linking(zhao: Client, case: str) -> None:
    page = zhao.get(case, {"code": "91990100MA0000009X"}).content.decode()
    zhao.post(case, {"act": "link", "code": "", "ground": GROUND})

    assert 'value="link"' not in page
    assert UnlinkedRow.objects.get().state == "open"


def test_a_dismissed_row_tells_its_sender_why(zhao: Client, lin: Client, case: str) -> None:
    zhao.post(case, {"act": "dismiss", "ground": "该企业已注销"})

    page = lin.get(f"/desk/submissions/{Submission.objects.get().id}/").content.decode()
    assert UnlinkedRow.objects.get().state == "dismissed"
    assert "该企业已注销" in page
    assert case not in zhao.get("/desk/unlinked/").content.decode()


def test_a_row_is_decided_once(zhao: Client, case: str) -> None:
    zhao.post(case, {"act": "dismiss", "ground": GROUND})

    answer = zhao.post(case, {"act": "link", "code": FIRM, "ground": GROUND}, follow=True)

    assert "已有人作出决定" in answer.content.decode()
    assert records() == ["2025"]


def test_the_auditor_reads_and_lin_does_not_even_read(auditor: Client, lin: Client, case: str) -> None:
    assert auditor.get(case).status_code == 200
    assert "<textarea" not in auditor.get(case).content.decode()
    assert auditor.post(case, {"act": "dismiss", "ground": GROUND}).status_code == 403
    assert lin.get(case).status_code == 403
