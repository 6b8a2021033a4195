"""One's own cases and messages: seen, opened, taken back; nobody else's."""

from uuid import UUID

import pytest
from cast import AT, LIN, ZHAO
from django.test import Client
from interfaces.my.conftest import Officer, a_user, signed_in
from interfaces.my.test_forms import PNG, address, objection

from gongxin.core.cases import Party, Who, Words
from gongxin.flows.objection import forward, refuse
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.cases.models import Case, Evidence, Part
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.publication.queries import RecordView

ANSWERS = {"1": {"answer": "refused", "text": "金额与决定书一致"}}
DECISION = Words(
    reason="经核查，金额与处罚决定书一致。",
    basis="河南省社会信用条例第四十一条",
    remedy="可依法申请行政复议。",
    detail={"answers": ANSWERS},
)


@pytest.fixture
def case(qiao: Officer, fined: RecordView) -> Case:
    qiao.client.post(address(fined), objection())
    return Case.objects.get()


def answered(case: Case) -> None:
    part = Part.objects.get(case_id=case.id)
    forward(part_id=part.id, seen=None, who=Who(ZHAO, Party.CENTRE), words=Words(), at=AT)
    clerk = Who(LIN, Party.AGENCY, Agency.objects.get().id)
    refuse(part_id=part.id, seen=None, who=clerk, words=DECISION, at=AT)


def test_the_case_says_whose_turn_it_is_and_until_when(qiao: Officer, case: Case) -> None:
    page = qiao.client.get(f"/my/cases/{case.id}/").text

    assert "异〔2026〕1号" in page
    assert "2026年12月2日" in page
    assert "示范市生态环境局" in page


def test_a_refusal_carries_reason_basis_remedy_and_the_answer_to_each_point(
    qiao: Officer, case: Case
) -> None:
    answered(case)

    page = qiao.client.get(f"/my/cases/{case.id}/").text

    for words in (DECISION.reason, DECISION.basis, DECISION.remedy, "金额与决定书一致"):
        assert words in page


def test_what_was_handed_in_comes_back_as_it_was_and_to_nobody_else(qiao: Officer, case: Case) -> None:
    paper = f"/my/cases/{case.id}/evidence/{Evidence.objects.get().id}/"

    answer = qiao.client.get(paper)

    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(a_user("mei")).get(paper).status_code == 403


def test_taking_it_back_closes_it_and_the_mark_goes(qiao: Officer, case: Case) -> None:
    part = Part.objects.get()
    assert "撤回申请" in qiao.client.get(f"/my/cases/{case.id}/").text

    qiao.client.post(f"/my/cases/{case.id}/withdraw/", {"part": part.id.hex, "reason": "已查清"})

    assert Part.objects.get().state == "given-up"
    assert qiao.client.get(f"/my/cases/{case.id}/withdraw/").status_code == 404


def test_someone_elses_case_and_message_answer_as_if_they_were_not_there(
    qiao: Officer, case: Case, sun: Client
) -> None:
    nowhere = UUID(int=7)

    for path in ("cases/{}/", "cases/{}/receipt/", "messages/{}/"):
        assert qiao.client.get(f"/my/{path.format(nowhere)}").status_code == 404
    assert sun.get(f"/my/cases/{case.id}/").status_code == 302


def test_opening_a_message_serves_it_once(qiao: Officer, case: Case) -> None:
    notice = Notice.objects.filter(agency=None, case_id=case.id).get()
    assert "未读" in qiao.client.get("/my/messages/").text

    page = qiao.client.get(f"/my/messages/{notice.id}/").text
    qiao.client.get(f"/my/messages/{notice.id}/")

    assert "异〔2026〕1号" in page
    way = Delivery.objects.get(notice_id=notice.id, channel="page")
    assert (way.state, way.served_at) == ("served", AT)
    assert AuditEvent.objects.filter(action="notice.opened").count() == 1


def test_a_notice_to_a_body_is_nobodys_message(qiao: Officer, case: Case) -> None:
    to_body = Notice.objects.exclude(agency=None).first()
    assert to_body is not None

    assert qiao.client.get(f"/my/messages/{to_body.id}/").status_code == 404


def test_the_file_says_what_runs_and_what_is_unread(qiao: Officer, case: Case) -> None:
    page = qiao.client.get("/my/").text

    assert "异〔2026〕1号" in page
    assert "未读" in page
