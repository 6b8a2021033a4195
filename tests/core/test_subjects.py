import pytest

from gongxin.core.subjects import (
    LINK_COLUMNS,
    Cluster,
    Identity,
    conflicting,
    database_of,
    identity_from,
    link,
)

QIAO = "91410100MA4000012T"
OTHER = "93411421MA4500017A"
REGISTRATION = "410000100000019"


def identity_of(**checked: str) -> Identity:
    return identity_from(tuple(checked.get(column) for column in LINK_COLUMNS))


def test_a_unified_code_decides_and_brings_its_organisation_part():
    identity = identity_of(unified=QIAO, part=QIAO[8:17])

    assert identity.keys == (("unified", QIAO),)
    assert identity.derived == (("organisation", QIAO[8:17]),)


def test_a_row_without_a_code_is_linked_to_nobody():
    assert link(Identity(()), subject_of={}, unified_of={}).problem == "no-code"


def test_an_unknown_code_begins_a_subject():
    found = link(identity_of(unified=QIAO), subject_of={}, unified_of={})

    assert (found.subject_id, found.problem) == (None, "")


def test_keys_that_name_two_subjects_wait_for_a_person():
    identity = identity_of(unified=QIAO, registration=REGISTRATION)
    known = {("unified", QIAO): "one", ("registration", REGISTRATION): "two"}

    found = link(identity, subject_of=known, unified_of={"one": QIAO})

    assert (found.subject_id, found.problem) == ("one", "codes-disagree")


def test_a_firm_known_by_registration_number_gains_its_unified_code():
    identity = identity_of(unified=QIAO, registration=REGISTRATION)

    found = link(identity, subject_of={("registration", REGISTRATION): "one"}, unified_of={})

    assert found.subject_id == "one"
    assert ("unified", QIAO) in found.adds


def test_another_unified_code_is_another_subject_even_under_a_shared_registration_number():
    identity = identity_of(unified=OTHER, registration=REGISTRATION)

    found = link(identity, subject_of={("registration", REGISTRATION): "one"}, unified_of={"one": QIAO})

    assert found.subject_id is None
    assert found.adds == (("unified", OTHER),)


def test_an_organisation_code_alone_links_to_the_firm_that_bears_it():
    identity = identity_of(organisation=QIAO[8:17])

    found = link(identity, subject_of={("organisation", QIAO[8:17]): "one"}, unified_of={"one": QIAO})

    assert found.subject_id == "one"


def test_an_individual_business_is_an_organisation_of_the_third_database():
    assert database_of(identity_of(unified="92410105MA4Q00016A"), professional=False) == (
        "other-organisation"
    )


@pytest.mark.parametrize(
    ("keys", "conflict"),
    [
        ([("unified", QIAO), ("unified", OTHER)], True),
        ([("registration", REGISTRATION), ("registration", "410000100000027")], True),
        ([("organisation", QIAO[8:17]), ("organisation", OTHER[8:17])], True),
        ([("unified", QIAO), ("organisation", OTHER[8:17])], True),
        ([("unified", QIAO), ("organisation", QIAO[8:17]), ("registration", REGISTRATION)], False),
        ([("unified", QIAO), ("unified", QIAO)], False),
        ([("licence:a", "1"), ("licence:a", "2")], False),  # not an organisation's
        ([], False),
    ],
)
def test_an_organisation_bears_one_code_of_each_kind(keys, conflict):
    assert (conflicting(keys) is not None) == conflict


def test_a_cluster_bears_what_goes_with_all_its_codes_and_with_what_came_before():
    cluster = Cluster(("one", "two"), {("registration", REGISTRATION)})
    offered = (("unified", QIAO), ("organisation", OTHER[8:17]), ("registration", "410000100000027"))

    assert cluster.bears(offered) == (("unified", QIAO),)


def test_a_row_that_names_two_who_are_one_goes_to_the_one_its_first_code_names():
    identity = identity_of(unified=QIAO, registration=REGISTRATION)
    known = {("unified", QIAO): "one", ("registration", REGISTRATION): "two"}
    cluster = Cluster(("one", "two"), set(known))

    found = link(identity, subject_of=known, unified_of={}, clusters=dict.fromkeys(("one", "two"), cluster))

    assert (found.subject_id, found.problem) == ("one", "")


def test_a_unified_code_whose_part_contradicts_one_of_the_cluster_is_another_subjects():
    identity = identity_of(unified=QIAO, registration=REGISTRATION, part=QIAO[8:17])
    known = {("registration", REGISTRATION): "one"}
    cluster = Cluster(("one", "two"), {*known, ("organisation", OTHER[8:17])})

    found = link(identity, subject_of=known, unified_of={}, clusters={"one": cluster})

    assert (found.subject_id, found.adds) == (None, (("unified", QIAO),))
