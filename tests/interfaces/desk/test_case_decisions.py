"""A repair decided at the desk: the paper to hand out, the court's ruling, what is known of false papers."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN
from desk_cast import Cast
from django.test import Client
from repairing import (
    MARKET,
    QIAO_HERSELF,
    RIPE,
    asked_for,
    body_of,
    fined_thrice,
    paper,
    part_about,
    records,
    shown,
)

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Words
from gongxin.flows.decide_repair import accept, refuse
from gongxin.flows.reorganise import Ruling, ask_for_reorganisation
from gongxin.registry.cases.models import Case, DecisionPaper, FalseProof
from gongxin.registry.notices.models import Notice

DECIDES = {
    "reason": "罚款已缴纳，整改已验收，准予修复。",
    "basis": "《信用修复管理办法》",
    "remedy": "可依法申请行政复议。",
}


@pytest.fixture
def firm(cast: Cast) -> UUID:
    return fined_thrice()


@pytest.fixture
def case(firm: UUID) -> Case:
    known = records(firm)
    return asked_for(firm, known[RIPE], known[MARKET])


def sent(client: Client, case: Case, number: str, act: str, *, place: int = 1, **fields: str) -> Any:
    part = part_about(case, number)
    told = {f"p{place}-{name}": text for name, text in fields.items()}
    form = {"act": act, "part": str(part.id), "seen": str(part.steps_taken), **told}
    return client.post(f"/desk/cases/{case.id}/", form)


def found_false(case: Case, *, accepted_by: Actor = LIN) -> None:
    """Let one person accept papers, and a second, Ma, find them false."""
    part = part_about(case, RIPE)
    accept(part_id=part.id, seen=1, who=body_of(part, actor=accepted_by), words=NO_WORDS, at=AT)
    forged = Words("材料不实：缴款凭证系伪造。", "《信用修复管理办法》", "可依法申请行政复议。",
                   detail={"ground": "false-proof"})  # fmt: skip
    ma = body_of(part, actor=Actor(ActorKind.USER, "ma"))
    refuse(part_id=part.id, seen=2, who=ma, words=forged, at=AT)


def test_the_body_repairs_at_the_desk_and_takes_the_paper(lin: Client, firm: UUID, case: Case) -> None:
    assert sent(lin, case, RIPE, "accept").status_code == 302
    assert sent(lin, case, RIPE, "repair", **DECIDES).status_code == 302

    assert RIPE not in shown(firm)
    made = DecisionPaper.objects.get()
    page = lin.get(f"/desk/cases/{case.id}/").text
    assert made.number in page
    answer = lin.get(f"/desk/cases/{case.id}/decisions/{made.id}/")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_who_decides_reads_what_the_record_says_and_where_else_it_is_repaired(
    lin: Client, wu: Client, case: Case
) -> None:
    own, market = (client.get(f"/desk/cases/{case.id}/").text for client in (lin, wu))

    assert "罚款人民币贰万元" in own
    assert "国家企业信用信息公示系统" in market
    assert "国家企业信用信息公示系统" not in own


def test_what_refuses_a_repair_says_so(lin: Client, case: Case) -> None:
    sent(lin, case, RIPE, "accept")

    page = lin.get(f"/desk/cases/{case.id}/").text

    assert 'value="refuse">不予修复</button>' in page
    assert "不予支持" not in page


def test_another_body_of_the_same_case_takes_no_paper_of_what_is_not_its_own(
    lin: Client, wu: Client, case: Case
) -> None:
    sent(lin, case, RIPE, "accept")
    sent(lin, case, RIPE, "repair", **DECIDES)
    made = DecisionPaper.objects.get()

    assert wu.get(f"/desk/cases/{case.id}/decisions/{made.id}/").status_code == 404
    assert made.number not in wu.get(f"/desk/cases/{case.id}/").text


def test_false_papers_found_before_are_told_with_what_is_unconfirmed_of_the_bar(
    zhao: Client, firm: UUID, case: Case
) -> None:
    found_false(case)

    page = zhao.get(f"/desk/cases/{case.id}/").text

    assert "至 2029-11-23 的限制依据尚未经全文核实" in page
    assert "gongxin law confirm S-36" in page


def test_an_officer_of_the_centre_lifts_a_finding_where_it_is_told_and_the_firm_hears_of_it(
    zhao: Client, case: Case
) -> None:
    found_false(case)
    (door,) = re.findall(r'href="([^"]+/false-papers/[^"]+)"', zhao.get(f"/desk/cases/{case.id}/").text)
    assert "材料不实" in zhao.get(door).text

    assert zhao.post(door, {"ground": ""}).status_code == 422
    assert zhao.post(door, {"ground": "缴款凭证经财政部门核实为真"}).status_code == 302

    assert "的限制依据" not in zhao.get(f"/desk/cases/{case.id}/").text
    assert Notice.objects.get(kind="false-proof.lifted").facts["reason"] == "缴款凭证经财政部门核实为真"
    assert zhao.get(door).status_code == 404


def test_no_door_to_lift_a_finding_for_who_accepted_the_papers_another_body_or_the_auditor(
    lin: Client, wu: Client, auditor: Client, case: Case, cast: Cast
) -> None:
    found_false(case, accepted_by=Actor(ActorKind.USER, str(cast.lin.pk)))
    found = FalseProof.objects.get()
    door = f"/desk/cases/{case.id}/false-papers/{found.id}/"

    for client in (lin, wu, auditor):
        assert "/false-papers/" not in client.get(f"/desk/cases/{case.id}/").text
    assert "以外的其他人员" in lin.post(door, {"ground": "缴款凭证经核实为真"}).text
    assert wu.post(door, {"ground": "缴款凭证经核实为真"}).status_code == 404
    assert auditor.post(door, {"ground": "缴款凭证经核实为真"}).status_code == 403
    assert FalseProof.objects.get().lifted_at is None


def test_the_courts_ruling_stands_on_the_page_of_a_reorganisation(zhao: Client, firm: UUID) -> None:
    made = ask_for_reorganisation(
        subject_id=firm, ruling=Ruling("（2026）豫9901破1号", "示范市中级人民法院", date(2026, 11, 18)),
        form_id=uuid4(), entry=Entry.MINE, statement="", evidence=[paper()], who=QIAO_HERSELF, at=AT,
    )  # fmt: skip

    page = zhao.get(f"/desk/cases/{made.id}/").text

    assert "（2026）豫9901破1号 · 示范市中级人民法院" in page
