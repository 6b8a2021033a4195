"""Who comes in to the subject's own place, for whom, and for how long."""

from datetime import timedelta

import pytest
from cast import AT, OPERATOR, PASSWORD, QIAO_NAME, firm_code
from django.test import Client
from interfaces.my.conftest import Officer, a_mandate, a_user, signed_in
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.core.policy import Role
from gongxin.flows.grant_mandate import revoke
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

OTHER_NAME = "示范丁香机械有限公司"


@pytest.fixture
def other(fined: RecordView) -> RecordView:
    """Return the fine of another firm."""
    code = firm_code(2)
    sent(csv_of(penalty(CF_XDR_SHXYM=code, CF_XDR_MC=OTHER_NAME, CF_WSH="示环罚〔2026〕13号")))
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


def test_a_stranger_is_sent_to_the_own_sign_in_and_not_to_the_desks(sun: Client, fined: RecordView) -> None:
    answer = sun.get("/my/")

    assert (answer.status_code, answer["Location"]) == (302, "/my/sign-in/?next=/my/")


def test_qiao_signs_in_and_comes_to_the_file(sun: Client, qiao: Officer) -> None:
    answer = sun.post("/my/sign-in/", {"username": "qiao", "password": PASSWORD}, follow=True)

    assert QIAO_NAME in answer.text
    assert AuditEvent.objects.filter(action="session.opened", actor=str(qiao.user.pk)).count() == 1


def test_qiao_who_signs_in_at_the_desk_comes_to_the_own_file(sun: Client, qiao: Officer) -> None:
    answer = sun.post("/desk/sign-in/", {"username": "qiao", "password": PASSWORD})

    assert answer["Location"] == "/my/"


def test_the_eleventh_wrong_password_is_not_even_tried(sun: Client, qiao: Officer) -> None:
    for _ in range(10):
        sun.post("/my/sign-in/", {"username": "qiao", "password": "wrong"})

    answer = sun.post("/my/sign-in/", {"username": "qiao", "password": PASSWORD})

    assert answer.status_code == 429
    assert "暂时锁定" in answer.text


def test_a_clerk_has_no_file(fined: RecordView) -> None:
    clerk = a_user("zhao", Role.OFFICER)

    assert signed_in(clerk).get("/my/").status_code == 403


def test_qiao_may_not_open_the_desk(qiao: Officer) -> None:
    assert qiao.client.get("/desk/").status_code == 403


def test_a_revoked_mandate_ends_at_the_next_request(qiao: Officer) -> None:
    assert qiao.client.get("/my/").status_code == 200
    revoke(mandate_id=qiao.mandate.id, reason="换人", actor=OPERATOR, at=AT)

    answer = qiao.client.get("/my/")

    assert answer.status_code == 403
    assert "没有有效授权" in answer.text
    assert QIAO_NAME not in answer.text


def test_a_power_of_attorney_ends_on_its_day(
    qiao: Officer, fined: RecordView, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = legal_day(AT) + timedelta(days=29)
    monkeypatch.setenv("GONGXIN_NOW", last.isoformat())
    assert qiao.client.get("/my/").status_code == 200
    monkeypatch.setenv("GONGXIN_NOW", (last + timedelta(days=1)).isoformat())

    assert qiao.client.get("/my/").status_code == 403
    assert qiao.client.get(f"/my/records/{fined.record_id}/").status_code == 403


def test_another_firms_record_answers_as_if_it_were_not_there(qiao: Officer, other: RecordView) -> None:
    assert qiao.client.get(f"/my/records/{other.record_id}/").status_code == 404


def test_who_acts_for_two_chooses_and_sees_one(qiao: Officer, other: RecordView) -> None:
    second = a_mandate(qiao.user, other)
    assert qiao.client.get("/my/")["Location"] == "/my/choose/"

    qiao.client.post("/my/choose/", {"mandate": second.id.hex})
    page = qiao.client.get("/my/").text

    assert OTHER_NAME in page
    assert QIAO_NAME not in page


def test_a_mandate_of_another_cannot_be_chosen(qiao: Officer, other: RecordView) -> None:
    others = a_mandate(a_user("ding"), other)

    assert qiao.client.post("/my/choose/", {"mandate": others.id.hex}).status_code == 404
    assert OTHER_NAME not in qiao.client.get("/my/").text


def test_when_the_chosen_mandate_ends_the_other_is_not_taken_unasked_for_two(
    qiao: Officer, other: RecordView
) -> None:
    second = a_mandate(qiao.user, other)
    qiao.client.post("/my/choose/", {"mandate": second.id.hex})
    revoke(mandate_id=second.id, reason="换人", actor=OPERATOR, at=AT)

    assert qiao.client.get(f"/my/records/{other.record_id}/").status_code == 404


def test_a_page_of_ones_own_is_kept_by_no_cache(qiao: Officer) -> None:
    assert "no-store" in qiao.client.get("/my/")["Cache-Control"]


def test_signing_out_takes_a_post(qiao: Officer) -> None:
    assert qiao.client.get("/my/sign-out/").status_code == 405
    assert qiao.client.post("/my/sign-out/").status_code == 302
    assert qiao.client.get("/my/").status_code == 302
