"""The page of a submission says what waits now, and what was decided since."""

import pytest
from desk_cast import FIRM, GOOD_ROW, OTHER_FIRM, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.publication.standing import pending

OTHER_NAME = "远山宾馆集团股份公司"
GROUND = "与登记机关核对：不是同一企业"
NOBODYS = ("410105123456789", OTHER_NAME, "2024", "示范市税务局")
HELD = '待核实</dt><dd><span class="number">'
NOTHING_WAITS = "没有等待办理的事项。"


def send(client: Client, *rows: tuple[str, str, str, str], name: str = "a.csv") -> Submission:
    file = SimpleUploadedFile(name, tax_list(*rows))
    answer = client.post("/desk/upload/", {"class": "tax-a-level", "file": file})
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    return Submission.objects.get(id=answer["Location"].rstrip("/").rpartition("/")[2])


def page_of(client: Client, submission: Submission) -> str:
    return client.get(f"/desk/submissions/{submission.id}/").content.decode()


@pytest.fixture
def held(lin: Client, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """One record that waits because its name does not fit its code."""
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T10:00:00+08:00")
    send(lin, GOOD_ROW)
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T11:00:00+08:00")
    found = send(lin, (FIRM, OTHER_NAME, "2024", "示范市税务局"))
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T12:00:00+08:00")
    return found


def decide(zhao: Client, act: str) -> None:
    [one] = pending(at=clock.now(), limit=9)
    zhao.post(f"/desk/held/{one.subject_id}/{one.record_id}/", {"act": act, "ground": GROUND})


def test_a_held_record_waits_until_it_is_decided(lin: Client, held: Submission) -> None:
    page = page_of(lin, held)

    assert f"{HELD}1" in page
    assert "工作人员已作决定" not in page


def test_what_zhao_withheld_waits_no_more_and_lin_reads_why(
    lin: Client, zhao: Client, held: Submission
) -> None:
    decide(zhao, "withhold")

    page = page_of(lin, held)

    assert f"{HELD}1" not in page
    assert "由工作人员决定后才公示" not in page
    assert NOTHING_WAITS in page
    assert "经办人决定不予公示" in page
    assert GROUND in page


def test_what_zhao_published_is_said_to_be_shown(lin: Client, zhao: Client, held: Submission) -> None:
    decide(zhao, "publish")

    page = page_of(lin, held)

    assert NOTHING_WAITS in page
    assert "公示中" in page.partition("工作人员已作决定")[2]


def test_rows_sent_again_that_still_wait_are_not_passed_over(
    lin: Client, zhao: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = send(lin, GOOD_ROW, NOBODYS)
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T11:00:00+08:00")
    again = send(lin, GOOD_ROW, NOBODYS, name="again.csv")
    before, of_first = page_of(lin, again), page_of(lin, first)

    zhao.post(f"/desk/unlinked/{UnlinkedRow.objects.get().id}/", {"act": "dismiss", "ground": GROUND})

    assert '没有能对上主体的代码</dt><dd><span class="number">1' in of_first
    assert (again.unchanged, again.unlinked) == (2, 0)
    assert "还有 1 行等待工作人员办理" in before
    assert NOTHING_WAITS not in before
    assert NOTHING_WAITS in page_of(lin, again)


def test_a_row_dismissed_waits_no_more(lin: Client, zhao: Client) -> None:
    first = send(lin, NOBODYS)
    before = page_of(lin, first)
    zhao.post(f"/desk/unlinked/{UnlinkedRow.objects.get().id}/", {"act": "dismiss", "ground": GROUND})

    page = page_of(lin, first)

    assert NOTHING_WAITS not in before
    assert NOTHING_WAITS in page
    assert GROUND in page


def test_a_row_in_the_way_of_another_agencys_record_is_counted_as_such(lin: Client, cast: Cast) -> None:
    sent(csv_of(penalty()), agency=cast.bureau)
    own = sent(csv_of(penalty(CF_SY="另一种说法")), agency=cast.regulator)

    page = page_of(lin, own)

    assert '与现有记录冲突</dt><dd><span class="number">1' in page
    assert '没有能对上主体的代码</dt><dd><span class="number">0' in page


def test_what_others_sent_is_not_counted(lin: Client, wu: Client) -> None:
    send(wu, NOBODYS)
    own = send(lin, GOOD_ROW)
    again = send(lin, GOOD_ROW, (OTHER_FIRM, "示范乙商贸有限公司", "2025", "示范市税务局"), name="again.csv")

    assert NOTHING_WAITS in page_of(lin, own)
    assert again.unchanged == 1
    assert NOTHING_WAITS in page_of(lin, again)
