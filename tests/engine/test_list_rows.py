"""Rows of the statutory lists: one as its form shows it passes, and no person comes in by a list (R1, R8)."""

import pytest
from engine.checking import check_rows, codes_of

from gongxin.core.catalogue import FieldPublication, InformationClass
from gongxin.core.lawbook import information_class, information_classes

LISTS = [one.id for one in information_classes() if one.list_of]
ADVERSE = [one.id for one in information_classes() if one.list_of and one.adverse]


def row(class_id: str, **changed: str) -> dict[str, str]:
    """Return the row that the examples of a class's form make; removed by nobody, kept of no person."""
    one = information_class(class_id)
    left = {field.key for field in one.fields if field.key.startswith(("removal", "removed", "removing"))}
    return {
        **{field.key: field.example for field in one.fields if field.example and field.key not in left},
        **changed,
    }


def named(one: InformationClass) -> str:
    found = one.role("subject_name")
    assert found is not None
    return found


@pytest.mark.parametrize("class_id", LISTS)
def test_a_row_as_its_form_shows_it_passes(class_id: str) -> None:
    outcome = check_rows([row(class_id)], class_id=class_id)

    assert (outcome.accepted, outcome.problems) == (1, {})


@pytest.mark.parametrize("class_id", ADVERSE)
def test_a_listing_without_exit_and_remedy_is_refused(class_id: str) -> None:
    silent = row(class_id, exit_terms="", remedy_terms="", attestation="")

    assert codes_of(silent, class_id=class_id) == {"no-exit", "no-remedy"}


@pytest.mark.parametrize("class_id", ADVERSE)
def test_the_sources_attestation_stands_for_exit_and_remedy(class_id: str) -> None:
    attested = row(class_id, exit_terms="", remedy_terms="", attestation="示例函〔2026〕5号")

    assert codes_of(attested, class_id=class_id) == set()


@pytest.mark.parametrize("class_id", LISTS)
def test_a_persons_row_is_out_of_scope_on_every_list(class_id: str) -> None:
    one = information_class(class_id)
    identifiers = ("unified_code", "organisation_code", "registration_number", "taxpayer_number")
    bare = {one.roles[role]: "" for role in identifiers if role in one.roles}
    outcome = check_rows([row(class_id, **bare, **{named(one): "林小一"})], class_id=class_id)

    assert (outcome.accepted, outcome.out_of_scope, set(outcome.problems)) == (0, 1, {"person-row"})


@pytest.mark.parametrize(
    "said", [{"category": "自然人"}, {"person_document": "K1234567"}, {"category": "个人"}]
)
def test_the_courts_list_sends_a_person_back_with_the_courts_address(said: dict[str, str]) -> None:
    outcome = check_rows([row("court-enforcement", **said)], class_id="court-enforcement")
    rule = next(one for one in information_class("court-enforcement").rules if one.code == "person-row")

    assert (outcome.out_of_scope, set(outcome.problems)) == (1, {"person-row"})
    assert "中国执行信息公开网" in rule.message.zh
    assert "zxgk.court.gov.cn" in rule.message.en


def test_other_lists_send_a_person_back_in_the_common_words() -> None:
    words = {
        class_id: next(one for one in information_class(class_id).rules if one.code == "person-row").message
        for class_id in LISTS
        if class_id != "court-enforcement"
    }

    assert set(words.values()) == {
        next(one for one in information_class("penalty").rules if one.code == "person-row").message
    }


@pytest.mark.parametrize("class_id", LISTS)
def test_no_list_keeps_a_persons_number_and_none_shows_a_persons_name_in_full(class_id: str) -> None:
    one = information_class(class_id)
    cut = {field.key for field in one.fields if field.publication is FieldPublication.NEVER_KEPT}
    masked = {field.key for field in one.fields if field.publication is FieldPublication.MASKED}

    for role in ("person_document", "representative_document", "representative_document_type"):
        assert one.roles.get(role) in {None, *cut}
    assert {field.key for field in one.fields if field.person_name} <= masked
