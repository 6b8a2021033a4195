from datetime import date

import pytest

from gongxin.core.demonstration.batches import Batch
from gongxin.core.demonstration.organisations import organisations
from gongxin.core.demonstration.places import PUBLIC_BODIES
from gongxin.core.demonstration.province import province
from gongxin.core.identifiers import registration, unified
from gongxin.core.lawbook import information_class
from gongxin.core.penalties import PenaltyClass, classify_penalty

ON = date(2026, 11, 23)


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
