"""A body's own record at the desk: a clerk proposes, a second person confirms; what shows changes at once."""

import re

import pytest
from cast import PASSWORD
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.policy import Role
from gongxin.registry.accounts.models import User
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast) -> str:
    sent(csv_of(penalty()), agency=cast.regulator)
    entry = Entry.objects.get()
    return f"/desk/records/{entry.subject_id}/{entry.record_id}/change/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


WITHDRAWAL = {"act": "withdraw", "withdraw-change": "substantive", "withdraw-reason": "原决定已被撤销。"}
LAW = {"p1-basis": "《河南省社会信用条例》第四十二条", "p1-remedy": "可依法申请行政复议。"}
SUSPENSION = {"act": "suspend", "suspend-cause": "leak", "suspend-reason": "含有个人信息。"}


def test_a_clerk_proposes_to_withdraw_and_is_led_to_the_case(cast, address):
    answer = signed_in(cast.lin).post(address, WITHDRAWAL)

    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/cases/{Case.objects.get().id}/"
    assert Part.objects.get().state == "proposed"


def test_an_officer_confirms_on_the_page_of_the_case(cast, address):
    signed_in(cast.lin).post(address, WITHDRAWAL)
    part = Part.objects.get()

    answer = signed_in(cast.zhao).post(
        f"/desk/cases/{part.case_id}/",
        {"act": "confirm", "part": str(part.id), "seen": part.steps_taken, "p1-reason": "属实。", **LAW},
    )

    assert answer.status_code == 302, answer.content.decode().split('class="fault"')[1:]

    assert Entry.objects.get(superseded_at=None).kind == "withdrawal"


@pytest.mark.parametrize(
    ("proposal", "basis"),
    [
        ("withdrawal", "《河南省社会信用条例》第四十二条"),
        ("extension", "《中华人民共和国行政处罚法》 第七十二条；"),
    ],
)
def test_the_second_person_finds_basis_and_remedy_as_they_were_proposed(cast, address, proposal, basis):
    signed_in(cast.lin).post(address, WITHDRAWAL if proposal == "withdrawal" else EXTENSION)
    part = Part.objects.get()

    page = signed_in(cast.zhao).get(f"/desk/cases/{part.case_id}/").content.decode()

    assert f'name="p1-basis" value="{basis}' in page
    assert part.kind == proposal
    assert re.search(r'name="p1-remedy"[^>]*>\s*\S', page)


def test_suspending_asks_for_the_password_again(cast, address):
    refused = signed_in(cast.zhao).post(address, {**SUSPENSION, "suspend-password": "not it"})
    assert (refused.status_code, Case.objects.count()) == (422, 0)

    signed_in(cast.zhao).post(address, {**SUSPENSION, "suspend-password": PASSWORD})

    assert Part.objects.get().state == "suspended"


def test_a_clerk_of_another_body_finds_no_such_page(cast, address):
    assert signed_in(cast.wu).get(address).status_code == 404


def test_a_corrected_field_that_breaks_a_rule_is_shown_at_its_field(cast, address):
    page = signed_in(cast.lin).post(
        address,
        {
            "act": "correct",
            "correct-change": "clerical",
            "correct-reason": "日期有误。",
            **{f"f-{key}": value for key, value in penalty(CF_JDRQ="昨天", CF_YXQ="2099-12-31").items()},
        },
    )

    assert page.status_code == 422
    assert 'href="#f-CF_JDRQ"' in page.content.decode()


def test_whoever_may_change_a_record_is_led_there_from_the_find(cast, address):
    assert Role(cast.lin.role) is Role.CLERK
    assert address in signed_in(cast.lin).get("/desk/find/", {"q": "示环罚"}).content.decode()


EXTENSION = {
    "act": "extend", "extend-until": "2028-10-12", "extend-source": "S-CFF", "extend-rule": "第七十二条",
    "extend-reason": "罚款尚未缴纳。",
}  # fmt: skip


def test_a_clerk_files_an_extension_and_an_officer_confirms_it(cast, address):
    signed_in(cast.lin).post(address, EXTENSION)
    part = Part.objects.get(kind="extension")

    signed_in(cast.zhao).post(
        f"/desk/cases/{part.case_id}/",
        {"act": "confirm", "part": str(part.id), "seen": part.steps_taken, "p1-reason": "属实。", **LAW},
    )

    assert Part.objects.get(kind="extension").outcome == "carried-out"
    entry = Entry.objects.get()
    page = Client().get(f"/subjects/{entry.subject_id}/records/{entry.record_id}/").content.decode()
    assert "2028年10月12日" in page


def test_a_day_past_the_ceiling_is_told_beside_its_field(cast, address):
    answer = signed_in(cast.lin).post(address, {**EXTENSION, "extend-until": "2032-01-01"})

    assert answer.status_code == 422
    assert "不超过决定之日起五年" in answer.content.decode()
    assert not Case.objects.exists()
