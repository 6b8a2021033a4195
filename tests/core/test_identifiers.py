import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.identify import CodeKind, identify

VALID_UNIFIED = [
    "91350100M000100Y43",
    "91110000600037341L",
    "91320621MA1MRHG205",
    "12440300MB2C92173E",
    "91410100MA4000012T",
    "92410105MA4Q00016A",
    "93411421MA4500017A",
    "11410000000000019P",
    "12410000MB0000019R",
    "51410000MJ00000184",
    "52410300MJ0000026B",
    "31410000MD0000016M",
    "81410000MC00000122",
    "N2411622MF00000131",
    "Y1410000MY0000012G",
    "91419001100000016F",
]
VALID_REGISTRATION = [
    "110108000000016",
    "310117003171688",
    "330282602082220",
    "430524600099555",
    "440301104041144",
    "320300000174110",
    "410000100000019",
    "410100600000012",
    "410000400000012",
]
VALID_RESIDENT = [
    "11010519491231002X",
    "440524188001010014",
    "41010519900101002X",
    "410105199001010011",
    "412723199010050012",
]


@pytest.mark.parametrize("code", VALID_UNIFIED)
def test_a_published_unified_code_is_valid(code: str) -> None:
    assert unified.reason(code) is None
    assert unified.organisation_part_is_valid(code)
    assert identify(code).kind == CodeKind.UNIFIED


@pytest.mark.parametrize("code", VALID_REGISTRATION)
def test_a_published_registration_number_is_valid(code: str) -> None:
    found = identify(code)

    assert (found.kind, found.valid, found.warnings) == (CodeKind.REGISTRATION, True, ())


@pytest.mark.parametrize("code", VALID_RESIDENT)
def test_a_standard_resident_number_is_valid(code: str) -> None:
    found = identify(code)

    assert (found.kind, found.valid) == (CodeKind.RESIDENT, True)


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("91350100M000100Y44", "unified", "check"),
        ("91110000600037341N", "unified", "check"),
        ("12440300MB2C92173A", "unified", "check"),
        ("9111000060003IOZSV", "unified", "charset"),
        ("A1110000600037341L", "unified", "check"),  # A1 is a military institution; the check fails
        ("94410100MA4000012T", "unified", "department"),  # market regulation has no type 4
        ("00000000000000000X", "unified", "placeholder"),
        ("12345", "none", "length"),
        ("", "none", "length"),
        ("河南某公司", "none", "length"),
        ("L5701181X", "organisation", "check"),
        ("000000000", "organisation", "never-issued"),
        ("123456788", "organisation", "never-issued"),
        ("110108000000017", "registration", "check"),
        ("320483000067848", "registration", "check"),
        ("4101001234567", "registration", "old-number"),
        ("36042619910102009X", "resident", "check"),
        ("360426199113010079", "resident", "date"),
        ("990426199112010074", "resident", "region"),
    ],
)
def test_a_bad_code_says_what_is_wrong_with_it(code: str, kind: str, reason: str) -> None:
    found = identify(code)

    assert (found.kind, found.valid, found.reason) == (kind, False, reason)


@pytest.mark.parametrize("prefix", sorted(unified.PREFIXES))
def test_every_department_and_type_has_codes(prefix: str) -> None:
    first17 = prefix + "990101" + "MA4000012"

    assert unified.is_valid(first17 + unified.check_character(first17))


@pytest.mark.parametrize("code", ["D2143569X", "00990986X"])
def test_an_organisation_code_is_valid_with_and_without_its_hyphen(code: str) -> None:
    printed = f"{code[:8]}-{code[8]}"

    assert identify(code).warnings == ()
    assert identify(printed).code == code
    assert identify(printed).valid
    assert identify(printed).warnings == ("normalised",)


@pytest.mark.parametrize(
    "typed",
    [
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100m000100y43",
        "9135 0100 M000 100Y 43",
        "91350100-M000100Y4-3\u200b",
    ],
)
def test_a_code_typed_carelessly_is_understood_with_a_warning(typed: str) -> None:
    found = identify(typed)

    assert (found.code, found.valid, found.warnings) == ("91350100M000100Y43", True, ("normalised",))


def test_a_wrong_organisation_part_warns_and_does_not_reject() -> None:
    first17 = "91410100MA4000013"
    code = first17 + unified.check_character(first17)

    assert identify(code).valid
    assert identify(code).warnings == ("organisation-part",)


def test_an_old_resident_number_is_a_persons_unless_the_registration_check_passes() -> None:
    old = "410105900101001"
    both = "41010590010100" + registration.check_digit("41010590010100")

    assert (identify(old).kind, identify(old).warnings) == (CodeKind.RESIDENT, ("old-resident",))
    assert (identify(both).kind, identify(both).warnings) == (CodeKind.REGISTRATION, ("also-old-resident",))


def test_running_digits_pass_the_arithmetic_and_are_remarked() -> None:
    assert identify("123456789012345").warnings == ("running-digits",)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    found = identify(text)

    assert found.valid == (found.reason is None)


@given(st.sampled_from(VALID_UNIFIED), st.integers(0, 17), st.sampled_from(unified.CHARSET))
def test_one_wrong_character_never_passes_the_unified_check(code: str, at: int, character: str) -> None:
    changed = code[:at] + character + code[at + 1 :]

    assert unified.is_valid(changed) == (changed == code)


@given(st.text("0123456789", min_size=14, max_size=14))
def test_every_sequence_has_exactly_one_registration_check_digit(first14: str) -> None:
    passing = [digit for digit in "0123456789" if registration.is_valid(first14 + digit)]

    assert passing == [registration.check_digit(first14)]


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8))
def test_every_eight_characters_have_one_organisation_check_character(first8: str) -> None:
    code = first8 + organisation.check_character(first8)

    assert organisation.is_valid(code) or code in organisation.NEVER_ISSUED


PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "codes"


@pytest.mark.parametrize(
    ("name", "column", "verdict", "good", "kind"),
    [
        ("uscc_valid.csv", "uscc", None, "", CodeKind.UNIFIED),
        ("organisation_codes.csv", "org_code", "gb11714_check", "ok", CodeKind.ORGANISATION),
        ("registration_numbers.csv", "regno", "check", "15 ok", CodeKind.REGISTRATION),
    ],
)
def test_codes_as_published_are_judged_as_they_were_found(
    name: str, column: str, verdict: str | None, good: str, kind: CodeKind
) -> None:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"PUBLISHED CODES NOT CHECKED: {path} is not on this machine")

    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = identify(row[column])
            expected = verdict is None or row[verdict] == good
            assert (found.valid and found.kind == kind) == expected, row
