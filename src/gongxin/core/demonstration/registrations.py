from datetime import date

from gongxin.core.demonstration.batches import Batch, Row, before, written
from gongxin.core.demonstration.organisations import RENAMED_DAYS_AGO, Organisation
from gongxin.core.demonstration.places import CITY, COUNTIES, MARKET

FIRST_DAYS_AGO = 215
_APPROVED_WITHIN_DAYS = 25

HEADERS = {
    "机构名称": "name",
    "主体类别": "category",
    "统一社会信用代码": "unified_code",
    "工商注册号": "registration_number",
    "法定代表人/负责人/执行事务合伙人": "representative",
    "企业类型": "organisation_type",
    "成立日期": "established_on",
    "注册资本": "registered_capital",
    "所在地市": "city",
    "住所": "address",
    "经营范围": "business_scope",
    "登记机关": "registration_authority",
    "核准日期": "approved_on",
    "登记状态": "registration_state",
}


def registration_batches(organisations: tuple[Organisation, ...], on: date) -> list[Batch]:
    """Return the register as first sent, and later the rows of those that took a new name."""
    renamed = tuple(firm for firm in organisations if firm.former_name)
    first = tuple(_row(firm, on, FIRST_DAYS_AGO) for firm in organisations)
    later = tuple(_row(firm, on, RENAMED_DAYS_AGO) for firm in renamed)
    batches = [
        Batch(MARKET, "registration", "登记信息.csv", FIRST_DAYS_AGO, HEADERS, first),
        Batch(MARKET, "registration", "变更登记.csv", RENAMED_DAYS_AGO, HEADERS, later, encoding="gb18030"),
    ]
    return [batch for batch in batches if batch.rows]


def _row(firm: Organisation, on: date, days_ago: int) -> Row:
    approved_on = before(on, days_ago + firm.number % _APPROVED_WITHIN_DAYS)
    return {
        "name": firm.name_on(days_ago),
        "category": firm.form.category,
        "unified_code": firm.code,
        "registration_number": firm.registration_number,
        "representative": firm.representative,
        "organisation_type": firm.form.label,
        "established_on": written(firm.established_on),
        "registered_capital": "" if firm.is_individual_business else firm.capital,
        "city": CITY,
        "address": f"{CITY}{COUNTIES[firm.region]}示范路{firm.number % 900 + 1}号",
        "business_scope": firm.trade.scope,
        "registration_authority": MARKET.name,
        "approved_on": written(approved_on),
        "registration_state": "存续",
    }
