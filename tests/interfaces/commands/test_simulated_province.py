"""An office of the simulated province that answers as it did before names the earlier case."""

from uuid import uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO, firm_code
from sending import csv_of, penalty, sent

from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.core.disclosure import Audience
from gongxin.flows.case_acts import take_act
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewPoint
from gongxin.interfaces.commands.simulated_province import take_or_name_the_copied
from gongxin.registry.cases.models import Part, Step
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

CENTRE = Who(ZHAO, Party.CENTRE)
NO = {"answers": {"1": {"answer": "refused", "text": "与决定书原件一致。"}}}


def forwarded(code: str, number: str) -> Part:
    sent(csv_of(penalty(CF_XDR_SHXYM=code, CF_WSH=number)))
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    (record,) = records_of(subject_id, audience=Audience.PUBLIC, at=AT)
    asked = [Asked(record.record_id, "remove", (NewPoint(said="并无此事。"),))]
    case = object_to(
        subject_id=subject_id, asked=asked, form_id=uuid4(), entry=Entry.COUNTER, statement="",
        evidence=(), who=CENTRE, at=AT,
    )  # fmt: skip
    (part,) = parts_of(case)
    take_act(Kind.OBJECTION, "forward", part_id=part.id, seen=None, who=CENTRE, words=NO_WORDS, at=AT)
    return part


def test_words_said_before_are_said_again_with_the_earlier_case_named() -> None:
    for place, code in enumerate((QIAO, firm_code(2)), start=1):
        part = forwarded(code, f"示环罚〔2026〕{place}号")
        clerk = Who(LIN, Party.AGENCY, part.responsible_id)
        words = Words(f"异〔2026〕{place}号：情况属实。", "《条例》第四十一条", "可以复议。", detail=NO)
        take_or_name_the_copied(Kind.OBJECTION, "refuse", part, who=clerk, words=words, at=AT)

    first, second = Step.objects.filter(act="refuse").order_by("id")
    assert "same_as" not in first.detail
    assert second.detail["same_as"] == "异〔2026〕1号"
