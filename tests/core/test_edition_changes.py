"""What an edition changes is told with what it was and what it is."""

from dataclasses import replace

from catalogue_documents import document_with_field

from gongxin.core.catalogue import FieldPublication, InformationClass, Severity
from gongxin.core.catalogue_text import parse_class
from gongxin.core.edition_changes import Difference, edition_changes
from gongxin.core.edition_words import ATTRIBUTES


def told(**field: object) -> InformationClass:
    return parse_class(document_with_field("matter", **field))


def differences(old: InformationClass, new: InformationClass, key: str) -> dict[str, Difference]:
    [change] = edition_changes({old.id: old}, {new.id: new})
    [part] = [one for one in change.parts if one.key == key]
    return {one.name: one for one in part.differences}


def was_and_is(one: Difference) -> tuple[str, str]:
    assert one.old
    assert one.new
    return one.old.zh, one.new.zh


def test_a_length_and_whether_it_is_required_are_told_as_they_were_and_are() -> None:
    found = differences(told(max_length=200), told(max_length=100, required=True), "matter")

    assert was_and_is(found["max_length"]) == ("200", "100")
    assert was_and_is(found["required"]) == ("否", "是")


def test_of_many_codes_those_are_told_that_came_and_went() -> None:
    old, new = told(type="code", codes=[*"甲乙丙丁"]), told(type="code", codes=[*"乙丙丁戊"])

    codes = differences(old, new, "matter")["codes"]

    assert [one.zh for one in codes.removed] == ["甲"]
    assert [one.zh for one in codes.added] == ["戊"]


def test_a_rules_severity_and_a_fields_publication_are_told_in_words() -> None:
    old = told(max_length=200)
    rule = next(one for one in old.rules if one.code == "matter.length")
    milder = replace(rule, severity=Severity.WARNING)
    hidden = replace(old.field("matter"), publication=FieldPublication.INTERNAL)
    new = replace(
        old,
        rules=tuple(milder if one is rule else one for one in old.rules),
        fields=tuple(hidden if one.key == "matter" else one for one in old.fields),
    )

    assert was_and_is(differences(old, new, "matter.length")["severity"]) == ("错误（退回）", "提示（接收）")
    assert was_and_is(differences(old, new, "matter")["publication"]) == ("公开", "不公开")


def test_a_word_of_the_files_is_one_only_where_it_stands_for_itself() -> None:
    old = told()

    [change] = edition_changes({old.id: old}, {old.id: replace(old, key=("subject",), audience="subject")})

    [audience, key] = change.differences
    assert was_and_is(audience) == ("公开", "仅主体可见")
    assert was_and_is(key) == ("subject、inspected_on", "subject")


def test_everything_that_can_differ_has_its_word() -> None:
    one = told()
    attributes = {
        name for kind in (one, one.fields[0], one.rules[0]) for name in type(kind).__dataclass_fields__
    }

    assert attributes - {"id", "rules", "code"} <= set(ATTRIBUTES)
