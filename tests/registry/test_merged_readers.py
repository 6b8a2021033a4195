"""Whoever reads meets one where two were merged: once, under the survivor, with the records of both."""

from datetime import timedelta
from uuid import UUID

import pytest
from cast import AT, LIN, QIAO, QIAO_NAME, ZHAO
from desk_cast import desk_cast
from django.test import Client
from identities import fined, fined_by_word, known_as, merged, number_of
from withdrawing import withdraw_record

from gongxin.core.disclosure import Audience, Visibility
from gongxin.flows.decide_held import decide_held
from gongxin.flows.link import unlink_row
from gongxin.flows.merge import unmerge
from gongxin.flows.screen import Asked, nearest_shown, screen
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import showing
from gongxin.registry.publication.figures import public_figures
from gongxin.registry.publication.history import history_of
from gongxin.registry.publication.newest import newest_published
from gongxin.registry.publication.queries import record, records_of
from gongxin.registry.publication.search import Narrowing, search, search_with_facets
from gongxin.registry.subjects.models import SubjectName
from gongxin.registry.subjects.queries import bearer_of_code, briefs, profile, subject_of_code

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NAME = number_of(1), "示范青禾机械厂"
SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)


@pytest.fixture
def both() -> tuple[UUID, UUID]:
    """Qiao's firm and the one it was recorded as under an old number; both fined, then merged."""
    desk_cast()
    coded = fined(1, unified=QIAO)
    numbered = known_as(OTHER_NAME, ("registration", NUMBER))
    fined(2, registration=NUMBER, name=OTHER_NAME)
    merged(numbered, coded, at=SOON)
    return coded, numbered


def test_a_search_by_either_name_finds_one_and_counts_one(both):
    coded, _ = both

    for text, other in ((QIAO_NAME, None), (OTHER_NAME, OTHER_NAME), (NUMBER, None)):
        found = search(text, at=LATER)
        assert [(hit.subject_id, hit.other_name, hit.code) for hit in found.hits] == [(coded, other, QIAO)]
        assert found.total == 1
    answer, facets = search_with_facets("机械", at=LATER, narrowing=Narrowing())
    assert (answer.total, dict(facets.databases)) == (1, {"legal-person": 1})


def test_a_name_of_which_nothing_shows_itself_finds_the_survivor_of_whom_something_does():
    desk_cast()
    coded, bare = fined(1, unified=QIAO), known_as(OTHER_NAME)
    assert search(OTHER_NAME, at=AT).total == 0

    made = merged(bare, coded, at=SOON)
    assert [hit.subject_id for hit in search(OTHER_NAME, at=LATER).hits] == [coded]
    assert showing.subjects_shown([bare.hex], at=LATER) == {bare.hex}

    unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=LATER)
    assert search(OTHER_NAME, at=LATER).total == 0


def test_a_record_that_arrives_at_one_shows_at_both():
    desk_cast()
    coded, numbered = known_as(QIAO_NAME, ("unified", QIAO)), known_as(OTHER_NAME, ("registration", NUMBER))
    merged(numbered, coded, at=SOON)

    fined(1, registration=NUMBER, name=OTHER_NAME, at=LATER)

    assert [hit.subject_id for hit in search(QIAO_NAME, at=LATER).hits] == [coded]


def test_figures_and_lists_count_and_name_one(both):
    coded, _ = both

    assert public_figures(at=LATER) == {"subjects": 1, "licences": 0, "penalties": 2}
    assert public_figures(at=AT)["subjects"] == 2
    listed = newest_published("penalty", at=LATER)
    assert {(view.subject_id, known.public_name) for view, known in listed} == {(coded, QIAO_NAME)}
    assert len(listed) == 2


def test_all_records_show_and_the_sql_twin_agrees(both):
    for one in both:
        views = records_of(one, audience=Audience.PUBLIC, at=LATER)
        assert {view.visibility for view in views} == {Visibility.SHOWN}
        assert len(views) == public_figures(at=LATER)["penalties"]
        assert len(records_of(one, audience=Audience.PUBLIC, at=AT, now=LATER)) == 1


def test_whoever_is_screened_by_either_name_or_code_is_the_survivor(both):
    coded, _ = both

    for name, code in ((OTHER_NAME, ""), (QIAO_NAME, ""), ("", NUMBER), (OTHER_NAME, QIAO)):
        found = screen(name=name, code=code, at=LATER)
        assert (found.subject_id, found.code, found.warning) == (str(coded), QIAO, "")
        assert found.equals == ()
    [near] = nearest_shown([Asked(names=[QIAO_NAME, OTHER_NAME])], at=LATER, limit=5)
    assert [one.profile.subject_id for one in near] == [coded]


def test_a_code_one_gains_is_the_survivors_in_every_list(both):
    coded, numbered = both

    assert briefs([numbered.hex])[numbered.hex].code == briefs([coded.hex])[coded.hex].code == QIAO
    known = profile(numbered, at=LATER)
    assert (known.subject_id, known.code, known.absorbed) == (coded, QIAO, (numbered,))
    assert (known.name, known.other_names, known.former_names) == (QIAO_NAME, (OTHER_NAME,), ())


def test_an_act_on_a_record_finds_it_where_it_was_posted(both):
    coded, numbered = both
    entry = Entry.objects.get(subject_id=numbered)

    assert record(coded, entry.record_id, audience=Audience.PUBLIC, at=LATER) is not None
    assert history_of(coded, entry.record_id, at=LATER) is not None
    withdraw_record(
        subject_id=coded, record_id=entry.record_id, ground="决定撤销", proposed_by=LIN, decided_by=ZHAO,
        at=LATER,
    )  # fmt: skip

    assert Entry.objects.get(record_id=entry.record_id, superseded_at=None).subject_id == numbered
    assert len(records_of(numbered, audience=Audience.PUBLIC, at=LATER)) == 1


def test_a_held_record_of_the_absorbed_is_decided_under_the_survivor(both):
    coded, numbered = both
    fined(3, registration=NUMBER, name="示范远山物流有限公司", at=LATER)
    [waiting] = Entry.objects.exclude(held_reason="")

    decide_held(
        subject_id=coded, record_id=waiting.record_id, publish=True, ground="已核对", actor=ZHAO,
        at=LATER + timedelta(minutes=1),
    )  # fmt: skip

    assert waiting.subject_id == numbered
    assert len(records_of(coded, audience=Audience.PUBLIC, at=LATER + timedelta(minutes=2))) == 3


def test_the_addresses_of_the_absorbed_lead_to_the_survivor(both, monkeypatch):
    coded, numbered = both
    monkeypatch.setenv("GONGXIN_NOW", LATER.isoformat())
    found = Entry.objects.get(subject_id=numbered).record_id

    for rest in ("", "penalty/", f"records/{found}/"):
        answer = Client().get(f"/subjects/{numbered}/{rest}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/subjects/{coded}/{rest}")
        assert Client().get(f"/subjects/{coded}/{rest}").status_code == 200
    told = Client().get(f"/api/v1/subjects/{numbered}").json()
    assert (told["subject"]["id"], told["classes"]) == (str(coded), {"penalty": 2})


def test_of_the_absorbed_nothing_is_said_where_nothing_shows(monkeypatch):
    desk_cast()
    coded, bare = known_as(QIAO_NAME, ("unified", QIAO)), known_as(OTHER_NAME)
    merged(bare, coded, at=SOON)
    monkeypatch.setenv("GONGXIN_NOW", LATER.isoformat())

    assert Client().get(f"/subjects/{bare}/").status_code == 404
    assert Client().get(f"/api/v1/subjects/{bare}").status_code == 404


def test_a_row_linked_by_word_to_one_shows_with_the_other(both):
    coded, numbered = both

    fined_by_word(numbered, 7, at=LATER)

    assert len(records_of(coded, audience=Audience.PUBLIC, at=LATER)) == 3


def test_an_address_from_the_time_of_a_merge_still_leads_to_its_record(monkeypatch):
    desk_cast()
    coded, numbered = fined(1, unified=QIAO), fined(2, registration=NUMBER, name="示范市甲某小吃店")
    found = Entry.objects.get(subject_id=numbered).record_id
    unmerge(merge=merged(numbered, coded, at=SOON), ground="系两家企业", actor=ZHAO, at=LATER)
    monkeypatch.setenv("GONGXIN_NOW", (LATER + timedelta(hours=1)).isoformat())

    answer = Client().get(f"/subjects/{coded}/records/{found}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/subjects/{numbered}/records/{found}/")
    told = Client().get(f"/api/v1/subjects/{coded}/records/{found}").json()
    assert told["subject"]["id"] == str(numbered)


def test_a_persons_name_of_the_absorbed_is_on_no_page_and_keeps_the_page_out_of_indexes():
    desk_cast()
    coded = fined(1, unified=QIAO)
    person = known_as("乔某某", ("registration", NUMBER))
    SubjectName.objects.filter(subject=person).update(searchable=False)
    merged(person, coded, at=SOON)

    known = profile(coded, at=LATER)

    assert (known.other_names, known.former_names, known.noindex) == ((), (), True)
    assert search("乔某某", at=LATER).total == 0


def test_a_row_linked_to_one_becomes_the_record_that_stands_at_the_other_and_is_taken_back_there(both):
    coded, numbered = both

    fined_by_word(coded, 2, at=LATER)  # the number of the record posted to the other

    stands = Entry.objects.get(subject_id=numbered, superseded_at=None)
    assert (stands.kind, stands.recorded_at) == ("resend", LATER)
    assert Entry.objects.filter(subject_id=coded).count() == 1
    row = UnlinkedRow.objects.get(state="linked")
    unlink_row(row=row, subject_id=coded, ground="关联有误", actor=ZHAO, at=LATER + timedelta(hours=1))
    assert UnlinkedRow.objects.get().state == "open"


def test_the_code_of_the_absorbed_names_who_bears_it_where_something_is_posted(both):
    coded, numbered = both

    assert subject_of_code(NUMBER, at=LATER) == coded
    assert bearer_of_code(NUMBER, at=LATER) == numbered
