"""Commitments and payments at the desk: who finds, who promises, who finds it grave."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO
from desk_cast import Cast
from django.test import Client
from promising import a_draft, promised, supervised, the_firm
from public_doors import it_is

from gongxin.core.policy import Role
from gongxin.interfaces import clock
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.commitments.models import Commitment, Finding, GraveDelay, Payment
from gongxin.registry.notices.models import Delivery

pytestmark = pytest.mark.django_db
OWED = {
    "contract_number": "采2026-1", "amount_yuan": "120000", "act": "record", "payee_code": QIAO,
    "delivered_on": "2026-09-01", "agreed_days": "", "evidence": "验收单2026-1", "is_small": "on",
}  # fmt: skip


def a_head(agency: Agency) -> Client:
    user = User.objects.create(
        id=uuid4(), username=f"head-{agency.code}", password="!", role=Role.HEAD.value, agency=agency
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_accepting_body_sees_what_was_promised_and_another_does_not(
    cast: Cast, lin: Client, wu: Client
) -> None:
    made = promised(the_firm(), a_draft(agency=cast.regulator))

    assert made.number in lin.get("/desk/commitments/").content.decode()
    assert made.number not in wu.get("/desk/commitments/").content.decode()
    assert wu.get(f"/desk/commitments/{made.id}/").status_code == 404
    assert "消防验收意见" in lin.get(f"/desk/commitments/{made.id}/").content.decode()


def test_what_is_overdue_is_listed_with_its_days(cast: Cast, lin: Client) -> None:
    made = promised(the_firm(), a_draft(agency=cast.regulator))

    assert made.number not in lin.get("/desk/commitments/?due=overdue").content.decode()
    with it_is(AT.replace(year=2027, month=1, day=10)):
        told = lin.get("/desk/commitments/?due=overdue").content.decode()
    assert made.number in told


def test_a_breach_without_evidence_is_sent_back_and_with_it_is_entered(cast: Cast, lin: Client) -> None:
    made = promised(the_firm(), a_draft(agency=cast.regulator))
    address = f"/desk/commitments/{made.id}/"
    breach = {"fulfilment": "broken", "unfulfilled": "未补齐", "consequence": "撤销许可"}

    assert lin.post(address, breach).status_code == 422
    assert not Finding.objects.exists()
    assert lin.post(address, {**breach, "evidence": "示市监撤〔2026〕1号"}).status_code == 302
    assert Finding.objects.get().fulfilment == "broken"


def test_the_head_of_a_body_promises_for_it_and_a_clerk_does_not(cast: Cast, lin: Client) -> None:
    head = a_head(cast.regulator)
    typed = {
        "template_id": "government-promise", "agency": str(cast.bureau.id), "matter": "招商引资奖励",
        "promise": "三个月内兑付", "keep_until": "2027-02-28", "disclosure": "可向社会公开",
        "form_id": uuid4().hex,
    }  # fmt: skip
    shown = head.post("/desk/commitments/promise/", {**typed, "act": "show"}).content.decode()
    assert "不以换届" in shown
    signing = {"act": "sign", "name": "孙某", "agreed": "on"}
    assert head.post("/desk/commitments/promise/", {**typed, **signing}).status_code == 302

    assert Commitment.objects.get().kind == "其他-政务践诺"
    assert lin.get("/desk/commitments/promise/").status_code == 403


def test_late_payment_is_recorded_by_the_body_above_and_found_grave_by_two(
    cast: Cast, lin: Client, wu: Client
) -> None:
    the_firm()
    supervised(cast.bureau, cast.regulator)
    owed = {**OWED, "payer_code": cast.bureau.code}
    assert wu.post("/desk/payments/", owed).status_code == 422  # its own debts are not its to record
    assert lin.post("/desk/payments/", owed).status_code == 302
    one = Payment.objects.get()
    assert one.due_on == date(2026, 10, 8)
    assert "采2026-1" in lin.get("/desk/payments/").content.decode()
    assert "采2026-1" in wu.get("/desk/payments/").content.decode()

    proposal = {"act": "propose", "payment_id": one.id.hex, "reasons": "拒不支付", "evidence": "示督1号"}
    lin.post("/desk/payments/", proposal)
    delay = GraveDelay.objects.get()
    decision = {"act": "decide", "delay_id": delay.id.hex, "words": "示认〔2026〕1号"}
    assert lin.post("/desk/payments/", decision).status_code == 403
    head = a_head(cast.regulator)
    assert "尚未送达该单位" in head.post("/desk/payments/", decision, follow=True).content.decode()
    assert wu.get(f"/desk/notices/{delay.subject_id}/{delay.prior_notice_id}/").status_code == 200
    assert "异议期限未满" in head.post("/desk/payments/", decision, follow=True).content.decode()
    Delivery.objects.filter(notice_id=delay.prior_notice_id).update(
        served_at=clock.now() - timedelta(days=14)
    )
    head.post("/desk/payments/", decision)
    assert GraveDelay.objects.get().decision_number == "示认〔2026〕1号"


def test_the_centre_sees_all_that_is_overdue_and_acts_on_none(cast: Cast, lin: Client, zhao: Client) -> None:
    the_firm()
    supervised(cast.bureau, cast.regulator)
    lin.post("/desk/payments/", {**OWED, "payer_code": cast.bureau.code})

    told = zhao.get("/desk/payments/").content.decode()
    assert "采2026-1" in told
    assert 'name="act"' not in told
