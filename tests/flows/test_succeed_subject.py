"""Rights and duties pass to another by law; both pages say so, no record moves, and it can be taken back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME, ZHAO, firm_code
from desk_cast import Cast, desk_cast
from django.test import Client
from identities import fined, known_as, merged
from sending import csv_of, sent

from gongxin.flows.judge import NotAnOrganisation, NotLive
from gongxin.flows.succeed_subject import (
    RecordedAlready,
    StillToCome,
    WouldSucceedItself,
    end_succession,
    record_succession,
)
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db
HEIR, HEIR_NAME = firm_code(2), "示范青禾机械有限公司"
ON = date(2026, 10, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


def succeeded(predecessor, successor, **changes):
    told = {"kind": "absorption", "on": ON, "ground": "准予变更登记通知书", "actor": ZHAO, "at": AT}
    return record_succession(predecessor_id=predecessor, successor_id=successor, **(told | changes))


def test_both_pages_say_it_and_no_record_moves(cast):
    qiao, heir = fined(1, unified=QIAO), fined(2, unified=HEIR, name=HEIR_NAME)
    posted = list(Entry.objects.values_list("id", "subject_id").order_by("id"))

    succeeded(qiao, heir)

    old, new = Client().get(f"/subjects/{qiao}/").text, Client().get(f"/subjects/{heir}/").text
    assert f"其权利义务已于2026年10月20日由{HEIR_NAME}承继（吸收合并）。" in old
    assert f'<a class="code" href="/subjects/{heir}/">{HEIR}</a>' in old
    assert f"于2026年10月20日承继{QIAO_NAME}的权利义务（吸收合并）。" in new
    [told] = Client().get(f"/api/v1/subjects/{qiao}").json()["successions"]
    assert (told["role"], told["id"], told["name"]) == ("successor", str(heir), HEIR_NAME)
    assert (told["kind"], told["on"]) == ("absorption", "2026-10-20")
    [told] = Client().get(f"/api/v1/subjects/{heir}").json()["successions"]
    assert (told["role"], told["code"]) == ("predecessor", QIAO)
    assert list(Entry.objects.values_list("id", "subject_id").order_by("id")) == posted
    assert AuditEvent.objects.get(action="succession.recorded").detail["ground"] == "准予变更登记通知书"


def test_of_whom_nothing_is_public_there_is_no_link(cast):
    qiao, heir = fined(1, unified=QIAO), known_as(HEIR_NAME, ("unified", HEIR))

    succeeded(qiao, heir)

    page = Client().get(f"/subjects/{qiao}/").text
    assert HEIR in page
    assert f"/subjects/{heir}/" not in page


def test_taken_back_neither_page_says_it_and_it_may_be_recorded_anew(cast, monkeypatch):
    qiao, heir = fined(1, unified=QIAO), fined(2, unified=HEIR)
    made = succeeded(qiao, heir)

    end_succession(succession=made, ground="登记有误", actor=ZHAO, at=AT + timedelta(hours=1))

    monkeypatch.setenv("GONGXIN_NOW", (AT + timedelta(hours=2)).isoformat())
    assert Client().get(f"/api/v1/subjects/{qiao}").json()["successions"] == []
    with pytest.raises(NotLive):
        end_succession(succession=made, ground="登记有误", actor=ZHAO, at=AT + timedelta(hours=1))
    succeeded(qiao, heir, at=AT + timedelta(hours=3))


def test_what_cannot_be_is_refused(cast):
    qiao, heir, third = (known_as(QIAO_NAME, ("unified", firm_code(n))) for n in (1, 2, 3))
    doctor = Subject.objects.create(id=uuid4(), kind="professional", database="natural-person", created_at=AT)
    succeeded(qiao, heir)
    succeeded(heir, third)

    for predecessor, successor, refusal in (
        (qiao, heir, RecordedAlready),
        (qiao, qiao, WouldSucceedItself),
        (third, qiao, WouldSucceedItself),  # round in a ring
        (qiao, doctor.id, NotAnOrganisation),
    ):
        with pytest.raises(refusal):
            succeeded(predecessor, successor)
    with pytest.raises(StillToCome):
        succeeded(qiao, third, on=AT.date() + timedelta(days=1))


def test_two_that_are_one_do_not_succeed_each_other(cast):
    qiao, twin = known_as(QIAO_NAME, ("unified", QIAO)), known_as(QIAO_NAME)
    merged(qiao, twin)

    with pytest.raises(WouldSucceedItself):
        succeeded(qiao, twin)


def test_no_merge_leads_a_succession_round_to_itself_or_has_it_told_twice(cast):
    qiao, heir = (known_as(QIAO_NAME, ("unified", firm_code(number))) for number in (1, 2))
    twin_of_heir, twin_of_qiao = known_as(HEIR_NAME), known_as(QIAO_NAME)
    succeeded(qiao, twin_of_heir)
    merged(heir, twin_of_heir)
    merged(qiao, twin_of_qiao)

    with pytest.raises(WouldSucceedItself):
        succeeded(heir, qiao)
    with pytest.raises(RecordedAlready):
        succeeded(twin_of_qiao, heir)


def test_two_who_are_found_to_be_one_after_a_succession_still_have_their_pages(cast):
    qiao, twin = fined(1, unified=QIAO), known_as(QIAO_NAME)
    succeeded(twin, qiao)
    merged(qiao, twin)
    zhao = Client()
    zhao.force_login(cast.zhao)

    assert Client().get(f"/api/v1/subjects/{qiao}").json()["successions"] == []
    assert zhao.get(f"/desk/subjects/{qiao}/successions/").status_code == 200


def registered(state: str, name: str = QIAO_NAME, *, approved: str = "2024-05-20", at=AT):
    row = {
        "name": name, "category": "法人", "unified_code": QIAO, "representative": "乔某",
        "established_on": "2020-03-12", "address": "示范市青禾区示范路1号",
        "registration_authority": "示范市市场监督管理局", "approved_on": approved,
        "registration_state": state,
    }  # fmt: skip
    assert sent(csv_of(row), class_id="registration", at=at).accepted == 1


@pytest.mark.parametrize("state", ["注销", "吊销", "撤销", "迁出"])
def test_who_is_no_more_is_said_to_be_so_and_keeps_every_record(cast, state):
    qiao = fined(1, unified=QIAO)
    registered(state)

    page = Client().get(f"/subjects/{qiao}/").text
    assert f"<strong>登记状态：{state}</strong>" in page
    assert "示环罚〔2026〕1号" in page
    assert Client().get(f"/api/v1/subjects/{qiao}").json()["registration_state"] == state
    query = {"queries": {"q": {"properties": {"name": [QIAO_NAME]}}}}
    found = Client().post("/api/v1/match", query, content_type="application/json").json()
    assert found["responses"]["q"]["results"][0]["properties"]["status"] == [state]


def test_who_stands_is_not_marked(cast):
    qiao = fined(1, unified=QIAO)
    registered("存续")

    assert "<strong>登记状态" not in Client().get(f"/subjects/{qiao}/").text


def test_a_renamed_firm_is_told_and_found_by_both_names(cast):
    qiao = fined(1, unified=QIAO)
    registered("存续", HEIR_NAME, approved="2026-11-20", at=AT)

    told = Client().get(f"/api/v1/subjects/{qiao}").json()["subject"]
    assert (told["name"], told["former_names"]) == (HEIR_NAME, [QIAO_NAME])
    [found] = Client().get("/api/v1/search", {"q": QIAO_NAME}).json()["results"]
    assert (found["id"], found["name"], found["former_name"]) == (str(qiao), HEIR_NAME, QIAO_NAME)
