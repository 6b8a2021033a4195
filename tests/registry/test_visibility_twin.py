"""The SQL that says what shows to everyone agrees with `core.disclosure.view`, whatever the history."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sending import an_agency

from gongxin.core.disclosure import Audience, Outcome, Visibility
from gongxin.core.ids import new_id
from gongxin.core.ledger import Kind, canonical_content
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import queries
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
            "until": st.none() | HOURS,
        }
    ),
    max_size=3,
)
versions = st.lists(st.sampled_from([Kind.ORIGINAL, Kind.RESEND, Kind.WITHDRAWAL]), min_size=1, max_size=3)


def instant(hour):
    return AT + timedelta(hours=hour)


def a_record(history, taken, *, held, erased, agency):
    subject = Subject.objects.create(
        id=uuid4(), kind="organisation", database="legal-person", created_at=instant(0)
    )
    record_id, made = uuid4(), []
    for hour, kind in enumerate(history):
        last = hour == len(history) - 1
        made.append(uuid4())
        Entry.objects.create(
            subject=subject, id=made[-1], record_id=record_id, record_key="k" * 32, class_id="penalty",
            edition="x", adverse=True, kind=kind,
            content=None if erased else canonical_content({"BZ": "x"}),
            content_hash="0" * 64, held_reason="name-differs" if held else "", proposed_by="a", decided_by="b",
            agency=agency, recorded_at=instant(hour), superseded_at=None if last else instant(hour + 1),
            erased_at=instant(3) if erased else None,
        )  # fmt: skip
    for decision in taken:
        begins, ends = instant(decision["decided"]), decision["until"]
        Decision.objects.create(
            subject=subject, id=new_id(at=begins, randomness=os.urandom(10)), record_id=record_id,
            entry_id=made[-1], class_id="penalty", outcome=decision["outcome"], reason="told",
            audience=decision["audience"], publish_from=begins, decided_at=begins, decided_by="b",
            publish_until=None if ends is None else max(begins, instant(ends)),
        )  # fmt: skip
    return subject.id, record_id


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions, decisions, st.booleans(), st.booleans(), HOURS)
def test_the_twins_agree(history, taken, held, erased, hour):
    subject_id, record_id = a_record(history, taken, held=held, erased=erased, agency=an_agency())

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(hour))
    shows = seen is not None and seen.visibility is Visibility.SHOWN

    by_sql = queries.subjects_shown([subject_id.hex], at=instant(hour))
    assert by_sql == ({subject_id.hex} if shows else set())


def test_a_twin_that_forgets_the_end_is_caught(monkeypatch):
    taken = [{"outcome": Outcome.PUBLISHED, "audience": "public", "decided": 0, "until": 2}]
    subject_id, record_id = a_record([Kind.ORIGINAL], taken, held=False, erased=False, agency=an_agency())
    forgetful = queries.visible_sql().replace("d.publish_until > %s", "%s IS NOT NULL")
    monkeypatch.setattr(queries, "visible_sql", lambda: forgetful)

    by_sql = queries.subjects_shown([subject_id.hex], at=instant(3))

    seen = queries.record(subject_id, record_id, audience=Audience.PUBLIC, at=instant(3))
    assert by_sql == {subject_id.hex}
    assert seen.visibility is Visibility.TOMBSTONE
