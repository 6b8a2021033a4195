"""What identifiers say beside the names: they may block, they may raise, and names alone never link."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.taxpayer import organisation_part
from gongxin.core.names.likeness import likeness_of_names
from gongxin.core.subjects import LINK_COLUMNS, identity_from, link
from gongxin.core.subjects.corroboration import Assessment, Identifiers, assess, corroborate

QIAO, OTHER = "91410100MA4000012T", "93411421MA4500017A"
PART = QIAO[8:17]
REGISTERED, ELSEWHERE = "410000100000019", "410100600000012"
NAME = "郑州大河商贸有限公司"

names = st.sampled_from([NAME, "郑州大江商贸有限公司", "大河商贸", f"{NAME}洛阳分公司", ""]) | st.text(
    max_size=12
)


def drawn(*codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *codes)) | st.text("0123456789AMTX", max_size=18)


identifiers = st.builds(
    Identifiers,
    unified=drawn(QIAO, OTHER, "91410100MA4000012X"),
    organisation=drawn(PART, OTHER[8:17], "MA4000018"),
    registration=drawn(REGISTERED, ELSEWHERE, "410000100000018"),
    taxpayer=drawn(f"410100{PART}", QIAO),
    region=st.sampled_from(["", "410000", "410100", "410105", "990101"]),
    address=st.sampled_from(["", "示范路1号", "示范路 1 号", "示范路2号"]),
)


def said(one: Identifiers, other: Identifiers) -> set[tuple[str, str]]:
    return set(corroborate(one, other))


def assessed(name: str, other: str, one: Identifiers, two: Identifiers) -> Assessment:
    return assess(likeness_of_names(name, other), corroborate(one, two))


def part_of(known: Identifiers) -> set[str]:
    own = {known.organisation} if organisation.is_valid(known.organisation) else set()
    return own | {organisation_part(known.unified), organisation_part(known.taxpayer)} - {""}


def bears_the_same(one: Identifiers, other: Identifiers) -> bool:
    shared = {one.unified} & {other.unified}
    registered = {one.registration} & {other.registration}
    return bool(
        any(map(unified.is_valid, shared))
        or any(map(registration.is_valid, registered))
        or part_of(one) & part_of(other)
    )


@settings(deadline=None)
@given(names, names, identifiers, identifiers)
def test_nothing_links_by_itself_without_a_checked_identifier_that_both_bear(
    name: str, other: str, one: Identifiers, two: Identifiers
) -> None:
    if assessed(name, other, one, two).identified:
        assert bears_the_same(one, two)


@settings(deadline=None)
@given(names, st.sampled_from(["", QIAO]), st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
def test_a_row_without_a_checked_identifier_is_never_linked(
    name: str, code: str, subjects: dict[str, str]
) -> None:
    known = {("unified", QIAO): "one", **{("unified", key): value for key, value in subjects.items()}}
    found = link(
        identity_from((code or None, *[None] * (len(LINK_COLUMNS) - 1))), subject_of=known, unified_of={}
    )

    assert (found.subject_id is not None) == (code == QIAO)


@settings(deadline=None)
@given(names, names, identifiers, identifiers)
def test_two_valid_codes_that_differ_block_at_any_score(
    name: str, other: str, one: Identifiers, two: Identifiers
) -> None:
    found = assessed(name, other, one._replace(unified=QIAO), two._replace(unified=OTHER))

    assert found.blocked
    assert not found.identified
    assert (found.score, found.verdict) == (0.0, "different")


@settings(deadline=None)
@given(names, names, identifiers, identifiers)
def test_which_comes_first_makes_no_difference_and_all_is_said_in_words(
    name: str, other: str, one: Identifiers, two: Identifiers
) -> None:
    there, back = assessed(name, other, one, two), assessed(other, name, two, one)

    assert (there.score, there.verdict, there.corroborations) == (
        back.score,
        back.verdict,
        back.corroborations,
    )
    assert 0 <= there.score <= 1
    assert all(reason.words.zh and reason.words.en for reason in there.corroborations)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Identifiers(unified=QIAO), Identifiers(unified=QIAO), ("unified", "same")),
        (Identifiers(unified=QIAO), Identifiers(unified=OTHER), ("unified", "conflicting")),
        (Identifiers(unified=QIAO), Identifiers(organisation=PART), ("organisation", "inside")),
        (Identifiers(organisation=PART), Identifiers(organisation=PART), ("organisation", "same")),
        (Identifiers(unified=OTHER), Identifiers(organisation=PART), ("organisation", "conflicting")),
        (Identifiers(unified=QIAO), Identifiers(taxpayer=f"990101{PART}"), ("organisation", "inside")),
        (
            Identifiers(registration=REGISTERED),
            Identifiers(registration=REGISTERED),
            ("registration", "same"),
        ),
        (
            Identifiers(registration=REGISTERED),
            Identifiers(registration=ELSEWHERE),
            ("registration", "another"),
        ),
        (Identifiers(region="410000"), Identifiers(region="410105"), ("region", "lies-in")),
        (Identifiers(region="410100"), Identifiers(region="410100"), ("region", "same")),
        (Identifiers(region="410100"), Identifiers(region="420100"), ("region", "another")),
        (Identifiers(address="示范路１号"), Identifiers(address="示范路 1号"), ("address", "same")),
    ],
)
def test_what_identifiers_say(one: Identifiers, other: Identifiers, expected: tuple[str, str]) -> None:
    assert said(one, other) == {expected}


@pytest.mark.parametrize("code", ["91410100MA4000012X", "", "MA400001"])
def test_a_code_that_fails_its_check_says_nothing(code: str) -> None:
    assert said(Identifiers(unified=code, organisation=code), Identifiers(unified=QIAO)) == set()


def test_the_unified_code_decides_over_a_wrong_organisation_code_beside_it() -> None:
    assert said(Identifiers(unified=QIAO, organisation=OTHER[8:17]), Identifiers(unified=QIAO)) == {
        ("unified", "same")
    }


def test_agreement_raises_and_does_not_link() -> None:
    bare = assessed(NAME, "大河商贸", Identifiers(), Identifiers())
    found = assessed(
        NAME,
        "大河商贸",
        Identifiers(region="410100", address="示范路1号"),
        Identifiers(region="410100", address="示范路1号"),
    )

    assert bare.score < found.score < 1
    assert not found.identified


def test_no_address_makes_one_of_two_names() -> None:
    known = Identifiers(region="410100", address="示范路1号")

    assert assessed(NAME, "郑州大江商贸有限公司", known, known).verdict == "different"
