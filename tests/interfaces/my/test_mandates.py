"""Who acts for the firm: seen and ended by its officers, granted and ended at the counter."""

from datetime import timedelta

import pytest
from cast import AT, PASSWORD, QIAO
from desk_cast import Cast
from django.test import Client
from interfaces.my.conftest import Officer, a_mandate, a_user, signed_in

from gongxin.core.legal_day import legal_day
from gongxin.registry.accounts.models import User
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.publication.queries import RecordView

TODAY = legal_day(AT).isoformat()
LATER = (legal_day(AT) + timedelta(days=90)).isoformat()


@pytest.fixture
def ding(qiao: Officer, fined: RecordView) -> Officer:
    """Return a colleague of Qiao with a power of attorney."""
    user = a_user("ding")
    return Officer(user, a_mandate(user, fined), signed_in(user))


def ended(officer: Officer, mandate: Mandate) -> int:
    return officer.client.post(f"/my/mandates/{mandate.id}/end/", {"reason": "不再经办"}).status_code


def test_an_officer_sees_and_ends_anothers_power_of_attorney(qiao: Officer, ding: Officer) -> None:
    assert "ding" in qiao.client.get("/my/mandates/").text

    assert ended(qiao, ding.mandate) == 302
    assert ding.client.get("/my/").status_code == 403
    assert "不再经办" in qiao.client.get("/my/mandates/").text


def test_a_power_of_attorney_cannot_end_the_legal_representatives_mandate(
    qiao: Officer, fined: RecordView
) -> None:
    head = a_user("lu")
    standing = a_mandate(head, fined, kind="legal-representative", until_on=None)

    assert ended(qiao, standing) == 404
    assert signed_in(head).get("/my/").status_code == 200


def test_the_officer_of_another_firm_cannot_end_it(qiao: Officer, db: None) -> None:
    stranger = a_user("mei")

    assert (
        signed_in(stranger).post(f"/my/mandates/{qiao.mandate.id}/end/", {"reason": "x"}).status_code == 403
    )
    assert Mandate.objects.get(id=qiao.mandate.id).revoked_at is None


def test_at_the_counter_an_account_is_opened_with_its_mandate_and_signs_in(
    cast: Cast, fined: RecordView, sun: Client
) -> None:
    form = {
        "code": QIAO, "user": "ding", "new": "on", "display_name": "丁某", "email": "ding@example.org",
        "kind": "power-of-attorney", "ground": "授权委托书原件", "from_on": TODAY, "until_on": LATER,
    }  # fmt: skip

    page = signed_in(cast.zhao).post("/desk/mandates/", form).text
    password = page.split("<code>")[1].split("</code>")[0]

    assert sun.post("/my/sign-in/", {"username": "ding", "password": password})["Location"] == "/my/"
    assert "未按规定公开排污信息" in sun.get("/my/").text
    assert User.objects.get(username="ding").email == "ding@example.org"


def test_a_power_of_attorney_without_its_end_opens_no_account_either(cast: Cast, fined: RecordView) -> None:
    form = {
        "code": QIAO, "user": "ding", "new": "on", "kind": "power-of-attorney", "ground": "委托书",
        "from_on": TODAY,
    }  # fmt: skip

    answer = signed_in(cast.zhao).post("/desk/mandates/", form)

    assert answer.status_code == 422
    assert "终止日" in answer.text
    assert not User.objects.filter(username="ding").exists()


def test_an_unknown_account_is_named(cast: Cast, fined: RecordView) -> None:
    form = {"code": QIAO, "user": "nobody", "kind": "legal-representative", "ground": "x", "from_on": TODAY}

    assert "没有这个账号" in signed_in(cast.zhao).post("/desk/mandates/", form).text


def test_the_centre_ends_a_mandate_at_the_next_request(cast: Cast, qiao: Officer) -> None:
    zhao = signed_in(cast.zhao)
    zhao.post(f"/desk/mandates/{qiao.mandate.id}/revoke/", {"reason": "委托人撤回", "code": QIAO})

    assert qiao.client.get("/my/").status_code == 403
    assert "委托人撤回" in zhao.get("/desk/mandates/", {"code": QIAO}).text


@pytest.mark.parametrize(("who", "may_read"), [("lin", False), ("auditor", True)])
def test_a_clerk_reads_no_mandates_and_the_auditor_grants_none(
    cast: Cast, fined: RecordView, who: str, may_read: bool
) -> None:
    client = signed_in(getattr(cast, who))

    assert (client.get("/desk/mandates/", {"code": QIAO}).status_code == 200) is may_read
    assert client.post("/desk/mandates/", {"code": QIAO}).status_code == 403


def test_an_officer_signed_in_with_a_right_password_only(qiao: Officer, sun: Client) -> None:
    assert sun.post("/my/sign-in/", {"username": "qiao", "password": f"{PASSWORD}x"}).status_code == 200
    assert sun.get("/my/").status_code == 302
