"""Lin fills in one record by hand: checked as a file is checked, sent once, kept as a draft meanwhile."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cast import AT, QIAO, QIAO_NAME
from desk_cast import FIRM, Cast
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from gongxin.core.lawbook import information_classes
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.drafts import sealed_content
from gongxin.registry.intake.models import Draft, Submission
from gongxin.registry.ledger.models import Entry

CLASS_IDS = [found.id for found in information_classes()]
FILLED = {
    "f-taxpayer_number": FIRM,
    "f-taxpayer_name": "示范甲机械有限公司",
    "f-year": "2025",
    "f-tax_office": "示范市税务局",
    "f-level": "A",
}
PENALTY = {
    "f-CF_XDR_MC": QIAO_NAME,
    "f-CF_XDR_LB": "法人及非法人组织",
    "f-CF_XDR_SHXYM": QIAO,
    "f-CF_FRDB": "乔某",
    "f-CF_WSH": "示环罚〔2026〕12号",
    "f-CF_WFXW": "未按规定公开排污信息",
    "f-CF_SY": "当事人未按规定公开排污信息，\r\n经责令改正后已改正。",
    "f-CF_YJ": "《排污许可管理条例》第三十六条",
    "f-CF_CFLB": ["警告", "罚款"],
    "f-CF_NR": "警告；罚款人民币贰万元",
    "f-CF_NR_FK": "2",
    "f-CF_JDRQ": "2026年10月12日",
    "f-CF_YXQ": "2099/12/31",
}
# The regulator of the tests has a made-up code, whose organisation part is no such code.
SEEN = ["CF_CFJGDM.organisation-part", "CF_SJLYDM.organisation-part"]
PERSONS_NUMBER = "41010519900101002X"


def begin(client: Client, class_id: str = "tax-a-level") -> str:
    """Return the address of a new form."""
    return client.get(f"/desk/record/{class_id}/")["Location"]


def send(client: Client, address: str, filled: dict[str, object], **changes: object) -> HttpResponse:
    return client.post(
        address, {"act": "send", "warned": SEEN, **hidden(client, address), **filled, **changes}
    )


def save(client: Client, address: str, filled: dict[str, object], **changes: object) -> HttpResponse:
    return client.post(address, {"act": "save", **hidden(client, address), **filled, **changes})


def hidden(client: Client, address: str) -> dict[str, str]:
    """Return what the form carries unseen, as a browser would send it back."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'type="hidden" name="(version|shown-to)" value="([^"]*)"', page))


def work() -> None:
    run_worker(once=True, clock=clock.now, name="worker-of-tests")


@pytest.mark.parametrize("class_id", CLASS_IDS)
def test_every_class_has_a_form_and_an_empty_one_says_what_is_missing(lin: Client, class_id: str) -> None:
    address = begin(lin, class_id)

    answer = send(lin, address, {})

    assert lin.get(address).status_code == 200
    assert answer.status_code == 422
    assert 'href="#f-' in answer.content.decode()
    assert Submission.objects.count() == 0


def test_a_record_is_checked_sent_and_posted(lin: Client, cast: Cast) -> None:
    address = begin(lin, "penalty")
    page = lin.get(address).content.decode()

    answer = send(lin, address, {**PENALTY, **bodies(cast)})
    work()

    submission = Submission.objects.get()
    assert f'value="{cast.regulator.code}"' in page
    assert answer["Location"] == f"/desk/submissions/{submission.id}/"
    assert (submission.state, submission.rows, submission.posted) == ("done", 1, 1)
    content = Entry.objects.get().content
    assert "警告；罚款" in str(content)
    assert "2026-10-12" in str(content)


def bodies(cast: Cast) -> dict[str, str]:
    name, code = cast.regulator.name, cast.regulator.code
    return {"f-CF_CFJG": name, "f-CF_CFJGDM": code, "f-CF_SJLY": name, "f-CF_SJLYDM": code}


def test_a_fault_stands_at_its_field_with_rule_and_example_and_what_was_typed_stays(lin: Client) -> None:
    answer = send(lin, begin(lin), FILLED, **{"f-taxpayer_number": "123", "f-taxpayer_name": "示范<甲>公司"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-taxpayer_number"' in page
    assert "taxpayer_number.identifier" in page
    assert "如：91410100MA4000012T" in page
    assert 'value="123"' in page
    assert 'value="示范&lt;甲&gt;公司"' in page
    assert 'aria-invalid="true"' in page


def test_a_warning_is_shown_once_and_then_let_pass(lin: Client, cast: Cast) -> None:
    address = begin(lin, "penalty")
    filled = {**PENALTY, **bodies(cast), "f-CF_NR_FK": "20000"}

    first = send(lin, address, filled)
    page = first.content.decode()
    warned = re.findall(r'name="warned" value="([^"]*)"', page)
    second = send(lin, address, filled, warned=warned)

    assert first.status_code == 422
    assert "再按一次" in page
    assert sorted(warned) == [*SEEN[:1], "CF_NR_FK.amount-unit", *SEEN[1:]]
    assert second.status_code == 302


def test_a_kind_of_penalty_in_the_senders_own_words_is_sent_and_shown_again(lin: Client, cast: Cast) -> None:
    address = begin(lin, "penalty")
    kinds = ["警告", "法律、行政法规规定的其他行政处罚", "其他"]
    filled = {
        **PENALTY,
        **bodies(cast),
        "f-CF_CFLB": kinds,
        "f-CF_CFLB-other": "责令限期拆除",
        "f-CF_NR_FK": "",
    }

    save(lin, address, filled)
    page = lin.get(address).content.decode()
    send(lin, address, filled)
    work()

    assert page.count(" checked") == 3
    assert 'value="责令限期拆除"' in page
    assert "警告；法律、行政法规规定的其他行政处罚；其他-责令限期拆除" in str(Entry.objects.get().content)


def test_pressed_twice_the_record_is_sent_once(lin: Client) -> None:
    address = begin(lin)

    first, second = send(lin, address, FILLED), send(lin, address, FILLED)

    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_back_after_sending_shows_what_was_sent(lin: Client) -> None:
    address = begin(lin)
    sent = send(lin, address, FILLED)

    back = lin.get(address, follow=True)

    assert back.redirect_chain == [(sent["Location"], 302)]
    assert "已经报送过" in back.content.decode()


def test_other_content_from_the_same_form_is_asked_about_and_not_lost(lin: Client) -> None:
    address = begin(lin)
    send(lin, address, FILLED)

    answer = lin.post(address, {"act": "send", **FILLED, "f-year": "2024"})
    page = answer.content.decode()
    sealed = list((Path(settings.GONGXIN_HOME) / "spool").glob("*"))
    new_address = re.search(r'action="(/desk/record/tax-a-level/[^"]+)"', page)
    again = send(lin, new_address[1] if new_address else "", FILLED, **{"f-year": "2024"})

    assert answer.status_code == 409
    assert 'value="2024"' in page
    assert len(sealed) == 1
    assert again.status_code == 302
    assert Submission.objects.count() == 2


def test_one_record_is_recalled_in_words_for_one(lin: Client) -> None:
    send(lin, begin(lin), FILLED)
    work()
    address = f"/desk/submissions/{Submission.objects.get().id}/"

    page, asked = lin.get(address).content.decode(), lin.get(f"{address}recall/").content.decode()
    lin.post(f"{address}recall/", {"ground": "填错了年度"})

    assert "撤回这一条" in page
    assert "再填一条" in page
    assert "撤回这一条" in asked
    assert "批次" not in asked.split("<main")[1]
    assert Submission.objects.get().state == "recalled"


def test_the_centre_sends_for_an_agency_by_its_code_and_keeps_no_drafts(zhao: Client, cast: Cast) -> None:
    address = begin(zhao)

    unknown = send(zhao, address, FILLED, agency="0")
    draft = save(zhao, address, FILLED, agency=cast.bureau.code)
    sent = send(zhao, address, FILLED, agency=cast.bureau.code)

    assert unknown.status_code == 422
    assert 'value="示范甲机械有限公司"' in unknown.content.decode()
    assert draft.status_code == 403
    assert sent.status_code == 302
    assert Submission.objects.get().agency == cast.bureau


def test_the_centre_is_offered_no_draft_on_any_page_of_the_form(lin: Client, zhao: Client) -> None:
    address = begin(zhao)
    pages = [
        zhao.get("/desk/"), zhao.get("/desk/record/"), zhao.get(address), send(zhao, address, {}, agency="0"),
    ]  # fmt: skip
    of_lin = lin.get(begin(lin)).content.decode()

    assert "保存草稿" in of_lin
    assert [page.status_code for page in pages] == [200, 200, 200, 422]
    assert not any(word in page.content.decode() for page in pages for word in ("草稿", "/desk/drafts/"))


def test_an_auditor_may_not_fill_in(auditor: Client) -> None:
    assert auditor.get("/desk/record/").status_code == 403


def test_a_class_that_is_not_in_force_has_no_form(lin: Client) -> None:
    assert lin.get("/desk/record/no-such-class/").status_code == 404


def test_the_class_is_remembered(lin: Client) -> None:
    begin(lin, "honour")

    assert "填报：诚实守信相关荣誉" in lin.get("/desk/record/").content.decode()


def test_a_form_asks_for_no_document_of_a_person(lin: Client) -> None:
    page = lin.get(begin(lin, "penalty")).content.decode()

    assert "CF_XDR_MC" in page
    assert "_ZJHM" not in page
    assert "_ZJLX" not in page


def test_a_draft_is_kept_listed_opened_and_gone_once_sent(lin: Client) -> None:
    address = begin(lin)

    save(lin, address, {"f-taxpayer_name": "示范甲机械有限公司", "f-year": "2025"})
    home, listed = lin.get("/desk/").content.decode(), lin.get("/desk/record/").content.decode()
    opened = lin.get(address).content.decode()
    send(lin, address, FILLED)

    assert address in home
    assert address in listed
    assert "示范甲机械有限公司" in listed
    assert 'value="2025"' in opened
    assert (Submission.objects.count(), Draft.objects.count()) == (1, 0)
    assert AuditEvent.objects.filter(action="draft.kept").count() == 1


def test_a_draft_lies_sealed(lin: Client) -> None:
    save(lin, begin(lin), {"f-taxpayer_name": "示范甲机械有限公司"})

    draft = Draft.objects.get()

    assert "示范甲".encode() not in bytes(draft.sealed)
    assert draft.version == 1


def test_a_draft_is_nobody_elses(lin: Client, wu: Client, zhao: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-taxpayer_name": "示范甲机械有限公司"})
    draft = Draft.objects.get()

    seen = [client.get(address).content.decode() for client in (wu, zhao)]
    discarded = [client.post(f"/desk/drafts/{draft.id}/discard/").status_code for client in (wu, zhao)]
    overwritten = wu.post(address, {"act": "save", "version": "1", "f-year": "1999"})

    assert not any("示范甲" in page for page in seen)
    assert discarded == [404, 403]
    assert overwritten.status_code == 409
    assert 'value="1999"' in overwritten.content.decode()
    assert Draft.objects.get().version == 1


def test_a_discarded_draft_is_gone(lin: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2025"})

    asked = lin.get(f"/desk/drafts/{Draft.objects.get().id}/discard/").content.decode()
    still_there = Draft.objects.count()
    lin.post(f"/desk/drafts/{Draft.objects.get().id}/discard/")

    assert "无法恢复" in asked
    assert (still_there, Draft.objects.count()) == (1, 0)
    assert 'value="2025"' not in lin.get(address).content.decode()
    assert AuditEvent.objects.filter(action="draft.discarded").count() == 1


@pytest.mark.parametrize(
    "filled",
    [
        {"f-CF_XDR_LB": "自然人", "f-CF_XDR_MC": "乔某"},
        {"f-CF_XDR_MC": QIAO_NAME, "f-CF_XDR_SHXYM": QIAO, "f-CF_SY": f"联系人身份证号{PERSONS_NUMBER}"},
    ],
)
def test_what_is_about_a_person_is_not_kept_even_as_a_draft(lin: Client, filled: dict[str, object]) -> None:
    answer = save(lin, begin(lin, "penalty"), filled)

    assert answer.status_code == 422
    assert "涉及自然人" in answer.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("act", ["send", "save"])
@pytest.mark.parametrize(
    ("text", "code"),
    [("长" * 300_000, "line-too-long"), (f"\0{PERSONS_NUMBER}", "bad-character")],
    ids=["a whole book", "a control character"],
)
def test_what_cannot_be_read_as_one_record_is_neither_sent_nor_kept(
    lin: Client, act: str, text: str, code: str
) -> None:
    answer = {"send": send, "save": save}[act](lin, begin(lin), {**FILLED, "f-tax_office": text})

    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert (Submission.objects.count(), Draft.objects.count()) == (0, 0)


def test_a_record_about_a_person_is_not_sent(lin: Client, cast: Cast) -> None:
    answer = send(lin, begin(lin, "penalty"), {**PENALTY, **bodies(cast), "f-CF_XDR_LB": "自然人"})

    assert answer.status_code == 422
    assert "涉及自然人" in answer.content.decode()
    assert Submission.objects.count() == 0


def test_of_two_windows_the_second_sees_both_values_and_chooses(lin: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2023", "f-taxpayer_name": "示范甲机械有限公司"})
    save(lin, address, {"f-year": "2024", "f-taxpayer_name": "示范甲机械有限公司"}, version="1")

    second = save(lin, address, {"f-year": "2025", "f-taxpayer_name": "示范乙机械有限公司"}, version="1")
    page = second.content.decode()
    taken = {"f-year": "2025", "f-taxpayer_name": "示范乙机械有限公司", "take": "year"}
    third = save(lin, address, taken, version="2")
    opened = lin.get(address).content.decode()

    assert second.status_code == 409
    assert "<p>2024</p>" in page
    assert 'value="2025"' in page
    assert "示范甲机械有限公司" in page
    assert 'name="version" value="2"' in page
    assert third.status_code == 302
    assert 'value="2024"' in opened
    assert "示范乙机械有限公司" in opened


def test_sending_from_a_window_that_has_not_seen_the_draft_is_stopped_too(lin: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2024"})

    stale = send(lin, address, FILLED, version="0")

    assert stale.status_code == 409
    assert (Submission.objects.count(), Draft.objects.count()) == (0, 1)


def test_saving_the_same_twice_is_no_conflict(lin: Client) -> None:
    address = begin(lin)

    answers = [save(lin, address, {"f-year": "2024"}, version="0").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Draft.objects.get().version == 1


def test_a_draft_kept_after_its_form_was_sent_is_a_new_form(lin: Client) -> None:
    address = begin(lin)
    send(lin, address, FILLED)

    answer = lin.post(address, {"act": "save", "version": "0", "f-year": "2024"})

    assert answer["Location"] != address
    assert 'value="2024"' in lin.get(answer["Location"]).content.decode()


def test_a_draft_ends_by_itself_after_thirty_days(lin: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2024"})
    Draft.objects.update(saved_at=AT - timedelta(days=30))
    expired = Draft.objects.get().id

    unseen = lin.get(address).content.decode()
    work()

    assert 'value="2024"' not in unseen
    assert Draft.objects.count() == 0
    assert AuditEvent.objects.filter(action="draft.expired", object_id=expired.hex).count() == 1


def test_a_draft_that_has_ended_can_be_begun_again_in_its_window(lin: Client) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2024"})
    Draft.objects.update(saved_at=AT - timedelta(days=31))

    answer = save(lin, address, {"f-year": "2025"}, version="1")

    assert answer.status_code == 302
    assert UUID(address.rstrip("/").rpartition("/")[2]) == Draft.objects.get().id
    assert Draft.objects.get().version == 1


def test_a_field_that_has_left_the_catalogue_is_said_and_shown_when_its_draft_opens(
    lin: Client, cast: Cast
) -> None:
    address = begin(lin)
    save(lin, address, {"f-year": "2024"})
    draft = Draft.objects.get()
    draft.sealed = sealed_content(draft.id, {"year": "2024", "old_field": "旧值"})
    draft.save()

    page = lin.get(address).content.decode()

    assert "old_field = 旧值" in page
    assert 'value="2024"' in page
