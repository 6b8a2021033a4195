import pytest

from gongxin.core.headers import header_forms, normal_header


@pytest.mark.parametrize(
    "written",
    [
        "处罚决定日期",
        "*处罚决定日期",
        "处罚决定日期\n(必填)",
        "处罚决定日期（必填项）",
        "  处罚 决定　日期：",
        "处罚决定日期*必填",
        "\ufeff处罚决定日期",
    ],
)
def test_decoration_does_not_change_a_header(written: str) -> None:
    assert normal_header(written) == "处罚决定日期"


def test_width_case_and_brackets_do_not_change_a_header() -> None:
    assert normal_header("ＣＦ＿ｊｄｒｑ") == normal_header("CF_JDRQ")
    assert normal_header("罚款金额【万元】") == normal_header("罚款金额（万元）")


def test_a_header_is_known_whole_and_by_its_parts() -> None:
    assert header_forms("处罚决定日期（CF_JDRQ）") == ("处罚决定日期(cf_jdrq)", "处罚决定日期", "cf_jdrq")
    assert header_forms("  ") == ()
