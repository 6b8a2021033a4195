"""A session ends while Lin types: nothing she typed is lost, nobody else sees it, nothing is done unasked."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from cast import AT, PASSWORD, REGULATOR
from desk_cast import FIRM, GOOD_ROW, Cast, tax_list
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from sending import sent

from gongxin.interfaces.sealed_upload import SealedUploadHandler
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import Draft, NilReturn, SavedMapping, Submission

TYPED = {"f-taxpayer_name": "示范甲机械有限公司", "f-year": "2025", "act": "send"}


@pytest.fixture
def strict_lin(cast: Cast) -> Client:
    """Lin at a browser that sends what the pages gave it, as browsers do, and is refused otherwise."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(client: Client) -> tuple[str, dict[str, str]]:
    """Return the address of a new form and what it carries unseen."""
    address = client.get("/desk/record/tax-a-level/")["Location"]
    return address, unseen(client.get(address))


def unseen(page: HttpResponse) -> dict[str, str]:
    text = page.content.decode().split("<main")[1]
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


def session_ends(client: Client) -> None:
    Session.objects.all().delete()


def sign_in(client: Client, page: HttpResponse, name: str = "lin") -> HttpResponse:
    return client.post(
        "/desk/sign-in/", {**unseen(page), "username": name, "password": PASSWORD}, follow=True
    )


def test_what_was_typed_comes_back_after_signing_in_again_and_is_not_sent(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)

    turned_away = strict_lin.post(address, {**carried, **TYPED})
    back = sign_in(strict_lin, turned_away)

    page = back.content.decode()
    assert turned_away.status_code == 403
    assert "登录已过期" in turned_away.content.decode()
    assert back.redirect_chain == [(address, 302)]
    assert 'value="示范甲机械有限公司"' in page
    assert 'value="2025"' in page
    assert "尚未提交" in page
    assert (Submission.objects.count(), Draft.objects.count()) == (0, 0)


def test_a_wrong_password_in_between_loses_nothing(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    turned_away = strict_lin.post(address, {**carried, **TYPED})

    wrong = strict_lin.post("/desk/sign-in/", {**unseen(turned_away), "username": "lin", "password": "no"})
    back = sign_in(strict_lin, wrong)

    assert wrong.status_code == 200
    assert 'value="2025"' in back.content.decode()


def test_it_comes_back_once(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    sign_in(strict_lin, strict_lin.post(address, {**carried, **TYPED}))

    assert 'value="2025"' not in strict_lin.get(address).content.decode()


def test_what_was_typed_in_a_form_that_has_sent_its_record_comes_back_as_a_form_of_its_own(
    strict_lin: Client,
) -> None:
    address, carried = form(strict_lin)
    whole = {
        **TYPED, "f-taxpayer_number": FIRM, "f-tax_office": "示范市税务局", "f-level": "A",
    }  # fmt: skip
    strict_lin.post(address, {**carried, **whole})
    session_ends(strict_lin)

    back = sign_in(strict_lin, strict_lin.post(address, {**carried, **whole, "f-year": "2024"}))

    page = back.content.decode()
    assert Submission.objects.count() == 1
    assert 'value="2024"' in page
    assert f'action="{address}"' not in page
    assert "作为另一条报送" in page


def test_it_waits_for_its_own_page(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    turned_away = strict_lin.post(address, {**carried, **TYPED})
    strict_lin.post("/desk/sign-in/", {**unseen(turned_away), "username": "lin", "password": PASSWORD})

    elsewhere = strict_lin.get("/desk/upload/").content.decode()

    assert "登录已过期" not in elsewhere
    assert 'value="2025"' in strict_lin.get(address).content.decode()


def test_what_a_file_corrects_comes_back_too(strict_lin: Client) -> None:
    first = sent(tax_list(GOOD_ROW), class_id="tax-a-level", agency=Agency.objects.get(code=REGULATOR))
    carried = unseen(strict_lin.get(f"/desk/upload/?corrects={first.id}"))
    session_ends(strict_lin)

    back = sign_in(strict_lin, strict_lin.post("/desk/upload/", {**carried, "class": "tax-a-level"}))

    assert f'name="corrects" value="{first.id}"' in back.content.decode()


def test_locked_out_for_a_while_what_was_typed_can_still_be_taken_along(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    page = strict_lin.post(address, {**carried, **TYPED})
    for _ in range(11):
        page = strict_lin.post("/desk/sign-in/", {**unseen(page), "username": "lin", "password": "no"})

    back = strict_lin.post("/desk/sign-in/", unseen(page))

    assert page.status_code == 429
    assert unseen(back)["kept-form"] == unseen(page)["kept-form"]
    assert unseen(back)["next"] == address


def test_what_was_typed_travels_sealed(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)

    turned_away = strict_lin.post(address, {**carried, **TYPED})
    strict_lin.post("/desk/sign-in/", {**unseen(turned_away), "username": "lin", "password": PASSWORD})

    assert "示范甲" not in turned_away.content.decode()
    kept = Session.objects.get().get_decoded()
    assert "kept-form" in kept
    assert "示范甲" not in repr(kept)
    assert "%E7%A4%BA" not in repr(kept)


def test_nothing_of_a_person_lies_in_any_table_or_file_on_the_way(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    typed = {**carried, "f-taxpayer_name": "慕容示例", "f-taxpayer_number": "41010519900101002X"}
    strict_lin.post(address, {**typed, "act": "save"})
    session_ends(strict_lin)
    turned_away = strict_lin.post(address, {**typed, "act": "save"})
    strict_lin.post("/desk/sign-in/", {**unseen(turned_away), "username": "lin", "password": PASSWORD})

    assert "kept-form" in Session.objects.get().get_decoded()
    assert traces("慕容示例", "41010519900101002X") == []
    assert traces("lin") != []


def traces(*planted: str) -> list[str]:
    """Return where a text can be read: tables, session contents, files of the home."""
    found = [
        str(path)
        for path in Path(settings.GONGXIN_HOME).rglob("*")
        if path.is_file() and any(text.encode() in path.read_bytes() for text in planted)
    ]
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"subjects_nameindex"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in repr(row) for row in cursor.fetchall() for text in planted):
                found.append(table)
    decoded = repr([session.get_decoded() for session in Session.objects.all()])
    return found + ["sessions" for text in planted if text in decoded or quote(text) in decoded]


def test_another_person_at_the_same_window_does_not_see_it(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)

    back = sign_in(strict_lin, strict_lin.post(address, {**carried, **TYPED}), name="wu")

    page = back.content.decode()
    assert "示范甲" not in page
    assert "属于另一位用户" in page


def test_after_an_hour_it_is_gone(strict_lin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    turned_away = strict_lin.post(address, {**carried, **TYPED})

    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T11:00:01+08:00")
    back = sign_in(strict_lin, turned_away)

    assert "示范甲" not in back.content.decode()


def test_what_a_stranger_posts_is_not_kept(sun: Client, cast: Cast) -> None:
    answer = sun.post("/desk/record/tax-a-level/01a20621-ad00-77f5-9d52-689a333e2bfa/", TYPED)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("kept", ["x", "AAAA", "你", "A" * 400])
def test_a_made_up_seal_is_no_seal(sun: Client, cast: Cast, kept: str) -> None:
    answer = sun.post(
        "/desk/sign-in/",
        {"username": "lin", "password": PASSWORD, "next": "/desk/upload/", "kept-form": kept},
        follow=True,
    )

    assert answer.status_code == 200
    assert "无法恢复" in answer.content.decode()


def test_a_form_older_than_the_sign_in_of_another_window_is_shown_again(strict_lin: Client) -> None:
    address, carried = form(strict_lin)
    session_ends(strict_lin)
    sign_in(strict_lin, strict_lin.get("/desk/sign-in/"))

    refused = strict_lin.post(address, {**carried, **TYPED}, follow=True)
    page = refused.content.decode()
    again = strict_lin.post(address, {**unseen(refused), **TYPED})

    assert refused.redirect_chain == [(address, 302)]
    assert 'value="2025"' in page
    assert "尚未提交" in page
    assert again.status_code == 422  # taken up now, and found incomplete


def test_a_form_from_elsewhere_is_refused_as_before(strict_lin: Client) -> None:
    address, _carried = form(strict_lin)

    assert strict_lin.post(address, TYPED).status_code == 403
    assert strict_lin.post("/desk/agency/", {"telephone": "1"}).status_code == 403


def test_of_an_upload_everything_but_the_file_comes_back(strict_lin: Client) -> None:
    carried = unseen(strict_lin.get("/desk/upload/"))
    session_ends(strict_lin)
    file = SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))

    sent = {**carried, "class": "honour", "check_first": "yes", "file": file}
    back = sign_in(strict_lin, strict_lin.post("/desk/upload/", sent))

    page = back.content.decode()
    assert '<option value="honour" selected>' in page
    assert 'name="check_first" value="yes" checked' in page
    assert "文件需要重新选择" in page
    assert Submission.objects.count() == 0


def test_a_session_that_ends_while_a_file_arrives_takes_nothing_and_says_so(
    strict_lin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = unseen(strict_lin.get("/desk/upload/"))
    arrived = SealedUploadHandler.file_complete

    def signed_out_meanwhile(handler: SealedUploadHandler, size: int) -> object:
        session_ends(strict_lin)
        return arrived(handler, size)

    with monkeypatch.context() as patched:
        patched.setattr(SealedUploadHandler, "file_complete", signed_out_meanwhile)
        file, again = (SimpleUploadedFile("a.csv", tax_list(GOOD_ROW)) for _ in range(2))
        sent = {**carried, "class": "tax-a-level", "check_first": "yes", "file": file}
        unsigned = strict_lin.post("/desk/upload/", {**sent, "shown-to": "", "file": again})
        strict_lin.force_login(cast.lin, backend="django.contrib.auth.backends.ModelBackend")
        carried = unseen(strict_lin.get("/desk/upload/"))
        turned_away = strict_lin.post("/desk/upload/", {**sent, **carried})
    back = sign_in(strict_lin, turned_away)

    assert (unsigned.status_code, turned_away.status_code) == (302, 403)
    assert "登录已过期" in turned_away.content.decode()
    assert 'name="check_first" value="yes" checked' in back.content.decode()
    assert Submission.objects.count() == 0
    assert list((Path(settings.GONGXIN_HOME) / "spool").glob("*")) == []


def test_the_reason_of_a_recall_comes_back(strict_lin: Client) -> None:
    submission = sent(tax_list(GOOD_ROW), class_id="tax-a-level", agency=Agency.objects.get(code=REGULATOR))
    address = f"/desk/submissions/{submission.id}/recall/"
    carried = unseen(strict_lin.get(address))
    session_ends(strict_lin)

    back = sign_in(strict_lin, strict_lin.post(address, {**carried, "ground": "发错了批次，应为上月"}))

    assert "发错了批次，应为上月</textarea>" in back.content.decode()
    assert Submission.objects.get().state == "done"


def test_a_contact_half_typed_comes_back(strict_lin: Client) -> None:
    carried = unseen(strict_lin.get("/desk/agency/"))
    session_ends(strict_lin)

    back = sign_in(strict_lin, strict_lin.post("/desk/agency/", {**carried, "telephone": "0990-7654321"}))

    assert 'value="0990-7654321"' in back.content.decode()
    assert Agency.objects.get(code=REGULATOR).telephone == "0990-1000001"


@pytest.mark.parametrize("address", ["/desk/nil/", "/desk/nil/?class=licence&month=2026-08"])
def test_the_month_of_a_nil_return_comes_back_and_is_not_stated(strict_lin: Client, address: str) -> None:
    carried = unseen(strict_lin.get(address))
    session_ends(strict_lin)

    sent = {**carried, "class_id": "penalty", "month": "2026-09"}
    back = sign_in(strict_lin, strict_lin.post(address, sent))

    page = back.content.decode()
    assert back.redirect_chain == [(address, 302)]
    assert '<option value="penalty" selected>' in page
    assert '<option value="2026-09" selected>' in page
    assert "尚未提交" in page
    assert NilReturn.objects.count() == 0


def test_what_was_said_of_unknown_columns_comes_back(strict_lin: Client) -> None:
    file = SimpleUploadedFile("a.csv", "序号,税号,单位\n1,2,3".encode())
    asked = strict_lin.post(
        "/desk/upload/", {**unseen(strict_lin.get("/desk/upload/")), "class": "tax-a-level", "file": file}
    )
    session_ends(strict_lin)
    columns = {
        "header": ["序号", "税号", "单位"],
        "sample": ["1", "2", "3"],
        "field": ["", "taxpayer_number", "taxpayer_name"],
        "constant-year": "2025",
    }

    carried = unseen(asked)
    back = sign_in(strict_lin, strict_lin.post("/desk/mappings/tax-a-level/", {**carried, **columns}))

    page = back.content.decode()
    assert page.count(" selected>") == 2
    assert 'value="2025"' in page
    assert SavedMapping.objects.count() == 0


def test_saved_columns_half_changed_come_back(strict_lin: Client, cast: Cast) -> None:
    saved = SavedMapping.objects.create(
        id=uuid4(),
        agency=cast.regulator,
        class_id="tax-a-level",
        header_hash="0",
        mapping={"class": "tax-a-level", "columns": [{"position": 1, "field": "year"}], "ignore": [2]},
        saved_at=AT,
        saved_by="lin",
    )
    address = f"/desk/saved-mappings/{saved.id}/"
    carried = unseen(strict_lin.get(address))
    session_ends(strict_lin)

    changed = {"header": ["a", "b"], "sample": ["", ""], "field": ["tax_office", "year"]}
    back = sign_in(strict_lin, strict_lin.post(address, {**carried, **changed, "constant-level": "A"}))

    page = back.content.decode()
    saved.refresh_from_db()
    assert back.redirect_chain == [(address, 302)]
    assert '<option value="tax_office" selected>' in page
    assert 'value="A"' in page
    assert saved.mapping["columns"] == [{"position": 1, "field": "year"}]


def test_the_address_where_columns_are_saved_has_no_page_of_its_own(strict_lin: Client) -> None:
    answer = strict_lin.get("/desk/mappings/tax-a-level/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/upload/?class=tax-a-level")
