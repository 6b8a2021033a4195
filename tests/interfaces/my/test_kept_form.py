"""Qiao's session ends while she types: signed in again, the form is as it was, and nothing was done."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from cast import AT, PASSWORD, firm_code
from django.contrib.sessions.models import Session
from django.test import Client
from interfaces.my.conftest import BACKEND, Officer, a_mandate, a_user
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.interfaces import clock
from gongxin.registry.cases.models import Case, Statement
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"


@pytest.fixture
def strict(qiao: Officer) -> Client:
    """Qiao at a browser that sends what the pages gave it, as browsers do, and is refused otherwise."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(qiao.user, backend=BACKEND)
    return client


def unseen(page: Any) -> dict[str, str]:
    text = page.text.split("<main")[1]
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


def turned_away(client: Client, address: str, **typed: str) -> Any:
    """Fill a form in, and send it once the session has ended."""
    carried = unseen(client.get(address))
    Session.objects.all().delete()
    return client.post(address, {**carried, **typed})


def sign_in(client: Client, page: Any, name: str = "qiao") -> Any:
    typed = {**unseen(page), "username": name, "password": PASSWORD}
    return client.post("/my/sign-in/", typed, follow=True)


def objection(fined: RecordView) -> str:
    chosen = urlencode({"wish": "correct", "field": "CF_NR_FK"})
    return f"/my/records/{fined.record_id}/object/?{chosen}"


def test_an_objection_comes_back_as_it_was_typed_and_is_not_sent(strict: Client, fined: RecordView) -> None:
    address = objection(fined)
    said = {"claimed-CF_NR_FK": "0.2", "said-CF_NR_FK": "少写了小数点", "statement": "请核对原件"}
    page = turned_away(strict, address, **said)

    back = sign_in(strict, page)

    assert page.status_code == 403
    assert "登录已过期" in page.text
    assert "少写了小数点" not in page.text  # sealed
    assert back.redirect_chain == [(address, 302)]
    for text in (*said.values(), "尚未提交"):
        assert text in back.text
    assert not Case.objects.exists()
    assert "少写了小数点" not in strict.get(address).text  # shown once


@pytest.mark.parametrize("form", ["statement/", "ask/suit/"])
def test_so_do_a_statement_and_a_further_case(strict: Client, fined: RecordView, form: str) -> None:
    said = {"text": "罚款已于当日缴清", "statement": "罚款已于当日缴清"}
    page = turned_away(strict, f"/my/records/{fined.record_id}/{form}", **said)

    assert "罚款已于当日缴清" in sign_in(strict, page).text
    assert not Statement.objects.exists()
    assert not Case.objects.exists()


def test_a_repair_comes_back_but_its_letter_is_signed_anew(strict: Client, fined: RecordView) -> None:
    address = f"/my/repair/?record={fined.record_id.hex}"
    page = turned_away(strict, address, name="乔木", agreed="on", statement="罚款已缴清")

    back = sign_in(strict, page).text

    assert 'value="乔木"' in back
    assert "罚款已缴清" in back
    assert not re.search(r'name="agreed"[^>]* checked', back)
    assert not Case.objects.exists()


def test_who_acts_for_several_chooses_and_is_led_on_to_the_form(
    strict: Client, qiao: Officer, fined: RecordView
) -> None:
    address = f"/my/records/{fined.record_id}/statement/"
    page = turned_away(strict, address, text="罚款已于当日缴清")
    another_firm(qiao)

    choice = sign_in(strict, page)
    token = unseen(choice)["csrfmiddlewaretoken"]
    asked = {"mandate": qiao.mandate.id.hex, "csrfmiddlewaretoken": token}
    back = strict.post("/my/choose/", asked, follow=True)

    assert back.redirect_chain == [(address, 302)]
    assert "罚款已于当日缴清" in back.text


def another_firm(qiao: Officer) -> None:
    """Let Qiao act for a second firm."""
    sent(
        csv_of(
            penalty(CF_XDR_SHXYM=firm_code(2), CF_XDR_MC="示范柏木家具有限公司", CF_WSH="示环罚〔2026〕13号")
        )
    )
    subject_id = subject_of_code(firm_code(2), at=AT)
    assert subject_id is not None
    a_mandate(qiao.user, records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0])


def test_a_wrong_password_in_between_loses_nothing(strict: Client, fined: RecordView) -> None:
    page = turned_away(strict, f"/my/records/{fined.record_id}/statement/", text="罚款已于当日缴清")
    wrong = strict.post("/my/sign-in/", {**unseen(page), "username": "qiao", "password": "no"})

    assert "罚款已于当日缴清" in sign_in(strict, wrong).text


def test_another_account_sees_nothing_of_it(strict: Client, fined: RecordView) -> None:
    a_mandate(a_user("mei"), fined)
    page = turned_away(strict, f"/my/records/{fined.record_id}/statement/", text="罚款已于当日缴清")

    assert "罚款已于当日缴清" not in sign_in(strict, page, name="mei").text


def test_after_an_hour_it_is_gone(strict: Client, fined: RecordView, monkeypatch: pytest.MonkeyPatch) -> None:
    page = turned_away(strict, f"/my/records/{fined.record_id}/statement/", text="罚款已于当日缴清")
    later = clock.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert "罚款已于当日缴清" not in sign_in(strict, page).text


def test_a_persons_number_comes_back_as_stars(strict: Client, fined: RecordView) -> None:
    page = turned_away(strict, f"/my/records/{fined.record_id}/statement/", text=f"身份证{NUMBER}")

    back = sign_in(strict, page).text

    assert NUMBER not in page.text + back
    assert "身份证*" in back


def test_nothing_that_was_typed_lies_in_the_session_in_the_clear(strict: Client, fined: RecordView) -> None:
    page = turned_away(strict, f"/my/records/{fined.record_id}/statement/", text="罚款已于当日缴清")
    typed = {**unseen(page), "username": "qiao", "password": PASSWORD}
    strict.post("/my/sign-in/", typed)

    kept = repr([one.get_decoded() for one in Session.objects.all()])
    assert "kept-form" in kept
    assert "罚款" not in kept


def test_a_form_that_no_page_gave_is_not_kept(strict: Client, fined: RecordView) -> None:
    address = f"/my/records/{fined.record_id}/statement/"
    page = turned_away(strict, address, text="罚款已于当日缴清", **{"shown-to": "forged"})

    assert page.status_code == 302
    assert page["Location"].startswith("/my/sign-in/")
