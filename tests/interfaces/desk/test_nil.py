"""The page on which an agency states a nil return, and takes one back."""

from cast import AT
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import NilReturn

MOBILE = "13800138000"
OCTOBER = {"class_id": "penalty", "month": "2026-10"}


def test_lin_states_a_nil_return_and_finds_it_on_the_list(lin: Client, cast: Cast) -> None:
    answer = lin.post("/desk/nil/", OCTOBER)

    page = lin.get("/desk/nil/").content.decode()
    found = NilReturn.objects.get()
    assert answer.status_code == 302
    assert (found.agency, found.class_id, f"{found.month}") == (cast.regulator, "penalty", "2026-10-01")
    assert "有效" in page
    assert "2026年10月" in page


def test_a_month_with_records_is_refused_at_the_form_with_their_number(lin: Client, cast: Cast) -> None:
    sent(csv_of(penalty()), agency=cast.regulator)

    answer = lin.post("/desk/nil/", OCTOBER)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "2026年10月作出的行政处罚已有 1 条报送到本平台" in page
    assert "零报告未作出" in page
    assert "还缺少内容" not in page
    assert NilReturn.objects.count() == 0


def test_a_month_or_class_nobody_offered_is_refused(lin: Client) -> None:
    assert lin.post("/desk/nil/", {**OCTOBER, "month": "2026-11"}).status_code == 422
    assert lin.post("/desk/nil/", {**OCTOBER, "class_id": "tax-a-level"}).status_code == 422
    assert lin.post("/desk/nil/", {}).status_code == 422


def test_the_list_of_what_falls_due_leads_to_the_filled_form(lin: Client, cast: Cast) -> None:
    sent(csv_of(penalty(CF_JDRQ="2026-10-12")), agency=cast.regulator)
    sent(csv_of(penalty(CF_WSH="许1号", CF_JDRQ="2026-08-12")), agency=cast.regulator, at=AT.replace(month=8))

    page = lin.get("/desk/due/").content.decode()
    form = lin.get("/desk/nil/", {"class": "penalty", "month": "2026-09"}).content.decode()

    assert "/desk/nil/?class=penalty&amp;month=2026-09" in page
    assert '<option value="2026-09" selected>' in form
    assert '<option value="penalty" selected>' in form


def test_lin_takes_a_nil_return_back_with_a_reason(lin: Client) -> None:
    lin.post("/desk/nil/", OCTOBER)
    address = f"/desk/nil/{NilReturn.objects.get().id}/withdraw/"

    without = lin.post(address, {"ground": ""})
    answer = lin.post(address, {"ground": "漏查一件处罚"})

    assert (without.status_code, answer.status_code) == (422, 302)
    assert "漏查一件处罚" in lin.get("/desk/nil/").content.decode()
    assert lin.get(address).status_code == 404


def test_another_agency_neither_sees_nor_withdraws_it(lin: Client, wu: Client) -> None:
    lin.post("/desk/nil/", OCTOBER)
    found = NilReturn.objects.get()

    assert "还没有作过零报告" in wu.get("/desk/nil/").content.decode()
    assert wu.post(f"/desk/nil/{found.id}/withdraw/", {"ground": "不是我的"}).status_code == 404


def test_the_centre_reads_and_states_nothing_for_an_agency(lin: Client, zhao: Client) -> None:
    lin.post("/desk/nil/", OCTOBER)

    page = zhao.get("/desk/nil/").content.decode()

    assert "示范市市场监督管理局" in page
    assert "<button>" not in page.split("<main", 1)[1]
    assert zhao.post("/desk/nil/", OCTOBER).status_code == 403


def test_a_reason_with_a_persons_number_is_refused_with_what_to_write_and_is_not_kept(lin: Client) -> None:
    lin.post("/desk/nil/", OCTOBER)
    found = NilReturn.objects.get()

    answer = lin.post(f"/desk/nil/{found.id}/withdraw/", {"ground": f"已联系 {MOBILE}，漏查一件"})

    found.refresh_from_db()
    assert answer.status_code == 422
    assert "改写文书名称、文号" in answer.content.decode()
    assert found.withdrawn_at is None
    assert not any(MOBILE in str(event.detail) for event in AuditEvent.objects.all())
