"""Each kind of rule, by one row in order and one that breaks it."""

from dataclasses import replace

import pytest
from engine.checking import ON, QIAO, check_rows, codes_of, firm_code, penalties, penalty

from gongxin.core.catalogue import InformationClass
from gongxin.core.identifiers import unified
from gongxin.core.lawbook import information_classes
from gongxin.core.standard_messages import MESSAGES
from gongxin.engine.rules import KINDS, OF_THE_FILE, findings
from gongxin.engine.rules.context import Context

PLACEHOLDER = "0" * 17 + "X"

BROKEN = [
    ("required", {"CF_WFXW": " 　 "}, "CF_WFXW.required"),
    ("length", {"CF_WSH": "长" * 129}, "CF_WSH.length"),
    ("one-of", {"CF_XDR_LB": "公司"}, "CF_XDR_LB.one-of"),
    ("list-of", {"CF_CFLB": "罚款；罚站"}, "CF_CFLB.list-of"),
    ("list-of: the open value needs words", {"CF_CFLB": "其他-"}, "CF_CFLB.list-of"),
    ("number", {"CF_NR_FK": "两万"}, "CF_NR_FK.not-a-number"),
    ("number: a unit is not guessed", {"CF_NR_FK": "2万元"}, "CF_NR_FK.not-a-number"),
    ("precision", {"CF_NR_FK": "0.1234567"}, "CF_NR_FK.precision"),
    ("precision: whole digits", {"CF_NR_FK": "1234567890123"}, "CF_NR_FK.precision"),
    ("range", {"CF_NR_FK": "-1"}, "CF_NR_FK.range"),
    ("date: no such day", {"CF_JDRQ": "2026-02-30"}, "CF_JDRQ.not-a-date"),
    ("date: two-digit year", {"CF_JDRQ": "26-2-3"}, "CF_JDRQ.not-a-date"),
    (
        "identifier",
        {"CF_XDR_SHXYM": QIAO[:-1] + ("0" if QIAO[-1] != "0" else "1")},
        "CF_XDR_SHXYM.identifier",
    ),
    ("identifier: another column", {"CF_CFJGDM": "12345"}, "CF_CFJGDM.identifier"),
    ("full-width", {"CF_XDR_SHXYM": "９" + QIAO[1:]}, "CF_XDR_SHXYM.full-width"),
    ("required-when", {"CF_NR_FK": ""}, "CF_NR_FK.required-when"),
    ("required-when: contains", {"CF_CFLB": "罚款；吊销许可证件"}, "CF_NR_ZKDX.required-when"),
    ("empty-when", {"CF_CFLB": "其他"}, "CF_CFLB.kind-not-named"),
    ("one-of-a-group", {"CF_XDR_SHXYM": ""}, "no-identifier"),
    ("pattern", {"CF_XDR_LB": "个体工商户"}, "CF_XDR_SHXYM.not-an-individual-business"),
    ("not-in-future", {"CF_JDRQ": "2026-11-24"}, "CF_JDRQ.not-in-future"),
    ("not-before", {"CF_JDRQ": "1949/9/30"}, "CF_JDRQ.not-before"),
    ("date-order", {"CF_YXQ": "2026-10-11"}, "CF_YXQ.date-order"),
    ("amount-unit: too large", {"CF_NR_FK": "20000"}, "CF_NR_FK.amount-unit"),
    (
        "amount-unit: the text says yuan",
        {"CF_NR_FK": "2000", "CF_NR": "罚款2,000.00元"},
        "CF_NR_FK.amount-unit",
    ),
    ("placeholder", {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": PLACEHOLDER}, "placeholder"),
    (
        "placeholder: no individual business",
        {"CF_XDR_SHXYM": PLACEHOLDER, "CF_XDR_GSZC": "410100600000012"},
        "placeholder",
    ),
    ("person-row: category", {"CF_XDR_LB": "自然人"}, "person-row"),
    ("person-row: another name of the category", {"CF_XDR_LB": "个人"}, "person-row"),
    ("person-row: document type", {"CF_XDR_ZJLX": "身份证"}, "person-row"),
    ("person-row: document number", {"CF_XDR_ZJHM": "K1234567"}, "person-row"),
    ("person-row: a resident number for a code", {"CF_XDR_SHXYM": "11010519491231002X"}, "person-row"),
    (
        "person-row: written in full width",
        {"CF_XDR_SHXYM": "１１０１０５１９４９１２３１００２ｘ"},
        "person-row",
    ),
    ("person-row: no code and a person's name", {"CF_XDR_SHXYM": "", "CF_XDR_MC": "林小一"}, "person-row"),
    (
        "person-row: the placeholder is no code",
        {"CF_XDR_SHXYM": PLACEHOLDER, "CF_XDR_MC": "林小一"},
        "person-row",
    ),
    ("person-only-penalty", {"CF_CFLB": "行政拘留"}, "detention-of-organisation"),
    (
        "person-only-penalty: in what was imposed",
        {"CF_NR": "罚款2万元，并处行政拘留5日"},
        "detention-of-organisation",
    ),
    ("personal-number", {"CF_SY": "驾驶人身份证号11010519491231002X"}, "personal-number"),
    ("personal-number: a telephone", {"CF_NR": "罚款，联系电话13800138000"}, "personal-number"),
    ("replacement-character", {"CF_CFJG": "示范市生态环�局"}, "replacement-character"),
    ("control-character", {"CF_CFJG": "示范市\x07生态环境局"}, "control-character"),
]


@pytest.mark.parametrize(("changed", "code"), [pytest.param(c, k, id=i) for i, c, k in BROKEN])
def test_a_row_that_breaks_a_rule_is_told_its_code(changed: dict[str, str], code: str) -> None:
    assert code in codes_of(penalty(**changed))


IN_ORDER = [
    ("as it stands", {}),
    ("spaces around", {"CF_WFXW": "　未按规定公开排污信息 "}),
    ("list joined by another mark", {"CF_CFLB": "罚款、警告"}),
    ("list with open words", {"CF_CFLB": "罚款;其他-责令限期改正，公开道歉"}),
    ("another name of a kind", {"CF_CFLB": "罚款，没收非法所得", "CF_NR_WFFF": "0"}),
    ("thousands", {"CF_NR_FK": "1,000.50"}),
    ("zeros after the point", {"CF_NR_FK": "0.20000000"}),
    ("a spreadsheet's small number", {"CF_NR_FK": "1E-05"}),
    ("date with slashes", {"CF_JDRQ": "2026/1/5"}),
    ("date with dots", {"CF_JDRQ": "2026.1.5"}),
    ("date in one run", {"CF_JDRQ": "20260105"}),
    ("date in Chinese", {"CF_JDRQ": "2026年1月5日"}),
    ("date with a time", {"CF_JDRQ": "2026-01-05 00:00:00"}),
    ("date and time in ISO", {"CF_JDRQ": "2026-01-05T08:30:00+08:00"}),
    ("today", {"CF_JDRQ": "2026-11-23"}),
    ("long term in words", {"CF_YXQ": "长期"}),
    ("a code in small letters", {"CF_XDR_SHXYM": QIAO.lower()}),
    ("a code in groups", {"CF_XDR_SHXYM": f"{QIAO[:8]} {QIAO[8:]}"}),
    ("a category by another name", {"CF_XDR_LB": "法人和其他组织"}),
    ("an empty document, as offices write it", {"CF_XDR_ZJLX": "无", "CF_XDR_ZJHM": "/"}),
    ("an individual business", {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": firm_code(3, kind="92")}),
    (
        "an individual business without a code",
        {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": PLACEHOLDER, "CF_XDR_GSZC": "410100600000012"},
    ),
    ("a firm with a person's name in its own", {"CF_XDR_MC": "林小一面馆有限公司"}),
    ("a short name with a code", {"CF_XDR_MC": "林小一"}),
    ("a decision number full of digits", {"CF_SY": "见（2026）京0105执1234567号裁定"}),
    ("line break and TAB in a text", {"CF_SY": "一、未公开\r\n二、\t未改正"}),
]


@pytest.mark.parametrize("changed", [pytest.param(changed, id=name) for name, changed in IN_ORDER])
def test_a_row_in_order_breaks_nothing(changed: dict[str, str]) -> None:
    assert codes_of(penalty(**changed)) == set()


def test_an_odd_organisation_part_only_warns() -> None:
    first17 = QIAO[:16] + str((int(QIAO[16]) + 1) % 10)
    code = first17 + unified.check_character(first17)

    outcome = check_rows([penalty(CF_XDR_SHXYM=code)])

    assert outcome.problems == {"CF_XDR_SHXYM.organisation-part": 1}
    assert (outcome.accepted, outcome.warnings) == (1, 1)


def test_all_problems_of_a_row_are_told_at_once() -> None:
    wrong = penalty(CF_JDRQ="2026-02-30", CF_NR_FK="两万", CF_WFXW="", CF_XDR_SHXYM="123")

    assert codes_of(wrong) == {
        "CF_JDRQ.not-a-date",
        "CF_NR_FK.not-a-number",
        "CF_WFXW.required",
        "CF_XDR_SHXYM.identifier",
    }


def test_a_row_about_a_person_reports_that_and_nothing_else() -> None:
    wrong = penalty(CF_XDR_LB="自然人", CF_JDRQ="2026-02-30", CF_SY="电话13800138000")

    assert codes_of(wrong) == {"person-row"}


def test_a_person_is_found_in_an_old_tax_number() -> None:
    row = {
        "纳税人识别号": "11010519491231002X01",
        "纳税人名称": "示范小店",
        "评价年度": "2018",
        "税务机关": "示范税务局",
    }

    assert codes_of(row, class_id="tax-a-level") == {"person-row"}


def test_an_old_tax_number_of_a_firm_is_a_firms() -> None:
    row = {
        "纳税人识别号": "990100D2143569X",
        "纳税人名称": "示范小店",
        "评价年度": "2018",
        "税务机关": "示范税务局",
    }

    assert codes_of(row, class_id="tax-a-level") == set()


def test_an_old_resident_number_for_a_registration_number_is_a_persons() -> None:
    assert codes_of(penalty(CF_XDR_GSZC="410105900101001")) == {"person-row"}


def test_identical_rows_fold_with_a_warning() -> None:
    outcome = check_rows([penalty(), penalty(), penalty(CF_JDRQ="2026/10/12")])

    assert (outcome.rows, outcome.accepted, outcome.folded) == (3, 3, 2)
    assert outcome.problems == {"duplicate-row": 2}


def test_one_decision_with_two_contents_goes_back_twice() -> None:
    outcome = check_rows([penalty(), penalty(CF_NR_FK="3"), *penalties({})])

    assert (outcome.accepted, outcome.rejected) == (1, 2)
    assert outcome.problems == {"duplicate-key": 2}


def test_other_brackets_do_not_make_another_decision() -> None:
    outcome = check_rows([penalty(), penalty(CF_WSH="示环罚【2026】12号", CF_NR_FK="3")])

    assert outcome.problems == {"duplicate-key": 2}


def test_a_repeat_of_a_bad_row_is_bad_and_not_folded() -> None:
    outcome = check_rows([penalty(CF_WFXW="")] * 2)

    assert (outcome.rejected, outcome.folded) == (2, 0)


def test_every_kind_of_rule_of_the_catalogue_is_checked() -> None:
    kinds = {rule.kind for one in information_classes() for rule in one.rules}

    assert set(MESSAGES) | kinds <= set(KINDS) | OF_THE_FILE


def test_a_kind_nobody_wrote_is_not_passed_over(a_class: InformationClass) -> None:
    planted = replace(a_class.rules[0], kind="phase-of-the-moon")
    context = Context(replace(a_class, rules=(planted,)), frozenset(), frozenset(), ON)

    with pytest.raises(KeyError, match="phase-of-the-moon"):
        list(findings(context))


@pytest.fixture
def a_class() -> InformationClass:
    return information_classes()[0]
