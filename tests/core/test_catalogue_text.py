import re
from typing import Any

import pytest
from catalogue_documents import document_with_field, plain_document

from gongxin.core.catalogue import Severity
from gongxin.core.catalogue_edition import parse_edition
from gongxin.core.catalogue_text import FIELD_LIST, STATUTORY_ELEMENTS, parse_class
from gongxin.core.document_parts import CatalogueRefused
from gongxin.core.headers import normal_header
from gongxin.core.lawbook import UnknownClass, edition, information_class, information_classes
from gongxin.core.standard_messages import MESSAGES


def refusal(document: dict[str, Any]) -> CatalogueRefused:
    with pytest.raises(CatalogueRefused) as refused:
        parse_class(document)
    return refused.value


def rule_of(document: dict[str, Any], code: str) -> Any:
    return {rule.code: rule for rule in parse_class(document).rules}[code]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (plain_document(colour="red"), "inspection.colour"),
        (plain_document(label={"zh": "一", "en": "a", "fr": "b"}), "inspection.label.fr"),
        (document_with_field(lenght=3), "inspection.extra.lenght"),
        (plain_document(rules=[{"kind": "date", "field": "name"}]), "inspection.rules[0].field"),
        (
            plain_document(
                rules=[{"kind": "required-when", "fields": ["code"], "when": {"field": "name", "is": []}}]
            ),
            "inspection.rules[0].when.is",
        ),
        (plain_document(basis=[{"source": "S-HN", "page": 3}]), "inspection.basis[0].page"),
        (plain_document(layouts=[{"id": "old", "year": 2015}]), "inspection.layouts[0].year"),
    ],
)
def test_an_unknown_key_is_refused_by_name_at_every_level(document: dict[str, Any], path: str) -> None:
    assert refusal(document).path == path


@pytest.mark.parametrize("element", STATUTORY_ELEMENTS)
def test_a_class_without_one_of_the_ten_elements_is_refused(element: str) -> None:
    document = plain_document()
    del document["statutory"][element]

    assert refusal(document).path == f"inspection.statutory.{element}"


def test_the_tenth_element_is_the_list_of_the_fields() -> None:
    assert parse_class(plain_document()).statutory[FIELD_LIST] == "名称、代码、检查日期"


def test_a_class_without_a_legal_basis_is_refused() -> None:
    assert refusal(plain_document(basis=[])).path == "inspection.basis"


def test_a_value_without_a_source_is_refused() -> None:
    document = plain_document()
    del document["fields"][0]["citation"]

    assert refusal(document).path == "inspection.name.citation"


def test_a_field_may_name_a_source_of_its_own() -> None:
    document = document_with_field(citation={"source": "S-36", "article": "3", "confidence": "V-ex"})

    citation = parse_class(document).field("extra").citation

    assert citation is not None
    assert (citation.source, citation.article) == ("S-36", "3")


def test_a_list_nobody_can_leave_is_refused() -> None:
    assert refusal(plain_document(list_of="bad-firms")).path == "inspection.exit"


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"roles": {"subject_name": "nome"}}, "inspection.roles.subject_name"),
        ({"roles": {"owner": "name"}}, "inspection.roles.owner"),
        ({"key": ["subject", "inspected_at"]}, "inspection.key"),
        ({"key": ["inspected_on"]}, "inspection.key"),
        ({"rules": [{"kind": "not-in-future", "fields": ["day"]}]}, "inspection.rules[0].fields"),
        ({"rules": [{"kind": "wise", "fields": ["name"]}]}, "inspection.rules[0].kind"),
    ],
)
def test_a_reference_to_nothing_is_refused(changed: dict[str, Any], path: str) -> None:
    assert refusal(plain_document(**changed)).path == path


def test_one_header_cannot_mean_two_fields() -> None:
    assert refusal(document_with_field(aliases=["名称"])).path == "inspection.extra"


def test_a_field_brings_its_rules_with_it() -> None:
    document = document_with_field(
        key="fine", type="number", digits=18, precision=6, minimum="0", required=True, max_length=None
    )

    kinds = {rule.code: rule.values for rule in parse_class(document).rules if rule.fields == ("fine",)}

    assert kinds == {
        "fine.required": (),
        "fine.not-a-number": (),
        "fine.precision": ("18", "6"),
        "fine.range": ("0", ""),
    }


def test_a_unified_code_is_checked_and_its_organisation_part_only_warns() -> None:
    rules = {rule.code: rule.severity for rule in parse_class(plain_document()).rules}

    assert rules["code.identifier"] is Severity.ERROR
    assert rules["code.organisation-part"] is Severity.WARNING
    assert rules["code.full-width"] is Severity.WARNING


def test_a_derived_rule_can_be_told_to_warn_only() -> None:
    document = document_with_field(identifier="registration", warn=["identifier"])

    assert rule_of(document, "extra.identifier").severity is Severity.WARNING


def test_a_value_that_may_be_described_further_is_open() -> None:
    document = document_with_field(type="code", codes=["普通", "其他"], open_codes=["其他"])

    assert rule_of(document, "extra.one-of").values == ("普通", "其他", "其他-*")
    assert rule_of(document, "extra.one-of").message.zh.endswith("普通、其他、其他-…。")


def test_a_code_is_named_to_the_sender_as_it_is_written() -> None:
    document = document_with_field(type="code", codes=["privacy"], code_aliases={"涉及个人隐私": "privacy"})

    assert "涉及个人隐私" in rule_of(document, "extra.one-of").message.zh


def test_a_condition_is_told_in_words() -> None:
    document = plain_document(
        rules=[{"kind": "required-when", "fields": ["code"], "when": {"field": "name", "contains": ["公司"]}}]
    )

    message = rule_of(document, "code.required-when").message

    assert message.zh == "“名称”含有公司时，“代码”必须填写。"
    assert message.en == "“Code” must be filled when “Name” contains 公司."


def test_the_class_s_own_layout_comes_first_and_knows_every_name() -> None:
    own = parse_class(document_with_field(aliases=["别名"])).layouts[0]

    assert {own.columns[header] for header in ("extra", "事项", "Matter", "别名")} == {"extra"}
    assert own.required == ("name",)


def test_a_field_of_an_old_layout_is_not_in_the_class_s_own() -> None:
    assert "extra" not in parse_class(document_with_field(only_in=["2015"])).layouts[0].columns.values()


@pytest.mark.parametrize("one", information_classes(), ids=lambda one: one.id)
def test_a_packaged_class_can_be_quoted_to_a_sender(one: Any) -> None:
    codes = [rule.code for rule in one.rules]

    assert len(codes) == len(set(codes))
    assert all(rule.kind in MESSAGES for rule in one.rules)
    assert all(rule.message.zh and rule.message.en and rule.citation for rule in one.rules)
    assert not [rule.code for rule in one.rules if re.search(r"\{\w*\}", rule.message.zh + rule.message.en)]


@pytest.mark.parametrize("one", information_classes(), ids=lambda one: one.id)
def test_no_header_of_a_layout_means_two_fields_once_normalised(one: Any) -> None:
    for layout in one.layouts:
        meanings: dict[str, set[str]] = {}
        for header, key in layout.columns.items():
            meanings.setdefault(normal_header(header), set()).add(key)
        assert [header for header, keys in meanings.items() if len(keys) > 1] == []


@pytest.mark.parametrize("one", information_classes(), ids=lambda one: one.id)
def test_a_person_s_document_is_never_kept_and_a_representative_named_in_registration_only(one: Any) -> None:
    for role in ("person_document", "representative_document"):
        if one.role(role):
            assert one.field(one.role(role)).publication == "never-kept"
    if one.role("representative"):
        shown = one.field(one.role("representative")).publication
        assert shown == ("public" if one.id == "registration" else "masked")


def test_an_unknown_class_says_which_there_are() -> None:
    with pytest.raises(UnknownClass) as unknown:
        information_class("horoscope")

    assert "penalty" in unknown.value.known
    assert "penalty" in unknown.value.message.zh


def edition_document(**changed: Any) -> dict[str, Any]:
    day = edition().in_force_from
    return {
        "id": "henan-2027",
        "label": {"zh": "河南省目录", "en": "Henan catalogue"},
        "status": "approved",
        "approval_number": "豫示例〔2026〕1号",
        "approved_by": "示例省人民政府",
        "in_force_from": day,
        "classes": ["penalty", "licence"],
        "changes": [],
        **changed,
    }


def test_the_packaged_edition_claims_no_approval() -> None:
    assert edition().status == "packaged"
    assert not edition().approval_number


def test_an_approved_edition_needs_its_number() -> None:
    with pytest.raises(CatalogueRefused) as refused:
        parse_edition(edition_document(approval_number=""))

    assert refused.value.path == "edition.approval_number"


def test_a_change_that_may_reduce_rights_needs_review_and_comment() -> None:
    change = {
        "class": "penalty",
        "change": "changed",
        "may_reduce_rights": True,
        "note": {"zh": "增列字段", "en": "A field more"},
    }

    with pytest.raises(CatalogueRefused) as refused:
        parse_edition(edition_document(changes=[change]))

    assert refused.value.path == "edition.expert_review"
    reviewed = edition_document(changes=[change], expert_review="专家意见一", public_comment="2026-10-08")
    assert parse_edition(reviewed).changes[0].may_reduce_rights
