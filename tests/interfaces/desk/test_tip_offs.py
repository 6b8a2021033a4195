"""Zhao reads a tip-off and sends it on, the agency answers; only Wen, the reviewer, may see who gave it."""

from datetime import timedelta

import pytest
from cast import AT, OPERATOR, PASSWORD, QIAO_NAME, REGULATOR
from desk_cast import Cast
from django.test import Client
from tip_offs import CONTACT, TELLER, TEXT, told

from gongxin.core.policy import Role
from gongxin.core.receipts import in_groups
from gongxin.flows.enrol import add_user
from gongxin.interfaces import clock
from gongxin.registry.accounts.models import Substitution, User
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.ids import fresh_id
from gongxin.registry.tip_offs.models import IdentityOpening, TipOff
from gongxin.registry.tip_offs.sealed import Identity

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEND = {"act": "send", "send-agency": "", "send-code": REGULATOR}
ANSWER = {"act": "answer", "answer-outcome": "upheld", "answer-reason": "已立案，责令停止排放。"}


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return add_user(
        name="wen", password=PASSWORD, role=Role.REVIEWER, agency=None, actor=OPERATOR, at=clock.now()
    )


@pytest.fixture
def wen(reviewer: User) -> Client:
    client = Client()
    client.force_login(reviewer, backend=BACKEND)
    return client


@pytest.fixture
def given(cast: Cast) -> TipOff:
    """Return a tip-off by somebody who said who they are."""
    return told(identity=Identity(TELLER, CONTACT)).tip_off


@pytest.fixture
def address(given: TipOff) -> str:
    return f"/desk/tip-offs/{given.id}/"


def acts() -> set[str]:
    return set(AuditEvent.objects.filter(object_kind="tip-off").values_list("action", flat=True))


def test_the_officer_reads_what_was_told_and_never_who_told_it(
    zhao: Client, given: TipOff, address: str
) -> None:
    listed = zhao.get("/desk/tip-offs/").text
    page = zhao.get(address).text

    assert address in listed
    assert QIAO_NAME not in listed
    assert TEXT in page
    assert QIAO_NAME in page
    assert TELLER not in page
    assert CONTACT not in page
    assert "tip-off.read" in acts()
    assert not Look.objects.exists()


@pytest.mark.parametrize("who", ["lin", "zhao", "auditor"])
def test_only_the_reviewer_may_open_who_gave_it(
    who: str, given: TipOff, address: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)

    answers = [client.get(f"{address}identity/"), client.post(f"{address}identity/", {"ground": "核实奖励"})]

    assert {answer.status_code for answer in answers} == {403}
    assert TELLER not in "".join(answer.text for answer in answers)
    assert not IdentityOpening.objects.exists()


def test_an_officer_who_stands_in_for_the_reviewer_may_not_either(
    zhao: Client, cast: Cast, reviewer: User, given: TipOff, address: str
) -> None:
    today = clock.today()
    Substitution.objects.create(
        id=fresh_id(at=AT),
        absent=reviewer,
        substitute=cast.zhao,
        from_on=today,
        until_on=today + timedelta(days=2),
        noted_at=AT,
        noted_by="user:head",
    )

    assert zhao.post(f"{address}identity/", {"ground": "核实奖励"}).status_code == 403
    assert not IdentityOpening.objects.exists()


def test_the_reviewer_says_why_before_anything_is_shown(
    wen: Client, auditor: Client, given: TipOff, address: str
) -> None:
    asked = wen.get(f"{address}identity/")
    silent = wen.post(f"{address}identity/", {"ground": ""})
    assert TELLER not in asked.text + silent.text
    assert silent.status_code == 422
    assert not IdentityOpening.objects.exists()

    shown = wen.post(f"{address}identity/", {"ground": "核实奖励领取人"})

    assert TELLER in shown.text
    assert CONTACT in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert IdentityOpening.objects.get().reason == "核实奖励领取人"
    assert "tip-off.identity-read" in acts()
    assert "核实奖励领取人" in auditor.get(address).text


@pytest.mark.parametrize("who", ["wen", "auditor"])
def test_whoever_may_not_read_the_text_sees_how_it_stands_and_no_more(
    who: str, given: TipOff, address: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(who).get(address)

    assert page.status_code == 200
    assert TEXT not in page.text
    assert QIAO_NAME not in page.text
    assert "tip-off.read" not in acts()


def test_an_anonymous_tip_off_has_nothing_to_open(wen: Client, cast: Cast) -> None:
    tip_off = told().tip_off

    assert "匿名" in wen.get(f"/desk/tip-offs/{tip_off.id}/").text
    assert wen.get(f"/desk/tip-offs/{tip_off.id}/identity/").status_code == 404


def test_an_agency_sees_only_what_was_sent_to_it(
    zhao: Client, lin: Client, wu: Client, given: TipOff, address: str
) -> None:
    assert {client.get(address).status_code for client in (lin, wu)} == {404}

    assert zhao.post(address, SEND).status_code == 302

    assert TEXT in lin.get(address).text
    assert address in lin.get("/desk/tip-offs/").text
    assert wu.get(address).status_code == 404
    assert address not in wu.get("/desk/tip-offs/").text
    assert wu.post(address, ANSWER).status_code == 404


def test_it_is_sent_answered_rewarded_and_closed(
    zhao: Client, lin: Client, given: TipOff, address: str
) -> None:
    zhao.post(address, SEND)
    assert lin.post(address, ANSWER).status_code == 302
    page = zhao.get(address).text
    assert "已立案，责令停止排放。" in page
    zhao.post(address, {"act": "reward", "reward-yuan": "500", "reward-reason": "按奖励办法第三条"})
    zhao.post(address, {"act": "close"})

    given.refresh_from_db()
    assert (given.state, given.outcome, given.reward_yuan) == ("closed", "upheld", 500)
    assert given.erase_on is not None
    assert given.erase_on.isoformat() == "2028-11-23"


def test_the_agencies_that_act_in_such_matters_are_offered_first(
    zhao: Client, given: TipOff, address: str
) -> None:
    page = zhao.get(address).text

    assert "示范市生态环境局</option>" in page
    assert "示范市市场监督管理局</option>" not in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({**SEND, "send-code": ""}, "请选择一个单位"),
        ({**SEND, "send-code": "91000000000000000X"}, "没有代码如此的单位"),
        ({"act": "route-out", "route-out-channel": "nowhere"}, "route-out-channel"),
        ({"act": "refuse", "refuse-ground": ""}, "refuse-ground"),
    ],
)
def test_a_mistake_is_told_and_nothing_moves(
    zhao: Client, given: TipOff, address: str, sent: dict[str, str], words: str
) -> None:
    page = zhao.post(address, sent)

    assert page.status_code == 422
    assert words in page.text
    assert TipOff.objects.get().state == "given"


def test_reasons_that_hold_a_persons_number_are_refused(
    zhao: Client, lin: Client, given: TipOff, address: str
) -> None:
    zhao.post(address, SEND)

    page = lin.post(address, {**ANSWER, "answer-reason": "当事人手机13800138000，已立案。"})

    assert page.status_code == 422
    assert TipOff.objects.get().state == "sent"


def test_private_conduct_is_routed_out_and_the_text_is_gone(
    zhao: Client, given: TipOff, address: str
) -> None:
    assert zhao.post(address, {"act": "route-out", "route-out-channel": "private-conduct"}).status_code == 302

    page = zhao.get(address).text
    assert TEXT not in page
    assert QIAO_NAME not in page
    assert "举报内容已不再保存" in page


def test_acts_that_are_anothers_are_refused(zhao: Client, lin: Client, given: TipOff, address: str) -> None:
    zhao.post(address, SEND)

    assert zhao.post(address, ANSWER).status_code == 403
    assert lin.post(address, {"act": "close"}).status_code == 403
    assert lin.post(address, {"act": "steal"}).status_code == 400
    assert TipOff.objects.get().state == "sent"


def test_an_act_that_comes_too_late_is_said_and_changes_nothing(
    zhao: Client, given: TipOff, address: str
) -> None:
    zhao.post(address, {"act": "refuse", "refuse-ground": "duplicate"})

    page = zhao.post(address, SEND)

    assert "已有人处理" in page.text
    assert TipOff.objects.get().outcome == "refused"


def test_the_list_leaves_as_no_file(zhao: Client, given: TipOff) -> None:
    answer = zhao.get("/desk/tip-offs/", {"format": "csv"})

    assert answer.headers["Content-Type"].startswith("text/html")


def test_where_work_is_planned_a_tip_off_stands_too_without_whom_it_is_about(
    zhao: Client, lin: Client, given: TipOff, address: str
) -> None:
    for planned in ("/desk/", "/desk/due/"):
        page = zhao.get(planned).text
        assert address in page
        assert QIAO_NAME not in page
        assert address not in lin.get(planned).text
    assert in_groups(given.number or "") not in zhao.get("/desk/due/?format=csv").text


def test_what_falls_due_leads_to_the_tip_offs(zhao: Client, cast: Cast) -> None:
    assert 'href="/desk/tip-offs/"' in zhao.get("/desk/due/").text
