"""Whatever happens to an adverse record, in whatever order: once it has ended no door shows it again.

And no step is taken without its notice, and no part of a case ends without reason, basis and remedy. No
worker runs in any of these tests: what ends, ends at its instant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from cast import AT, ZHAO
from django.db import transaction
from life_of_a_record import ACTS, END, SECOND, Province, Story, a_province
from public_doors import FACT, NUMBER, Door
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.flows import decided_anew, returning
from gongxin.flows.quality import rebuild
from gongxin.registry.cases.models import Part, Step
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication import newest, queries, showing, visible
from gongxin.registry.publication.figures import public_figures
from gongxin.registry.publication.queries import records_of
from gongxin.registry.publication.search import search

pytestmark = pytest.mark.django_db

# A page takes its hundredth of a second: after a step some doors are asked, each in its turn, and more at the
# end of a history. What is below the doors is asked each time, and the stories told apart end at all doors.
AFTER_A_STEP, AT_THE_END, ALL = 8, 4, 1
HISTORIES = 20  # of each of the two provinces
Taken = list[tuple[str, int]]


def histories(count: int, *, seed: int) -> Iterator[Taken]:
    """Yield histories of three to six acts: dealt as cards are, so that no act is left out or preferred."""
    dealer, deck = Random(seed), list[str]()
    for _ in range(count):
        length = dealer.randint(3, 6)
        while len(deck) < length:
            deck += dealer.sample(ACTS, len(ACTS))
        yield [(deck.pop(0), dealer.randrange(40)) for _ in range(length)]


def told_everywhere(story: Story) -> None:
    """Assert what must be true after every step, of now and of the end that is to come."""
    some = asked(story, AFTER_A_STEP, story.turn)
    if story.may_show:
        story.doors.showing(story.at, some)  # what a reader then keeps
    else:
        assert story.doors.showing(story.at, some) == set()
        assert_nothing_is_read(story, story.at)
        if story.hidden and story.at < story.until:
            assert_nothing_is_read(story, story.until - SECOND)
    for instant in (story.until, story.until + SECOND):
        if instant > story.at and not story.gone:
            assert_nothing_is_read(story, instant)
    told = set(Notice.objects.values_list("id", flat=True))
    assert told.issuperset(Step.objects.values_list("notice_id", flat=True))
    for part in Part.objects.exclude(closed_at=None):
        assert all((part.reason, part.basis, part.remedy)), part.kind


def assert_nothing_is_read(story: Story, at: datetime) -> None:
    """Assert that no question below the doors finds the record at `at`."""
    for known in (story.province.own, story.province.other):
        seen = records_of(known.subject_id, audience=Audience.PUBLIC, at=at)
        assert not any(one.fields for one in seen if one.class_id == "penalty")
        assert not showing.subjects_shown([known.subject_id.hex], at=at)
        assert not search(known.name, at=at).hits
    assert public_figures(at=at)["penalties"] == 0
    assert not newest.newest_published("penalty", at=at, limit=5)


def asked(story: Story, share: int, turn: int) -> Sequence[Door]:
    """Return every so many of the doors; those of the other lead nowhere before it was one with the first."""
    doors = story.doors.all if story.was_merged else story.doors.own
    return doors[turn % share :: share]


def told_at_the_end(story: Story, some: Sequence[Door]) -> bool:
    """Ask doors just before the end that is to come and at it, or now. Return whether the record showed."""
    if not story.may_show:
        assert story.doors.showing(story.at, some) == set()
        return False
    before = story.doors.showing(story.until - SECOND, some)
    assert story.doors.showing(story.until, some) == set()
    return bool(before)


def lived(province: Province, taken: Taken, *, share: int = ALL, turn: int = 0) -> tuple[Story, bool]:
    """Return a story with all of these steps, everything asserted after each, and whether it shows still."""
    story = Story(province, turn=turn)
    told_everywhere(story)
    for what, how in taken:
        story.take(what, how)
        told_everywhere(story)
    return story, told_at_the_end(story, asked(story, share, turn))


@pytest.fixture
def province() -> Province:
    return a_province()


@pytest.mark.parametrize("absorbed", [False, True], ids=["of-a-firm", "of-a-shop-a-merge-absorbs"])
def test_once_an_adverse_record_has_ended_no_door_shows_it_again(absorbed: bool) -> None:
    province, met = a_province(absorbed=absorbed), set[str]()
    for turn, taken in enumerate(histories(HISTORIES, seed=int(absorbed))):
        with transaction.atomic():
            met |= {*ended(province, taken, turn), *(what for what, _ in taken)}
            transaction.set_rollback(True)

    # Histories in which nothing ends, or nothing ever shows, would prove nothing.
    assert met >= {"repair", "stands", "shown", *ACTS}


def ended(province: Province, taken: Taken, turn: int) -> set[str]:
    """Return how a story ended, and "shown" where its record showed to its last day."""
    try:
        story, shown = lived(province, taken, share=AT_THE_END, turn=turn)
    except AssertionError as failure:
        failure.add_note(f"in the history {taken}")
        raise
    return {story.gone or "stands", *(["shown"] if shown else [])}


STORIES: list[Taken] = [
    [("repair", 0), ("send", 0), ("certify", 0), ("send", 1)],
    [("repair", 0), ("send", 2), ("certify", 0), ("send", 2), ("send", 3)],
    [("wait", 3), ("send", 1), ("send", 2), ("certify", 0), ("send", 3)],
    [("send", 0), ("repair", 0), ("recall", 1)],
    [("suspend", 0), ("send", 0), ("correct", 1), ("confirm", 0), ("correct", 1), ("lift", 0)],
    [("object", 0), ("wait", 1), ("suspend", 0), ("lift", 0), ("refuse", 0)],
    [("object", 1), ("withdraw", 0), ("send", 0), ("certify", 0), ("repair", 0), ("send", 0)],
    [("mask", 0), ("send", 0), ("wait", 3), ("unmask", 0), ("correct", 0)],
    [("object", 1), ("uphold", 0), ("send", 0)],
    [("merge", 0), ("repair", 0), ("send_as_other", 1), ("certify", 0), ("part", 0), ("merge", 0)],
    [("merge", 0), ("send", 0), ("wait", 3), ("send_as_other", 0), ("part", 0), ("send", 0)],
    [("merge", 0), ("suspend", 0), ("part", 0), ("lift", 0), ("repair", 0), ("merge", 0), ("send", 2)],
    [("hand_over", 0), ("correct", 1), ("repair", 0), ("send", 3), ("certify", 0), ("send", 0)],
    [("succeed", 0), ("merge", 0), ("withdraw", 0), ("send_as_other", 0), ("certify", 0), ("repair", 0)],
]


@pytest.mark.parametrize("absorbed", [False, True], ids=["of-a-firm", "of-a-shop-a-merge-absorbs"])
def test_stories_worth_telling_apart(absorbed: bool) -> None:
    province = a_province(absorbed=absorbed)
    for place, taken in enumerate(STORIES):
        # Which of the two is absorbed matters where they are merged.
        if ("merge", 0) in taken or place % 2 == absorbed:
            with transaction.atomic():
                lived(province, taken)
                transaction.set_rollback(True)


def test_every_door_shows_the_record_while_it_stands(province: Province) -> None:
    story = Story(province)

    assert story.doors.showing(AT) == story.doors.standing()


def test_merged_every_door_of_the_other_leads_to_the_record(province: Province) -> None:
    story = Story(province)
    story.take("merge", 0)

    merged = story.doors.showing(story.at)
    story.take("part", 0)
    parted = story.doors.showing(story.at)

    other = f"/api/v1/subjects/{province.other.subject_id}"
    by_code = f"/api/v1/subjects/by-code/{province.other.code}"
    assert {other, f"{other}/records", by_code} <= merged
    assert not {other, f"{other}/records", by_code} & parted
    assert story.doors.standing() <= parted


def test_the_figures_tell_of_no_record_and_name_nobody(province: Province) -> None:
    rebuild(month=None, actor=ZHAO, clock=lambda: AT)
    story = Story(province)

    told = story.doors.told_in_figures(AT)

    assert "2026-11" in told
    for text in (FACT, NUMBER, province.own.name, str(story.subject_id), str(story.doors.record_id)):
        assert text not in told


@pytest.mark.parametrize("how", ["wait", "repair", "withdraw", "suspend"])
def test_an_end_is_seen_at_every_door_within_a_second_with_no_worker(how: str, province: Province) -> None:
    story = Story(province)
    story.doors.showing(AT)  # so that a reader has it, with its ETag
    story.at = END - SECOND if how == "wait" else AT
    if how != "wait":
        story.take(how, 0)

    assert story.doors.showing(story.at + SECOND) == set()


def test_a_door_that_forgets_the_end_is_caught(monkeypatch: pytest.MonkeyPatch, province: Province) -> None:
    story = Story(province)
    forgetful = visible.visible_sql().replace("d.publish_until > %s", "%s > ''")
    monkeypatch.setattr(newest, "visible_sql", lambda: forgetful)

    assert story.doors.showing(END) & {"/penalties/", "/penalties/feed.atom"}
    with pytest.raises(AssertionError):
        told_everywhere(story)


def test_a_reader_that_forgets_that_a_record_has_ended_is_caught(
    monkeypatch: pytest.MonkeyPatch, province: Province
) -> None:
    story = Story(province)
    kept = queries._facts
    monkeypatch.setattr(
        queries, "_facts", lambda *args, **named: replace(kept(*args, **named), publish_until=None)
    )

    assert story.doors.showing(END)


@pytest.mark.parametrize(
    "changes", [{"CF_NR_FK": "9"}, {"CF_WSH": "示环罚〔2026〕012号"}], ids=["wording", "number"]
)
def test_a_posting_that_forgets_what_has_ended_is_caught(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], province: Province
) -> None:
    story = Story(province)
    story.take("repair", 0)
    monkeypatch.setattr(returning.Returning, "why_held", lambda *_: "")

    later = story.at + SECOND
    sent(csv_of(penalty(**changes)), at=later)

    assert story.doors.showing(later)


def test_a_posting_that_forgets_who_is_one_with_a_subject_is_caught(
    monkeypatch: pytest.MonkeyPatch, province: Province
) -> None:
    kept = returning.Returning.learn
    monkeypatch.setattr(
        returning.Returning, "learn", lambda self, rows, current, _clusters: kept(self, rows, current, {})
    )

    with pytest.raises(AssertionError):
        lived(province, [("merge", 0), ("repair", 0), ("send_as_other", 0)])


def test_a_correction_that_forgets_that_the_record_has_ended_is_caught(
    monkeypatch: pytest.MonkeyPatch, province: Province
) -> None:
    story = Story(province)
    story.take("repair", 0)
    monkeypatch.setattr(decided_anew, "has_ended", lambda *_, **__: False)
    monkeypatch.setattr(decided_anew, "_no_longer", lambda *_: {})

    story.take("correct", 1)

    assert story.doors.showing(story.at)
