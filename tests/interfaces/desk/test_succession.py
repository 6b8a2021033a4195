"""Whoever belongs to a body that was renamed or merged acts for its successor, at the desk as by key."""

from datetime import timedelta

from cast import AT, BUREAU, OPERATOR, REGULATOR
from desk_cast import GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from exchange_system import BASE, System
from sending import csv_of, penalty, sent

from gongxin.flows.enrol import issue_key
from gongxin.flows.succeed import succeed_agency
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.intake.models import Submission

EARLIER = AT - timedelta(hours=1)


def succeeded(cast: Cast) -> Submission:
    """Let the bureau succeed the regulator; return what the regulator had sent before."""
    submission = sent(csv_of(penalty()), agency=cast.regulator, at=EARLIER)
    succeed_agency(agency=cast.regulator, successor=cast.bureau, actor=OPERATOR, at=AT)
    return submission


def test_the_successors_clerk_sees_and_may_recall_what_the_predecessor_sent(wu: Client, cast: Cast) -> None:
    before = succeeded(cast)

    for address in ("/desk/", "/desk/submissions/"):
        assert f"/desk/submissions/{before.id}/" in wu.get(address).content.decode()
    recall = wu.post(f"/desk/submissions/{before.id}/recall/", {"ground": "合并前误报"})

    before.refresh_from_db()
    assert recall.status_code == 302
    assert before.state == "recalled"


def test_the_predecessors_clerk_sends_for_the_successor_and_is_told_so(lin: Client, cast: Cast) -> None:
    succeeded(cast)
    file = SimpleUploadedFile("A级名单.csv", tax_list(GOOD_ROW))

    answer = lin.post("/desk/upload/", {"class": "tax-a-level", "file": file})
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    page = lin.get(answer["Location"]).content.decode()
    submission = Submission.objects.get(class_id="tax-a-level")
    assert (submission.agency, submission.sent_for, submission.posted) == (cast.bureau, REGULATOR, 1)
    assert f"示范市市场监督管理局（{REGULATOR}）已由示范市生态环境局（{BUREAU}）承继" in page


def test_the_sheets_of_the_successor_hold_the_predecessors_records(
    wu: Client, lin: Client, cast: Cast
) -> None:
    succeeded(cast)

    for client in (wu, lin):
        assert "示环罚〔2026〕12号" in client.get("/desk/reconciliation/").content.decode()
        assert "行政处罚" in client.get("/desk/due/").content.decode()


def test_the_predecessors_key_sends_and_follows_as_the_successor(cast: Cast) -> None:
    before = succeeded(cast)
    kept, key = issue_key(agency=cast.regulator, label="old", actor=OPERATOR, at=AT)
    old = System(key, kept)
    kept, key = issue_key(agency=cast.bureau, label="new", actor=OPERATOR, at=AT)
    new = System(key, kept)

    answer = old.send({"class": "penalty", "rows": [penalty(CF_WSH="甲9号")]})

    number = answer.json()["submission"]
    assert answer.status_code == 202
    assert REGULATOR in answer.json()["successions"][0]["en"]
    assert BUREAU in answer.json()["successions"][0]["zh"]
    for system in (old, new):
        assert system.get(f"{BASE}/{number}").status_code == 200
        listed = [one["submission"] for one in system.get().json()["submissions"]]
        assert set(listed) == {number, str(before.id)}
    again = new.send({"class": "penalty", "rows": [penalty(CF_WSH="甲9号")]})
    assert (again.status_code, again.json()["submission"]) == (200, number)
