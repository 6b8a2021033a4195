"""A dated extension for duties not performed: filed by the source, confirmed by a second person."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Kind, Party, Who
from gongxin.core.clocks import Extension
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import day_begins
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import NotResponsible, OnePersonTwice
from gongxin.flows.extend_publication import (
    Filed,
    InstrumentNotConfirmed,
    NothingToExtend,
    propose_extension,
)
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

END = date(2027, 10, 12)  # of the fine of Qiao's firm
LATER = Extension(date(2028, 10, 12), "第十四条", "S-CFF")
HEAD = Actor(ActorKind.USER, "head")


@pytest.fixture
def fined() -> RecordView:
    sent(csv_of(penalty()))
    return shown()[0]


def shown(at: object = AT) -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=at)  # type: ignore[arg-type]


def body(actor: Actor = LIN, agency: Agency | None = None) -> Who:
    return Who(actor, Party.AGENCY, (agency or Agency.objects.get()).id)


def filed(view: RecordView, extension: Extension = LATER) -> Filed:
    return Filed(view.subject_id, view.record_id, extension, "罚款尚未缴纳。")


def proposed(view: RecordView, extension: Extension = LATER) -> Case:
    return propose_extension(filed(view, extension), form_id=uuid4(), who=body(), at=AT)


def confirmed(case: Case, *, actor: Actor = HEAD) -> None:
    (part,) = parts_of(case)
    take_act(Kind.EXTENSION, "confirm", part_id=part.id, seen=None, who=body(actor), words=NO_WORDS, at=AT)


def test_until_a_second_confirms_the_record_ends_on_its_day(fined: RecordView) -> None:
    proposed(fined)

    assert shown(day_begins(END)) == []


def test_confirmed_it_shows_until_the_day_that_was_filed_and_not_a_day_longer(fined: RecordView) -> None:
    confirmed(proposed(fined))

    (seen,) = shown(day_begins(LATER.until) - timedelta(seconds=1))
    assert (seen.rule, seen.source) == ("extension/第十四条", "S-CFF")
    assert shown(day_begins(LATER.until)) == []


def test_who_filed_it_does_not_confirm_it(fined: RecordView) -> None:
    with pytest.raises(OnePersonTwice):
        confirmed(proposed(fined), actor=LIN)


@pytest.mark.parametrize(
    "until",
    [date(2031, 10, 13), END, date(2027, 1, 1)],
    ids=["past-the-ceiling", "its-own-end", "before-its-end"],
)
def test_a_day_past_the_ceiling_or_not_after_its_end_is_refused(fined: RecordView, until: date) -> None:
    with pytest.raises(NothingToExtend):
        proposed(fined, Extension(until, "第十四条", "S-CFF"))


@pytest.mark.parametrize("source", ["S-NOWHERE", "S-527"], ids=["unknown", "not-read"])
def test_an_instrument_nobody_read_in_full_lengthens_nothing(fined: RecordView, source: str) -> None:
    with pytest.raises(InstrumentNotConfirmed):
        proposed(fined, Extension(LATER.until, "第三条", source))


def test_what_has_ended_is_not_shown_again_by_an_extension(fined: RecordView) -> None:
    with pytest.raises(NothingToExtend):
        propose_extension(filed(fined), form_id=uuid4(), who=body(), at=day_begins(END))


def test_another_body_files_nothing(fined: RecordView) -> None:
    other = Agency.objects.create(id=uuid4(), code="another", name="示范市税务局", region="990100")

    with pytest.raises(NotResponsible):
        propose_extension(filed(fined), form_id=uuid4(), who=body(ZHAO, other), at=AT)
