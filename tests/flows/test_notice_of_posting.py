"""Whoever a record burdens is told as it is posted, changed, withdrawn or decided about."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO, firm_code
from desk_cast import GOOD_ROW, tax_list
from django.db import transaction
from kept_told import decided_untold
from sending import csv_of, penalty, recalled, sent

from gongxin.core.ledger import Kind
from gongxin.core.policy import Role
from gongxin.flows import posting
from gongxin.flows.correct import correct_entry
from gongxin.flows.decide_held import decide_held
from gongxin.flows.grant_mandate import grant
from gongxin.flows.notice_words import notice_in_words, notices_in_words
from gongxin.flows.repair import eligible_of
from gongxin.registry.accounts.models import User
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
TODAY = date(2026, 11, 23)


def told() -> list[str]:
    return list(Notice.objects.filter(agency=None).order_by("at", "id").values_list("kind", flat=True))


def said(language: str = "zh-hans") -> str:
    notice = Notice.objects.filter(agency=None).latest("at", "id")
    text = notice_in_words(notice, language=language)
    return "\n".join([text.title, *text.paragraphs])


def test_a_penalty_comes_with_its_repair_notice_and_the_dates_reckoned_for_it() -> None:
    sent(csv_of(penalty()))

    assert told() == ["repair-notice"]
    words = said()
    assert words.startswith("行政处罚信息信用修复告知书")
    for part in (
        "示范市生态环境局作出的行政处罚（文号 示环罚〔2026〕12号，2026年10月12日）",
        "类别：一般。",
        "公示至2027年10月12日",
        "2027年1月12日起，可以申请信用修复",
        "信用修复由示范市生态环境局决定",
        "不收取任何费用",
        "申请行政复议",
        "中文和英文两种文本",
    ):
        assert part in words
    assert "Shown until 12 October 2027." in said("en")
    assert "From 12 January 2027 you may ask for its repair" in said("en")


def test_the_notice_of_a_market_regulators_penalty_says_where_repair_is_asked_as_its_page_does() -> None:
    body = "示范市市场监督管理局"
    sent(csv_of(penalty(CF_CFJG=body)))

    (choice,) = eligible_of(Notice.objects.latest("at").subject_id, at=LATER)
    assert choice.elsewhere is not None
    assert choice.elsewhere.note.zh in said()
    assert choice.elsewhere.note.en in said("en")
    assert "“信用中国”网站" not in said()


def test_a_minor_penalty_is_told_as_not_shown_and_why() -> None:
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))

    assert told() == ["repair-notice"]
    words = said()
    assert "这条信息不对社会公示：属于轻微处罚。" in words
    assert "依法共享、使用至2027年1月12日，到期自动停止" in words
    assert "公示至" not in words
    assert "2026年10月12日起，可以申请信用修复，提前停止公示、共享和使用。" in words
    assert "信用修复由示范市生态环境局决定" in words


def test_one_that_arrives_after_its_period_is_told_too() -> None:
    sent(csv_of(penalty(CF_JDRQ="2016-01-12", CF_WSH="示环罚〔2016〕1号")))

    assert Decision.objects.get().reason == "period-over"
    assert "这条信息不对社会公示：记入时公示期已经届满。" in said()
    assert "依法共享" not in said()


def test_a_new_version_is_told_with_its_dates_and_the_same_one_again_is_not() -> None:
    sent(csv_of(penalty()))
    sent(csv_of(penalty()), at=LATER)
    sent(csv_of(penalty(CF_NR="罚款人民币壹万元", CF_NR_FK="1")), at=LATER + timedelta(hours=1))

    assert told() == ["repair-notice", "record.corrected"]
    assert "公示至2027年10月12日" in said()


def test_a_recall_is_told_as_a_withdrawal_with_its_ground() -> None:
    recalled(sent(csv_of(penalty())), at=LATER)

    assert told() == ["repair-notice", "record.withdrawn"]
    assert "说明：报错目录" in said()


def test_a_recall_that_lets_an_earlier_version_stand_again_tells_of_it() -> None:
    sent(csv_of(penalty()))
    recalled(sent(csv_of(penalty(CF_NR_FK="1")), at=LATER), at=LATER + timedelta(hours=1))

    assert told() == ["repair-notice", "record.corrected", "record.corrected"]


def test_what_was_withdrawn_and_is_sent_again_is_held_and_told_at_once() -> None:
    recalled(sent(csv_of(penalty())), at=LATER)
    sent(csv_of(penalty()), at=LATER + timedelta(days=1))

    assert told()[-1] == "record.returned"
    assert "在来源单位确认之前" in said()


def held(publish: bool) -> None:
    sent(csv_of(penalty()))
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕13号", CF_XDR_MC="远山宾馆集团股份公司")), at=LATER)
    entry = Entry.objects.exclude(held_reason="").get()
    assert told() == ["repair-notice"]
    decide_held(
        subject_id=entry.subject_id, record_id=entry.record_id, publish=publish, ground="已核实",
        actor=ZHAO, at=LATER + timedelta(hours=1),
    )  # fmt: skip


@pytest.mark.parametrize(("publish", "kind"), [(True, "repair-notice"), (False, "record.withheld")])
def test_what_is_held_is_told_once_it_is_decided(publish: bool, kind: str) -> None:
    held(publish)

    assert told() == ["repair-notice", kind]


def test_what_was_held_and_recalled_is_told_to_nobody() -> None:
    sent(csv_of(penalty()))
    doubtful = penalty(CF_WSH="示环罚〔2026〕13号", CF_XDR_MC="远山宾馆集团股份公司")
    recalled(sent(csv_of(doubtful), at=LATER), at=LATER + timedelta(hours=1))

    assert told() == ["repair-notice"]


def test_of_what_burdens_nobody_nobody_is_told() -> None:
    sent(tax_list(GOOD_ROW), class_id="tax-a-level")

    assert Entry.objects.count() == 1
    assert told() == []


def test_a_batch_makes_one_mail_for_who_acts_however_many_records_it_brings() -> None:
    sent(csv_of(penalty()))
    found = subject_of_code(QIAO, at=AT)
    assert found is not None
    acting(found)

    sent(
        csv_of(
            *(penalty(CF_WSH=f"示环罚〔2026〕{number}号") for number in range(20, 25)),
            penalty(CF_XDR_SHXYM=firm_code(2), CF_XDR_MC="示范第2机械有限公司"),
        ),
        at=LATER,
    )

    assert Notice.objects.filter(at=LATER).count() == 6
    (mail,) = Delivery.objects.filter(channel="email", queued_at=LATER)
    assert (mail.recipient.email, mail.state, mail.next_try_at) == ("qiao@example.org", "queued", LATER)


def acting(subject_id: UUID) -> None:
    qiao = User.objects.create(
        id=uuid4(), username="qiao", email="qiao@example.org", role=Role.ORGANISATION_OFFICER.value
    )
    grant(
        user=qiao, subject_id=subject_id, kind="legal-representative", ground="营业执照", from_on=TODAY,
        until_on=None, actor=ZHAO, at=AT,
    )  # fmt: skip


def test_notices_read_together_as_they_read_alone() -> None:
    held(publish=True)
    notices: Sequence[Notice] = list(Notice.objects.all())

    assert notices_in_words(notices, language="en") == [
        notice_in_words(one, language="en") for one in notices
    ]


def test_a_decision_nobody_was_told_of_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "tell_of_records", lambda *_told, **_named: None)

    sent(csv_of(penalty()))

    ((_, outcome),) = decided_untold()
    assert outcome == "published"
    Notice.objects.bulk_create(
        Notice(
            subject_id=one.subject_id, id=one.id, kind="repair-notice", record_id=one.record_id, at=AT, by="x"
        )
        for one in Decision.objects.all()
    )
    assert decided_untold() == []


def test_a_correction_is_told_with_what_holds_now() -> None:
    sent(csv_of(penalty()))
    with transaction.atomic():
        correct_entry(
            Entry.objects.get(), {"CF_NR": "罚款人民币壹万元"}, kind=Kind.CLERICAL, ground="金额笔误",
            proposed_by=LIN.written, decided_by=ZHAO, at=LATER,
        )  # fmt: skip

    assert told() == ["repair-notice", "record.corrected"]
    assert "说明：金额笔误" in said()
    assert "公示至2027年10月12日" in said()
