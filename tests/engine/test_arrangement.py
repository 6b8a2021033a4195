import pytest
from engine.checking import PENALTY, check_bytes, check_rows, csv_of, penalty

from gongxin.core.column_mapping import parse_column_mapping
from gongxin.core.lawbook import information_class, information_classes
from gongxin.engine.arrangement import Arrangement, arrange
from gongxin.engine.readers.table import FileRefused

PENALTIES = information_class("penalty")
FORM_2015 = {
    "CF_WSH": "示环罚〔2016〕12号",
    "CF_CFMC": "未公开排污信息案",
    "CF_CFLB1": "警告",
    "CF_CFLB2": "罚款",
    "CF_SY": "未按规定公开排污信息",
    "CF_YJ": "《排污许可管理条例》第三十六条",
    "CF_XDR_MC": PENALTY["CF_XDR_MC"],
    "CF_XDR_SHXYM": PENALTY["CF_XDR_SHXYM"],
    "CF_FR": "乔某",
    "CF_JG": "罚款贰万元",
    "CF_JDRQ": "2016/1/5",
    "CF_XZJG": "示范市环境保护局",
    "CF_ZT": "0",
}


def arranged(header: list[str], class_id: str = "penalty") -> Arrangement:
    return arrange(
        header=header,
        information_class=information_class(class_id),
        mapping=None,
        others=information_classes,
    )


def refusal(header: list[str], class_id: str = "penalty") -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        arranged(header, class_id)
    return refused.value


def labels(header: list[str]) -> list[str]:
    return [PENALTIES.field(key).label.zh for key in header]


def test_national_codes_chinese_labels_and_both_together_are_one_header() -> None:
    codes = list(PENALTY)
    mixed = [f"*{label}\n（{code}）" for label, code in zip(labels(codes), codes, strict=True)]

    assert arranged(codes).sources == arranged(labels(codes)).sources == arranged(mixed).sources


def test_the_form_of_2015_is_known_and_its_two_kinds_are_joined() -> None:
    outcome = check_rows([FORM_2015])

    assert outcome.tables[0].layout == "2015"
    assert (outcome.accepted, outcome.problems) == (1, {})


def test_in_2015_code_two_was_the_organisation_code() -> None:
    header = [*FORM_2015, "行政相对人代码_2(组织机构代码)"]

    assert arranged(header).sources["CF_XDR_ZZJG"] == (len(header) - 1,)


def test_a_column_nobody_knows_is_reported_and_not_read() -> None:
    found = arranged([*PENALTY, "联系电话"])

    assert found.unknown == (len(PENALTY),)


def test_two_columns_for_one_field_are_refused() -> None:
    assert refusal([*PENALTY, "处罚决定日期"]).code == "duplicate-column"


def test_a_missing_column_is_named() -> None:
    refused = refusal([key for key in PENALTY if key != "CF_JDRQ"])

    assert refused.code == "missing-column"
    assert "处罚决定日期（CF_JDRQ）" in refused.message.zh


def test_the_wrong_class_is_told_which_class_would_fit() -> None:
    refused = refusal(list(PENALTY), "licence")

    assert refused.code == "wrong-class"
    assert "（penalty）" in refused.message.zh


def test_a_mapping_says_everything() -> None:
    mapping = parse_column_mapping(
        "class: tax-a-level\nheader_row: 1\ncolumns: [{position: 2, field: taxpayer_number},"
        " {label: 名字, field: taxpayer_name}, {position: 4, field: tax_office}]\n"
        'constants: {year: "2018"}\nignore: [1]'
    )
    content = "x,y,名字,z\n1,911101081000000015,示范小店,示范税务局\n".encode()

    outcome = check_bytes(content, class_id="tax-a-level", mapping=mapping)

    assert (outcome.rows, outcome.accepted) == (1, 1)
    assert outcome.tables[0].unknown == ()


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("class: penalty\ncolumns: []", "mapping-refused"),
        ("class: tax-a-level\nheader_row: 1\ncolumns: [{position: 9, field: year}]", "mapping-misfit"),
        ("class: tax-a-level\nheader_row: 1\ncolumns: [{position: 1, field: year}]", "missing-column"),
        ("class: tax-a-level\ncolumns: [{label: 没有, field: year}]", "no-header"),
    ],
)
def test_a_mapping_that_does_not_fit_refuses_the_file(mapping: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_bytes(b"a,b\n1,2\n", class_id="tax-a-level", mapping=parse_column_mapping(mapping))

    assert refused.value.code == code


def test_a_header_may_stand_below_title_rows() -> None:
    content = "示范市行政处罚信息表,,\n填报单位：示范市生态环境局,,\n".encode() + csv_of([penalty()])

    outcome = check_bytes(content)

    assert outcome.tables[0].header_row == 3
    assert outcome.accepted == 1
