"""An agency's own system states that a month had nothing, and takes it back."""

from datetime import timedelta

import pytest
from cast import AT, OPERATOR
from desk_cast import Cast
from django.test import Client
from exchange_system import NIL, System
from sending import csv_of, penalty, sent

from gongxin.flows.succeed import succeed_agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import NilReturn

OCTOBER = {"class": "penalty", "month": "2026-10"}
SEPTEMBER = {"class": "penalty", "month": "2026-09"}
MOBILE = "13800138000"
WHY = {"reason": "漏查一件处罚"}


def stated(system: System, said: dict[str, str] = OCTOBER) -> dict[str, object]:
    answer = system.post(NIL, said)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def withdraw(system: System, found: dict[str, object], body: object = WHY) -> object:
    return system.post(f"{NIL}/{found['nil_return']}/withdraw", body)


def code_of(answer: object) -> tuple[int, str]:
    assert answer["Content-Type"].startswith("application/problem+json")  # type: ignore[index]
    return answer.status_code, answer.json()["error"]["code"]  # type: ignore[attr-defined]


def test_a_system_states_a_nil_return_and_finds_it_on_its_list(regulator: System, cast: Cast) -> None:
    found = stated(regulator)

    kept = NilReturn.objects.get()
    assert (kept.agency, kept.class_id, f"{kept.month}") == (cast.regulator, "penalty", "2026-10-01")
    assert (found["state"], found["class_id"], found["month"]) == ("standing", "penalty", "2026-10")
    assert regulator.get(NIL).json() == {"nil_returns": [found], "next": None}


def test_what_is_said_again_is_the_same_statement(regulator: System) -> None:
    found = stated(regulator)

    again = regulator.post(NIL, OCTOBER)

    assert (again.status_code, again.json()) == (200, found)
    assert NilReturn.objects.count() == 1


def test_the_key_is_named_in_the_audit(regulator: System) -> None:
    found = stated(regulator)
    withdraw(regulator, found)

    events = AuditEvent.objects.filter(action__startswith="nil.").order_by("action")
    assert [one.action for one in events] == ["nil.stated", "nil.withdrawn"]
    assert {(one.actor_kind, one.actor) for one in events} == {("key", str(regulator.kept.pk))}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"class": "no-such-class", "month": "2026-10"}, 422, "unknown-class"),
        ({"class": "penalty", "month": "2026-11"}, 422, "month-not-open"),
        ({"class": "penalty", "month": "2025-10"}, 422, "month-not-open"),
        ({"class": "tax-a-level", "month": "2026-10"}, 422, "no-day-of-decision"),
        ({"class": "penalty"}, 422, "unreadable-body"),
        ({"class": "penalty", "month": "2026-13"}, 422, "unreadable-body"),
        ({"class": "penalty", "month": "2026-10-01"}, 422, "unreadable-body"),
        ({"class": 1, "month": "2026-10"}, 422, "unreadable-body"),
        (["penalty", "2026-10"], 422, "unreadable-body"),
        (b"{", 422, "unreadable-body"),
        (b'"' + b"x" * 3_000_000 + b'"', 413, "too-large"),
    ],
)
def test_what_cannot_be_stated_is_refused_with_a_code(
    regulator: System, body: object, status: int, code: str
) -> None:
    assert code_of(regulator.post(NIL, body)) == (status, code)
    assert NilReturn.objects.count() == 0


def test_the_refusal_of_a_month_says_which_months_are_open(regulator: System) -> None:
    answer = regulator.post(NIL, {"class": "penalty", "month": "2026-11"})

    assert "2025-11 至 2026-10" in answer.json()["detail"]


def test_a_month_with_records_is_refused_with_their_number(regulator: System, cast: Cast) -> None:
    sent(csv_of(penalty(CF_WSH="甲1号"), penalty(CF_WSH="甲2号")), agency=cast.regulator)

    answer = regulator.post(NIL, OCTOBER)

    assert code_of(answer) == (409, "not-nil")
    assert "2 条" in answer.json()["detail"]
    assert "2 records of that month are here" in answer.json()["error"]["message"]


def test_a_record_that_arrives_later_overtakes_the_statement(regulator: System, cast: Cast) -> None:
    stated(regulator)

    submission = sent(csv_of(penalty()), agency=cast.regulator, at=AT + timedelta(hours=1))

    (found,) = regulator.get(NIL).json()["nil_returns"]
    assert (found["state"], found["overtaken_by"]) == ("overtaken", str(submission.id))
    assert code_of(withdraw(regulator, found)) == (409, "withdrawn-already")


def test_the_list_goes_on_page_by_page_newest_first(
    regulator: System, bureau: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour, month in enumerate(("2026-08", "2026-10", "2026-09"), start=11):
        monkeypatch.setenv("GONGXIN_NOW", f"2026-11-23T{hour}:00:00+08:00")
        stated(regulator, {"class": "penalty", "month": month})

    first = regulator.get(NIL, limit=2).json()
    second = regulator.get(first["next"]).json()

    months = [one["month"] for page in (first, second) for one in page["nil_returns"]]
    assert months == ["2026-09", "2026-10", "2026-08"]
    assert second["next"] is None
    assert code_of(bureau.get(first["next"])) == (400, "unreadable-cursor")


def test_a_system_takes_a_nil_return_back_with_a_reason(regulator: System) -> None:
    found = stated(regulator)

    answer = withdraw(regulator, found, {"reason": " 漏查一件\n处罚　"})

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["withdrawn_reason"]) == ("withdrawn", "漏查一件 处罚")
    assert code_of(withdraw(regulator, found)) == (409, "withdrawn-already")
    assert stated(regulator)["nil_return"] != found["nil_return"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"reason": ""}, "no-reason"),
        ({"reason": "错。 "}, "no-reason"),
        ({"reason": "漏" * 201}, "no-reason"),
        ({"reason": "漏查\x00一件"}, "no-reason"),
        ({"reason": None}, "unreadable-body"),
        ({}, "unreadable-body"),
        (["漏查一件处罚"], "unreadable-body"),
    ],
)
def test_without_a_reason_nothing_is_taken_back(regulator: System, body: object, code: str) -> None:
    found = stated(regulator)

    assert code_of(withdraw(regulator, found, body)) == (422, code)
    assert NilReturn.objects.get().withdrawn_at is None


def test_a_reason_with_a_persons_number_is_refused_and_not_kept(regulator: System) -> None:
    found = stated(regulator)

    answer = withdraw(regulator, found, {"reason": f"已联系 {MOBILE}，漏查一件"})

    assert code_of(answer) == (422, "reason-of-a-person")
    assert MOBILE not in answer.content.decode()
    assert NilReturn.objects.get().withdrawn_at is None
    assert not any(MOBILE in str(event.detail) for event in AuditEvent.objects.all())


def test_another_agency_neither_sees_nor_withdraws_it(regulator: System, bureau: System) -> None:
    found = stated(regulator)

    assert bureau.get(NIL).json()["nil_returns"] == []
    assert code_of(withdraw(bureau, found)) == (404, "no-such-nil-return")
    assert code_of(withdraw(bureau, found, {})) == (404, "no-such-nil-return")
    assert NilReturn.objects.get().withdrawn_at is None
    assert stated(bureau)["nil_return"] != found["nil_return"]


def test_whoever_holds_a_predecessors_key_states_for_the_successor(
    regulator: System, bureau: System, cast: Cast
) -> None:
    before = stated(regulator)
    succeed_agency(agency=cast.regulator, successor=cast.bureau, actor=OPERATOR, at=AT)

    after = stated(regulator, SEPTEMBER)

    assert NilReturn.objects.get(id=after["nil_return"]).agency == cast.bureau
    assert bureau.post(NIL, OCTOBER).json()["nil_return"] == before["nil_return"]
    assert {one["month"] for one in bureau.get(NIL).json()["nil_returns"]} == {"2026-09", "2026-10"}
    assert withdraw(bureau, before).status_code == 200


def test_without_a_key_nothing_is_stated_or_seen(regulator: System) -> None:
    found = stated(regulator)
    regulator.revoke()

    assert code_of(Client().get(NIL)) == (401, "no-key")
    assert code_of(regulator.post(NIL, OCTOBER)) == (401, "no-key")
    assert code_of(withdraw(regulator, found)) == (401, "no-key")
