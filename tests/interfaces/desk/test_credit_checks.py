"""At the desk of an approval window: asking, reading, printing, hearing of changes, saying what was done."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cast import AT, OPERATOR, QIAO, QIAO_NAME, firm_code
from checking import fed
from django.test import Client
from listing_rows import REMOVED, abnormal, listed

from gongxin.core.actors import Actor, ActorKind
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.publish_case import publish_case
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.registry.checks.done import offered
from gongxin.registry.checks.figures import figures
from gongxin.registry.checks.models import Changed, Check, Feedback, Unanswered

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CHECKS, CHANGES, FIGURES = "/desk/checks/", "/desk/checks/changes/", "/desk/checks/figures/"
RESIDENT = "11010519491231002X"


@pytest.fixture(autouse=True)
def _key(cast: Any) -> None:
    ensure_key(actor=OPERATOR, at=AT)


def form(**changes: str) -> dict[str, str]:
    told = {"codes": QIAO, "matter": "policy-support", "purpose": "审查申请", "case_number": "审〔2026〕1号"}
    return {"form_id": str(uuid4()), **told, **changes}


def asked(client: Client, **changes: str) -> Any:
    return client.post(CHECKS, form(**changes))


@pytest.fixture
def changed(lin: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the page of Lin's check, whose answer changed."""
    listed(abnormal())
    fed()
    page = asked(lin)["Location"]
    listed(abnormal(**REMOVED), at=AT + HOUR)
    assert recheck(at=AT + 2 * HOUR) == 1
    monkeypatch.setenv("GONGXIN_NOW", (AT + 3 * HOUR).isoformat())
    return str(page)


def test_one_code_leads_to_an_answer_to_print_with_all_that_a_file_needs(lin: Client) -> None:
    listed(abnormal())

    answer = asked(lin)

    page = lin.get(answer["Location"]).text
    for words in (
        QIAO_NAME,
        "截至2026年11月23日10:00，依法应当限制，见下列措施和依据",
        "示例异列〔2026〕3号",
        "《河南省社会信用条例》",
        "经营异常名录",
        "申请人认为上述记录有误的",
        "审〔2026〕1号",
        Check.objects.get().signed,
    ):
        assert words in page
    assert Check.objects.get().agency_id is not None


def test_thirty_bidders_stand_in_one_table_each_with_a_page_of_its_own(lin: Client) -> None:
    listed(abnormal())
    codes = [QIAO, *(firm_code(100 + place) for place in range(28)), RESIDENT]

    page = asked(lin, codes="\r\n".join([*codes, QIAO, ""])).text

    assert page.count("<tr><td") == len(codes)
    assert f"/desk/checks/{Check.objects.get().id}/" in page
    assert RESIDENT not in page
    assert Unanswered.objects.count() == len(codes) - 1


def test_a_form_sent_twice_asks_once(lin: Client) -> None:
    listed(abnormal())
    sent = form()

    first, again = lin.post(CHECKS, sent), lin.post(CHECKS, sent)
    other = lin.post(CHECKS, {**sent, "case_number": "审〔2026〕2号"})

    assert first["Location"] == again["Location"]
    assert Check.objects.count() == 1
    assert other.status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"codes": " \n "},
        {"codes": "\n".join(str(one) for one in range(101))},
        {"matter": "elections"},
        {"moment": "2026-11-23T10:01"},
        {"moment": "昨天"},
        {"moment": "0001-01-01T00:00"},
        {"purpose": f"查{RESIDENT}"},
        {"case_number": ""},
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(lin: Client, changes: dict[str, str]) -> None:
    answer = asked(lin, **changes)

    assert answer.status_code == 422
    assert "summary-of-faults" in answer.text
    assert not Check.objects.exists()
    assert not Unanswered.objects.exists()


def test_the_opening_of_bids_is_asked_about_by_beijing_time(lin: Client) -> None:
    listed(abnormal(), at=AT - HOUR)

    asked(lin, moment="2026-11-23T09:30")

    check = Check.objects.get()
    assert (check.moment, check.verdict) == (AT - HOUR / 2, "restrict")


def test_a_name_finds_nobody_and_shows_who_may_be_meant_nowhere_as_allowed(lin: Client) -> None:
    page = asked(lin, codes=firm_code(77)).text

    assert "无法判断，不等于未发现" in page


def test_a_changed_answer_waits_until_its_office_has_read_it(lin: Client, changed: str) -> None:
    assert "1 个答复有变动" in lin.get(CHECKS).text
    listed_page = lin.get(CHANGES).text
    assert "依法应当限制" in listed_page
    assert "未发现应予限制的记录" in listed_page
    assert "原答复为“依法应当限制”" in lin.get(changed).text

    lin.post(changed, {"act": "acknowledge", "change": str(Changed.objects.get().id)})

    assert Changed.objects.get().acknowledged_by is not None
    assert "没有待确认的变动" in lin.get(CHANGES).text


def test_what_was_done_is_said_on_the_page_of_the_check(lin: Client, changed: str) -> None:
    rule = re.search(r'<option value="([^"]+/list:abnormal-operation/[^"]+)"', lin.get(changed).text)
    assert rule is not None
    said = {"act": "done", "done": "applied", "rule": rule[1], "done_on": "2026-11-23", "note": "已暂缓"}

    assert lin.post(changed, {**said, "done_on": "2026-11-24"}).status_code == 422
    assert lin.post(changed, {**said, "note": RESIDENT}).status_code == 422
    assert lin.post(changed, said).status_code == 302

    assert Feedback.objects.get().rule_id == rule[1]
    assert "已暂缓" in lin.get(changed).text


def test_the_figures_say_what_was_named_and_done_to_an_office_its_own(
    lin: Client, wu: Client, zhao: Client, changed: str
) -> None:
    lin.post(changed, {"act": "done", "done": "granted", "done_on": "2026-11-23"})

    own, others, all_of_them = (client.get(FIGURES).text for client in (lin, wu, zhao))

    assert "示范市市场监督管理局" in own
    assert "经营异常名录" in own
    assert "<svg" in own
    assert "<svg" not in others
    assert "示范市市场监督管理局" in all_of_them


def test_a_question_that_found_nobody_is_counted_among_those_asked(lin: Client) -> None:
    asked(lin, codes=firm_code(9))

    [counted] = figures(since=AT - HOUR).asked

    assert (counted.matter, counted.verdict, counted.times) == ("policy-support", "cannot-tell", 1)


def test_another_offices_check_is_not_there_and_the_auditor_reads_but_does_not_ask(
    wu: Client, auditor: Client, changed: str
) -> None:
    change = {"act": "acknowledge", "change": str(Changed.objects.get().id)}

    assert wu.get(changed).status_code == wu.post(changed, change).status_code == 404
    assert auditor.get(changed).status_code == 200
    assert asked(auditor).status_code == auditor.post(changed, change).status_code == 403
    assert Changed.objects.get().acknowledged_at is None


def test_a_planted_change_that_is_no_id_is_not_there(lin: Client, changed: str) -> None:
    for change in ("", "x", str(uuid4())):
        assert lin.post(changed, {"act": "acknowledge", "change": change}).status_code == 404


def test_a_case_is_told_to_everybody_once_its_body_offers_it_and_an_officer_looked_again(
    lin: Client, zhao: Client
) -> None:
    listed(abnormal())
    asked(lin)
    page = f"/desk/checks/{Check.objects.get().id}/"
    rule = re.search(r'<option value="([^"]+/list:abnormal-operation/[^"]+)"', lin.get(page).text)
    assert rule is not None
    said = {"act": "done", "done": "applied", "rule": rule[1], "done_on": AT.date().isoformat()}
    lin.post(page, said)
    lin.post(page, {**said, "note": "已暂缓", "public": "on"})
    (case,) = offered()

    assert QIAO_NAME not in Client().get("/measures/").text
    assert "发布案例" not in lin.get(FIGURES).text
    assert lin.post(FIGURES, {"case": case.id.hex}).status_code == 403
    with pytest.raises(OnePersonTwice):
        publish_case(feedback_id=case.id, actor=Actor(ActorKind.USER, case.by.removeprefix("user:")), at=AT)
    assert "发布案例" in zhao.get(FIGURES).text
    assert zhao.post(FIGURES, {"case": case.id.hex}).status_code == 302

    assert QIAO_NAME in Client().get("/measures/").text
    assert zhao.post(FIGURES, {"case": case.id.hex}).status_code == 404  # told already
    offered_not = Feedback.objects.get(public=False)
    assert zhao.post(FIGURES, {"case": offered_not.id.hex}).status_code == 404
