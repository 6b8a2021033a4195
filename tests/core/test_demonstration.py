from datetime import date, timedelta

import pytest

from gongxin.core.deadlines import usable_from
from gongxin.core.demonstration.batches import Batch
from gongxin.core.demonstration.organisations import organisations
from gongxin.core.demonstration.penalties import OLD_DAYS_AGO
from gongxin.core.demonstration.places import PUBLIC_BODIES
from gongxin.core.demonstration.province import province
from gongxin.core.document_numbers import is_document_number
from gongxin.core.identifiers import registration, unified
from gongxin.core.lawbook import information_class
from gongxin.core.lists import statutory_lists
from gongxin.core.penalties import PenaltyClass, classify_penalty
from gongxin.core.working_days import packaged_calendar

ON = date(2026, 11, 23)
ADVERSE = ("abnormal-operation", "procurement-ban", "court-enforcement")


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    return province(subjects=120, seed=7, on=ON)


def test_one_seed_gives_one_province() -> None:
    assert province(subjects=60, seed=7, on=ON) == province(subjects=60, seed=7, on=ON)
    assert province(subjects=60, seed=7, on=ON) != province(subjects=60, seed=8, on=ON)


def test_every_code_is_valid_and_of_a_region_that_is_no_place() -> None:
    firms = organisations(count=500, seed=3, on=ON)

    codes = [firm.code for firm in firms] + [body.code for body in PUBLIC_BODIES]

    assert all(unified.is_valid(code) and unified.organisation_part_is_valid(code) for code in codes)
    assert {code[2:6] for code in codes} == {"9901"}
    assert all(registration.is_valid(firm.registration_number) for firm in firms)


def test_no_two_firms_share_a_name_or_a_code_even_when_the_brands_run_out() -> None:
    firms = organisations(count=5000, seed=7, on=ON)

    assert len({firm.code for firm in firms}) == 5000
    assert (
        len({firm.name for firm in firms} | {firm.former_name for firm in firms if firm.former_name}) > 5000
    )


def test_the_first_firm_is_qiaos_whatever_the_seed() -> None:
    names = {organisations(count=1, seed=seed, on=ON)[0].name for seed in range(5)}

    assert names == {"示范市乔木商贸有限公司"}


def test_every_column_is_a_field_of_its_class(batches: list[Batch]) -> None:
    for batch in batches:
        known = {field.key for field in information_class(batch.class_id).fields}
        assert set(batch.headers.values()) <= known, batch.file_name


def test_penalties_of_all_three_classes_are_there(batches: list[Batch]) -> None:
    kinds = {row["CF_CFLB"] for batch in batches if batch.class_id == "penalty" for row in batch.rows}

    classes = {
        classify_penalty(kinds=kind.split("；"), simple_procedure=False).penalty_class for kind in kinds
    }

    assert classes == set(PenaltyClass)


@pytest.mark.parametrize("subjects", [20, 120])
def test_every_row_of_an_adverse_list_carries_what_a_listing_needs(
    subjects: int,
) -> None:
    lists = [one for one in province(subjects=subjects, seed=7, on=ON) if one.class_id in ADVERSE]

    assert {one.class_id for one in lists} == set(ADVERSE)
    for batch in lists:
        found = statutory_lists()[batch.class_id]
        assert found.is_competent(batch.body.name)
        assert batch.days_ago < found.complete_within_days
        assert len({row["unified_code"] for row in batch.rows}) >= 3
        for row in batch.rows:
            assert row["exit_terms"]
            assert row["remedy_terms"]
            assert is_document_number(row["attestation"])
            assert row["attestation"] != row.get("document_number")


def test_nobody_is_listed_on_a_ground_that_was_not_read(batches: list[Batch]) -> None:
    [abnormal] = [one for one in batches if one.class_id == "abnormal-operation"]

    assert {row["cause"] for row in abnormal.rows} == {"1", "2"}  # "4", unreachable, is only recalled


def test_a_few_penalties_are_old_enough_to_be_used_whatever_the_day(batches: list[Batch]) -> None:
    old = [one for one in batches if one.class_id == "penalty" and one.days_ago == OLD_DAYS_AGO]
    assert sum(len(one.rows) for one in old) >= 4

    for on in (ON + timedelta(days=ahead) for ahead in range(-300, 366)):
        decided_on = on - timedelta(days=OLD_DAYS_AGO)
        due_on = usable_from(decided_on, decided_on, packaged_calendar()).due_on
        assert due_on is not None
        assert due_on < on


def test_nothing_lies_in_the_future(batches: list[Batch]) -> None:
    assert all(batch.days_ago >= 0 for batch in batches)
    assert [batch.days_ago for batch in batches] == sorted((b.days_ago for b in batches), reverse=True)


def test_a_renamed_firm_is_sent_under_the_name_it_bore(batches: list[Batch]) -> None:
    first, later = [batch for batch in batches if batch.file_name in {"登记信息.csv", "变更登记.csv"}]

    names = {row["unified_code"]: row["name"] for row in first.rows}

    assert later.rows
    assert all(names[row["unified_code"]] != row["name"] for row in later.rows)


def test_a_file_sent_again_differs_in_one_row(batches: list[Batch]) -> None:
    [again] = [batch for batch in batches if "更正后重报" in batch.file_name]
    before = again.file_name.replace("（更正后重报）", "")
    [first] = [batch for batch in batches if batch.file_name == before and batch.body is again.body]

    changed = [new for old, new in zip(first.rows, again.rows, strict=True) if old != new]

    assert len(changed) == 1
    assert again.days_ago < first.days_ago
