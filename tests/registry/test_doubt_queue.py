"""The review queue: the longest waiting first, each row one case, counted by reason and age."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, firm_code
from sending import csv_of, penalty, sent

from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.doubt_queue import Narrowed, beside, cases, count_standing, waiting
from gongxin.registry.subjects.models import Doubt, Identifier, Judgement, Subject

pytestmark = pytest.mark.django_db
TODAY = AT - timedelta(hours=2)
TAX = "纳税人识别号,纳税人名称,评价年度,税务机关"


def subject(number: int) -> Subject:
    return Subject.objects.create(
        id=UUID(int=number), kind="organisation", database="legal-person", created_at=AT
    )


def pair(one: int, other: int, *, days: float = 0, reason: str = "same-name") -> Doubt:
    first, second = subject(one), subject(other)
    return Doubt.objects.create(
        id=uuid4(), subject=first, other=second, reason=reason, score=1, found_at=AT - timedelta(days=days)
    )


def said(doubt: Doubt, verdict: str, *, ended: datetime | None = None) -> Judgement:
    return Judgement.objects.create(
        id=uuid4(), doubt=doubt, verdict=verdict, ground="核对登记档案", at=AT, by="user:zhao",
        ended_at=ended, ended_by="user:zhao" if ended else None, end_ground="误判" if ended else None,
    )  # fmt: skip


def queue(**narrowed: object) -> list[Doubt]:
    return list(cases(Narrowed(**narrowed)))  # type: ignore[arg-type]


def test_the_longest_waiting_come_first_and_are_counted_by_age_and_reason() -> None:
    old, week, days, new = (
        pair(2 * at, 2 * at + 1, days=days, reason=reason)
        for at, (days, reason) in enumerate(
            [(31, "same-name"), (8, "like-name"), (4, "same-name"), (0, "asked")], start=1
        )
    )

    counts = waiting(at=AT, today=TODAY)

    assert queue() == [old, week, days, new]
    assert counts.by_age == {0: 1, 3: 3, 7: 2, 30: 1}
    assert counts.by_reason == {"same-name": 2, "like-name": 1, "asked": 1}
    assert counts.total == count_standing("open") == 4
    assert queue(found_before=AT - timedelta(days=7)) == [old, week]
    assert queue(found_from=TODAY) == [new]
    assert queue(reason="like-name") == [week]


def test_the_case_before_and_after_stand_beside_a_case_even_once_it_is_decided() -> None:
    first, middle, last = (pair(2 * at, 2 * at + 1, days=9 - at) for at in (1, 2, 3))

    assert beside(middle, Narrowed()) == (first, last)
    said(middle, "different")
    assert beside(middle, Narrowed()) == (first, last)
    assert beside(first, Narrowed()) == (None, last)
    assert beside(last, Narrowed()) == (first, None)


def test_a_row_is_one_case_which_goes_by_the_likest_subject_not_yet_judged() -> None:
    sent(csv_of(penalty()))
    sent(f"{TAX}\n410105123456789,示范远山宾馆有限公司,2025,示范市税务局".encode(), class_id="tax-a-level")
    row = UnlinkedRow.objects.get()
    likest, other, least = (
        Doubt.objects.create(
            id=uuid4(), row=row, other=subject(at), reason="like-name", score=score, found_at=AT
        )
        for at, score in ((1, 0.9), (2, 0.7), (3, 0.6))
    )

    assert queue() == [likest]
    said(likest, "different")
    assert queue() == [other]
    said(other, "cannot-tell")
    assert (queue(), queue(standing="aside")) == ([least], [])
    said(least, "cannot-tell")
    assert (queue(), queue(standing="aside")) == ([], [other])
    UnlinkedRow.objects.update(state="dismissed")
    assert queue(standing="aside") == []


def test_what_was_taken_back_waits_again() -> None:
    doubt = pair(1, 2)
    said(doubt, "different", ended=AT)

    assert queue() == [doubt]


def test_a_pair_judged_the_same_waits_for_a_second_person_and_no_longer_for_a_first() -> None:
    doubt = pair(1, 2)
    said(doubt, "same")

    assert (queue(), queue(standing="proposed")) == ([], [doubt])


def test_two_that_both_bear_a_unified_code_are_never_offered() -> None:
    doubt = pair(1, 2)
    Identifier.objects.create(subject=doubt.other, scheme="unified", value=firm_code(1), from_at=AT)
    assert queue() == [doubt]

    Identifier.objects.create(subject=doubt.subject, scheme="unified", value=firm_code(2), from_at=AT)

    assert queue() == []
    assert waiting(at=AT, today=TODAY).total == 0
