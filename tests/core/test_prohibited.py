from pathlib import Path
from typing import Any

import pytest
import yaml
from catalogue_documents import document_with_field, plain_document

from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import read_law
from gongxin.core.lawbook import information_classes
from gongxin.core.prohibited import ProhibitedMeaning, refuse_prohibited

PLANTED = yaml.safe_load((Path(__file__).parent / "prohibited_fields.yaml").read_text(encoding="utf-8"))


def planted_document(way: str, planted: Any) -> dict[str, Any]:
    if way == "label_zh":
        return document_with_field(label={"zh": planted, "en": "Matter"})
    if way == "label_en":
        return document_with_field(label={"zh": "事项", "en": planted})
    if way == "alias":
        return document_with_field(aliases=[planted])
    if way == "values":
        return document_with_field(type="code", codes=planted)
    return document_with_field(key=planted)


CASES = [
    pytest.param(category, planted_document(way, planted), id=f"{category} by {way}")
    for category, ways in PLANTED.items()
    for way, planted in ways.items()
]


@pytest.mark.parametrize(("category", "document"), CASES)
def test_a_planted_prohibited_field_is_refused(category: str, document: dict[str, Any]) -> None:
    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(document)

    assert refused.value.category == category


def test_every_category_of_the_law_file_has_planted_fields() -> None:
    assert set(read_law("prohibited.yaml")["categories"]) <= set(PLANTED)


def test_the_document_without_a_planted_field_is_accepted() -> None:
    refuse_prohibited(parse_class(plain_document()))
    refuse_prohibited(parse_class(document_with_field()))


def test_every_packaged_class_stays_within_the_rights_line() -> None:
    for one in information_classes():
        refuse_prohibited(one)


@pytest.mark.parametrize(
    "name",
    [
        "宗教活动场所名称",  # a kind of subject, not anybody's religion
        "转基因生物安全证书编号",
        "职业病危害项目申报编号",
        "生育保险参保人数",
        "资产总额",  # an organisation's own
        "信用等级",  # an organisation's own
        "未按规定公示的事项",
        "上网电价批复文号",  # what a power station is paid, not who went online
        "家庭农场贷款余额",
        "畜禽遗传资源引进批件号",
    ],
)
def test_a_lawful_field_of_an_organisation_is_not_refused(name: str) -> None:
    parse_class(document_with_field(label={"zh": name, "en": "Matter"}))


def test_what_a_licence_is_about_is_a_value_and_not_a_field() -> None:
    parse_class(document_with_field(type="code", codes=["医疗机构执业许可", "宗教活动场所登记"]))


@pytest.mark.parametrize("name", ["个人荣誉", "公民守信记录", "自然人行政处罚"])
def test_another_class_about_natural_persons_is_refused(name: str) -> None:
    with pytest.raises(ProhibitedMeaning):
        parse_class(plain_document(label={"zh": name, "en": "Records"}))


def test_a_class_cannot_call_its_subjects_professionals_to_hold_persons() -> None:
    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(plain_document(subject_kind="professional"))

    assert refused.value.category == "natural-person-class"


def test_a_professional_is_never_on_a_list_or_graded() -> None:
    as_professional = {"id": "professional-licence", "subject_kind": "professional"}
    listed = plain_document(
        **as_professional, list_of="bad-lawyers", exit={"zh": "一", "en": "a"}, remedy={"zh": "二", "en": "b"}
    )
    graded = document_with_field(label={"zh": "评价等级", "en": "Result"}) | as_professional

    for document in (listed, graded):
        with pytest.raises(ProhibitedMeaning) as refused:
            parse_class(document)
        assert refused.value.category == "scores-of-persons"


def test_a_prohibited_header_of_an_old_layout_is_refused() -> None:
    layout = {
        "id": "old",
        "label": {"zh": "旧表", "en": "Old form"},
        "columns": {"血型": "name"},
        "required": [],
    }

    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(plain_document(layouts=[layout]))

    assert refused.value.where == "inspection.name"


@pytest.mark.parametrize(
    "disguise", ["宗 教 信 仰", "宗_教", "宗・教信仰", "ｒｅｌｉｇｉｏｎ", "RELIGIONS", "religiousBelief"]
)
def test_width_case_and_signs_do_not_hide_a_meaning(disguise: str) -> None:
    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(document_with_field(aliases=[disguise]))

    assert refused.value.category == "religion"


def test_long_text_needs_the_leak_gate() -> None:
    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(document_with_field(max_length=4000))

    assert refused.value.category == "text-without-leak-gate"
    parse_class(document_with_field(max_length=4000, free_text=True))


def test_a_person_s_number_may_be_read_but_not_kept() -> None:
    number = {"label": {"zh": "证件号码", "en": "Document number"}}

    with pytest.raises(ProhibitedMeaning) as refused:
        parse_class(document_with_field(**number))

    assert refused.value.category == "person-identifier"
    parse_class(document_with_field(**number, publication="never-kept"))
