"""The work list of cases: the nearest first, one's own, told when late; and the figures of cases."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO
from desk_cast import Cast
from django.db import transaction
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.subjects.queries import subject_of_code

QIAO_HERSELF = Who(Actor(ActorKind.USER, "qiao"), Party.APPLICANT)
DECISION = Words(reason="与决定书一致。", basis="条例第四十一条", remedy="可依法申请行政复议。")
LIKE_THE_FIRST = replace(DECISION, detail={"same_as": "异〔2026〕1号"})


def contested(cast: Cast, *, days_ago: int = 0) -> Case:
    at = AT - timedelta(days=days_ago)
    sent(csv_of(penalty(CF_WSH=f"甲{days_ago}号")), agency=cast.regulator, at=at - timedelta(hours=1))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    record_id = Version.objects.latest("recorded_at").record_id
    asked = Application(Kind.OBJECTION, subject_id, [Asked(record_id)], uuid4(), Entry.MINE)
    with transaction.atomic():
        return open_case(asked, who=QIAO_HERSELF, at=at)[0]


def refused(cast: Cast, case: Case, decision: Words = DECISION) -> None:
    (part,) = parts_of(case)
    clerk = Who(Actor(ActorKind.USER, str(cast.lin.pk)), Party.AGENCY, cast.regulator.id)
    for act, who, words in (
        ("forward", Who(Actor(ActorKind.USER, "zhao"), Party.CENTRE), NO_WORDS),
        ("refuse", clerk, decision),
    ):
        with transaction.atomic():
            take(*part_to_step(part.id, seen=None), act, who=who, at=AT, words=words)


def test_a_body_sees_its_own_clocks_and_the_centre_all(lin: Client, zhao: Client, cast: Cast) -> None:
    contested(cast)

    own, whole = (reader.get("/desk/cases/").content.decode() for reader in (lin, zhao))

    assert "异议答复" in own
    assert "信用中心形式审查" not in own
    assert "信用中心形式审查" in whole


def test_each_row_says_whom_and_which_document_its_case_is_about(zhao: Client, cast: Cast) -> None:
    contested(cast)

    page = zhao.get("/desk/cases/").content.decode()
    lines = zhao.get("/desk/cases/?format=csv").content.decode("utf-8-sig").splitlines()

    for told in (page, *lines[1:]):
        assert "示范乔木机械有限公司" in told
        assert "甲0号" in told


def test_where_work_is_planned_the_clocks_of_cases_stand_too(
    lin: Client, wu: Client, zhao: Client, cast: Cast
) -> None:
    contested(cast, days_ago=4)

    for address in ("/desk/", "/desk/due/"):
        own, others, whole = (reader.get(address).content.decode() for reader in (lin, wu, zhao))
        assert "异〔2026〕1号" in own
        assert "异议答复" in own
        assert "异〔2026〕1号" not in others
        assert "信用中心形式审查" not in own
        assert "信用中心形式审查" in whole


def test_the_file_of_what_falls_due_holds_the_clocks_of_cases(lin: Client, cast: Cast) -> None:
    contested(cast)

    lines = lin.get("/desk/due/?format=csv").content.decode("utf-8-sig").splitlines()

    assert any("异议答复 异〔2026〕1号" in line and "甲0号" in line for line in lines)


def test_another_body_sees_nothing_of_it(wu: Client, cast: Cast) -> None:
    contested(cast)

    assert "没有正在计时的期限" in wu.get("/desk/cases/").content.decode()


def test_what_is_late_is_marked_and_can_be_listed_alone(zhao: Client, cast: Cast) -> None:
    contested(cast, days_ago=20)

    page = zhao.get("/desk/cases/?near=overdue").content.decode()

    assert page.count("逾期</span>") == 2
    assert "没有正在计时的期限" in zhao.get("/desk/cases/?near=overdue&kind=repair").content.decode()


def test_a_list_that_is_none_is_not_found(zhao: Client) -> None:
    assert zhao.get("/desk/cases/?near=never").status_code == 404


def test_the_figures_say_what_share_was_in_time_and_how_they_ended(
    zhao: Client, sun: Client, cast: Cast
) -> None:
    refused(cast, contested(cast))
    refused(cast, contested(cast, days_ago=20), LIKE_THE_FIRST)

    for reader, address in ((zhao, "/desk/cases/figures/"), (sun, "/cases/")):
        page = reader.get(address).content.decode()
        assert "50.0%" in page
        assert "不予支持" in page
        assert cast.regulator.name in page


@pytest.mark.django_db
def test_the_public_figures_name_no_organisation_and_no_case(sun: Client, cast: Cast) -> None:
    contested(cast)

    page = sun.get("/cases/").content.decode()

    assert QIAO not in page
    assert "示范乔木" not in page
    assert "〔2026〕" not in page
