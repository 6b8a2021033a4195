"""Sun, a stranger, tells of a firm: the form, the receipt, what became of it, and no trace elsewhere."""

import re
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, QIAO, QIAO_NAME, ZHAO
from django.test import Client
from sending import an_agency
from tip_offs import TEXT, qiao_firm, told

from gongxin.core.receipts import in_groups
from gongxin.core.tip_offs import Outcome
from gongxin.flows import tip_offs
from gongxin.interfaces.site import form_limit
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.models import Subject
from gongxin.registry.tip_offs.models import TipOff
from gongxin.registry.tip_offs.queries import totals
from gongxin.registry.tip_offs.sealed import text_in

pytestmark = pytest.mark.django_db

FORM_ID = re.compile(r'name="form_id" value="([0-9a-f-]{36})"')
CODE = re.compile(r'<dd class="code">([A-Z-]+)</dd>')


@pytest.fixture
def form() -> str:
    """Return the address of the form about Qiao's firm."""
    return f"/tip-offs/about/{qiao_firm()}/"


def filled(**changes: str) -> dict[str, str]:
    typed = {"form_id": str(uuid4()), "matter": "environment", "text": TEXT, "name": "", "contact": ""}
    return {**typed, **changes}


def receipt_of(page: str) -> tuple[str, str]:
    number, code = CODE.findall(page)[:2]
    return number, code


def test_the_organisation_is_found_by_name_or_code_and_the_form_is_about_it(sun: Client, form: str) -> None:
    for question in ("乔木", QIAO):
        assert f'href="{form}"' in sun.get("/tip-offs/", {"q": question}).text

    page = sun.get(form)

    assert QIAO_NAME in page.text
    assert FORM_ID.search(page.text)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_first_page_says_what_does_not_belong_here_and_where_it_goes(sun: Client) -> None:
    page = sun.get("/tip-offs/").text

    assert "12388" in page
    assert "个人的私人行为" in page
    assert "不足10件的不显示" in page


def test_a_subjects_page_leads_to_the_form(sun: Client, form: str) -> None:
    assert f'href="{form}"' in sun.get(f"/subjects/{qiao_firm()}/").text


def test_a_question_about_a_person_is_neither_looked_for_nor_repeated(sun: Client) -> None:
    page = sun.get("/tip-offs/", {"q": "13800138000"}).text

    assert "13800138000" not in page
    assert "不受理针对个人的举报" in page


def test_a_professional_has_no_form_and_answers_like_nobody(sun: Client) -> None:
    person = Subject.objects.create(
        id=fresh_id(at=AT), kind="professional", database="natural-person", created_at=AT
    )
    nobody = UUID(int=1)

    answers = [sun.get(f"/tip-offs/about/{found}/") for found in (person.id, nobody)]
    sent = sun.post(f"/tip-offs/about/{person.id}/", filled())

    assert [answer.status_code for answer in (*answers, sent)] == [404, 404, 404]
    assert not TipOff.objects.exists()


def test_the_receipt_opens_how_it_stands_and_nothing_else_does(sun: Client, form: str) -> None:
    given = sun.post(form, filled())
    number, code = receipt_of(given.text)

    assert given.status_code == 200
    assert given.headers["Cache-Control"] == "no-store"
    asked = sun.post("/tip-offs/outcome/", {"number": number.lower(), "code": code.replace("-", " ")})
    assert "待信用中心阅看" in asked.text
    assert TEXT not in asked.text
    wrong = sun.post("/tip-offs/outcome/", {"number": number, "code": code[::-1]})
    assert wrong.status_code == 422
    assert "没有编号和查询码如此的举报" in wrong.text


def test_a_form_sent_twice_shows_the_same_receipt(sun: Client, form: str) -> None:
    typed = filled()

    first, second = sun.post(form, typed), sun.post(form, typed)

    assert receipt_of(first.text) == receipt_of(second.text)
    assert TipOff.objects.count() == 1


def test_a_form_without_an_id_is_taken_all_the_same(sun: Client, form: str) -> None:
    assert sun.post(form, filled(form_id="' OR 1=1")).status_code == 200
    assert TipOff.objects.count() == 1


def test_a_short_text_is_told_beside_the_field_and_stays_typed(sun: Client, form: str) -> None:
    page = sun.post(form, filled(text="夜里排污", matter="", name="石榴花", contact="13800138000"))

    assert page.status_code == 422
    assert 'href="#id_text"' in page.text
    assert "夜里排污</textarea>" in page.text
    assert "请选择举报事项" in page.text
    assert "石榴花" not in page.text
    assert "13800138000" not in page.text
    assert not TipOff.objects.exists()


def test_a_persons_number_in_the_text_comes_back_and_is_kept_as_stars(sun: Client, form: str) -> None:
    text = f"{TEXT}厂长手机13800138000"

    refused = sun.post(form, filled(text=text, matter=""))
    assert refused.status_code == 422
    assert "13800138000" not in refused.text
    assert "手机***********" in refused.text

    assert sun.post(form, filled(text=text)).status_code == 200
    assert "13800138000" not in (text_in(TipOff.objects.get()) or "")


def test_a_text_too_long_is_refused(sun: Client, form: str) -> None:
    assert sun.post(form, filled(text="污" * 4001)).status_code == 422
    assert sun.post(form, filled(text="污" * 4000)).status_code == 200


@pytest.mark.parametrize("field", ["text", "name", "contact", "matter", "form_id"])
def test_a_control_character_breaks_nothing(sun: Client, form: str, field: str) -> None:
    assert sun.post(form, filled(**{field: "\x00污水" * 20})).status_code in {200, 422}
    assert sun.get("/tip-offs/", {"q": "\x00乔木"}).status_code == 200


def test_an_address_that_floods_the_form_waits(sun: Client, form: str, settings, monkeypatch) -> None:
    settings.TIP_OFF_LIMIT = 2
    at = 3_600 * 500_000
    monkeypatch.setattr(form_limit, "machine_seconds", lambda: at + 60)
    flood = Client(REMOTE_ADDR="203.0.113.50")

    answers = [flood.post(form, filled()).status_code for _ in range(3)]
    refused = flood.post(form, filled()).text

    assert answers == [200, 200, 429]
    assert "请在60分钟后再来" in refused
    assert TipOff.objects.count() == 2
    assert Client(REMOTE_ADDR="203.0.113.51").post(form, filled()).status_code == 200
    monkeypatch.setattr(form_limit, "machine_seconds", lambda: at + 3_600)
    assert flood.post(form, filled()).status_code == 200


def test_a_form_with_mistakes_is_not_counted_against_anyone(
    form: str, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TIP_OFF_LIMIT = 1
    monkeypatch.setattr(form_limit, "machine_seconds", lambda: 3_600 * 500_100)
    clumsy = Client(REMOTE_ADDR="203.0.113.52")

    assert {clumsy.post(form, filled(text="短")).status_code for _ in range(3)} == {422}
    assert clumsy.post(form, filled()).status_code == 200


def test_whoever_holds_the_receipt_reads_outcome_reasons_and_reward(sun: Client) -> None:
    receipt = told()
    common = {"tip_off": receipt.tip_off, "at": AT}
    asked = {"number": in_groups(receipt.number), "code": in_groups(receipt.code)}
    tip_offs.send(agency=an_agency(), actor=ZHAO, **common)
    tip_offs.answer(outcome=Outcome.UPHELD, reason="已立案，责令停止排放。", actor=LIN, **common)
    tip_offs.note_reward(yuan=1200, reason="按奖励办法第三条", actor=ZHAO, **common)
    before = sun.post("/tip-offs/outcome/", asked).text
    tip_offs.close(actor=ZHAO, **common)

    after = sun.post("/tip-offs/outcome/", asked).text

    assert "已立案" not in before  # not before the centre has closed it
    for said in ("属实", "已立案，责令停止排放。", "1,200 元", "2028年11月23日"):
        assert said in after
    assert "按奖励办法第三条" not in after


def test_whoever_told_of_an_official_reads_the_channel_and_nothing_is_kept(sun: Client) -> None:
    receipt = told()
    tip_offs.route_out(tip_off=receipt.tip_off, channel="conduct-of-an-official", actor=ZHAO, at=AT)

    page = sun.post("/tip-offs/outcome/", {"number": receipt.number, "code": receipt.code}).text

    assert "12388" in page
    assert "已立即删除" in page


def test_two_years_after_closing_the_receipt_opens_nothing(sun: Client, monkeypatch) -> None:
    receipt = told()
    tip_offs.refuse(tip_off=receipt.tip_off, ground="empty", actor=ZHAO, at=AT)
    asked = {"number": receipt.number, "code": receipt.code}
    assert sun.post("/tip-offs/outcome/", asked).status_code == 200

    monkeypatch.setenv("GONGXIN_NOW", "2028-11-23")

    assert sun.post("/tip-offs/outcome/", asked).status_code == 422


def test_a_tip_off_changes_nothing_that_anyone_else_can_see(sun: Client) -> None:
    firm = qiao_firm()
    addresses = (
        f"/subjects/{firm}/",
        "/search/?q=乔木",
        "/penalties/",
        "/statistics/",
        "/sitemap.xml",
        f"/api/v1/subjects/{firm}",
        f"/api/v1/subjects/{firm}/records",
        "/api/v1/search?q=乔木",
        "/tip-offs/",
    )
    before = {address: seen(sun, address) for address in addresses}

    for _number in range(3):
        told()
    tip_offs.refuse(tip_off=told().tip_off, ground="empty", actor=ZHAO, at=AT)

    assert {address: seen(sun, address) for address in addresses} == before


def seen(sun: Client, address: str) -> tuple[int, str, str]:
    answer = sun.get(address)
    return answer.status_code, answer.headers.get("ETag", ""), without_chance(answer.text)


def without_chance(text: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|request_id": ")[^"]+', "", text)


def test_totals_appear_from_ten_on_and_never_of_this_month(sun: Client, monkeypatch) -> None:
    for _number in range(10):
        tip_offs.refuse(tip_off=told().tip_off, ground="empty", actor=ZHAO, at=AT)
    assert "暂无可显示的数字" in sun.get("/tip-offs/").text

    monkeypatch.setenv("GONGXIN_NOW", "2026-12-01")

    page = sun.get("/tip-offs/").text
    assert "不予受理" in page
    assert '<td class="number">10</td>' in page
    assert len(totals(before=AT.replace(month=12), least=10)) == 1
