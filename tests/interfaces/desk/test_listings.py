"""Listings at the desk: from the suggestion to the decision and the exit, and who may not."""

import pytest
from cast import AT, QIAO, QIAO_NAME
from desk_cast import Cast
from django.test import Client
from listing_rows import abnormal, listed, qiao
from proceedings import DECIDING, HOUR, QIAO_ACTS, known_qiao, noticed, zhao
from public_doors import it_is

from gongxin.flows.consult_criteria import comment, publish_draft
from gongxin.flows.deliver import note_opened
from gongxin.registry.accounts.models import User
from gongxin.registry.lists.models import CriteriaDraft, Exit, Listing, Proceeding
from gongxin.registry.publication.listings import in_force_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PROPOSE = f"/desk/listings/propose/?list=abnormal-operation&code={QIAO}"
REASONS = {"ground": "no-annual-report", "reasons": "未公示2025年度报告，经责令仍未公示。"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def proposed_at_desk(cast: Cast) -> Proceeding:
    known_qiao()
    signed_in(cast.lin).post(PROPOSE, REASONS)
    return Proceeding.objects.get()


def test_a_clerk_proposes_tells_the_subject_and_another_person_decides(cast: Cast) -> None:
    one, lin, zhao_at_desk = proposed_at_desk(cast), signed_in(cast.lin), signed_in(cast.zhao)
    page = f"/desk/listings/{one.id}/"
    assert "尚未告知" in lin.get(page).text

    assert lin.post(page, {"act": "notice"}).status_code == 302
    one.refresh_from_db()
    assert one.notice_id is not None
    note_opened(subject_id=one.subject_id, notice_id=one.notice_id, actor=QIAO_ACTS, at=AT)
    decision = {"act": "decide", "number": "示市监异列〔2026〕7号", "reason": "未提出异议。", "cause": "1"}
    early = zhao_at_desk.post(page, decision)
    assert early.status_code == 422
    assert "2026年12月1日" in early.text
    with it_is(DECIDING):
        assert zhao_at_desk.post(page, decision).status_code == 302

    assert Listing.objects.get().decision_number == "示市监异列〔2026〕7号"
    assert len(in_force_of([qiao()], at=DECIDING)) == 1


def test_the_overview_shows_what_is_open_and_from_when_it_may_be_decided(cast: Cast) -> None:
    noticed(known_qiao())
    answer = signed_in(cast.lin).get("/desk/listings/")
    assert QIAO_NAME in answer.text
    assert "自2026年12月1日起可以决定" in answer.text


def test_the_overview_suggests_whom_a_serious_penalty_may_list_and_writes_nothing(cast: Cast) -> None:
    known_qiao()
    assert signed_in(cast.lin).get("/desk/listings/").status_code == 200
    assert not Proceeding.objects.exists()


def test_a_clerk_decides_no_listing(cast: Cast) -> None:
    one = noticed(known_qiao())
    told = {"act": "decide", "number": "1", "reason": "……", "cause": "1"}
    with it_is(DECIDING):
        assert signed_in(cast.lin).post(f"/desk/listings/{one.id}/", told).status_code in {403, 404}
    assert not Listing.objects.exists()


def test_another_body_neither_sees_nor_acts(cast: Cast) -> None:
    one = noticed(known_qiao())
    wu = signed_in(cast.wu)
    assert wu.get(f"/desk/listings/{one.id}/").status_code == 404
    assert wu.post(PROPOSE, REASONS).status_code == 422


def test_an_auditor_reads_and_does_nothing(cast: Cast) -> None:
    one = noticed(known_qiao())
    auditor = signed_in(cast.auditor)
    answer = auditor.get(f"/desk/listings/{one.id}/")
    assert answer.status_code == 200
    assert "<textarea" not in answer.text


def test_a_code_that_is_nobodys_is_said_to_be(cast: Cast) -> None:
    lin = signed_in(cast.lin)
    assert 'role="alert"' in lin.get("/desk/listings/?code=123").text
    assert lin.get("/desk/listings/propose/?list=abnormal-operation&code=123").status_code == 302
    assert lin.get("/desk/listings/propose/?list=none&code=123").status_code == 404


def test_a_wrong_listing_is_suspended_by_one_and_revoked_by_another(cast: Cast) -> None:
    listed(abnormal())
    one = Listing.objects.get()
    lin, zhao_at_desk = signed_in(cast.lin), signed_in(cast.zhao)
    assert str(one.record_id) in lin.get(f"/desk/listings/?code={QIAO}").text
    page = f"/desk/listings/in-force/{one.subject_id}/{one.record_id}/"
    assert lin.get(page).status_code == 200

    answer = lin.post(page, {"act": "wrong", "reason": "主体有误"})

    asked = Exit.objects.get()
    assert answer.headers["Location"] == f"/desk/listings/exits/{asked.id}/"
    assert in_force_of([qiao()], at=AT + HOUR) == []
    assert QIAO_NAME in zhao_at_desk.get("/desk/listings/").text
    told = {"act": "leave", "reason": "确有错误"}
    assert zhao_at_desk.post(f"/desk/listings/exits/{asked.id}/", told).status_code == 302
    asked.refresh_from_db()
    assert asked.outcome == "left"


def test_an_early_exit_needs_every_condition(cast: Cast) -> None:
    listed(abnormal(列入日期="2026-10-12"))
    one = Listing.objects.get()
    page = f"/desk/listings/in-force/{one.subject_id}/{one.record_id}/"
    told = {"act": "exit", "reason": "已补报。", "corrected_on": "2026-11-20"}
    assert signed_in(cast.lin).post(page, told).status_code == 302
    page, zhao_at_desk = f"/desk/listings/exits/{Exit.objects.get().id}/", signed_in(cast.zhao)

    refused = zhao_at_desk.post(page, {"act": "leave", "reason": "条件具备"})
    assert refused.status_code == 422
    assert "各项条件" in refused.text
    told = {"act": "leave", "reason": "条件具备", "conditions_met": "on"}
    assert zhao_at_desk.post(page, told).status_code == 302


def test_an_officer_lays_a_draft_before_everybody_and_reads_what_was_said(cast: Cast) -> None:
    zhao_at_desk = signed_in(cast.zhao)
    told = {"list_id": "aeo", "title": "认定标准（稿）", "text": "第一条", "days": "30"}
    assert zhao_at_desk.post("/desk/criteria/", {**told, "days": "29"}).status_code == 422
    assert zhao_at_desk.post("/desk/criteria/", told).status_code == 302
    draft = CriteriaDraft.objects.get()
    comment(draft_id=draft.id, text="建议写明期限。", at=AT)

    assert "建议写明期限。" in zhao_at_desk.get(f"/desk/criteria/{draft.id}/").text
    assert signed_in(cast.lin).get("/desk/criteria/").status_code == 403
    assert zhao_at_desk.post(f"/desk/criteria/{draft.id}/").status_code == 302
    assert zhao_at_desk.get(f"/desk/criteria/{draft.id}/").status_code == 404


def test_drafts_are_listed_at_the_desk(cast: Cast) -> None:
    publish_draft(list_id="aeo", title="认定标准（稿）", text="第一条", days=30, who=zhao(), at=AT)
    assert "认定标准（稿）" in signed_in(cast.zhao).get("/desk/criteria/").text
