"""An objection shows wherever its record shows, from the instant it came in until it is decided."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cast import AT, LIN, ZHAO
from django.test import Client

from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.flows.case_acts import take_act
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewPoint
from gongxin.flows.silence import fall_silent_due
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Part
from gongxin.registry.publication.queries import RecordView

MARK, CENTRE = "异议处理中", Who(ZHAO, Party.CENTRE)
ANSWER = {"1": {"answer": "accepted", "text": ""}}


@pytest.fixture
def disputed(fined: RecordView) -> RecordView:
    points = (NewPoint("CF_NR_FK", claimed="0.2"),)
    object_to(
        subject_id=fined.subject_id, asked=[Asked(fined.record_id, "correct", points)], form_id=uuid4(),
        entry=Entry.COUNTER, statement="", evidence=(), who=CENTRE, at=AT,
    )  # fmt: skip
    return fined


def places(view: RecordView) -> Iterator[str]:
    """Yield every address at which a stranger meets the record."""
    yield f"/subjects/{view.subject_id}/"
    yield f"/subjects/{view.subject_id}/{view.class_id}/"
    yield f"/subjects/{view.subject_id}/records/{view.record_id}/"


def answers(view: RecordView) -> Iterator[str]:
    yield f"/api/v1/subjects/{view.subject_id}/records"
    yield f"/api/v1/subjects/{view.subject_id}/records/{view.record_id}"


def read(sun: Client, address: str) -> str:
    answer = sun.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def decide(act: str, **detail: object) -> None:
    part = Part.objects.get()
    take_act(Kind.OBJECTION, "forward", part_id=part.id, seen=None, who=CENTRE, words=NO_WORDS, at=AT)
    clerk = Who(LIN, Party.AGENCY, Agency.objects.get().id)
    words = Words(
        "经核对原件，漏写小数点。", "《河南省社会信用条例》第四十一条", "可申请复议。", detail=detail
    )
    take_act(Kind.OBJECTION, act, part_id=part.id, seen=None, who=clerk, words=words, at=AT)


def test_the_mark_stands_at_every_place_while_the_objection_is_open(
    sun: Client, disputed: RecordView
) -> None:
    for address in places(disputed):
        assert MARK in read(sun, address), address
    for address in answers(disputed):
        assert '"dispute":"open"' in read(sun, address).replace(": ", ":"), address


@pytest.mark.parametrize(
    ("act", "detail", "value"),
    [
        ("uphold", {"answers": ANSWER}, "upheld"),
        ("refuse", {"answers": {"1": {"answer": "refused", "text": "与原件一致"}}}, "refused"),
    ],
)
def test_decided_the_mark_goes_everywhere(
    sun: Client, disputed: RecordView, act: str, detail: dict[str, object], value: str
) -> None:
    decide(act, **detail)

    for address in places(disputed):
        assert MARK not in read(sun, address), address
    for address in answers(disputed):
        assert f'"dispute":"{value}"' in read(sun, address).replace(": ", ":"), address


def test_suspended_for_silence_the_record_is_nowhere(
    sun: Client, disputed: RecordView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGXIN_NOW", "2026-12-13T10:00:00+08:00")
    from gongxin.interfaces import clock

    assert fall_silent_due(clock.now()) == 1

    page, record, *_ = (
        sun.get(address)
        for address in (f"/subjects/{disputed.subject_id}/", [*places(disputed)][2], *answers(disputed))
    )
    assert disputed.document_number not in page.content.decode()
    assert record.status_code == 404
    for address in (*answers(disputed), "/penalties/", "/search/?q=示范乔木", "/api/v1/search?q=示范乔木"):
        assert disputed.document_number not in sun.get(address).content.decode(), address
