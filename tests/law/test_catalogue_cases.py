from typing import Any

import pytest
from law.cited import cases

from gongxin.core.catalogue import InformationClass, Layout
from gongxin.core.headers import normal_header
from gongxin.core.lawbook import edition, information_class

FIELD_FACTS = (
    "required",
    "max_length",
    "digits",
    "precision",
    "identifier",
    "codes",
    "publication",
    "free_text",
)


def layout_of(one: InformationClass, case: dict[str, Any]) -> Layout:
    return next(found for found in one.layouts if found.id == case.get("layout", one.layouts[0].id))


@pytest.mark.parametrize("case", cases("catalogue.yaml"))
def test_the_catalogue_says_what_the_forms_and_the_law_say(case: dict[str, Any]) -> None:
    one = information_class(case["class"])

    if "header" in case:
        known = {normal_header(header): key for header, key in layout_of(one, case).columns.items()}
        assert known[normal_header(case["header"])] == case["field"]
    if "field" in case:
        check_field(one, case)
    if "rule" in case:
        found = next(rule for rule in one.rules if rule.code == case["rule"])
        assert found.severity == case["severity"]
        assert set(case.get("has_values", [])) <= set(found.values)
    check_whole(one, case)


def check_field(one: InformationClass, case: dict[str, Any]) -> None:
    field = one.field(case["field"])
    for fact in FIELD_FACTS:
        if fact in case:
            told = getattr(field, fact)
            assert (list(told) if isinstance(told, tuple) else told) == case[fact]
    assert set(case.get("has_codes", [])) <= set(field.codes)
    assert case.get("code_aliases", {}).items() <= (field.code_aliases or {}).items()


def check_whole(one: InformationClass, case: dict[str, Any]) -> None:
    if "key" in case:
        assert list(one.key) == case["key"]
    if "audience" in case:
        assert one.audience == case["audience"]
    if "joins" in case:
        assert {key: list(names) for key, names in layout_of(one, case).joins.items()} == case["joins"]
    if "required_set" in case:
        assert list(layout_of(one, case).required) == case["required_set"]
    if "national_columns" in case:
        own = set(layout_of(one, case).columns.values())
        assert len([key for key in own if key.isupper()]) == case["national_columns"]


def test_every_class_the_product_serves_is_in_the_packaged_edition() -> None:
    assert set(edition().classes) == {
        "registration",
        "licence",
        "penalty",
        "abnormal-operation",
        "serious-violation",
        "wage-arrears",
        "major-tax-violation",
        "procurement-ban",
        "work-safety",
        "overloading",
        "court-enforcement",
        "customs-dishonest",
        "tax-a-level",
        "commitment",
        "evaluation",
        "honour",
        "aeo",
        "demonstration-firm",
        "professional-licence",
    }


def test_natural_persons_are_in_one_class_only() -> None:
    about_persons = [
        name for name in edition().classes if information_class(name).subject_kind == "professional"
    ]

    assert about_persons == ["professional-licence"]


def test_only_a_profession_with_a_licence_today_can_be_named() -> None:
    accepted = information_class("professional-licence").field("profession").codes

    assert "律师" in accepted
    assert not set(accepted) & {"会计从业", "统计从业", "注册税务师", "项目经理", "法定代表人", "高管"}
