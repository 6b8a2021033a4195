from datetime import date

from gongxin.core.demonstration.batches import Batch, Row, before, written
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import MARKET_COUNTY

HEADERS = {
    "企业名称": "name",
    "统一社会信用代码": "unified_code",
    "法定代表人": "representative",
    "列入原因类型": "cause",
    "列入依据": "ground",
    "列入决定文号": "document_number",
    "列入日期": "listed_on",
    "列入决定机关名称": "listing_body",
    "列入决定机关统一社会信用代码": "listing_body_code",
    "移出条件": "exit_terms",
    "救济途径": "remedy_terms",
}
_CAUSES = {"1": "补报年度报告后申请移出", "4": "重新取得联系后申请移出"}


def list_batches(organisations: tuple[Organisation, ...], on: date) -> list[Batch]:
    """Return the county's list of abnormal operation: few firms, each with its way out and its remedy."""
    listed = [firm for firm in organisations[5:] if firm.form.kind == "91"][::23]
    rows = tuple(_row(firm, on, number) for number, firm in enumerate(listed, start=1))
    batch = Batch(MARKET_COUNTY, "abnormal-operation", "经营异常名录.csv", 35, HEADERS, rows)
    return [batch] if rows else []


def _row(firm: Organisation, on: date, number: int) -> Row:
    listed_on, cause = before(on, 38), list(_CAUSES)[number % 2]
    return {
        "name": firm.name,
        "unified_code": firm.code,
        "representative": firm.representative,
        "cause": cause,
        "ground": "《企业信息公示暂行条例》第十七条",
        "document_number": f"示青异列〔{listed_on.year}〕{number}号",
        "listed_on": written(listed_on),
        "listing_body": MARKET_COUNTY.name,
        "listing_body_code": MARKET_COUNTY.code,
        "exit_terms": _CAUSES[cause],
        "remedy_terms": "六十日内申请行政复议，或者六个月内提起行政诉讼",
    }
