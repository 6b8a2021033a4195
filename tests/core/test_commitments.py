"""What may be promised, in which words, under which number: from the law data alone."""

from dataclasses import replace
from datetime import date

import pytest

from gongxin.core.commitments import (
    FORM_WORDS,
    Mistake,
    NumbersUsedUp,
    Parties,
    Promise,
    Promiser,
    Signature,
    UnknownTemplate,
    breach_weighs_until,
    content,
    disclosures,
    letter,
    mistakes,
    next_number,
    number_head,
    signed,
    template,
    templates,
    templates_of,
)
from gongxin.core.sources import sources

ON = date(2026, 11, 23)
PARTIES = Parties("示范乔木机械有限公司", "91990100MA0000013A", "示范市市场监督管理局")
PAPERS = Promise("办理食品经营许可", "消防验收意见", date(2026, 12, 31))
SIGNED = Signature("乔木", agreed=True)
NATIONAL = {"审批替代型", "容缺受理型", "证明事项型", "信用修复型", "行业自律型", "主动型"}


def test_each_national_kind_has_its_template_and_public_bodies_have_their_own_two() -> None:
    firms, bodies = (templates_of(one) for one in (Promiser.ORGANISATION, Promiser.PUBLIC_BODY))

    assert {one.kind for one in firms} == NATIONAL
    assert {one.kind for one in bodies} == {"其他-政务践诺", "其他-政府合同"}


def test_every_template_says_what_follows_on_a_breach_and_rests_on_a_known_source() -> None:
    for one in templates().values():
        assert one.liability.zh
        assert one.liability.en
        assert {cited.source for cited in one.basis} <= sources().keys()


def test_the_letter_is_whole_in_both_languages() -> None:
    for one in templates().values():
        promise = replace(PAPERS, promise="按期支付")
        for language in ("zh-hans", "en"):
            shown = letter(one, promise, PARTIES, language=language)
            assert "{" not in shown
            assert "示范市市场监督管理局" in shown
            assert one.liability.in_language(language) in shown


def test_the_letter_names_who_promises_what_to_whom_by_when() -> None:
    shown = letter(template("missing-papers"), PAPERS, PARTIES, language="zh-hans")

    assert shown.split("\n")[0] == "信用承诺书"
    assert "承诺在约定期限内补齐下列材料：消防验收意见。" in shown
    assert "履行期限：2026年12月31日。" in shown
    assert "签署人姓名只存档，不公开" in shown


def test_what_is_signed_ends_with_who_signed_it_when_and_how() -> None:
    line = signed("信用承诺书", name="乔木", user="qiao", at="2026-11-23 10:00:00", language="zh-hans")

    assert line.split("\n")[-1].startswith("签署人：乔木；签署时间：2026-11-23 10:00:00；账号：qiao")


def test_the_record_says_what_is_promised_and_by_when() -> None:
    said = content(template("missing-papers"), PAPERS)

    assert said.startswith("承诺在约定期限内补齐下列材料：消防验收意见。")
    assert said.endswith("履行期限：2026年12月31日。")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"matter": " "}, Mistake.MATTER),
        ({"matter": "长" * 513}, Mistake.MATTER),
        ({"promise": ""}, Mistake.PROMISE),
        ({"keep_until": None}, Mistake.NO_DAY),
        ({"keep_until": date(2026, 11, 22)}, Mistake.DAY_OVER),
        ({"keep_until": date(2031, 11, 23)}, Mistake.DAY_TOO_FAR),
        ({"disclosure": "随便"}, Mistake.DISCLOSURE),
        ({"promise": "联系 11010519491231002X"}, Mistake.PERSONAL_NUMBER),
    ],
)
def test_a_promise_with_a_mistake_is_told_which(changed: dict[str, object], wrong: Mistake) -> None:
    assert mistakes(template("missing-papers"), replace(PAPERS, **changed), SIGNED, on=ON) == [wrong]  # type: ignore[arg-type]


def test_nothing_is_promised_without_name_and_tick() -> None:
    for unsigned in (Signature("", agreed=True), Signature("乔木", agreed=False)):
        assert mistakes(template("missing-papers"), PAPERS, unsigned, on=ON) == [Mistake.NOT_SIGNED]
    assert mistakes(template("missing-papers"), PAPERS, SIGNED, on=ON) == []


def test_a_number_is_region_day_and_sequence() -> None:
    head = number_head("990100", ON)

    assert next_number(head, None) == "99010020261123000001"
    assert next_number(head, "99010020261123000041") == "99010020261123000042"
    with pytest.raises(NumbersUsedUp):
        next_number(head, "99010020261123999999")
    with pytest.raises(ValueError, match="99"):
        number_head("99", ON)


def test_a_breach_weighs_a_year_and_never_longer() -> None:
    assert breach_weighs_until(ON) == date(2027, 11, 23)


def test_the_words_of_the_national_form_are_used() -> None:
    assert list(FORM_WORDS.values()) == ["全部履行", "部分履行", "全部未履行"]
    assert list(disclosures()) == ["可向社会公开", "特定范围内公开", "不可公开"]


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        template("oath")
