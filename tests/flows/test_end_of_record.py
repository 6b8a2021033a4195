"""What is asked about a record that ended: closed as overtaken, with reason, basis, remedy and a notice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO
from django.db import transaction
from sending import csv_of, penalty, recalled, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry as CameIn
from gongxin.core.cases import Kind, Party, Who
from gongxin.core.disclosure import Audience
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.registry.cases.models import Case, Clock, Part, Step
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_was_told")]

LATER = AT + timedelta(hours=1)
QIAO_HERSELF = Who(Actor(ActorKind.USER, "qiao"), Party.APPLICANT)


def opened(kind: Kind) -> Part:
    entry = Entry.objects.get()
    application = Application(
        kind=kind, subject_id=entry.subject_id, asked=[Asked(entry.record_id)], form_id=uuid4(),
        entry=CameIn.MINE,
    )  # fmt: skip
    with transaction.atomic():
        case, _ = open_case(application, who=QIAO_HERSELF, at=AT)
    return Part.objects.get(case_id=case.id)


def closed(why: str = "withdrawal", but: Part | None = None) -> int:
    entries = list(Entry.objects.filter(superseded_at=None))
    with transaction.atomic():
        return close_parts_about(entries, why=why, by=ZHAO, at=LATER, but=but.id if but else None)


@pytest.mark.parametrize("kind", ["objection", "repair", "reorganisation", "review", "suit"])
def test_an_open_part_is_overtaken_when_its_record_ends(kind: str) -> None:
    sent(csv_of(penalty()))
    opened(Kind(kind))

    closed()

    part = Part.objects.get()
    assert (part.state, part.outcome, part.decided_by) == ("overtaken", "overtaken", ZHAO.written)
    assert all((part.reason, part.basis, part.remedy))
    assert Case.objects.get().closed_at == LATER
    assert not Clock.objects.filter(ended="").exists()


def test_whoever_asked_is_told_in_words_why_it_went_no_further() -> None:
    sent(csv_of(penalty()))
    opened(Kind.OBJECTION)

    closed()

    step = Step.objects.get(act="record-ended")
    told = Notice.objects.get(id=step.notice_id)
    assert "撤销" in told.facts["reason"]
    assert told.facts["remedy"]


def test_the_part_whose_own_step_ended_the_record_is_left_to_it() -> None:
    sent(csv_of(penalty()))
    own = opened(Kind.REPAIR)
    opened(Kind.OBJECTION)

    assert closed("repair", but=own) == 1

    assert [part.kind for part in Part.objects.filter(closed_at=None)] == ["repair"]


def test_the_recall_of_a_batch_closes_what_was_asked_about_its_records() -> None:
    batch = sent(csv_of(penalty()))
    opened(Kind.OBJECTION)

    recalled(batch, at=LATER)

    assert Part.objects.get().outcome == "overtaken"
    subject_id = subject_of_code(QIAO, at=LATER)
    assert subject_id is not None
    (seen,) = records_of(subject_id, audience=Audience.SUBJECT, at=LATER)
    assert (seen.record, seen.dispute) == ("withdrawn", "none")
    assert LIN.written in Entry.objects.get(superseded_at=None).proposed_by
