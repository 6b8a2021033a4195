"""A repair decided at the desk: the paper to hand out, the court's ruling, what is known of false papers."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT
from desk_cast import Cast
from django.test import Client
from repairing import (
    MARKET,
    QIAO_HERSELF,
    RIPE,
    accepted,
    asked_for,
    body_of,
    fined_thrice,
    paper,
    part_about,
    records,
    shown,
)

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Words
from gongxin.flows.decide_repair import refuse
from gongxin.flows.reorganise import Ruling, ask_for_reorganisation
from gongxin.registry.cases.models import Case, DecisionPaper

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
    part = accepted(case, RIPE)
    forged = Words(**DECIDES, detail={"ground": "false-proof"})
    other = body_of(part, actor=Actor(ActorKind.USER, "ma"))
    refuse(part_id=part.id, seen=part.steps_taken, who=other, words=forged, at=AT)

    page = zhao.get(f"/desk/cases/{case.id}/").text

    assert "至 2029-11-23 的限制依据尚未经全文核实" in page
    assert "gongxin law confirm S-36" in page


def test_the_courts_ruling_stands_on_the_page_of_a_reorganisation(zhao: Client, firm: UUID) -> None:
    made = ask_for_reorganisation(
        subject_id=firm, ruling=Ruling("（2026）豫9901破1号", "示范市中级人民法院", date(2026, 11, 18)),
        form_id=uuid4(), entry=Entry.MINE, statement="", evidence=[paper()], who=QIAO_HERSELF, at=AT,
    )  # fmt: skip

    page = zhao.get(f"/desk/cases/{made.id}/").text

    assert "（2026）豫9901破1号，示范市中级人民法院" in page
