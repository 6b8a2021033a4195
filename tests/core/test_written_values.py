from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.written_dates import normal_date
from gongxin.core.written_lists import list_parts, normal_list
from gongxin.core.written_numbers import normal_number

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31))
LAYOUTS = (
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month:02}/{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}{0.month:02}{0.day:02}",
    "{0.year}{0.month:02}{0.day:02}235959",
    "{0.year}-{0.month:02}-{0.day:02} 00:00:00",
    "{0.year}-{0.month:02}-{0.day:02}T23:59:59.999+08:00",
    "{0.year}/{0.month}/{0.day} 0:00",
)


@given(DAYS, st.sampled_from(LAYOUTS))
def test_every_layout_of_a_day_is_that_day(day: date, layout: str) -> None:
    written = layout.format(day)

    assert normal_date(written) == day.isoformat()
    assert normal_date(normal_date(written) or "") == day.isoformat()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("２０１６－０１－０５", "2016-01-05"),
        ("二〇一六年一月五日", "2016-01-05"),
        ("二零一六年十二月三十一日", "2016-12-31"),
        ("二○一六年十月二十日", "2016-10-20"),
        ("2016-01-04T16:00:00Z", "2016-01-05"),  # midnight in Shanghai
        ("2099/12/31", "2099-12-31"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_in_other_writing(written: str, meant: str) -> None:
    assert normal_date(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2026-13-01",
        "2025-02-29",
        "16-1-5",
        "5/1/2016",
        "2016-1",
        "2016年1月",
        "2016-1/5",
        "42374",
        "0001-01-01",
        "1899-12-30",
        "2016-01-05 25:00",
        "9999-12-31T23:00:00Z",
        "长期",
        "",
        "+2016-01-5",
    ],
)
def test_no_day_of_the_calendar_is_no_date(written: str) -> None:
    assert normal_date(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.20", "0.2"),
        ("1,234.50", "1234.5"),
        ("００１２", "12"),
        ("+3", "3"),
        ("-0.0", "0"),
        (".5", "0.5"),
        ("1E-05", "0.00001"),
        ("2.5e3", "2500"),
    ],
)
def test_a_number_in_other_writing(written: str, meant: str) -> None:
    assert normal_number(written) == meant
    assert normal_number(meant) == meant


@pytest.mark.parametrize(
    "written", ["12万元", "￥12", "1,23", "12%", "5.", "NaN", "1E+999", "--1", "", "1 2"]
)
def test_what_is_no_plain_number_is_not_guessed(written: str) -> None:
    assert normal_number(written) is None


@given(st.text())
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(text: str) -> None:
    for meaning in (normal_date, normal_number):
        once = meaning(text)
        assert once is None or meaning(once) == once


def test_a_list_is_cut_at_every_mark_but_not_inside_open_words() -> None:
    written = "警告;罚款、没收违法所得｜其他-责令改正，公开道歉"

    assert list_parts(written, open_codes=("其他",)) == (
        "警告",
        "罚款",
        "没收违法所得",
        "其他-责令改正，公开道歉",
    )


@given(st.text(alphabet="警罚；;、|，,- 其他", max_size=20))
def test_a_list_in_normal_form_stays_as_it_is(text: str) -> None:
    once = normal_list(text, aliases={}, open_codes=("其他",))

    assert normal_list(once, aliases={}, open_codes=("其他",)) == once


def test_an_accepted_value_that_holds_a_comma_stays_whole() -> None:
    other = "法律、行政法规规定的其他行政处罚"

    cut = normal_list(f"警告、罚款；{other}", aliases={}, codes={"警告", "罚款", other})

    assert cut == f"警告；罚款；{other}"
