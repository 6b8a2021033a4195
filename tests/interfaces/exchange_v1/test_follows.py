"""An agency's system follows firms, hears what changed, and ends it; nobody sees another's follows."""

from datetime import timedelta
from typing import Any

import pytest
from cast import AT, QIAO, firm_code
from exchange_system import FOLLOWS, System
from listing_rows import abnormal, listed
from sending import csv_of, penalty, sent

from gongxin.flows.warn_followers import warn_followers
from gongxin.registry.checks.models import Follow

HOUR = timedelta(hours=1)
ASKED = {"code": QIAO, "purpose": "行业监管", "basis": "条例第四十条", "until": "2027-05-31"}


@pytest.fixture
def _qiao(cast: Any) -> None:
    sent(csv_of(penalty()))


def begun(system: System, **changed: Any) -> dict[str, Any]:
    answer = system.post(FOLLOWS, {**ASKED, **changed})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.usefixtures("_qiao")
def test_a_system_follows_a_firm_and_ends_it(regulator: System, bureau: System) -> None:
    made = begun(regulator)
    assert (made["subject"]["code"], made["until"], made["runs"]) == (QIAO, "2027-05-31", True)
    assert regulator.get(FOLLOWS).json() == {"follows": [made], "next": None}
    assert bureau.get(FOLLOWS).json()["follows"] == []

    address = f"{FOLLOWS}/{made['follow']}"
    assert bureau.delete(address).status_code == 404
    ended = regulator.delete(address).json()
    assert (ended["runs"], ended["ended_at"] is not None) == (False, True)
    assert regulator.delete(address).json()["error"]["code"] == "follow-ended"


@pytest.mark.usefixtures("_qiao")
def test_changes_are_read_from_a_place_on_without_their_content(regulator: System, bureau: System) -> None:
    begun(regulator)
    listed(abnormal(), at=AT + HOUR)
    warn_followers(at=AT + 2 * HOUR)

    told = regulator.get(f"{FOLLOWS}/warnings").json()
    (one,) = told["warnings"]
    assert (one["change"], one["class_id"], told["next"]) == ("listed", "abnormal-operation", None)
    assert "示例异列" not in str(told)
    again = regulator.get(f"{FOLLOWS}/warnings", after=told["cursor"]).json()
    assert (again["warnings"], again["cursor"]) == ([], told["cursor"])
    assert bureau.get(f"{FOLLOWS}/warnings").json()["warnings"] == []


@pytest.mark.usefixtures("_qiao")
@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"code": firm_code(77)}, 422, "unknown-subject"),
        ({"code": "11010519491231002X"}, 422, "unknown-subject"),
        ({"basis": None}, 422, "unreadable-body"),
        ({"purpose": ""}, 422, "unreadable-body"),
        ({"until": "31.5.2027"}, 422, "unreadable-body"),
        ({"until": "2026-11-23"}, 422, "end-not-open"),
        ({"until": "2028-01-01"}, 422, "end-not-open"),
        ({"purpose": "查 11010519491231002X"}, 422, "words-of-a-person"),
        ({"case_number": "查〔2026〕1号"}, 409, "not-sealed"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_a_code(
    regulator: System, changed: dict[str, Any], status: int, code: str
) -> None:
    answer = regulator.post(FOLLOWS, {**ASKED, **changed})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not Follow.objects.exists()


@pytest.mark.usefixtures("_qiao")
def test_the_same_firm_is_followed_once(regulator: System) -> None:
    begun(regulator)
    assert regulator.post(FOLLOWS, ASKED).json()["error"]["code"] == "followed-already"
