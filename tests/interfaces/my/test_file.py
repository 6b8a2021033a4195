"""The subject sees everything held about it, also what nobody else sees, and why."""

import pytest
from cast import AT, QIAO
from django.test import Client
from interfaces.my.conftest import Officer, a_mandate, a_user, signed_in
from repairing import accepted, asked_for, decide
from sending import csv_of, penalty, sent
from withdrawing import withdraw_record

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Party, Who, Words
from gongxin.core.disclosure import Audience
from gongxin.core.policy import Role
from gongxin.flows.decide_repair import repair
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.models import Subject
from gongxin.registry.subjects.queries import subject_of_code

from cast import LIN, ZHAO  # isort: skip

REPAIRED = Words("义务已履行，准予修复。", "《信用修复管理办法》", "可依法申请行政复议。")
LICENCE = (
    "姓名,职业,执业证号,发证日期,有效期至,执业状态,发证机关\n"
    "苏某,律师,14101202600000001,2026-10-12,2031-10-11,有效,示范市司法局\n"
)


def of_qiao(number: str) -> RecordView:
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    views = records_of(subject_id, audience=Audience.SUBJECT, at=AT)
    return next(view for view in views if number in view.document_number)


def test_the_file_says_until_when_a_record_shows_and_from_when_it_can_be_repaired(qiao: Officer) -> None:
    page = qiao.client.get("/my/").text

    assert "对外公示至2027年10月12日。" in page
    assert "2027年1月12日起可申请修复，由示范市生态环境局决定。不收费。" in page


def test_a_warning_nobody_else_sees_is_there_with_the_reason(qiao: Officer, sun: Client) -> None:
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕20号", CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    minor = of_qiao("20号")

    page = qiao.client.get("/my/").text

    assert "示环罚〔2026〕20号" in page
    assert "不对社会公示：轻微处罚，依法不予公示。依法共享、使用至2027年1月12日。" in page
    assert sun.get(f"/subjects/{minor.subject_id}/records/{minor.record_id}/").status_code == 404


def test_a_repaired_warning_says_when_and_no_longer_how_to_repair_or_counts_as_adverse(
    qiao: Officer,
) -> None:
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕20号", CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    minor = of_qiao("20号")
    before = qiao.client.get("/my/").text
    case = asked_for(
        minor.subject_id, minor.record_id, who=Who(Actor(ActorKind.USER, str(qiao.user.pk)), Party.APPLICANT)
    )
    decide(repair, accepted(case, "示环罚〔2026〕20号"), words=REPAIRED)

    page, file = qiao.client.get(f"/my/records/{minor.record_id}/").text, qiao.client.get("/my/").text

    assert "不对社会公示：已修复。 已于2026年" in page
    assert "如何修复" not in page
    assert ("<dd>2</dd>" in before, "<dt>不良信息</dt><dd>1</dd>" in file) == (True, True)
    assert of_qiao("20号").repairable_from is None


def test_a_withdrawn_record_stays_in_the_file(qiao: Officer, fined: RecordView) -> None:
    withdraw_record(
        subject_id=fined.subject_id, record_id=fined.record_id, ground="处罚决定已撤销", proposed_by=LIN,
        decided_by=ZHAO, at=AT,
    )  # fmt: skip

    page = qiao.client.get(f"/my/records/{fined.record_id}/").text

    assert "已撤销，不再公示。" in page
    assert "处罚决定已撤销" in page


def test_the_record_says_everything_also_the_name_others_see_masked(
    qiao: Officer, fined: RecordView, sun: Client
) -> None:
    own = qiao.client.get(f"/my/records/{fined.record_id}/").text
    public = sun.get(f"/subjects/{fined.subject_id}/records/{fined.record_id}/").text

    assert "乔某" in own
    assert "乔某" not in public


def test_a_correction_of_the_source_shows_what_it_changed(qiao: Officer, fined: RecordView) -> None:
    sent(csv_of(penalty(CF_NR_FK="1", CF_NR="罚款人民币壹万元")))

    page = qiao.client.get(f"/my/records/{fined.record_id}/").text

    assert "罚款人民币贰万元" in page
    assert "罚款人民币壹万元" in page


@pytest.mark.django_db
def test_a_professional_sees_their_own_licence_and_nobody_else_does(sun: Client) -> None:
    sent(LICENCE.encode(), class_id="professional-licence")
    subject = Subject.objects.get(kind="professional")
    (view,) = records_of(subject.id, audience=Audience.SUBJECT, at=AT)
    su = a_user("su", Role.PROFESSIONAL)
    a_mandate(su, view, kind="professional", until_on=None)

    page = signed_in(su).get("/my/").text

    assert "苏某" in page
    assert "这类信息不对社会公示，仅自己可见。" in page
    assert "公示中" not in page
    assert "账号 su 已登记为您本人使用" in page
    assert "贵单位" not in page
    assert sun.get(f"/subjects/{subject.id}/").status_code == 404


def test_all_records_of_a_class_stand_on_a_page_of_their_own(qiao: Officer) -> None:
    assert "示环罚〔2026〕12号" in qiao.client.get("/my/classes/penalty/").text
    assert qiao.client.get("/my/classes/licence/").status_code == 404
