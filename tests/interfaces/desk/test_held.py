"""A record whose name does not fit its code waits for Zhao; everyone else may look, or not even that."""

from uuid import uuid4

import pytest
from desk_cast import FIRM, GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.catalogue.models import ClassDocument, Edition
from gongxin.registry.intake.models import Submission
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.standing import StandingRecord, pending

OTHER_NAME = "远山宾馆集团股份公司"
GROUND = "与登记机关核对：系笔误"


@pytest.fixture
def case(cast: Cast, lin: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of one held record: the same code under a clearly different name."""
    for hour, row in ((10, GOOD_ROW), (11, (FIRM, OTHER_NAME, "2024", "示范市税务局"))):
        monkeypatch.setenv("GONGXIN_NOW", f"2026-11-23T{hour}:00:00+08:00")
        file = SimpleUploadedFile("a.csv", tax_list(row))
        lin.post("/desk/upload/", {"class": "tax-a-level", "file": file})
        run_worker(once=True, clock=clock.now, name="worker-of-tests")
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T12:00:00+08:00")
    [one] = waiting()
    return f"/desk/held/{one.subject_id}/{one.record_id}/"


def waiting() -> list[StandingRecord]:
    return pending(at=clock.now(), limit=9)


def test_the_two_names_stand_side_by_side(zhao: Client, case: str) -> None:
    page = zhao.get(case).content.decode()

    assert OTHER_NAME in page
    assert GOOD_ROW[1] in page
    assert case in zhao.get("/desk/held/").content.decode()


def test_lin_sees_that_it_waits_but_may_not_open_it(lin: Client, case: str) -> None:
    newest = Submission.objects.order_by("-received_at").first()
    assert newest is not None

    assert newest.held == 1
    assert lin.get(case).status_code == 403
    assert lin.post(case, {"act": "publish", "ground": GROUND}).status_code == 403


def test_the_auditor_looks_and_may_not_decide(auditor: Client, case: str) -> None:
    page = auditor.get(case)

    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert auditor.post(case, {"act": "publish", "ground": GROUND}).status_code == 403


def test_whoever_opens_it_is_written_down(zhao: Client, cast: Cast, case: str) -> None:
    zhao.get(case)

    assert Look.objects.get().actor == str(cast.zhao.pk)


def test_a_decision_needs_its_ground(zhao: Client, case: str) -> None:
    answer = zhao.post(case, {"act": "publish", "ground": ""})

    assert answer.status_code == 422
    assert "请说明" in answer.content.decode()
    assert len(waiting()) == 1


@pytest.mark.parametrize(("act", "outcome"), [("publish", "published"), ("withhold", "withheld")])
def test_zhao_decides_once_and_the_case_is_closed(zhao: Client, case: str, act: str, outcome: str) -> None:
    zhao.post(case, {"act": act, "ground": GROUND})

    event = AuditEvent.objects.get(action="publication.decided")
    assert (event.detail["outcome"], event.detail["ground"]) == (outcome, GROUND)
    assert waiting() == []
    assert zhao.get(case).status_code == 404


def repeal(class_id: str) -> None:
    """Put an edition in force that no longer has the class."""
    old = Edition.objects.get()
    new = Edition.objects.create(
        id=uuid4(), number="next", approval="1", in_force_on=old.in_force_on, loaded_at=clock.now(),
        loaded_by="tests", activated_at=clock.now(), activated_by="tests",
    )  # fmt: skip
    kept = ClassDocument.objects.filter(edition=old).exclude(class_id=class_id)
    ClassDocument.objects.bulk_create(
        ClassDocument(edition=new, class_id=one.class_id, text=one.text, text_hash="") for one in kept
    )


def test_a_record_whose_class_was_repealed_is_not_published_and_the_page_says_why(
    zhao: Client, case: str
) -> None:
    repeal("tax-a-level")

    answer = zhao.post(case, {"act": "publish", "ground": GROUND}, follow=True)

    assert "未公示：其所属事项已不在现行目录内" in answer.content.decode()
    assert len(waiting()) == 1
    page = zhao.get(case).content.decode()
    assert "该记录所属事项已不在现行目录内" in page
    assert 'value="publish"' not in page


def test_a_record_whose_class_was_repealed_can_still_be_withheld_under_what_was_reckoned(
    zhao: Client, case: str
) -> None:
    pending = Decision.objects.get(outcome="pending")
    repeal("tax-a-level")

    zhao.post(case, {"act": "withhold", "ground": GROUND})

    decided = Decision.objects.filter(record_id=pending.record_id).latest("decided_at", "id")
    assert (decided.outcome, decided.reason, decided.publish_until) == ("withheld", "held-back", None)
    for name in ("audience", "share_until", "use_until", "due_on", "rule", "source", "penalty_class"):
        assert getattr(decided, name) == getattr(pending, name)
    assert waiting() == []


def test_an_address_of_nothing_is_not_there(zhao: Client, case: str) -> None:
    nothing = "00000000-0000-0000-0000-000000000000"

    assert zhao.get(f"/desk/held/{nothing}/{nothing}/").status_code == 404


def test_a_ground_with_a_persons_number_is_refused_and_nothing_is_decided(zhao: Client, case: str) -> None:
    answer = zhao.post(case, {"act": "publish", "ground": "已电话核实 13800138000"})

    assert answer.status_code == 422
    assert "此处含有个人号码" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="publication.decided").exists()
