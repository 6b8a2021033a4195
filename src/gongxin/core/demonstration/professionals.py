"""One licensed professional of the demonstration province: what is held is shown to that person alone."""

from datetime import date

from gongxin.core.demonstration.batches import Batch, before, written
from gongxin.core.demonstration.places import HOUSING

HEADERS = {
    "姓名": "holder",
    "职业": "profession",
    "执业证号": "licence_number",
    "发证日期": "issued_on",
    "有效期至": "valid_until",
    "执业状态": "licence_state",
    "发证机关": "issuing_body",
    "发证机关代码": "issuing_body_code",
}
HOLDER = "苏某"
_SENT_DAYS_AGO, _YEARS = 70, 3


def professional_batches(on: date) -> list[Batch]:
    """Return the licence of the demonstration's constructor, Su."""
    issued_on = before(on, _SENT_DAYS_AGO + 6)
    licence = {
        "holder": HOLDER,
        "profession": "注册建造师",
        "licence_number": f"示建证{issued_on.year}0001",
        "issued_on": written(issued_on),
        "valid_until": written(issued_on.replace(day=1, year=issued_on.year + _YEARS)),
        "licence_state": "有效",
        "issuing_body": HOUSING.name,
        "issuing_body_code": HOUSING.code,
    }
    return [Batch(HOUSING, "professional-licence", "职业资格许可.csv", _SENT_DAYS_AGO, HEADERS, (licence,))]
