from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.disclosure import (
    Audience,
    Facts,
    Outcome,
    Publication,
    View,
    Visibility,
    view,
    view_of_the_past,
)
from gongxin.core.ledger import RecordState

FROM = datetime(2026, 4, 10, tzinfo=UTC)
UNTIL = datetime(2027, 4, 9, 16, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def facts(**changes):
    told = {
        "adverse": True,
        "audience": Audience.PUBLIC,
        "record": RecordState.IN_FORCE,
        "outcome": Outcome.PUBLISHED,
        "publish_from": FROM,
        "publish_until": UNTIL,
    }
    return Facts(**{**told, **changes})


any_facts = st.builds(
    Facts,
    adverse=st.booleans(),
    audience=st.sampled_from([Audience.PUBLIC, Audience.SUBJECT]),
    record=st.sampled_from(RecordState),
    outcome=st.none() | st.sampled_from(Outcome),
    publish_from=st.none() | st.just(FROM),
    publish_until=st.none() | st.just(UNTIL),
    class_in_force=st.booleans(),
)
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),
    max_value=datetime(2028, 1, 1),
    timezones=st.just(UTC),
)


def test_a_penalty_shows_until_the_very_instant_its_period_ends():
    assert view(facts(), Audience.PUBLIC, UNTIL - A_MOMENT).visibility is Visibility.SHOWN
    assert view(facts(), Audience.PUBLIC, UNTIL) == View(Visibility.TOMBSTONE, Publication.ENDED, UNTIL)


def test_a_withheld_record_answers_a_stranger_as_if_it_were_not_there():
    assert view(facts(outcome=Outcome.WITHHELD), Audience.PUBLIC, FROM).visibility is Visibility.HIDDEN


def test_the_subject_sees_what_is_withheld_from_everyone_else():
    seen = view(facts(outcome=Outcome.WITHHELD), Audience.SUBJECT, FROM)

    assert seen == View(Visibility.SHOWN, Publication.WITHHELD)


def test_a_record_for_the_person_alone_is_hidden_from_a_stranger():
    assert view(facts(audience=Audience.SUBJECT), Audience.PUBLIC, FROM).visibility is Visibility.HIDDEN


@pytest.mark.parametrize("record", [RecordState.HELD, RecordState.WITHDRAWN, RecordState.ARCHIVED])
def test_what_does_not_stand_is_not_shown(record):
    assert view(facts(record=record), Audience.PUBLIC, FROM).visibility is not Visibility.SHOWN


@given(any_facts, moments)
def test_a_stranger_never_sees_more_than_the_subject(told, at):
    if view(told, Audience.PUBLIC, at).visibility is Visibility.SHOWN:
        assert view(told, Audience.SUBJECT, at).visibility is Visibility.SHOWN


@given(any_facts, moments, moments)
def test_an_ended_publication_never_comes_back(told, one, other):
    earlier, later = sorted([one, other])
    if view(told, Audience.PUBLIC, earlier).publication is Publication.ENDED:
        assert view(told, Audience.PUBLIC, later).visibility is not Visibility.SHOWN


def test_an_adverse_record_that_has_ended_since_is_a_tombstone_in_the_past():
    then = view(facts(), Audience.PUBLIC, FROM)
    now = view(facts(), Audience.PUBLIC, UNTIL)

    assert view_of_the_past(then, now, adverse=True).visibility is Visibility.TOMBSTONE
    assert view_of_the_past(then, now, adverse=False) == then


@given(any_facts, moments, moments)
def test_asking_for_the_past_never_shows_an_adverse_record_that_is_gone_today(told, one, other):
    earlier, later = sorted([one, other])
    then, now = view(told, Audience.PUBLIC, earlier), view(told, Audience.PUBLIC, later)

    seen = view_of_the_past(then, now, adverse=True)

    assert seen.visibility is not Visibility.SHOWN or now.visibility is Visibility.SHOWN


@given(any_facts, moments)
def test_nothing_of_a_class_that_is_no_longer_law_is_seen_by_a_stranger(told, at):
    repealed = replace(told, class_in_force=False)

    assert view(repealed, Audience.PUBLIC, at).visibility is Visibility.HIDDEN
    assert view(repealed, Audience.SUBJECT, at).visibility is Visibility.SHOWN
