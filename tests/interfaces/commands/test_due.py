"""gongxin due: what falls due as it stood at the end of a day."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, REGULATOR
from django.db import transaction
from listing_rows import abnormal, listed, qiao
from proceedings import lin, market, mei
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, Party, Who
from gongxin.core.disclosure import Audience
from gongxin.flows.delist_subject import find_wrong, keep_listed
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.interfaces.commands.main import main
from gongxin.registry.lists.models import Listing
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def contested() -> None:
    sent(csv_of(penalty()), at=AT - timedelta(days=3))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    (record,) = records_of(subject_id, audience=Audience.PUBLIC, at=AT)
    asked = Application(Kind.OBJECTION, subject_id, [Asked(record.record_id)], uuid4(), Entry.MINE)
    with transaction.atomic():
        open_case(asked, who=Who(Actor(ActorKind.USER, "qiao"), Party.APPLICANT), at=AT - timedelta(days=3))


def due(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["due", *words, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.usefixtures("contested")
def test_the_clocks_of_a_case_are_listed_the_first_due_first(capsys: pytest.CaptureFixture[str]) -> None:
    answer = due(capsys, "--on", "2026-11-23")

    assert [(one["limit"], one["due_on"], one["answers"]) for one in answer["due"]] == [
        ("objection-own", "2026-11-25", None),
        ("objection-whole", "2026-12-01", REGULATOR),
    ]
    assert answer["counts"]["soon"] == 1


@pytest.mark.usefixtures("contested")
def test_in_words_it_names_bodies_and_limits_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--on", "2026-11-23"]) == 0

    head, own, provider = capsys.readouterr().out.splitlines()
    assert "三个工作日内 (within three working days) 1" in head
    assert "信用中心 / centre" in own
    assert "异议答复 (answer to the objection)" in provider
    assert REGULATOR not in provider
    assert "示范市生态环境局" in provider


@pytest.mark.usefixtures("contested")
def test_before_the_case_came_nothing_ran(capsys: pytest.CaptureFixture[str]) -> None:
    assert due(capsys, "--on", "2026-11-18")["due"] == []


@pytest.mark.usefixtures("contested")
def test_a_day_to_come_says_what_will_be_late(capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = due(capsys, "--on", "2026-11-30")["due"]

    assert (first["group"], first["late_working_days"]) == ("overdue", 3)


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--on", "2026-02-30"]) == 2


@pytest.mark.usefixtures("contested")
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_nothing_can_be_reckoned_from_is_refused(capsys: pytest.CaptureFixture[str], day: str) -> None:
    assert main(["due", "--on", day, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no-such-day"


@pytest.mark.usefixtures("contested")
def test_before_there_was_a_catalogue_nothing_was_due(capsys: pytest.CaptureFixture[str]) -> None:
    assert due(capsys, "--on", "1999-01-01")["due"] == []


def test_a_listing_suspended_as_wrong_waits_one_working_day_for_its_second_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    market()
    listed(abnormal(列入日期="2026-10-12"), at=AT - timedelta(days=1))
    listing = Listing.objects.get()
    told = {"subject_id": qiao(), "record_id": listing.record_id, "reason": "主体有误"}
    wrong = find_wrong(**told, who=lin(), at=AT - timedelta(hours=1))

    (found,) = due(capsys, "--on", "2026-11-23")["due"]
    assert (found["limit"], found["due_on"], found["group"]) == ("second-of-suspension", "2026-11-24", "soon")
    assert (found["what"], found["answers"]) == ("listing", REGULATOR)
    (late,) = due(capsys, "--on", "2026-11-25")["due"]
    assert late["group"] == "overdue"
    assert main(["due", "--on", "2026-11-23"]) == 0
    assert "第二人复核" in capsys.readouterr().out

    keep_listed(exit_id=wrong.id, reason="主体无误", who=mei(), at=AT)
    assert due(capsys, "--on", "2026-11-23")["due"] == []


def test_a_decision_that_waits_is_its_bodys_everywhere_and_says_which_and_how_late(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent(csv_of(penalty()), at=AT - timedelta(days=3))
    other = {"CF_XDR_MC": "示范毫不相干远洋航运公司", "CF_WSH": "示环罚〔2026〕13号"}
    sent(csv_of(penalty(**other, CF_JDRQ="2026-11-02")), at=AT - timedelta(days=2))

    (one,) = due(capsys, "--on", "2026-11-23")["due"]
    assert (one["what"], one["answers"]) == ("publication", REGULATOR)
    assert main(["due", "--on", "2026-11-23"]) == 0

    line = capsys.readouterr().out.splitlines()[1]
    assert f"已逾期{one['late_working_days']}个工作日" in line
    assert f"{one['record']}  示环罚〔2026〕13号" in line
    assert line.endswith("示范市生态环境局")
