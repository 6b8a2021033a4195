"""Subjects a name may be meant for are found, whatever one character of it has become."""

import pytest
from cast import AT, QIAO, QIAO_NAME, firm_code
from identities import arrives, merged, number_of
from sending import an_agency, csv_of, penalty, sent

from gongxin.registry.subjects.candidates import ALIKE, candidates
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
BRANCHES = ALIKE + 10  # more than are read of those that share most pairs


def registered(firms: dict[str, str]) -> None:
    rows = (
        penalty(CF_XDR_SHXYM=code, CF_XDR_MC=name, CF_WSH=f"示环罚〔2026〕{number}号")
        for number, (code, name) in enumerate(firms.items(), start=1)
    )
    sent(csv_of(*rows))


def codes_found(name: str) -> set[str]:
    met = {one.subject_id for one in candidates(name, at=AT, limit=20)}
    borne = {code: subject_of_code(code, at=AT) for code in (QIAO, firm_code(200))}
    return {code for code, subject_id in borne.items() if subject_id and subject_id.hex in met}


@pytest.mark.parametrize("place", range(len(QIAO_NAME)))
def test_a_name_is_found_whichever_character_is_damaged_or_dropped(place: int) -> None:
    registered(
        {QIAO: QIAO_NAME, firm_code(2): "示范市青山建材有限公司", firm_code(3): "示范双子物流有限公司"}
    )
    before, after = QIAO_NAME[:place], QIAO_NAME[place + 1 :]

    assert codes_found(f"{before}龘{after}") == {QIAO}
    assert codes_found(before + after) == {QIAO}


def test_all_that_bear_the_very_name_are_found_however_many_share_its_pairs() -> None:
    branches = {firm_code(10 + at): f"{QIAO_NAME}第{at}分公司" for at in range(BRANCHES)}
    registered({**branches, QIAO: QIAO_NAME, firm_code(200): QIAO_NAME})

    assert codes_found(QIAO_NAME) == {QIAO, firm_code(200)}
    assert [one.likeness.score for one in candidates(QIAO_NAME, at=AT, limit=2)] == [1.0, 1.0]


def test_whoever_absorbed_another_is_found_by_its_name() -> None:
    an_agency()
    numbered, coded = arrives(name="示范乔木机械厂", registration=number_of(1)), arrives(unified=QIAO)
    merged(numbered, coded, at=AT)

    (found,) = candidates("示范乔木机械厂", at=AT, limit=20)

    assert (found.subject_id, found.likeness.score) == (coded.hex, 1.0)
