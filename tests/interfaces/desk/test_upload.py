"""A clerk sends a file, a worker works, the page says what became of every row."""

import re
from pathlib import Path

import pytest
from desk_cast import FIRM, GOOD_ROW, OTHER_FIRM, Cast, tax_list
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from gongxin.flows import recall
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import SavedMapping, Submission


def send(client: Client, body: bytes, *, class_id: str = "tax-a-level", **more: str) -> HttpResponse:
    file = SimpleUploadedFile("A级名单.csv", body)
    return client.post("/desk/upload/", {"class": class_id, "file": file, **more})


def work() -> None:
    run_worker(once=True, clock=clock.now, name="worker-of-tests")


def spool_files() -> list[Path]:
    return sorted((Path(settings.GONGXIN_HOME) / "spool").glob("*"))


def test_a_file_is_received_checked_and_posted(lin: Client) -> None:
    answer = send(lin, tax_list(GOOD_ROW, ("123", "示范乙商贸有限公司", "2025", "示范市税务局")))
    submission = Submission.objects.get()
    assert answer["Location"] == f"/desk/submissions/{submission.id}/"
    waiting = lin.get(answer["Location"]).content.decode()

    work()

    page = lin.get(answer["Location"]).content.decode()
    submission.refresh_from_db()
    assert "hx-get" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert 'http-equiv="refresh"' not in page
    assert (submission.rows, submission.accepted, submission.rejected, submission.posted) == (2, 1, 1, 1)
    assert "taxpayer_number.identifier" in page
    assert "需要改正" in page


def test_the_sealed_bytes_hold_nothing_clear_and_go_after_the_check(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW))

    sealed = [path.read_bytes() for path in spool_files()]
    work()

    assert len(sealed) == 1
    assert FIRM.encode() not in sealed[0]
    assert spool_files() == []


def test_progress_asks_for_the_whole_page_when_the_work_is_over(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW))
    address = f"/desk/submissions/{Submission.objects.get().id}/progress/"

    before = lin.get(address)
    work()
    after = lin.get(address)

    assert before.status_code == 200
    assert "HX-Refresh" not in before
    assert after["HX-Refresh"] == "true"


def test_the_class_is_remembered(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW))

    page = lin.get("/desk/upload/").content.decode()

    assert '<option value="tax-a-level" selected>' in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"class": "tax-a-level"}, "请选择文件"),
        ({"class": "no-such-class"}, "目录事项"),
        ({"class": "tax-a-level", "file": SimpleUploadedFile("a.csv", b"")}, "文件是空的"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(lin: Client, sent: dict[str, object], words: str) -> None:
    answer = lin.post("/desk/upload/", sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Submission.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_in_words_and_not_kept(lin: Client, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000

    answer = send(lin, tax_list(*[GOOD_ROW] * 100))

    assert answer.status_code == 422
    assert "超过" in answer.content.decode()
    assert spool_files() == []


def test_a_stranger_may_not_fill_the_spool(sun: Client, cast: Cast) -> None:
    answer = send(sun, tax_list(GOOD_ROW))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in/")
    assert spool_files() == []


def test_an_auditor_may_not_send(auditor: Client) -> None:
    assert send(auditor, tax_list(GOOD_ROW)).status_code == 403
    assert spool_files() == []


def test_wu_does_not_see_what_lin_sent(lin: Client, wu: Client) -> None:
    send(lin, tax_list(GOOD_ROW))
    submission = Submission.objects.get()

    seen = [
        wu.get(f"/desk/submissions/{submission.id}/{piece}").status_code
        for piece in ("", "progress/", "recall/", "problems.json")
    ]

    assert seen == [404, 404, 404, 404]
    assert "A级名单" not in wu.get("/desk/submissions/").content.decode()
    assert "A级名单" in lin.get("/desk/submissions/").content.decode()


def test_the_officer_sends_for_an_agency_by_its_code(zhao: Client, cast: Cast) -> None:
    send(zhao, tax_list(GOOD_ROW), agency=cast.bureau.code)

    assert Submission.objects.get().agency == cast.bureau


def test_checked_first_nothing_is_posted_before_lin_says_so(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW), check_first="yes")
    work()
    work()
    submission = Submission.objects.get()
    address = f"/desk/submissions/{submission.id}/"
    assert (submission.state, submission.accepted, submission.posted) == ("checked", 1, 0)
    assert "尚未入库" in lin.get(address).content.decode()

    lin.post(f"{address}go-on/")
    work()

    submission.refresh_from_db()
    assert (submission.state, submission.posted) == ("done", 1)
    assert AuditEvent.objects.filter(action="submission.confirmed").count() == 1


def test_checked_first_and_recalled_nothing_was_ever_posted(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW), check_first="yes")
    work()
    submission = Submission.objects.get()

    lin.post(f"/desk/submissions/{submission.id}/recall/", {"ground": "选错了事项"})
    work()

    submission.refresh_from_db()
    assert (submission.state, submission.posted) == ("recalled", 0)


def test_recalling_takes_a_reason_and_withdraws_what_the_file_brought(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW, (OTHER_FIRM, "示范乙商贸有限公司", "2025", "示范市税务局")))
    work()
    address = f"/desk/submissions/{Submission.objects.get().id}/recall/"

    without_reason = lin.post(address, {"ground": ""})
    recalled = lin.post(address, {"ground": "发错了批次"}, follow=True)

    assert without_reason.status_code == 422
    assert "撤下 2 条记录" in recalled.content.decode()
    assert Submission.objects.get().state == "recalled"


def test_a_large_recall_is_left_to_a_worker_and_its_page_shows_how_far_it_is(
    lin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(lin, tax_list(GOOD_ROW, (OTHER_FIRM, "示范乙商贸有限公司", "2025", "示范市税务局")))
    work()
    monkeypatch.setattr(recall, "BATCH", 1)
    address = f"/desk/submissions/{Submission.objects.get().id}/"

    asked = lin.post(f"{address}recall/", {"ground": "发错了批次"}, follow=True).content.decode()
    Submission.objects.update(taken_back=1)
    progress = lin.get(f"{address}progress/").content.decode()
    Submission.objects.update(taken_back=0)
    work()

    assert "撤回已开始" in asked
    assert "撤回中" in asked
    assert "已撤下 1 条" in progress
    assert (Submission.objects.get().state, Submission.objects.get().taken_back) == ("recalled", 2)
    assert "撤回" in lin.get(address).content.decode()


def test_a_page_says_when_no_worker_is_alive(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW))

    assert "后台处理程序没有运行" in lin.get("/desk/").content.decode()


OWN_HEADERS = "序号,税号,单位,年份,机关".encode("gb18030")
OWN_ROW = f"1,{FIRM},示范甲机械有限公司,2025,示范市税务局".encode("gb18030")


def teach(client: Client, page: str, fields: list[str], **more: str) -> HttpResponse:
    return client.post(
        "/desk/mappings/tax-a-level/",
        {
            **more,
            "header": OWN_HEADERS.decode("gb18030").split(","),
            "sample": [""] * 5,
            "field": fields,
            "constant-level": "A",
        },
    )


def test_unknown_headers_are_taught_once_and_known_the_next_time(lin: Client) -> None:
    body = OWN_HEADERS + b"\r\n" + OWN_ROW
    form = send(lin, body).content.decode()
    assert "税号" in form
    assert FIRM in form
    assert (Submission.objects.count(), spool_files()) == (0, [])

    saved = teach(lin, form, ["", "taxpayer_number", "taxpayer_name", "year", "tax_office"])
    send(lin, b"\xb1\xed\xcd\xb7\r\n" + body)
    work()

    assert saved["Location"] == "/desk/upload/?class=tax-a-level"
    submission = Submission.objects.get()
    assert (submission.state, submission.rows, submission.posted) == ("done", 1, 1)


def test_what_was_to_be_checked_only_is_still_to_be_checked_only_once_its_columns_are_taught(
    lin: Client,
) -> None:
    fields = ["", "taxpayer_number", "taxpayer_name", "year", "tax_office"]
    form = send(lin, OWN_HEADERS + b"\r\n" + OWN_ROW, check_first="yes").content.decode()
    carried = dict(re.findall(r'type="hidden" name="(check_first|corrects)" value="([^"]*)"', form))

    saved = teach(lin, form, fields, **carried)

    assert 'value="yes" checked' in lin.get(saved["Location"]).content.decode()


def test_what_a_file_corrects_is_still_known_once_its_columns_are_taught(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW, ("123", "示范乙商贸有限公司", "2025", "示范市税务局")))
    work()
    first = Submission.objects.get()
    fields = ["", "taxpayer_number", "", "year", "tax_office"]  # refused once, to be put right
    form = send(lin, OWN_HEADERS + b"\r\n" + OWN_ROW, corrects=str(first.id)).content.decode()
    for name in ("", "taxpayer_name"):
        fields[2] = name
        carried = dict(re.findall(r'type="hidden" name="(check_first|corrects)" value="([^"]*)"', form))
        answer = teach(lin, form, fields, **carried)
        form = answer.content.decode()

    assert f'name="corrects" value="{first.id}"' in lin.get(answer["Location"]).content.decode()


def test_a_mapping_without_a_required_field_is_not_saved(lin: Client) -> None:
    answer = teach(lin, "", ["", "taxpayer_number", "", "year", "tax_office"])

    assert answer.status_code == 422
    assert "taxpayer_name" in answer.content.decode()
    assert SavedMapping.objects.count() == 0


def test_a_mapping_of_one_agency_is_not_another_agencys(lin: Client, wu: Client) -> None:
    teach(lin, "", ["", "taxpayer_number", "taxpayer_name", "year", "tax_office"])

    form = send(wu, OWN_HEADERS + b"\r\n" + OWN_ROW).content.decode()

    assert "税号" in form
    assert Submission.objects.count() == 0


def test_a_file_of_another_class_is_refused_and_the_right_class_named(lin: Client) -> None:
    send(lin, tax_list(GOOD_ROW), class_id="honour")
    work()

    submission = Submission.objects.get()
    page = lin.get(f"/desk/submissions/{submission.id}/").content.decode()
    assert submission.refusal_code == "wrong-class"
    assert "纳税信用A级纳税人" in page


def test_the_published_example_goes_in_with_its_mapping(lin: Client) -> None:
    examples = Path(__file__).parents[3] / "examples"
    mapping = SimpleUploadedFile("a.map.yaml", (examples / "tax-a-level-2018.map.yaml").read_bytes())
    body = (examples / "tax-a-level-2018.gb18030.csv").read_bytes()

    lin.post(
        "/desk/upload/",
        {"class": "tax-a-level", "file": SimpleUploadedFile("a.csv", body), "map": mapping},
    )
    work()

    submission = Submission.objects.get()
    assert submission.state == "done"
    assert submission.rows == submission.accepted + submission.rejected
    assert submission.posted >= 500
