"""Signing a commitment at /my/, and the payments of public bodies there."""

from typing import Any
from uuid import uuid4

import pytest
from cast import BUREAU
from desk_cast import Cast
from django.test import Client

from gongxin.registry.commitments.models import Commitment, Payment

pytestmark = pytest.mark.django_db


def typed(cast: Cast, **changed: str) -> dict[str, str]:
    return {
        "template_id": "missing-papers", "agency": str(cast.regulator.id), "matter": "办理食品经营许可",
        "promise": "消防验收意见", "keep_until": "2026-12-31", "disclosure": "可向社会公开",
        "form_id": uuid4().hex, "act": "show", **changed,
    }  # fmt: skip


SIGNING = {"act": "sign", "name": "乔木", "agreed": "on"}


def test_the_letter_is_shown_before_it_is_signed_and_nothing_is_kept_of_it(cast: Cast, qiao: Any) -> None:
    answer = qiao.client.post("/my/commitments/", typed(cast))

    told = answer.content.decode()
    assert answer.status_code == 200
    assert "承诺在约定期限内补齐下列材料：消防验收意见。" in told
    assert 'name="agreed"' in told
    assert not Commitment.objects.exists()


def test_signed_it_is_entered_and_listed_with_its_number(cast: Cast, qiao: Any) -> None:
    sent = typed(cast, **SIGNING)
    for _ in range(2):  # the button was pressed twice
        assert qiao.client.post("/my/commitments/", sent).status_code == 302

    made = Commitment.objects.get()
    told = qiao.client.get("/my/commitments/").content.decode()
    assert made.number in told
    assert f"/my/records/{made.record_id}/" in told


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"keep_until": ""}, "请写明履行期限"),
        ({"promise": ""}, "请写明承诺的内容"),
        ({**SIGNING, "agreed": ""}, "请输入姓名并勾选确认"),
        ({"matter": "联系 11010519491231002X"}, "不要写入个人"),
    ],
)
def test_what_is_missing_is_said_and_nothing_signed(
    cast: Cast, qiao: Any, changed: dict[str, str], words: str
) -> None:
    answer = qiao.client.post("/my/commitments/", typed(cast, **changed))

    told = answer.content.decode()
    assert answer.status_code == 422
    assert words in told
    assert "11010519491231002X" not in told
    assert not Commitment.objects.exists()


def test_a_payment_owed_is_recorded_and_later_noted_as_paid(cast: Cast, qiao: Any) -> None:
    owed = {
        "payer_code": BUREAU, "contract_number": "采2026-1", "amount_yuan": "120000", "act": "record",
        "delivered_on": "2026-09-01", "agreed_days": "", "evidence": "验收单2026-1", "is_small": "on",
    }  # fmt: skip
    assert qiao.client.post("/my/payments/", owed).status_code == 302

    one = Payment.objects.get()
    told = qiao.client.get("/my/payments/").content.decode()
    assert "采2026-1" in told
    assert "已逾期" in told
    paid = {"act": "paid", "payment_id": one.id.hex, "paid_on": "2026-11-20"}
    assert qiao.client.post("/my/payments/", paid).status_code == 302
    assert Payment.objects.get().paid_on is not None


def test_sixty_one_days_are_refused_with_the_rule(cast: Cast, qiao: Any) -> None:
    owed = {
        "payer_code": BUREAU, "contract_number": "采2026-1", "amount_yuan": "120000", "act": "record",
        "delivered_on": "2026-09-01", "agreed_days": "61", "evidence": "验收单2026-1", "is_small": "on",
    }  # fmt: skip
    answer = qiao.client.post("/my/payments/", owed)

    assert answer.status_code == 422
    assert "最长不得超过六十日" in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(cast: Cast, sun: Client) -> None:
    for address in ("/my/commitments/", "/my/payments/"):
        assert sun.get(address).status_code == 302
