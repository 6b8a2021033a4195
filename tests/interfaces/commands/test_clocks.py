"""gongxin clocks: every clock of one record as of a day, with rule and source."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cast import AT, LIN, QIAO, QIAO_NAME, REGULATOR, ZHAO, firm_code
from django.db import transaction
from sending import csv_of, penalty, sent
from withdrawing import withdraw_record

from gongxin.core.cases import Entry as Entrance
from gongxin.core.cases import Kind, Party, Who, Words
from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.legal_day import legal_day
from gongxin.core.working_days import packaged_calendar
from gongxin.flows.case_steps import take
from gongxin.flows.change_publication import end, hide
from gongxin.flows.confirm_law import import_calendar
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import record

pytestmark = pytest.mark.django_db

NAMES = ["class", "publish_by", "publish_until", "share_until", "use_until", "repair_from", "usable_from"]
KEYS = {"date", "provisional", "rule", "source"}
REFUSED = 2
NUMBER = "示环罚〔2026〕12号"
CLOSED = penalty(
    CF_CFLB="责令停产停业",
    CF_CFJG="示范市市场监督管理局",
    CF_JDRQ="2025-11-03",
    CF_WSH="示市监罚〔2025〕3号",
)
LICENCE = {
    "XK_XDR_MC": QIAO_NAME,
    "XK_XDR_LB": "法人及非法人组织",
    "XK_XDR_SHXYM": QIAO,
    "XK_FRDB": "乔某",
    "XK_XKWS": "准予许可决定书",
    "XK_WSH": "示许〔2026〕8号",
    "XK_XKLB": "普通",
    "XK_NR": "经营范围所列事项",
    "XK_JDRQ": "2026-10-12",
    "XK_YXQZ": "2026-10-12",
    "XK_YXQZI": "2029-10-11",
    "XK_XKJG": "示范市生态环境局",
    "XK_XKJGDM": REGULATOR,
    "XK_ZT": "1",
    "XK_LYDW": "示范市生态环境局",
    "XK_LYDWDM": REGULATOR,
}


def asked(capsys: pytest.CaptureFixture[str], record_id: str, *more: str) -> dict[str, Any]:
    """Return what the command answers, its shape checked."""
    assert main(["clocks", record_id, *more, "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert list(told) == NAMES
    for name, clock in told.items():
        assert clock is None or set(clock) - {"value"} == KEYS
        assert clock is None or ("value" in clock) == (name == "class")
    return told


def days(told: dict[str, Any]) -> list[str | None]:
    return [clock and clock["date"] for clock in told.values()]


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    assert main(["clocks", *words, "--json"]) == REFUSED
    error = json.loads(capsys.readouterr().out)["error"]
    return error["code"], error["message"]["en"]


def only_entry() -> Entry:
    return Entry.objects.get(superseded_at=None)


def test_a_fine_has_all_seven_clocks(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    told = asked(capsys, only_entry().record_id.hex)

    # Decided on 12 October 2026. Taken as served on 21 October: the limit for suit ends on 21 April 2027.
    assert days(told) == [
        "2026-10-12", "2026-10-21", "2027-10-12", "2027-10-12", "2027-10-12", "2027-01-12", "2027-04-22",
    ]  # fmt: skip
    assert told["class"]["value"] == "general"
    assert {told[name]["rule"] for name in NAMES[2:6]} == {"order-36/general"}
    assert (told["publish_by"]["rule"], told["publish_by"]["source"]) == (
        "publish-in-7-working-days",
        "S-424",
    )
    assert (told["usable_from"]["rule"], told["usable_from"]["provisional"]) == (
        "after-review-and-suit",
        True,
    )


def test_it_agrees_with_the_page_and_with_the_stored_decision(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty(CF_GSJZQ="2027-03-01")))
    entry = only_entry()
    view = record(entry.subject_id, entry.record_id, audience=Audience.PUBLIC, at=AT)

    told = asked(capsys, entry.record_id.hex)

    assert view is not None
    assert view.publish_until is not None
    assert told["publish_until"]["date"] == legal_day(view.publish_until).isoformat() == "2027-03-01"
    assert (told["publish_until"]["rule"], told["publish_until"]["source"]) == (view.rule, view.source)
    assert told["repair_from"]["date"] == str(view.repairable_from)
    assert told["publish_by"]["date"] == str(view.due_on)
    assert told["usable_from"]["date"] == str(view.usable_from)


def test_a_record_is_named_by_its_id_its_address_or_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    entry = only_entry()
    names = [
        entry.record_id.hex,
        str(entry.record_id),
        f"https://credit.example/subjects/{entry.subject_id}/records/{entry.record_id}/",
        f"/subjects/{uuid4()}/records/{entry.record_id}/",  # as it was before a merge
        NUMBER,
        "示环罚 [2026] 第12号",
    ]

    assert [days(asked(capsys, name))[0] for name in names] == ["2026-10-12"] * len(names)


def test_a_number_that_several_records_have_names_none(capsys: pytest.CaptureFixture[str]) -> None:
    another = penalty(CF_XDR_SHXYM=firm_code(2), CF_XDR_MC="示范孙木机械有限公司")
    sent(csv_of(penalty(), another))

    assert refusal(capsys, NUMBER) == (
        "ambiguous-record",
        f"2 records have the document number {NUMBER}; name one by its id",
    )


def test_what_names_no_record_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    names = ["示环罚〔2026〕1", "0" * 32, "", "\0", f"/records/{uuid4()}/", only_entry().subject_id.hex, QIAO]

    assert {refusal(capsys, name)[0] for name in names} == {"unknown-record"}


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    for day in ("2026-02-30", "yesterday", "12345-01-01", "1900-01-01"):
        assert refusal(capsys, NUMBER, "--on", day)[0] == "no-such-day"


def test_nothing_ran_before_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    assert refusal(capsys, NUMBER, "--on", "2026-10-11")[0] == "not-yet-decided"
    assert days(asked(capsys, NUMBER, "--on", "2026-10-12"))[0] == "2026-10-12"


def test_a_withdrawn_record_says_since_when_and_why_and_before_it_what_ran_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent(csv_of(penalty()))
    entry = only_entry()
    later = AT + timedelta(days=3)  # 26 November
    withdraw_record(
        subject_id=entry.subject_id, record_id=entry.record_id, ground="处罚决定被撤销",
        proposed_by=LIN, decided_by=ZHAO, at=later,
    )  # fmt: skip

    eve, day = asked(capsys, NUMBER, "--on", "2026-11-25"), asked(capsys, NUMBER, "--on", "2026-11-26")

    assert eve["publish_until"]["date"] == "2027-10-12"
    for name in ("publish_until", "share_until", "use_until"):
        assert day[name] == {
            "date": "2026-11-26", "provisional": False, "rule": "withdrawal", "source": "S-HN",
        }  # fmt: skip
    assert day["repair_from"] is None
    assert day["class"] == eve["class"]  # the class is that of the decision that reckoned it
    assert day["publish_by"] == eve["publish_by"]


@pytest.mark.parametrize(("kind", "rule"), [(Kind.REVIEW, "held-by-review"), (Kind.SUIT, "held-by-suit")])
def test_an_open_review_or_suit_holds_the_use_and_nothing_else(
    kind: Kind, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(csv_of(penalty()))
    entry = only_entry()
    before = asked(capsys, NUMBER)
    opened, closed = AT + timedelta(days=1), AT + timedelta(days=4)  # 24 and 27 November
    told_of = Application(kind, entry.subject_id, [Asked(entry.record_id)], uuid4(), Entrance.COUNTER)
    with transaction.atomic():
        case, _ = open_case(told_of, who=Who(ZHAO, Party.CENTRE), at=opened)
        (part,) = parts_of(case)
    words = Words(reason="决定书认定处罚成立", basis="行政复议法", remedy="可以依法提起诉讼")
    with transaction.atomic():
        take(case, part, "act-stands", who=Who(ZHAO, Party.CENTRE), words=words, at=closed)

    eve, day, last, after = (asked(capsys, NUMBER, "--on", f"2026-11-{day}") for day in (23, 24, 26, 27))

    for held in (day, last):
        assert held["usable_from"] == {"date": None, "provisional": False, "rule": rule, "source": "S-HN"}
        assert {**held, "usable_from": None} == {**before, "usable_from": None}
    assert eve == after == before


def test_a_repaired_record_can_no_longer_be_repaired(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    with transaction.atomic():
        end([only_entry()], reason="repaired", rule="repair", source="S-36", decided_by="agency:x", at=AT)

    told = asked(capsys, NUMBER)

    assert told["repair_from"] is None
    assert (told["publish_until"]["date"], told["publish_until"]["rule"]) == ("2026-11-23", "repair")
    assert told["class"]["rule"] == "order-36/general"


def test_what_is_suspended_keeps_its_clocks(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    before = asked(capsys, NUMBER)
    with transaction.atomic():
        hide([only_entry()], outcome=Outcome.SUSPENDED, reason="leak", decided_by="user:zhao", at=AT)

    assert asked(capsys, NUMBER) == before


def test_a_warning_that_is_withheld_has_no_end_of_publication(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR_FK="")))

    told = asked(capsys, NUMBER)

    assert told["class"]["value"] == "minor"
    assert told["publish_until"] is None
    assert told["use_until"]["date"] == "2027-01-12"
    assert told["repair_from"]["date"] == "2026-10-12"


def test_what_came_after_its_period_says_when_that_ended(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty(CF_JDRQ="2025-03-03")))

    assert asked(capsys, NUMBER)["publish_until"]["date"] == "2026-03-03"


def test_before_it_was_held_here_a_record_is_told_by_the_instrument_of_the_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent(csv_of(penalty(CF_JDRQ="2026-03-30")))

    eve, day = asked(capsys, NUMBER, "--on", "2026-03-31"), asked(capsys, NUMBER, "--on", "2026-04-01")

    assert (eve["publish_until"]["date"], eve["publish_until"]["rule"]) == ("2029-03-30", "order-58/general")
    assert (day["publish_until"]["date"], day["publish_until"]["rule"]) == ("2027-03-30", "order-36/general")


def test_before_any_instrument_only_what_needs_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty(CF_JDRQ="2018-03-05")))

    told = asked(capsys, NUMBER, "--on", "2018-06-01")

    assert days(told) == [None, "2018-03-14", None, None, None, None, "2018-09-15"]


def test_a_penalty_that_never_ends_early_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(CLOSED))

    told = asked(capsys, CLOSED["CF_WSH"], "--on", "2025-12-24")

    assert told["repair_from"] == {
        "date": "2028-11-03",
        "provisional": False,
        "rule": "market-order-45/serious/never-early",
        "source": "S-SJCF",
    }


def test_a_provisional_limit_is_told_as_it_was_reckoned_until_the_notice_came(
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = datetime(2026, 12, 29, 2, tzinfo=UTC)
    sent(csv_of(penalty(CF_JDRQ="2026-12-28")), at=at)
    notice = """
year: 2027
notice: {number: 国办发明电〔2026〕X号, confidence: P}
source: S-CAL
confidence: P
holidays:
  - name: {zh: 元旦, en: New Year's Day}
    days_off: [2027-01-01, 2027-01-04]
"""
    import_calendar(text=notice, actor=ZHAO, at=at + timedelta(days=1))

    before, after = (asked(capsys, NUMBER, "--on", day)["publish_by"] for day in ("2026-12-29", "2026-12-30"))

    assert (before["date"], before["provisional"]) == ("2027-01-07", True)
    assert (after["date"], after["provisional"]) == ("2027-01-08", False)
    assert not packaged_calendar().is_official(2027)


def test_a_record_of_another_class_has_no_class_and_no_day_of_use(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(LICENCE), class_id="licence")

    assert days(asked(capsys, LICENCE["XK_WSH"])) == [
        None, "2026-10-21", "2029-10-12", "2029-10-12", "2029-10-12", None, None,
    ]  # fmt: skip


def test_a_person_reads_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    assert main(["clocks", NUMBER, "--on", "2026-11-23"]) == 0

    head, *lines = capsys.readouterr().out.splitlines()
    assert head == f"{NUMBER}  2026-11-23"
    assert lines[0] == "类别 (class): 一般 (general)  2026-10-12  order-36/general  S-36 《信用修复管理办法》"
    assert lines[-1].startswith("可作依据自 (usable from): 2027-04-22（暂计 provisional）")
    assert len(lines) == len(NAMES)


def test_asking_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    kept = [model.objects.count() for model in (Entry, Decision, AuditEvent, Look)]

    asked(capsys, NUMBER, "--on", date(2030, 1, 1).isoformat())

    assert [model.objects.count() for model in (Entry, Decision, AuditEvent, Look)] == kept
