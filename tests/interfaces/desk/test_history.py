"""The whole history of a record on one sheet, and a subject's file as it stood; each look is written down."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cast import AT, OPERATOR, PASSWORD, QIAO, QIAO_NAME, ZHAO
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, recalled, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, Party, Who
from gongxin.core.differences import Difference, differences
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.core.policy import Role
from gongxin.flows.ask_further import ask_further
from gongxin.flows.confirm_law import confirm
from gongxin.flows.enrol import add_user
from gongxin.flows.grant_mandate import grant
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewPoint
from gongxin.registry.audit.models import Look
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

FOR_A_COURT = {"purpose": "court", "case_number": "（2026）示01行初12号"}


@pytest.fixture
def subject(cast: Cast) -> str:
    """Qiao's firm, fined on one day."""
    sent(csv_of(penalty()), agency=cast.bureau, at=AT)
    return str(subject_of_code(QIAO, at=AT))


@pytest.fixture
def record(subject: str) -> str:
    (view,) = records_of(UUID(subject), audience=Audience.AUDITOR, at=AT)
    return f"/desk/records/{subject}/{view.record_id}/history/"


def corrected_and_recalled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = penalty(CF_NR_FK="3", CF_NR="罚款人民币叁万元")
    batch = sent(csv_of(changed), agency=cast.bureau, at=AT + timedelta(days=1))
    recalled(batch, at=AT + timedelta(days=2), reason="案号有误")
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-26T10:00:00+08:00")


def test_a_field_that_was_dropped_or_added_is_a_difference_too() -> None:
    before, after = {"a": "1", "b": "2"}, {"b": "3", "c": "4"}

    assert differences(before, after) == [
        Difference("b", "2", "3"), Difference("c", "", "4"), Difference("a", "1", ""),
    ]  # fmt: skip


def test_nothing_is_shown_before_a_purpose_is_given(zhao: Client, record: str) -> None:
    asked, empty, no_number = zhao.get(record), zhao.post(record, {}), zhao.post(record, {"purpose": "court"})

    assert "各版本" not in asked.content.decode()
    assert (empty.status_code, no_number.status_code) == (422, 422)
    assert "请选择用途" in empty.content.decode()
    assert "均有案号" in no_number.content.decode()
    assert not Look.objects.exists()


def test_the_sheet_holds_every_version_decision_and_act(
    zhao: Client, cast: Cast, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected_and_recalled(cast, monkeypatch)

    page = zhao.post(record, FOR_A_COURT).content.decode()

    assert [f"第 {number} 版" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "<del>2</del>" in page
    assert "<ins>3</ins>" in page
    assert "案号有误" in page
    assert page.count("报送.csv") >= 2
    assert "文件入库" in page
    assert "予以公示" in page
    assert "（2026）示01行初12号" in page
    assert "账号 zhao（信用中心经办人）" in page


def told_of_a_review(record: str) -> None:
    """Qiao, who acts for the firm, tells of a review of the penalty."""
    *_rest, subject, record_id, _page = record.strip("/").split("/")
    qiao = add_user(
        name="qiao", password=PASSWORD, role=Role.ORGANISATION_OFFICER, agency=None, actor=OPERATOR, at=AT
    )
    grant(
        user=qiao, subject_id=UUID(subject), kind="legal-representative", ground="营业执照",
        from_on=legal_day(AT), until_on=None, actor=OPERATOR, at=AT,
    )  # fmt: skip
    herself = Who(Actor(ActorKind.USER, str(qiao.pk)), Party.APPLICANT)
    ask_further(
        Kind.REVIEW, subject_id=UUID(subject), record_ids=[UUID(record_id)], form_id=uuid4(),
        entry=Entry.MINE, statement="已申请行政复议。", evidence=[], who=herself, at=AT,
    )  # fmt: skip
    object_to(
        subject_id=UUID(subject), asked=[Asked(UUID(record_id), "remove", (NewPoint(said="并无此事。"),))],
        form_id=uuid4(), entry=Entry.MINE, statement="", evidence=(), who=herself, at=AT,
    )  # fmt: skip


def test_while_a_review_is_open_the_sheet_says_held_and_names_the_review(zhao: Client, record: str) -> None:
    before = zhao.post(record, FOR_A_COURT).text
    told_of_a_review(record)

    page = zhao.post(record, FOR_A_COURT).text

    assert "可作措施依据</dt><dd>自2027年" in before
    assert "复议或者诉讼期间不得作为措施依据" in page
    assert "可作措施依据</dt><dd>自" not in page
    assert "<b>议〔2026〕1号</b> · 行政复议 · 审理中" in page


def test_the_sheet_says_for_which_firm_an_officer_acted_and_by_which_step(zhao: Client, record: str) -> None:
    told_of_a_review(record)

    page = zhao.post(record, FOR_A_COURT).text

    assert f"企业经办人（{QIAO_NAME}，账号 qiao）" in page
    assert "异议 · 收到申请" in page
    assert "organisation-officer" not in page
    assert "objection/open" not in page


def test_what_rests_on_an_unconfirmed_value_says_so_until_an_officer_confirms_it(
    zhao: Client, subject: str, record: str, tmp_path: Path
) -> None:
    pages = (record, f"/desk/subjects/{subject}/")
    before = [zhao.post(page, FOR_A_COURT).content.decode() for page in pages]
    text = tmp_path / "424.txt"
    text.write_text("全文", encoding="utf-8")

    confirm(key="S-424", text=text, actor=ZHAO, at=AT)

    assert ["gongxin law confirm S-424" in page for page in before] == [True, True]
    after = [zhao.post(page, FOR_A_COURT).content.decode() for page in pages]
    assert ["S-424" in page for page in after] == [False, False]


def test_each_look_is_written_down_with_purpose_and_case_number(
    zhao: Client, cast: Cast, record: str
) -> None:
    zhao.post(record, FOR_A_COURT)

    look = Look.objects.get()
    assert look.actor == str(cast.zhao.pk)
    assert str(look.subject_id) in record
    assert (look.purpose, look.case_number) == ("record.read-history: court", "（2026）示01行初12号")


def test_lin_may_not_read_a_history_and_nobody_one_that_is_not_there(
    lin: Client, auditor: Client, record: str
) -> None:
    nothing = "00000000-0000-0000-0000-000000000000"

    assert lin.get(record).status_code == 403
    assert lin.post(record, FOR_A_COURT).status_code == 403
    assert auditor.post(record, {"purpose": "audit"}).status_code == 200
    assert auditor.get(f"/desk/records/{nothing}/{nothing}/history/").status_code == 404
    assert auditor.get(f"/desk/subjects/{nothing}/").status_code == 404


def test_a_file_is_shown_as_it_stood_and_with_what_the_public_saw(
    auditor: Client, cast: Cast, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    withheld = penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="", CF_WSH="示环罚〔2026〕13号")
    sent(csv_of(withheld), agency=cast.bureau, at=AT)
    corrected_and_recalled(cast, monkeypatch)
    address = f"/desk/subjects/{subject}/"

    first, second, third, before = (
        auditor.post(address, {"purpose": "audit", "at": at}).content.decode()
        for at in ("2026-11-23", "2026-11-24T12:00", "", "2026-11-22")
    )

    assert "截至2026年11月23日 23:59的情形" in first
    assert "罚款人民币贰万元" in first
    assert "当时已向社会公示" in first
    assert "罚款人民币叁万元" in second
    assert "罚款人民币贰万元" in third
    assert "当时未向社会公示" in third
    assert "共有记录 2 条，其中向社会公示 1 条" in third
    assert "共有记录 0 条" in before
    assert Look.objects.count() == 4


@pytest.mark.parametrize("at", ["tomorrow", "2026-13-01", "9999-12-31", "2027-01-01", "0001-01-01T00:00"])
def test_an_instant_that_is_none_or_lies_ahead_is_refused_in_words(
    auditor: Client, subject: str, at: str
) -> None:
    answer = auditor.post(f"/desk/subjects/{subject}/", {"purpose": "audit", "at": at})

    assert answer.status_code == 422
    assert "当时档案内" not in answer.content.decode()


def test_the_address_of_a_file_may_name_the_instant(auditor: Client, subject: str) -> None:
    page = auditor.get(f"/desk/subjects/{subject}/?at=2026-11-20").content.decode()

    assert 'value="2026-11-20"' in page
    assert QIAO_NAME in page


def test_a_persons_number_for_a_case_number_is_refused_and_opens_nothing(zhao: Client, record: str) -> None:
    answer = zhao.post(record, {**FOR_A_COURT, "case_number": "13800138000"})

    assert answer.status_code == 422
    assert "此处含有个人号码" in answer.content.decode()
    assert "均有案号" not in answer.content.decode()
    assert not Look.objects.exists()
