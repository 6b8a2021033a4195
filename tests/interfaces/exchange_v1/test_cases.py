"""The national site pushes what it took in, asks what becomes of it, and says what was repaired elsewhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from cast import AT, LIN, OPERATOR, QIAO, ZHAO
from django.test import Client
from exchange_system import CASES, System
from sending import csv_of, penalty, sent

from gongxin.core.cases import Kind, Party, Who, Words
from gongxin.core.disclosure import Audience
from gongxin.flows.case_acts import take_act
from gongxin.flows.enrol import issue_key
from gongxin.registry.accounts.models import NATIONAL_SITE, Agency
from gongxin.registry.cases.models import Case, Clock, Part, Point, Step
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

NUMBER, MOBILE = "XYZG-2026-000001", "13800138000"
FINE = penalty()["CF_WSH"]
DECISION = Words(
    reason="经核查，金额与决定书一致。", basis="河南省社会信用条例第四十一条", remedy="可依法申请行政复议。",
    detail={"answers": {"1": {"answer": "refused", "text": "与决定书一致"}}},
)  # fmt: skip


@pytest.fixture
def fined() -> RecordView:
    sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号", CF_JDRQ="2026-06-12")))
    return next(view for view in shown() if view.document_number == FINE)


@pytest.fixture
def site(fined: RecordView) -> System:
    kept, key = issue_key(
        agency=Agency.objects.get(), label="国家站", purpose=NATIONAL_SITE, actor=OPERATOR, at=AT
    )
    return System(key, kept)


def shown() -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)


def application(**changes: object) -> dict[str, object]:
    point = {"field": "CF_NR_FK", "claimed": "0.2", "said": "决定书写的是两千元"}
    told = {"external_number": NUMBER, "kind": "objection", "subject_code": QIAO, "records": [FINE]}
    return {**told, "statement": "金额有误。", "points": [point], "applied_on": "2026-11-20", **changes}


def repair(**changes: object) -> dict[str, object]:
    told = {key: value for key, value in application(kind="repair").items() if key != "points"}
    return {**told, "statement": "罚款已缴清。", **changes}


def elsewhere(**changes: object) -> dict[str, object]:
    told = {
        "external_number": "XYZG-2026-000009",
        "kind": "repaired-elsewhere",
        "document": "国信修〔2026〕1号",
    }
    return {**told, "body": "示范来源单位", "decided_on": "2026-11-20", **changes}


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_pushed_objection_is_a_case_with_its_clocks_and_the_record_is_marked(site: System) -> None:
    answer = site.post(CASES, application())

    told = answer.json()
    assert answer.status_code == 201
    assert (told["case"], told["state"], told["refused"]) == ("异〔2026〕1号", "open", [])
    (part,) = told["parts"]
    assert (part["document_number"], part["state"], part["due_on"]) == (FINE, "received", "2026-11-26")
    assert {clock["limit"] for clock in part["clocks"]} == {"objection-own", "objection-whole"}
    assert Case.objects.get().entry == "national-site"
    assert (Point.objects.get().held, Point.objects.get().claimed) == ("2", "0.2")
    assert {view.dispute for view in shown() if view.document_number == FINE} == {"open"}


def test_pushed_again_it_is_the_same_case_and_another_body_is_refused(site: System) -> None:
    first = site.post(CASES, application())

    again = site.post(CASES, application())
    other = site.post(CASES, application(statement="另一件事。"))

    assert (again.status_code, again.json()) == (200, first.json())
    assert refused(other) == (409, "pushed-otherwise")
    assert Case.objects.count() == 1


def test_the_answer_to_a_repair_is_due_ten_working_days_from_the_application(site: System) -> None:
    # Nobody may repair yet: the parts wait; so the clock is looked at where the day has come.
    told = site.post(CASES, repair(records=["示环罚〔2026〕13号"])).json()

    due = {clock["limit"]: clock["due_on"] for clock in told["parts"][0]["clocks"]}
    assert due == {"repair-accept": "2026-11-26", "repair-answer": "2026-12-04"}
    assert Clock.objects.get(limit="repair-answer").begun_on == date(2026, 11, 20)


def test_a_record_that_is_too_early_waits_and_an_unknown_one_is_named(site: System) -> None:
    told = site.post(CASES, repair(records=[FINE, "示环罚〔2026〕99号"])).json()

    (part,) = told["parts"]
    assert (part["state"], part["waits_until"]) == ("waiting", "2027-01-12")
    assert [(one["record"], one["why"]) for one in told["refused"]] == [
        ("示环罚〔2026〕99号", "unknown-record")
    ]
    assert site.post(CASES, repair(records=[FINE, "示环罚〔2026〕99号"])).json() == told


def test_points_that_are_not_in_order_leave_their_record_out(site: System) -> None:
    points = [{"record": FINE, "field": "CF_NR_FK", "claimed": "2", "said": "无"}]

    answer = site.post(CASES, application(records=[FINE, "示环罚〔2026〕13号"], points=points))

    told = answer.json()
    assert [one["why"] for one in told["refused"]] == ["points-not-in-order"]
    assert [part["document_number"] for part in told["parts"]] == ["示环罚〔2026〕13号"]
    assert Part.objects.get().wish == "remove"  # without a point the whole record is contested


def test_where_nothing_is_left_each_reason_is_told_and_nothing_is_opened(site: System) -> None:
    site.post(CASES, application())

    answer = site.post(CASES, application(external_number="XYZG-2026-000002"))

    assert refused(answer) == (422, "nothing-to-ask")
    assert FINE in answer.json()["detail"]
    assert Case.objects.count() == 1


def test_the_site_learns_the_decision_with_reason_basis_and_remedy(site: System) -> None:
    site.post(CASES, application())
    part = Part.objects.get()
    agency = Agency.objects.get().id
    for act, who in (("forward", Who(ZHAO, Party.CENTRE)), ("refuse", Who(LIN, Party.AGENCY, agency))):
        take_act(Kind.OBJECTION, act, part_id=part.id, seen=None, who=who, words=DECISION, at=AT)

    told = site.get(f"{CASES}/{NUMBER}").json()

    (part_told,) = told["parts"]
    assert told["state"] == "closed"
    assert (part_told["decision"], part_told["due_on"]) == ("refused", None)
    assert (part_told["reason"], part_told["basis"], part_told["remedy"]) == (
        DECISION.reason, DECISION.basis, DECISION.remedy,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "review"}, "unreadable-body"),
        ({"kind": ["objection"]}, "unreadable-body"),
        ({"records": []}, "unreadable-body"),
        ({"records": "x"}, "unreadable-body"),
        ({"statement": " "}, "unreadable-body"),
        ({"applied_on": "soon"}, "unreadable-body"),
        ({"points": [{"record": "另一条", "field": "CF_NR_FK"}]}, "unreadable-body"),
        ({"points": 7}, "unreadable-body"),
        ({"applied_on": "2026-11-24"}, "day-ahead"),
        ({"subject_code": "91990100MA9999999X"}, "unknown-subject"),
        ({"external_number": MOBILE}, "number-of-a-person"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    site: System, changes: Mapping[str, object], code: str
) -> None:
    answer = site.post(CASES, application(**changes))

    assert refused(answer) == (422, code)
    assert not Case.objects.exists()


def test_a_persons_number_in_what_is_pushed_is_kept_and_answered_nowhere(site: System) -> None:
    points = [{"record": FINE, "field": "CF_NR_FK", "claimed": "0.2", "said": f"电话{MOBILE}"}]

    answer = site.post(CASES, application(records=[FINE, MOBILE], statement=f"请电{MOBILE}", points=points))

    kept = repr([Case.objects.values(), Point.objects.values(), Step.objects.values_list("detail")])
    assert answer.status_code == 201
    assert MOBILE not in kept
    assert MOBILE not in answer.text


def test_an_agencys_key_pushes_nothing_and_the_sites_key_opens_nothing_else(site: System) -> None:
    kept, key = issue_key(agency=Agency.objects.get(), label="系统", actor=OPERATOR, at=AT)
    agency = System(key, kept)
    site.post(CASES, application())

    assert refused(agency.post(CASES, application())) == (403, "not-permitted")
    assert refused(agency.get(f"{CASES}/{NUMBER}")) == (403, "not-permitted")
    assert refused(site.get()) == (403, "not-permitted")
    assert refused(Client().get(f"{CASES}/{NUMBER}")) == (401, "no-key")


def test_a_number_that_was_never_pushed_answers_that_there_is_none(site: System) -> None:
    assert refused(site.get(f"{CASES}/nothing")) == (404, "no-such-case")


def test_repaired_elsewhere_it_is_shown_no_more_and_never_again(site: System, fined: RecordView) -> None:
    by_id = site.post(CASES, elsewhere(record=str(fined.record_id)))
    again = site.post(CASES, elsewhere(record=FINE, subject_code=QIAO))

    assert (by_id.status_code, by_id.json()["ended"]) == (201, True)
    assert (again.status_code, again.json()["ended"]) == (200, False)
    assert FINE not in {view.document_number for view in shown()}


@pytest.mark.parametrize(
    "changes",
    [
        {"record": "示环罚〔2026〕13号"},
        {"document": "国信修〔2026〕2号"},
        {"body": "示范市生态环境局"},
        {"decided_on": "2026-11-19"},
    ],
)
def test_under_one_number_one_repair_is_told_and_anything_else_is_refused(
    site: System, changes: Mapping[str, object]
) -> None:
    told = elsewhere(record=FINE, subject_code=QIAO)
    site.post(CASES, told)

    again, other = site.post(CASES, told), site.post(CASES, {**told, **changes})

    assert (again.status_code, again.json()["ended"]) == (200, False)
    assert refused(other) == (409, "pushed-otherwise")
    assert refused(site.post(CASES, application(external_number=told["external_number"]))) == (
        409, "pushed-otherwise",
    )  # fmt: skip
    assert [view.document_number for view in shown()] == ["示环罚〔2026〕13号"]


def test_the_number_of_an_application_may_be_that_of_its_decision_but_not_of_anothers(site: System) -> None:
    site.post(CASES, repair(records=["示环罚〔2026〕13号"]))

    other = site.post(CASES, elsewhere(external_number=NUMBER, record=FINE, subject_code=QIAO))
    of_it = site.post(
        CASES, elsewhere(external_number=NUMBER, record="示环罚〔2026〕13号", subject_code=QIAO)
    )

    assert refused(other) == (409, "pushed-otherwise")
    assert (of_it.status_code, of_it.json()["ended"]) == (201, True)
    assert site.get(f"{CASES}/{NUMBER}").json()["state"] == "closed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"record": FINE}, "unknown-record"),  # a number says nothing without its subject
        ({"record": str(UUID(int=1))}, "unknown-record"),
        ({"record": "无此文号", "subject_code": QIAO}, "unknown-record"),
        ({"record": FINE, "subject_code": "91990100MA9999999X"}, "unknown-subject"),
        ({"record": FINE, "subject_code": QIAO, "decided_on": "2026-11-24"}, "day-ahead"),
        ({"record": FINE, "subject_code": QIAO, "decided_on": "2026-01-01"}, "before-its-record"),
        ({"record": FINE, "subject_code": QIAO, "body": ""}, "unreadable-body"),
    ],
)
def test_a_repair_elsewhere_that_names_no_record_ends_nothing(
    site: System, changes: Mapping[str, object], code: str
) -> None:
    assert refused(site.post(CASES, elsewhere(**changes))) == (422, code)
    assert len(shown()) == 2
