"""Two are one only by two persons' word, never against a code; and apart again at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, ZHAO, firm_code
from django.db import connection
from django.test.utils import CaptureQueriesContext
from identities import WEI, arrives, doubted, fined, judged, merged, number_of, organisation_code
from sending import an_agency

from gongxin.flows.judge import (
    Absorbed,
    CodesConflict,
    JudgedDifferent,
    MergedAlready,
    NotAnOrganisation,
    NotLive,
    SaidAlready,
    doubt_pair,
    judge,
    take_back,
)
from gongxin.flows.merge import OnePersonTwice, merge, unmerge
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.clusters import clusters_of, subject_ids_of, survivors
from gongxin.registry.subjects.models import Doubt, Identifier, Judgement, Merge, Subject
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _law() -> None:
    an_agency()


def undo(made: Merge, *, at=LATER) -> None:
    unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=at)


def test_two_persons_merge_and_who_has_a_unified_code_survives():
    numbered, coded = arrives(registration=number_of(1)), arrives(unified=QIAO)

    made = merged(numbered, coded, at=SOON)

    assert (made.absorbed_id, made.into_id) == (numbered, coded)
    assert (made.proposed_by, made.decided_by) == ("user:zhao", "user:wei")
    assert subject_ids_of(numbered, at=SOON) == subject_ids_of(coded, at=SOON) == [coded, numbered]
    assert subject_ids_of(numbered, at=AT) == [numbered]
    assert subject_of_code(number_of(1), at=SOON) == coded
    event = AuditEvent.objects.get(action="subjects.merged")
    assert event.detail == {
        "absorbed": numbered.hex, "into": coded.hex, "proposed_by": "user:zhao",
        "because": "has-unified-code", "ground": "已核对登记档案",
    }  # fmt: skip


def test_without_a_unified_code_the_older_survives():
    older, younger = arrives(registration=number_of(1)), arrives(organisation=organisation_code(2), at=SOON)

    made = merged(younger, older, at=LATER)

    assert made.into_id == older
    assert AuditEvent.objects.get(action="subjects.merged").detail["because"] == "older"


def test_no_entry_moves():
    fined(1, registration=number_of(1)), fined(2, unified=QIAO)
    posted = list(Entry.objects.values_list("id", "subject_id").order_by("id"))

    merged(*Subject.objects.values_list("id", flat=True), at=SOON)

    assert list(Entry.objects.values_list("id", "subject_id").order_by("id")) == posted


def test_who_judged_does_not_decide():
    judgement = judged(arrives(registration=number_of(1)), arrives(unified=QIAO))

    with pytest.raises(OnePersonTwice):
        merge(judgement=judgement, decided_by=ZHAO, ground="x", at=SOON)

    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"unified": QIAO}, {"unified": firm_code(2)}),
        ({"registration": number_of(1)}, {"registration": number_of(2)}),
        ({"organisation": organisation_code(1)}, {"organisation": organisation_code(2)}),
        ({"unified": QIAO}, {"organisation": organisation_code(2)}),  # not the one inside
        ({"unified": QIAO, "registration": number_of(1)}, {"registration": number_of(2)}),
    ],
)
def test_conflicting_codes_are_a_hard_block(one, other):
    pair = arrives(**one), arrives(**other)

    with pytest.raises(CodesConflict):
        judged(*pair)
    # Nor by a judgement that got past it, at whatever score.
    doubt = Doubt.objects.get()
    judgement = Judgement.objects.create(
        id=uuid4(), doubt=doubt, verdict="same", ground="x", at=AT, by="user:zhao"
    )
    with pytest.raises(CodesConflict):
        merge(judgement=judgement, decided_by=WEI, ground="x", at=SOON)


def test_the_codes_of_all_that_are_one_already_are_asked():
    bare, numbered = arrives(organisation=organisation_code(1)), arrives(registration=number_of(2))
    coded = arrives(unified=QIAO)
    merged(bare, numbered, at=SOON)

    with pytest.raises(CodesConflict):  # the number alone goes with the code; the organisation code does not
        judged(Merge.objects.get().into_id, coded)


def test_professionals_are_merged_with_nobody():
    firm = arrives(unified=QIAO)
    doctor = Subject.objects.create(id=uuid4(), kind="professional", database="natural-person", created_at=AT)

    with pytest.raises(NotAnOrganisation):
        judged(firm, doctor.id)


def test_one_pair_has_one_doubt_whoever_is_named_first():
    one, other = arrives(registration=number_of(1)), arrives(unified=QIAO)

    found = doubted(one, other, at=AT)
    asked = doubt_pair(subject_id=other, other_id=one, actor=ZHAO, at=SOON)

    assert (asked, asked.reason) == (found, "same-name")
    assert not AuditEvent.objects.filter(action="doubt.raised").exists()


def test_who_raises_a_doubt_is_written_down_once():
    one, other = arrives(registration=number_of(1)), arrives(unified=QIAO)

    raised = [
        doubt_pair(subject_id=pair[0], other_id=pair[1], actor=ZHAO, at=AT)
        for pair in ((one, other), (other, one))
    ]

    [doubt] = Doubt.objects.all()
    assert (raised, doubt.reason) == ([doubt, doubt], "asked")
    event = AuditEvent.objects.get(action="doubt.raised")
    assert (event.actor, event.object_id) == ("zhao", doubt.id.hex)
    assert set(event.detail.values()) == {one.hex, other.hex}


def test_another_verdict_ends_the_one_that_stood_and_the_same_is_refused():
    one, other = arrives(registration=number_of(1)), arrives(unified=QIAO)
    first = judged(one, other, "cannot-tell")

    with pytest.raises(SaidAlready):
        judged(one, other, "cannot-tell", by=WEI)
    judged(one, other, "different", by=WEI, at=SOON)

    first.refresh_from_db()
    assert (first.ended_at, first.ended_by) == (SOON, "user:wei")
    assert Judgement.objects.filter(ended_at=None).count() == 1


def test_a_judgement_is_taken_back_until_a_merge_stands_on_it():
    one, other = arrives(registration=number_of(1)), arrives(unified=QIAO)
    judgement = judged(one, other)
    take_back(judgement=judgement, ground="误判", actor=ZHAO, at=SOON)

    with pytest.raises(NotLive):
        take_back(judgement=judgement, ground="误判", actor=ZHAO, at=SOON)
    with pytest.raises(NotLive):
        merge(judgement=judgement, decided_by=WEI, ground="x", at=SOON)
    made = merged(one, other, at=SOON)
    with pytest.raises(MergedAlready):
        take_back(judgement=made.judgement, ground="误判", actor=ZHAO, at=LATER)
    with pytest.raises(MergedAlready):
        judge(doubt=made.judgement.doubt, verdict="different", ground="x", actor=ZHAO, at=LATER)
    with pytest.raises(MergedAlready):
        merge(judgement=made.judgement, decided_by=WEI, ground="x", at=LATER)


def test_undone_they_are_two_again_and_the_doubt_waits_again():
    numbered, coded = arrives(registration=number_of(1)), arrives(unified=QIAO)
    made = merged(numbered, coded, at=SOON)

    undo(made)

    assert clusters_of([numbered.hex, coded.hex]) == {}
    assert survivors([numbered.hex], at=SOON) == {numbered.hex: coded.hex}  # what was, was
    assert survivors([numbered.hex], at=LATER) == {}
    assert not Judgement.objects.filter(ended_at=None).exists()
    with pytest.raises(NotLive):
        undo(made)
    merged(numbered, coded, at=LATER + timedelta(hours=1))


def test_only_survivors_are_judged_the_same():
    first, second = arrives(registration=number_of(1)), arrives(unified=QIAO)
    third = arrives(organisation=organisation_code(3))
    merged(first, second, at=SOON)

    with pytest.raises(Absorbed) as refused:
        judged(first, third, at=LATER)

    assert set(refused.value.survivors) == {second, third}


def test_whom_somebody_holds_apart_no_detour_brings_together():
    first, second = arrives(registration=number_of(1)), arrives(unified=QIAO)
    third = Subject.objects.create(
        id=uuid4(), kind="organisation", database="legal-person", created_at=AT - timedelta(days=1)
    ).id
    judged(first, second, "different")
    merged(first, third, at=LATER)

    with pytest.raises(JudgedDifferent):
        judged(third, second, at=LATER)


def test_a_row_of_the_absorbed_goes_where_it_always_went():
    numbered, coded = fined(1, registration=number_of(1)), fined(2, unified=QIAO)
    merged(numbered, coded, at=SOON)

    assert fined(3, registration=number_of(1), at=LATER) == numbered
    assert fined(4, unified=QIAO, at=LATER) == coded


def test_while_merged_none_gains_a_code_against_another_and_once_parted_it_may():
    numbered, coded = arrives(registration=number_of(1)), arrives(unified=QIAO)
    made = merged(numbered, coded, at=SOON)

    stranger = arrives(unified=firm_code(9), registration=number_of(1), at=LATER)
    assert stranger not in {numbered, coded}
    assert arrives(unified=QIAO, registration=number_of(2), at=LATER) == coded
    assert not Identifier.objects.filter(value=number_of(2)).exists()

    undo(made, at=LATER)
    assert arrives(unified=firm_code(8), registration=number_of(1), at=LATER) == numbered
    assert arrives(unified=QIAO, registration=number_of(2), at=LATER) == coded
    assert Identifier.objects.get(value=firm_code(8)).subject_id == numbered
    assert Identifier.objects.get(value=number_of(2)).subject_id == coded


def test_a_row_that_names_both_of_a_merged_pair_no_longer_contradicts_itself():
    numbered, coded = fined(1, registration=number_of(1)), fined(2, unified=QIAO)
    merged(numbered, coded, at=SOON)

    assert fined(3, unified=QIAO, registration=number_of(1), at=LATER) == coded
    assert Entry.objects.get(recorded_at=LATER).held_reason == ""


def test_while_nobody_is_merged_nothing_but_that_is_asked():
    with CaptureQueriesContext(connection) as asked:
        assert clusters_of([uuid4().hex]) == {}

    assert len(asked) == 1
