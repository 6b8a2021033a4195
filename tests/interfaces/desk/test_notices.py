"""The desk sees what was told and whether it arrived, prints it, and notes how a paper was served."""

import subprocess
from uuid import uuid4

import pytest
from cast import AT, firm_code
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.core.policy import Role
from gongxin.flows.notify import tell_agency
from gongxin.interfaces.pages.look_words import looks_in_words
from gongxin.registry.accounts.models import User
from gongxin.registry.audit.looks import looks_at
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.intake.models import Submission
from gongxin.registry.notices.models import Delivery, Notice

LIST = "/desk/notices/"


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号")), agency=cast.bureau)


@pytest.fixture
def notice(submission: Submission) -> Notice:
    assert submission.posted == 2
    return Notice.objects.order_by("id")[0]


def page_of(notice: Notice) -> str:
    return f"{LIST}{notice.subject_id}/{notice.id}/"


def paper(content: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.usefixtures("notice")
def test_what_waits_to_be_served_is_listed_and_goes_out_as_a_table(zhao: Client) -> None:
    shown = zhao.get(LIST).content.decode()

    assert shown.count("行政处罚信息信用修复告知书") == 2
    table = zhao.get(f"{LIST}?format=csv").content.decode("utf-8-sig")
    assert "示范乔木机械有限公司" in table
    assert AuditEvent.objects.filter(action="table.exported").exists()


@pytest.mark.usefixtures("notice")
def test_a_body_sees_the_notices_about_its_own_records_only(lin: Client, wu: Client, notice: Notice) -> None:
    assert "信用修复告知书" in wu.get(LIST).content.decode()
    assert "信用修复告知书" not in lin.get(LIST).content.decode()
    assert lin.get(page_of(notice)).status_code == 404
    assert lin.get(f"{page_of(notice)[:-1]}.pdf").status_code == 404


def test_the_notice_is_printed_with_its_dates_and_stays_as_it_was_printed(wu: Client, notice: Notice) -> None:
    printed = wu.get(f"{page_of(notice)[:-1]}.pdf")

    words = "".join(paper(printed.content).split())
    assert "行政处罚信息信用修复告知书" in words
    assert "2027年10月12日" in words
    assert "收件人签名（盖章）" in words
    assert Notice.objects.get(id=notice.id).paper["zh-hans"]["title"] == "行政处罚信息信用修复告知书"
    assert AuditEvent.objects.filter(action="notice.printed").count() == 1


def test_a_record_and_a_whole_file_bring_their_notices_to_print(
    wu: Client, lin: Client, notice: Notice, submission: Submission
) -> None:
    one = wu.get(f"/desk/records/{notice.subject_id}/{notice.record_id}/notice.pdf")
    assert one["Content-Type"] == "application/pdf"

    whole = wu.get(f"/desk/submissions/{submission.id}/notices.pdf")

    assert paper(whole.content).count("信用修复告知书") == 2
    assert wu.get(f"/desk/submissions/{submission.id}/notices.pdf?part=2").status_code == 302
    assert lin.get(f"/desk/submissions/{submission.id}/notices.pdf").status_code == 404
    assert "notices.pdf" in wu.get(f"/desk/submissions/{submission.id}/").content.decode()
    assert "notice.pdf" in wu.get("/desk/find/?q=示环罚〔2026〕13号").content.decode()


def test_an_officer_notes_the_letter_and_its_receipt(wu: Client, notice: Notice) -> None:
    posted = {"how": "letter:posted", "on": "2026-11-23"}
    assert "请填写挂号信编号" in wu.post(page_of(notice), posted).content.decode()
    wu.post(page_of(notice), {**posted, "number": "XA示范0001"})
    assert Delivery.objects.get(channel="letter").state == "sent"

    answer = wu.post(page_of(notice), {"how": "letter:received", "on": "2026-11-23"})

    assert answer.status_code == 302
    assert Delivery.objects.get(channel="letter").proof == "received: XA示范0001"
    assert "received: XA示范0001" in wu.get(page_of(notice)).content.decode()
    assert (
        "已经登记过"
        in wu.post(page_of(notice), {"how": "letter:refused", "on": "2026-11-23"}).content.decode()
    )
    assert wu.get(f"{LIST}?state=served").content.decode().count("行政处罚信息信用修复告知书") == 1


def test_a_day_to_come_serves_nothing(wu: Client, notice: Notice) -> None:
    answer = wu.post(page_of(notice), {"how": "counter:signed", "on": "2026-11-24"})

    assert "不能早于通知的日期" in answer.content.decode()
    assert not Delivery.objects.filter(served_at__isnull=False).exists()


def test_an_auditor_reads_and_notes_nothing(auditor: Client, notice: Notice) -> None:
    assert auditor.get(page_of(notice)).status_code == 200
    assert auditor.post(page_of(notice), {"how": "counter:signed", "on": "2026-11-23"}).status_code == 403


def test_a_body_opens_what_it_is_told_and_that_serves_it(
    zhao: Client, wu: Client, cast: Cast, notice: Notice
) -> None:
    told = tell_agency(
        agency=cast.bureau, subject_id=notice.subject_id, kind="case.told-above", facts={"reason": "逾期"},
        by="user:zhao", at=AT, record_id=notice.record_id,
    )  # fmt: skip
    assert "1 份给贵单位的通知尚未打开" in wu.get("/desk/").content.decode()
    zhao.get(page_of(told))
    assert not Delivery.objects.filter(notice_id=told.id, served_at__isnull=False).exists()

    wu.get(page_of(told))

    assert Delivery.objects.get(notice_id=told.id).state == "served"
    assert "尚未打开" not in wu.get("/desk/").content.decode()


def test_who_reads_a_notice_is_told_to_the_subject(zhao: Client, auditor: Client, notice: Notice) -> None:
    zhao.get(page_of(notice))
    auditor.get(page_of(notice))

    told = looks_at([notice.subject_id], audience=Audience.SUBJECT, at=AT).looks
    words = [(one.role, one.purpose) for one in looks_in_words(told)]
    assert sorted(words) == [
        ("审计员", "查阅或者打印致该主体的通知"),
        ("经办人", "查阅或者打印致该主体的通知"),
    ]


def test_a_body_that_may_not_read_a_notice_leaves_no_look(lin: Client, notice: Notice) -> None:
    lin.get(page_of(notice))
    lin.get(f"{page_of(notice)[:-1]}.pdf")

    assert not Look.objects.exists()


def test_each_way_of_printing_a_notice_is_a_look(
    wu: Client, cast: Cast, notice: Notice, submission: Submission
) -> None:
    wu.get(f"{page_of(notice)[:-1]}.pdf")
    wu.get(f"/desk/records/{notice.subject_id}/{notice.record_id}/notice.pdf")
    wu.get(f"/desk/submissions/{submission.id}/notices.pdf")

    looks = list(Look.objects.values_list("subject_id", "purpose", "agency_id", "role"))
    assert looks == [(notice.subject_id, "notice.read", cast.bureau.id, "clerk")] * 3


def test_a_sheet_of_many_notices_is_one_look_at_each_subject(wu: Client, cast: Cast) -> None:
    other = penalty(CF_XDR_SHXYM=firm_code(2), CF_XDR_MC="示范丁香机械有限公司", CF_WSH="示环罚〔2026〕14号")
    both = sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号"), other), agency=cast.bureau)

    wu.get(f"/desk/submissions/{both.id}/notices.pdf")

    looked_at = list(Look.objects.values_list("subject_id", flat=True))
    assert len(looked_at) == len(set(looked_at)) == 2


def test_a_body_that_opens_its_own_mail_looks_at_nobody(
    wu: Client, zhao: Client, cast: Cast, notice: Notice
) -> None:
    told = tell_agency(
        agency=cast.bureau, subject_id=notice.subject_id, kind="case.told-above", facts={"reason": "逾期"},
        by="user:zhao", at=AT, record_id=notice.record_id,
    )  # fmt: skip

    wu.get(page_of(told))
    wu.get(f"{page_of(told)[:-1]}.pdf")
    assert not Look.objects.exists()

    zhao.get(page_of(told))
    assert [look.subject_id for look in Look.objects.all()] == [notice.subject_id]


def test_a_failed_mail_stands_on_the_morning_page_for_a_letter(zhao: Client, notice: Notice) -> None:
    qiao = User.objects.create(id=uuid4(), username="qiao", role=Role.ORGANISATION_OFFICER.value)
    Delivery.objects.create(
        subject_id=notice.subject_id, id=uuid4(), notice_id=notice.id, channel="email", state="failed",
        recipient=qiao, queued_at=AT,
    )  # fmt: skip

    shown = zhao.get("/desk/").content.decode()

    assert "邮件发送失败的通知" in shown
    assert zhao.get(f"{LIST}?state=failed").content.decode().count("行政处罚信息信用修复告知书") == 1
