"""An approval system asks by the API, hears of changes, and says what it did; others' checks stay theirs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cast import AT, OPERATOR, QIAO, firm_code
from checking import fed
from exchange_system import CHECKS, System
from listing_rows import REMOVED, abnormal, listed

from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.verify_answer import verify
from gongxin.registry.audit.models import Look
from gongxin.registry.checks.models import Changed, Check, Feedback, Unanswered

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MOBILE, RESIDENT = "13800138000", "11010519491231002X"


@pytest.fixture(autouse=True)
def _key(cast: Any) -> None:
    ensure_key(actor=OPERATOR, at=AT)


def question(**changes: Any) -> dict[str, Any]:
    told = {"code": QIAO, "matter": "policy-support", "purpose": "审查申请", "case_number": "审〔2026〕1号"}
    return {key: value for key, value in {**told, **changes}.items() if value is not None}


def many(*subjects: dict[str, str], **changes: Any) -> dict[str, Any]:
    return question(code=None, subjects=list(subjects), **changes)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def changed(regulator: System, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a check whose answer changed."""
    listed(abnormal())
    fed()
    check = regulator.post(CHECKS, question()).json()["id"]
    listed(abnormal(**REMOVED), at=AT + HOUR)
    assert recheck(at=AT + 2 * HOUR) == 1
    monkeypatch.setenv("GONGXIN_NOW", (AT + 3 * HOUR).isoformat())
    return f"{CHECKS}/{check}"


def test_one_question_gets_one_signed_answer_for_the_agency(regulator: System) -> None:
    listed(abnormal())

    answer = regulator.post(CHECKS, question())

    told = answer.json()
    assert (answer.status_code, told["verdict"]) == (201, "restrict")
    signature = told.pop("signature")
    assert verify(signature, at=AT).told == told
    assert told["records"][0]["class"] == "abnormal-operation"
    assert Check.objects.get().agency == regulator.kept.agency
    look = Look.objects.get()
    assert (look.purpose, look.case_number) == ("审查申请", "审〔2026〕1号")


def test_the_same_request_is_one_check_and_another_under_its_key_is_refused(regulator: System) -> None:
    listed(abnormal())

    first = regulator.post(CHECKS, question(), key="审-1")
    again = regulator.post(CHECKS, question(), key="审-1")
    other = regulator.post(CHECKS, question(matter="awards"), key="审-1")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert refused(other) == (409, "asked-otherwise")
    assert Check.objects.count() == 1


def test_two_agencies_may_use_one_key(regulator: System, bureau: System) -> None:
    listed(abnormal())

    answers = [one.post(CHECKS, question(), key="1") for one in (regulator, bureau)]

    assert [one.status_code for one in answers] == [201, 201]


def test_many_are_answered_in_their_order_and_replayed_as_a_whole(regulator: System) -> None:
    listed(abnormal())
    asked = many({"code": QIAO}, {"code": firm_code(77)}, {"name": "示范乔木"})

    answer = regulator.post(CHECKS, asked, key="标-7")

    told = answer.json()["answers"]
    assert answer.status_code == 201
    assert [one["verdict"] for one in told] == ["restrict", "cannot-tell", "cannot-tell"]
    assert [one["code"] for one in told[2]["candidates"]] == [QIAO]
    again = regulator.post(CHECKS, many({"code": QIAO}), key="标-7")
    assert (again.status_code, again.json()["answers"]) == (200, told[:1])
    swapped = regulator.post(CHECKS, many({"code": firm_code(3)}, {"code": QIAO}), key="标-7")
    assert refused(swapped) == (409, "asked-otherwise")


def test_ten_thousand_in_one_call_are_shown_the_command_that_screens(regulator: System) -> None:
    answer = regulator.post(CHECKS, many(*({"code": QIAO} for _ in range(10_000))))

    assert refused(answer) == (422, "too-many-subjects")
    assert "gongxin screen" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"matter": "elections"}, 422, "unknown-matter"),
        ({"at": "2026-11-24"}, 422, "moment-to-come"),
        ({"at": "2026-11-23T10:00:01+08:00"}, 422, "moment-to-come"),
        ({"at": "10:00"}, 422, "unreadable-body"),
        ({"purpose": f"电话{MOBILE}"}, 422, "number-of-a-person"),
        ({"case_number": RESIDENT}, 422, "number-of-a-person"),
        ({"case_number": "审" * 61}, 422, "unfit-words"),
        ({"purpose": " "}, 422, "unreadable-body"),
        ({"case_number": None}, 422, "unreadable-body"),
        ({"code": 91}, 422, "unreadable-body"),
        ({"code": None, "subjects": []}, 422, "unreadable-body"),
        ({"subjects": [{"code": QIAO}]}, 422, "unreadable-body"),
        ({"code": None, "subjects": ["x"]}, 422, "unreadable-body"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_kept(
    regulator: System, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = regulator.post(CHECKS, question(**changes))

    assert refused(answer) == (status, code)
    assert MOBILE not in answer.content.decode()
    assert not Check.objects.exists()
    assert not Unanswered.objects.exists()


def test_one_that_cannot_be_asked_among_many_leaves_nothing_of_the_others(regulator: System) -> None:
    listed(abnormal())
    regulator.post(CHECKS, many({"code": QIAO}), key="标-7")

    answer = regulator.post(CHECKS, many({"code": firm_code(3)}, {"code": QIAO}, matter="awards"), key="8")
    kept = Check.objects.count()
    clash = regulator.post(
        CHECKS, many({"code": QIAO}, {"code": QIAO}, matter="policy-support", case_number="二"), key="标-7"
    )

    assert answer.status_code == 201
    assert refused(clash) == (409, "asked-otherwise")
    assert Check.objects.count() == kept


def test_a_question_about_a_person_is_not_held_here_and_the_number_stays_nowhere(regulator: System) -> None:
    answer = regulator.post(CHECKS, question(code=RESIDENT))

    assert answer.json()["verdict"] == "not-held-here"
    assert RESIDENT not in answer.content.decode()
    assert RESIDENT not in str(Unanswered.objects.get().__dict__)


def test_without_a_key_nobody_is_answered(regulator: System) -> None:
    regulator.revoke()

    assert refused(regulator.post(CHECKS, question())) == (401, "no-key")


def test_a_changed_answer_is_listed_once_by_the_cursor_and_acknowledged(
    regulator: System, changed: str
) -> None:
    first = regulator.get(f"{CHECKS}/changes").json()

    (told,) = first["changes"]
    assert (told["before"], told["after"], told["acknowledged_at"]) == ("restrict", "allow", None)
    assert told["answer"]["replaces"] == changed.rsplit("/", 1)[1]
    assert verify(told["answer"]["signature"], at=AT + 3 * HOUR).holds
    after = regulator.get(f"{CHECKS}/changes", after=first["cursor"]).json()
    assert (after["changes"], after["cursor"], after["next"]) == ([], first["cursor"], None)

    read = regulator.post(f"{changed}/acknowledge", {"change": told["change"]})
    again = regulator.post(f"{changed}/acknowledge", {})
    assert read.status_code == again.status_code == 200
    assert read.json()["acknowledged_at"] == again.json()["acknowledged_at"] is not None


def test_a_change_of_a_turn_that_is_not_over_waits_for_its_end(regulator: System, changed: str) -> None:
    """The planted fault: half of a turn was written, and the other half comes with the same instant."""
    held = Changed.objects.get()
    half = Changed(**{name.attname: getattr(held, name.attname) for name in Changed._meta.concrete_fields})
    half.id = uuid4()
    half.at = AT + 5 * HOUR
    half.save(force_insert=True)

    assert len(regulator.get(f"{CHECKS}/changes").json()["changes"]) == 1
    recheck(at=AT + 6 * HOUR)
    assert len(regulator.get(f"{CHECKS}/changes").json()["changes"]) == 2


def test_an_answer_that_stands_has_nothing_to_acknowledge(regulator: System) -> None:
    listed(abnormal())
    check = regulator.post(CHECKS, question()).json()["id"]

    assert refused(regulator.post(f"{CHECKS}/{check}/acknowledge", {})) == (409, "nothing-changed")


def test_what_was_done_is_kept_once_and_only_by_a_rule_the_answer_named(
    regulator: System, changed: str
) -> None:
    named = regulator.get(changed).json()["answer"]["measures"][0]["rule"]
    said = {"rule": named, "done": "applied", "done_on": "2026-11-23", "note": "已暂缓"}

    first = regulator.post(f"{changed}/feedback", said)
    again = regulator.post(f"{changed}/feedback", said)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert regulator.get(changed).json()["feedback"] == [first.json()]
    other = regulator.post(f"{changed}/feedback", {**said, "rule": "M1/list:tax-a-level/awards"})
    assert refused(other) == (422, "rule-not-named")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"done_on": "2026-11-24"}, "not-that-day"),
        ({"done_on": "2026-11-22"}, "not-that-day"),
        ({"done": "punished"}, "unreadable-body"),
        ({"done_on": "昨天"}, "unreadable-body"),
        ({"note": f"见{RESIDENT}"}, "number-of-a-person"),
        ({"note": "长" * 1001}, "unfit-words"),
    ],
)
def test_what_cannot_have_been_done_is_refused(
    regulator: System, changed: str, said: dict[str, str], code: str
) -> None:
    told = {"done": "granted", "done_on": "2026-11-23", **said}

    assert refused(regulator.post(f"{changed}/feedback", told)) == (422, code)
    assert not Feedback.objects.exists()


def test_another_agencys_check_is_not_there(bureau: System, changed: str) -> None:
    assert refused(bureau.get(changed)) == (404, "no-such-check")
    assert refused(bureau.post(f"{changed}/acknowledge", {})) == (404, "no-such-check")
    said = {"done": "granted", "done_on": "2026-11-23"}
    assert refused(bureau.post(f"{changed}/feedback", said)) == (404, "no-such-check")
    assert bureau.get(f"{CHECKS}/changes").json()["changes"] == []
