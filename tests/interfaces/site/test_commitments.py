"""The public page of commitments: those that were agreed to be shown, by number or by who made them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import AT, LIN, QIAO, QIAO_NAME, firm_code
from django.test import Client
from promising import PAPERS, a_draft, of_agency, promised, the_firm
from public_doors import it_is
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.commitments import Fulfilment
from gongxin.flows.find_fulfilment import Found, find
from gongxin.registry.publication import search as published

pytestmark = pytest.mark.django_db


def page(sun: Client, q: str) -> str:
    answer = sun.get("/commitments/", {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_commitment_is_found_by_its_number_and_by_who_made_it(sun: Client) -> None:
    made = promised(the_firm())

    for asked in (made.number, QIAO_NAME, QIAO):
        told = page(sun, asked)
        assert f"/records/{made.record_id}/" in told
        assert PAPERS.matter in told
        assert "签署人" not in told


def test_a_commitment_is_found_behind_a_dozen_firms_whose_names_come_first(sun: Client) -> None:
    firms = [
        penalty(CF_XDR_SHXYM=firm_code(n), CF_XDR_MC=f"{one}{QIAO_NAME[4:]}", CF_WSH=f"示市监罚〔2026〕{n}号")
        for n, one in enumerate("甲乙丙丁戊己庚辛壬癸子丑", start=20)
    ]
    sent(csv_of(*firms))
    made = promised(the_firm())

    assert f"/records/{made.record_id}/" in page(sun, QIAO_NAME[4:])


def test_where_too_many_firms_bear_a_name_nobody_is_told_that_nothing_is_there(
    sun: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(csv_of(penalty()))
    monkeypatch.setattr(published, "CANDIDATES", 1)

    told = page(sun, QIAO_NAME[:4])

    assert "超过一千家" in told
    assert "没有找到" not in told


@pytest.mark.parametrize("scope", ["特定范围内公开", "不可公开"])
def test_one_that_was_not_agreed_to_be_shown_is_not_there(sun: Client, scope: str) -> None:
    made = promised(the_firm(), a_draft(promise=replace(PAPERS, disclosure=scope)))

    for asked in (made.number, QIAO_NAME):
        told = page(sun, asked)
        assert str(made.record_id) not in told
        assert PAPERS.matter not in told


def test_a_breach_that_has_ended_is_not_there_any_more(sun: Client) -> None:
    made = promised(the_firm())
    broken = Found(Fulfilment.BROKEN, "未补齐", "撤销许可", "示市监撤〔2026〕1号")
    find(broken, commitment_id=made.id, agency=an_agency(), who=of_agency(LIN), at=AT)

    assert "全部未履行" in page(sun, made.number)
    with it_is(AT + timedelta(days=366)):
        assert "全部未履行" not in page(sun, made.number)


def test_a_person_is_not_looked_up_and_an_empty_question_answers_with_the_form(sun: Client) -> None:
    assert "11010519491231002X" not in page(sun, "11010519491231002X")
    assert 'name="q"' in page(sun, "")
