"""Zhao asks whether two subjects are one; the question becomes a case, or the form says why it cannot."""

from uuid import UUID, uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME, firm_code
from desk_cast import Cast
from django.test import Client
from identities import judged, known_as, merged, number_of
from interfaces.desk.test_kept_form import session_ends, sign_in, unseen

from gongxin.core.subjects import REGISTRATION, UNIFIED
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.subjects.models import Doubt, Subject

OLD = number_of(1)  # by which the same firm was registered before


@pytest.fixture
def coded(cast: Cast) -> UUID:
    return known_as(QIAO_NAME, (UNIFIED, QIAO))


@pytest.fixture
def numbered(cast: Cast) -> UUID:
    return known_as("示范乔木机械厂", (REGISTRATION, OLD))


def form_of(subject_id: UUID) -> str:
    return f"/desk/subjects/{subject_id}/doubt/"


def refused(client: Client, subject_id: UUID, code: str) -> str:
    """Return the form that comes back with what was typed; nothing was raised."""
    before = Doubt.objects.count()
    answer = client.post(form_of(subject_id), {"code": code})
    assert (answer.status_code, Doubt.objects.count()) == (422, before)
    page = answer.content.decode()
    assert f'value="{code}"' in page
    return page


def test_the_subjects_page_leads_to_the_form_and_the_form_to_the_case(
    zhao: Client, coded: UUID, numbered: UUID
) -> None:
    assert form_of(coded) in zhao.get(f"/desk/subjects/{coded}/").content.decode()
    assert zhao.get(form_of(coded)).status_code == 200

    case = zhao.post(form_of(coded), {"code": f" {OLD} "}, follow=True)

    doubt = Doubt.objects.get()
    assert case.redirect_chain == [(f"/desk/doubts/{doubt.id}/", 302)]
    assert ({doubt.subject_id, doubt.other_id}, doubt.reason) == ({coded, numbered}, "asked")
    assert "有人提出 (1)" in zhao.get("/desk/doubts/").content.decode()


def test_who_asked_stands_in_the_audit_and_on_the_case_and_both_looks_are_kept(
    zhao: Client, cast: Cast, coded: UUID, numbered: UUID
) -> None:
    page = zhao.post(form_of(coded), {"code": OLD}, follow=True).content.decode()

    event = AuditEvent.objects.get(action="doubt.raised")
    assert event.actor == str(cast.zhao.pk)
    assert {event.detail["subject"], event.detail["other"]} == {coded.hex, numbered.hex}
    assert "提出两者是否为同一主体" in page
    assert set(Look.objects.values_list("subject_id", flat=True)) == {coded, numbered}


def test_asked_again_from_either_side_it_is_the_same_case(zhao: Client, coded: UUID, numbered: UUID) -> None:
    first = zhao.post(form_of(coded), {"code": OLD})
    again = zhao.post(form_of(numbered), {"code": QIAO})

    assert first["Location"] == again["Location"]
    assert Doubt.objects.count() == AuditEvent.objects.filter(action="doubt.raised").count() == 1


def test_two_judged_different_before_lead_to_that_case_in_words(
    zhao: Client, coded: UUID, numbered: UUID
) -> None:
    before = judged(coded, numbered, "different").doubt

    case = zhao.post(form_of(coded), {"code": OLD}, follow=True)

    assert case.redirect_chain == [(f"/desk/doubts/{before.id}/", 302)]
    assert "此前已有判断认定二者不同" in case.content.decode()
    assert not AuditEvent.objects.filter(action="doubt.raised").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (firm_code(9), "没有主体使用这个代码"),
        (QIAO[:-1] + ("0" if QIAO[-1] != "0" else "1"), "代码无效（统一社会信用代码）：校验码不正确"),
        ("I" * 18, "含有该代码不使用的字符"),
        ("1234", "长度不符合任何一种代码"),
        ("1234567890123", "13位旧注册号，没有校验码"),
        ("00000000000000000X", "占位代码，不能识别主体"),
        ("11010119900307109X", "这是个人证件号码"),  # the example of the standard: nobody's
        (QIAO, "这是该主体自己的代码"),
    ],
)
def test_a_code_that_leads_to_no_other_subject_is_refused_by_its_reason(
    zhao: Client, coded: UUID, typed: str, words: str
) -> None:
    assert words in refused(zhao, coded, typed)


def test_the_code_typed_survives_a_session_that_ended(zhao: Client, cast: Cast, coded: UUID) -> None:
    carried = unseen(zhao.get(form_of(coded)))
    session_ends(zhao)

    turned_away = zhao.post(form_of(coded), {**carried, "code": OLD})
    back = sign_in(zhao, turned_away, "zhao")

    assert turned_away.status_code == 403
    assert f'value="{OLD}"' in back.content.decode()
    assert not Doubt.objects.exists()


def test_an_empty_form_comes_back(zhao: Client, coded: UUID) -> None:
    assert zhao.post(form_of(coded), {}).status_code == 422


def test_two_that_are_one_by_a_merge_are_not_asked_about(zhao: Client, coded: UUID, numbered: UUID) -> None:
    merged(coded, numbered)

    assert "只有撤销合并才能分开" in refused(zhao, coded, OLD)
    assert "只有撤销合并才能分开" in refused(zhao, numbered, OLD)  # whose page is the survivor's


def test_codes_that_conflict_are_named_at_once(zhao: Client, coded: UUID) -> None:
    known_as(QIAO_NAME, (UNIFIED, firm_code(2)))

    page = refused(zhao, coded, firm_code(2))

    assert "是两个组织" in page
    assert QIAO in page
    assert not AuditEvent.objects.filter(action="doubt.raised").exists()


def test_a_professional_is_the_same_as_nobody(zhao: Client, coded: UUID) -> None:
    doctor = Subject.objects.create(id=uuid4(), kind="professional", database="natural-person", created_at=AT)

    assert "只有组织可以合并" in refused(zhao, doctor.id, QIAO)
    assert form_of(doctor.id) not in zhao.get(f"/desk/subjects/{doctor.id}/").content.decode()


def test_lin_and_the_auditor_may_not_ask(lin: Client, auditor: Client, coded: UUID, numbered: UUID) -> None:
    for client in (lin, auditor):
        assert client.get(form_of(coded)).status_code == 403
        assert client.post(form_of(coded), {"code": OLD}).status_code == 403
    assert form_of(coded) not in auditor.get(f"/desk/subjects/{coded}/").content.decode()
    assert not Doubt.objects.exists()


def test_who_is_unknown_has_no_form(zhao: Client) -> None:
    assert zhao.get(form_of(uuid4())).status_code == 404
