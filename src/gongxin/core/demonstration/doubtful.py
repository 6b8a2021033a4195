"""Rows and subjects that may be another's: what a review queue is for. Old numbers, a slip, a short name."""

from datetime import date

from gongxin.core.demonstration.batches import Batch, Row
from gongxin.core.demonstration.codes import registration_number, unified_code
from gongxin.core.demonstration.good_records import TAX_HEADERS
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import CITY_REGION, MARKET, TAX

# Registered before the unified code, and sent to the tax bureau's list under it: no file says they are one.
_BEFORE_THE_CODE = ("示范市青禾区岚桥机械制造有限公司", "示范市白鹭区穗浦食品有限公司")
_FIRST_NUMBER = 500  # the firms of `organisations` begin at 1000
_REGISTER = {"机构名称": "name", "主体类别": "category", "工商注册号": "registration_number"}


def doubtful_batches(organisations: tuple[Organisation, ...], on: date) -> list[Batch]:
    """Return a file of the old register, and one of the tax bureau with numbers nobody bears."""
    numbered = list(enumerate(_BEFORE_THE_CODE, start=_FIRST_NUMBER))
    old = tuple(
        {
            "name": name,
            "category": "法人及非法人组织",
            "registration_number": registration_number(region=CITY_REGION, number=number),
        }
        for number, name in numbered
    )
    coded = tuple(
        _taxpayer(unified_code(kind="91", region=CITY_REGION, number=number), name, on)
        for number, name in numbered
    )
    return [
        Batch(MARKET, "registration", "历史登记档案.csv", 188, _REGISTER, old),
        Batch(TAX, "tax-a-level", "往年A级纳税人.csv", 45, TAX_HEADERS, (*coded, *_rows(organisations, on))),
    ]


def _rows(organisations: tuple[Organisation, ...], on: date) -> tuple[Row, ...]:
    """Return rows no code links: Qiao's under an old number, one with a slip, one named in short."""
    firms = [firm for firm in organisations if firm.form.ending == "有限公司" and not firm.former_name]
    first, second, third = firms[0], firms[1], firms[2]
    return (
        _taxpayer(_number_from_before(1), first.name, on),
        _taxpayer(_with_a_slip(second.code), second.name, on),
        _taxpayer(_number_from_before(3), third.name.removeprefix("示范市"), on),
    )


def _number_from_before(number: int) -> str:
    return f"{CITY_REGION}{number:09}"


def _with_a_slip(code: str) -> str:
    """Return a code as a tired hand writes it: the last digit of its middle taken for another."""
    wrong = "8" if code[11] != "8" else "3"
    return code[:11] + wrong + code[12:]


def _taxpayer(number: str, name: str, on: date) -> Row:
    return {
        "taxpayer_number": number,
        "taxpayer_name": name,
        "level": "A",
        "year": str(on.year - 2),
        "tax_office": TAX.name,
    }
