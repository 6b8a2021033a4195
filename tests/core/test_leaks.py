"""The gate must stop every person's number planted here, and let every organisation's text pass."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core import leaks
from gongxin.core.identifiers import organisation, registration, resident, unified
from gongxin.core.leaks import (
    NumberKind,
    find_personal_numbers,
    holds_personal_number,
    mask_personal_numbers,
)

SYNTHETIC_RESIDENT = "41010519900101002X"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"当事人身份证号{SYNTHETIC_RESIDENT}。", NumberKind.RESIDENT),
        ("41010519900101002x", NumberKind.RESIDENT),
        ("４１０１０５１９９００１０１００２Ｘ", NumberKind.RESIDENT),
        ("410105 19900101 002X", NumberKind.RESIDENT),
        ("410105-1990-0101-002X", NumberKind.RESIDENT),
        ("410105199001\u200b01002X", NumberKind.RESIDENT),
        (f"ID{SYNTHETIC_RESIDENT}号", NumberKind.RESIDENT),
        ("身份证：410105199001010029", NumberKind.RESIDENT),  # mistyped, but labelled and with a birth date
        ("公民身份号码410105900101001", NumberKind.OLD_RESIDENT),
        ("电话：13812345678", NumberKind.PHONE),
        ("联系人张某138-1234-5678", NumberKind.PHONE),
        ("+86 138 1234 5678", NumberKind.PHONE),
        ("手机号13812345678号", NumberKind.PHONE),
        ("开户银行卡号6222 0200 0000 0000 000", NumberKind.BANK_CARD),
        ("TEL13812345678", NumberKind.PHONE),  # without a gap, as in a document number's normal form
        ("Mobile8613812345678", NumberKind.PHONE),
        ("BANKCARD6222020000000000000", NumberKind.BANK_CARD),
        ("IDNUMBER410105900101001", NumberKind.OLD_RESIDENT),
        ("护照号码E12345678", NumberKind.PASSPORT),
        ("港澳居民来往内地通行证H12345678", NumberKind.PASSPORT),
        ("家庭电话：0371-65501234", NumberKind.PHONE),
        ("宅电65501234", NumberKind.PHONE),
        ("家庭住址：示范市梧桐里12号院3号楼101室", NumberKind.HOME_ADDRESS),
        ("（住址示范县杨庄乡李家村）", NumberKind.HOME_ADDRESS),
        ("家住示范市桂花路十二号，无业", NumberKind.HOME_ADDRESS),
        ("<dt>现住址</dt><dd>示范市桂花路12号</dd>", NumberKind.HOME_ADDRESS),
        ('{"户籍地址": "示范市桂花路12号"}', NumberKind.HOME_ADDRESS),
    ],
)
def test_a_persons_number_is_found_however_it_is_written(text: str, kind: NumberKind) -> None:
    found = find_personal_numbers(text)

    assert [one.kind for one in found] == [kind]
    assert holds_personal_number(text)
    assert not holds_personal_number(mask_personal_numbers(text))
    assert len(mask_personal_numbers(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91410100MA4000012T",
        "11410000000000019P 12410000MB0000019R",
        "注册号410100600000012",
        "注册号410105900101001",  # reads as an old resident number, but is labelled otherwise
        "豫市监罚〔2026〕13812345678号",
        "第13812345678号",
        "罚款13800000000元",
        "罚款人民币13800000000",
        "没收15912345678.50元",
        "2026-03-01 12:30:00.123456",
        "许可编号 JY14101050012345",
        "电话0371-65501234",
        "订单号 20260301123456789012",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "a13812345678b",
        "discard13812345678x",
        "账号 6222 0200 0000 0000 001",  # Luhn fails
        "住所：示范市桂花路12号",  # an organisation's
        "注册地址示范市桂花路12号；经营地址同上",
        "不收集身份证、电话、家庭住址。每个页面发出前都经过检查，共3号",
        "办公电话65501234",
        "E12345678",  # a passport only where the text says so
        "990426199112010074",  # no such province
        "",
    ],
)
def test_what_is_no_persons_number_passes(text: str) -> None:
    assert not holds_personal_number(text)
    assert mask_personal_numbers(text) == text


def test_two_numbers_in_one_text_are_both_masked() -> None:
    masked = mask_personal_numbers(f"张某（{SYNTHETIC_RESIDENT}，电话13812345678）")

    assert masked == "张某（******************，电话***********）"


def test_a_code_that_is_both_is_an_organisations_only_where_it_is_so_called() -> None:
    both = next(code for code in _institution_codes() if resident.is_valid(code))

    assert holds_personal_number(both)
    assert not holds_personal_number(f"统一社会信用代码：{both}")


def _institution_codes() -> list[str]:
    """Return codes of fictional institutions of a county numbered …19, which may read as born in 19xx."""
    codes = []
    for serial in range(100_000):
        first8 = f"90{serial % 12 + 1:02}{serial % 28 + 1:02}{serial // 1000:02}"
        first17 = f"12410119{first8}{organisation.check_character(first8)}"
        codes.append(first17 + unified.check_character(first17))
    return codes


@given(
    st.sampled_from(sorted(resident.PROVINCES)),
    st.dates(),
    st.integers(0, 999),
    st.text("河南乔氏商贸，。（）", max_size=6),
)
def test_no_valid_resident_number_passes_wherever_it_stands(
    province: str, born: object, serial: int, around: str
) -> None:
    first17 = f"{province}0105{str(born).replace('-', '')}{serial:03}"
    number = first17 + resident.check_character(first17)

    assert holds_personal_number(around + number + around) == resident.is_valid(number)


@given(st.text("0123456789", min_size=14, max_size=14))
def test_registration_numbers_pass(first14: str) -> None:
    assert not holds_personal_number(f"注册号{first14}{registration.check_digit(first14)}")


@given(st.text())
def test_masking_leaves_nothing_to_find(text: str) -> None:
    assert not holds_personal_number(mask_personal_numbers(text))


@given(st.text("19０ -\u3000年", max_size=80))
def test_looking_back_passes_over_no_run_of_digits(text: str) -> None:
    plain = re.compile(rf"[0-9０-９](?:{leaks._WIDE_GAP}[0-9０-９]){{10,}}")

    assert [run.span() for run in leaks._LONG_RUN.finditer(text)] == [
        run.span() for run in plain.finditer(text)
    ]
