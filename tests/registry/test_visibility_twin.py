"""The SQL that says what shows to everyone agrees with `core.disclosure.view`, whatever the history."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, ZHAO
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identities import merged
from sending import an_agency

from gongxin.core.disclosure import Audience, Outcome, Visibility
from gongxin.core.ids import new_id
from gongxin.core.ledger import Kind, RecordState, canonical_content
from gongxin.core.legal_day import legal_day
from gongxin.flows.merge import unmerge
from gongxin.registry import bulk
from gongxin.registry.catalogue.models import ClassDocument, Edition
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import queries, showing, visible
from gongxin.registry.publication.figures import public_figures
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db

HOURS = st.integers(min_value=0, max_value=6)
decisions = st.lists(
    st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(Outcome),
            "audience": st.sampled_from(["public", "subject"]),
            "decided": HOURS,
            "until": st.none() | st.integers(min_value=0, max_value=9),
        }
    ),
    max_size=3,
)
versions = st.lists(st.sampled_from([Kind.ORIGINAL, Kind.RESEND, Kind.WITHDRAWAL]), min_size=1, max_size=3)


def instant(hour):
    return AT + timedelta(hours=hour)


def subjects_by_sql(at):
    """Return the subjects (hexadecimal) of whom the ledger itself says that something shows at `at`."""
    rows = bulk.select(
        "SELECT DISTINCT d.subject_id FROM publication_decision d JOIN ledger_entry e"
        " ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE {visible.visible_sql()}",
        *visible.moments(at),
    )
    return {bulk.hexadecimal(subject) for (subject,) in rows}


IN_FORCE, REPEALED = "penalty", "grain-ration"  # the second is in no edition


def a_record(history, taken, *, held, erased, agency, class_id=IN_FORCE):
    subject = Subject.objects.create(
        id=uuid4(), kind="organisation", database="legal-person", created_at=instant(0)
    )
    record_id, made = uuid4(), []
    for hour, kind in enumerate(history):
        last = hour == len(history) - 1
        made.append(uuid4())
        Entry.objects.create(
            subject=subject, id=made[-1], record_id=record_id, record_key="k" * 32, class_id=class_id,
            edition="x", adverse=True, kind=kind,
            content=None if erased else canonical_content({"BZ": "x"}),
            content_hash="0" * 64, held_reason="name-differs" if held else "",
            proposed_by="a", decided_by="b", agency=agency, recorded_at=instant(hour),
            superseded_at=None if last else instant(hour + 1), erased_at=instant(3) if erased else None,
        )  # fmt: skip
    for decision in taken:
        begins, ends = instant(decision["decided"]), decision["until"]
        Decision.objects.create(
            subject=subject, id=new_id(at=begins, randomness=os.urandom(10)), record_id=record_id,
            entry_id=made[-1], class_id=class_id, outcome=decision["outcome"], reason="told",
            audience=decision["audience"], publish_from=begins, decided_at=begins, decided_by="b",
            publish_until=None if ends is None else max(begins, instant(ends)),
        )  # fmt: skip
    showing.sum_again([subject.id.hex])
    return subject.id, record_id


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions, decisions, st.booleans(), st.booleans(), st.sampled_from([IN_FORCE, REPEALED]), HOURS)
def test_the_twins_agree(history, taken, held, erased, class_id, hour):
    agency = an_agency()
    subject_id, record_id = a_record(
        history, taken, held=held, erased=erased, agency=agency, class_id=class_id
    )

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(hour))
    shows = seen is not None and seen.visibility is Visibility.SHOWN

    assert (subject_id.hex in subjects_by_sql(instant(hour))) == shows


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    versions,
    decisions,
    st.booleans(),
    st.booleans(),
    st.sampled_from([IN_FORCE, REPEALED]),
    st.integers(min_value=6, max_value=9),
)
def test_what_is_kept_for_the_search_agrees_from_the_last_change_on(
    history, taken, held, erased, class_id, hour
):
    agency = an_agency()
    subject_id, record_id = a_record(
        history, taken, held=held, erased=erased, agency=agency, class_id=class_id
    )

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(hour))
    shows = seen is not None and seen.visibility is Visibility.SHOWN

    assert showing.subjects_shown([subject_id.hex], at=instant(hour)) == (
        {subject_id.hex} if shows else set()
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(versions, decisions),
    st.tuples(versions, decisions),
    st.booleans(),
    st.integers(min_value=6, max_value=9),
)
def test_of_two_that_are_one_all_agree_on_what_shows(one, other, undone, hour):
    agency = an_agency()
    found = [
        a_record(history, taken, held=False, erased=False, agency=agency) for history, taken in (one, other)
    ]
    (first, _), (second, _) = found
    made = merged(first, second, at=instant(6))
    at = instant(hour)
    if undone:
        unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=at)

    views = queries.records_of(first, audience=Audience.PUBLIC, at=at)
    shown = {one for one in (first, second) if one.hex in subjects_by_sql(at)}

    expected = shown & {first} if undone else shown
    assert len(views) == len(expected)
    assert {view.subject_id for view in views} <= ({first} if undone else {made.into_id})
    kept = showing.subjects_shown([first.hex, second.hex], at=at)
    assert kept == ({one.hex for one in shown} if undone else {first.hex, second.hex} if shown else set())


def test_a_twin_that_forgets_the_end_is_caught(monkeypatch):
    taken = [{"outcome": Outcome.PUBLISHED, "audience": "public", "decided": 0, "until": 2}]
    subject_id, record_id = a_record([Kind.ORIGINAL], taken, held=False, erased=False, agency=an_agency())
    forgetful = visible.visible_sql().replace("d.publish_until > %s", "CAST(%s AS text) IS NOT NULL")
    monkeypatch.setattr(visible, "visible_sql", lambda: forgetful)

    by_sql = subjects_by_sql(instant(3))

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(3))
    assert by_sql == {subject_id.hex}
    assert seen.visibility is Visibility.TOMBSTONE


PUBLISHED = [{"outcome": Outcome.PUBLISHED, "audience": "public", "decided": 0, "until": 5}]


def test_a_record_whose_class_is_no_longer_law_is_held_and_shown_to_no_stranger():
    agency = an_agency()
    subject_id, record_id = a_record(
        [Kind.ORIGINAL], PUBLISHED, held=False, erased=False, agency=agency, class_id=REPEALED
    )

    for hour in (1, 6):  # while it would show, and after its end: no tombstone either
        assert queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(hour)) is None
        assert queries.records_of(subject_id, audience=Audience.PUBLIC, at=instant(hour)) == []
    assert subjects_by_sql(instant(1)) == set()
    assert public_figures(at=instant(1))["subjects"] == 0
    for audience in (Audience.SUBJECT, Audience.AUDITOR):
        [seen] = queries.records_of(subject_id, audience=audience, at=instant(1))
        assert (seen.visibility, seen.record) == (Visibility.SHOWN, RecordState.HELD)
        assert seen.fields == {"BZ": "x"}


def test_a_twin_that_forgets_the_edition_is_caught(monkeypatch):
    agency = an_agency()
    subject_id, _ = a_record(
        [Kind.ORIGINAL], PUBLISHED, held=False, erased=False, agency=agency, class_id=REPEALED
    )
    monkeypatch.setattr(visible, "in_force_sql", lambda column: "CAST(%s AS text) IS NOT NULL")

    assert subjects_by_sql(instant(1)) == {subject_id.hex}


def test_an_edition_activated_a_moment_ago_is_asked_by_the_next_question():
    subject_id, record_id = a_record(
        [Kind.ORIGINAL], PUBLISHED, held=False, erased=False, agency=an_agency(), class_id=REPEALED
    )
    assert queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(1)) is None

    edition = Edition.objects.create(
        id=uuid4(), number="next", approval="1", in_force_on=legal_day(AT), loaded_at=AT, loaded_by="x",
        activated_at=instant(1),
    )  # fmt: skip
    text = ClassDocument.objects.get(class_id=IN_FORCE).text
    renamed = text.replace("id: penalty", f"id: {REPEALED}", 1)
    ClassDocument.objects.create(edition=edition, class_id=REPEALED, text=renamed, text_hash="")

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(1))
    assert seen.visibility is Visibility.SHOWN
    assert subjects_by_sql(instant(1)) == {subject_id.hex}
