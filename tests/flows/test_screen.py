"""Whom a row of a table may be meant for: the code decides, a name only proposes."""

import pytest
from cast import AT, QIAO, QIAO_NAME, firm_code
from sending import csv_of, penalty, sent

from gongxin.flows.screen import Screened, screen
from gongxin.registry.subjects.candidates import candidates
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
SHAN, SHAN_NAME = firm_code(2), "示范市青山建材有限公司"
TWIN, TWIN_NAME = firm_code(3), "示范双子物流有限公司"
OTHER_TWIN = firm_code(4)


@pytest.fixture(autouse=True)
def _register() -> None:
    firms = {QIAO: QIAO_NAME, SHAN: SHAN_NAME, TWIN: TWIN_NAME, OTHER_TWIN: TWIN_NAME}
    rows = [
        penalty(CF_XDR_SHXYM=code, CF_XDR_MC=name, CF_WSH=f"示环罚〔2026〕{at}号")
        for at, (code, name) in enumerate(firms.items(), start=1)
    ]
    sent(csv_of(*rows))


def screened(name: str = "", code: str = "", **more: float) -> Screened:
    return screen(name=name, code=code, at=AT, **more)


def test_a_code_decides_and_a_name_that_differs_warns() -> None:
    assert (screened(QIAO_NAME, QIAO).outcome, screened(QIAO_NAME, QIAO).warning) == ("code", "")
    assert (screened(SHAN_NAME, QIAO).code, screened(SHAN_NAME, QIAO).warning) == (QIAO, "name-differs")


@pytest.mark.parametrize(
    "name",
    ["示範喬木機械有限公司", "示范（乔木）机械有限公司", "示范乔木机械有限责任公司", "示范乔木机械有眼公司"],
)
def test_a_name_written_otherwise_finds_its_firm(name: str) -> None:
    found = screened(name)

    assert (found.outcome, found.code) == ("same", QIAO)
    assert found.reasons


def test_a_region_left_out_finds_the_firm_too() -> None:
    assert screened("青山建材有限公司").code == SHAN


@pytest.mark.parametrize(
    "name",
    ["示范乔林机械有限公司", "示范乔木物流有限公司", "示范乔木机械有限公司甲分公司", "乙丙丁戊己有限公司"],
)
def test_another_brand_trade_or_branch_is_not_proposed(name: str) -> None:
    assert screened(name).outcome == "none"


def test_another_valid_code_blocks_whatever_the_name_says() -> None:
    found = screened(QIAO_NAME, firm_code(9))

    assert (found.outcome, found.subject_id, found.warning) == ("none", "", "blocked-by-code")


def damaged(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def test_a_code_that_fails_its_check_is_said_and_the_name_proposes() -> None:
    found = screened(QIAO_NAME, damaged(QIAO))

    assert (found.code, found.warning) == (QIAO, "code-not-valid")
    assert found.repair is not None
    assert (found.repair.code, found.repair.position) == (QIAO, 18)


def test_a_damaged_code_is_put_right_only_where_the_name_agrees() -> None:
    assert screened("乙丙丁戊己有限公司", damaged(QIAO)) == Screened("none", warning="code-not-valid")
    assert screened(SHAN_NAME, damaged(QIAO)).repair is None


def test_of_two_firms_of_one_name_the_one_comes_first_whose_code_was_damaged() -> None:
    for code in (TWIN, OTHER_TWIN):
        found = screened(TWIN_NAME, damaged(code))

        assert (found.outcome, found.code) == ("possibly", code)


def test_an_organisation_code_told_with_the_name_corroborates_or_blocks() -> None:
    found = screened("示范乔木机械股份有限公司", firm_code(9)[8:17])

    assert (found.outcome, found.warning) == ("none", "blocked-by-code")


def test_two_firms_of_one_name_are_for_a_person_to_decide() -> None:
    assert screened(TWIN_NAME).outcome == "possibly"


def test_a_person_is_not_looked_up() -> None:
    assert screened("林甲乙") == Screened("person")


@pytest.mark.parametrize(
    "name", ["", " ", "甲公司", "😀", "有限公司", "\0", "公" * 10_000, "(", '"', "བོད་ལྗོངས་ཀུང་སི"]
)
def test_a_strange_name_is_answered(name: str) -> None:
    assert screened(name).outcome in {"none", "empty", "person"}


def test_only_names_scored_the_threshold_or_better_are_proposed() -> None:
    assert screened("示范乔木机械股份有限公司").outcome == "possibly"
    assert screened("示范乔木机械股份有限公司", threshold=0.95).outcome == "none"


def test_candidates_come_best_first_and_one_a_subject() -> None:
    found = candidates("示范市青山建材有限责任公司", at=AT, limit=3)

    shan = subject_of_code(SHAN, at=AT)
    assert shan is not None
    assert found[0].subject_id == shan.hex
    assert [one.likeness.score for one in found] == sorted(
        (one.likeness.score for one in found), reverse=True
    )
    assert len({one.subject_id for one in found}) == len(found)
