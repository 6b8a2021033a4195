"""Rows of lists as their bodies send them: each with its way out, its remedy and its source's attestation.

Sent so few days back that the lists stay complete as long as each may go unfed (`complete_within` of
`law/lists`): the courts' a week, the others a month. A nil return, which speaks of months that have ended,
could not say so much.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongxin.core.demonstration.batches import Batch, Row, before, written
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import COURT, FINANCE, MARKET_COUNTY, PublicBody

_REVIEW = "六十日内申请行政复议，或者六个月内提起行政诉讼"
_WAY_OUT = {"移出条件": "exit_terms", "救济途径": "remedy_terms", "来源单位证明文号": "attestation"}
_OF_FIRM = {"企业名称": "name", "统一社会信用代码": "unified_code"}
ABNORMAL_HEADERS = {
    **_OF_FIRM,
    "法定代表人": "representative",
    "列入原因类型": "cause",
    "列入依据": "ground",
    "列入决定文号": "document_number",
    "列入日期": "listed_on",
    "列入决定机关名称": "listing_body",
    "列入决定机关统一社会信用代码": "listing_body_code",
    **_WAY_OUT,
}
BAN_HEADERS = {
    **_OF_FIRM,
    "不良行为的具体情形": "conduct",
    "处罚依据": "ground",
    "处罚结果": "result",
    "处罚决定文号": "document_number",
    "记录日期": "recorded_on",
    "处罚截止日期": "banned_until",
    "执法（记录）单位": "listing_body",
    "执法（记录）单位统一社会信用代码": "listing_body_code",
    **_WAY_OUT,
}
COURT_HEADERS = {
    "失信被执行人名称": "name",
    "被执行人性质": "category",
    "统一社会信用代码": "unified_code",
    "法定代表人或者负责人姓名": "representative",
    "执行法院": "court",
    "案号": "case_number",
    "立案时间": "filed_on",
    "执行依据文号": "title_number",
    "做出执行依据单位": "title_body",
    "生效法律文书确定的义务": "duties",
    "被执行人的履行情况": "fulfilment",
    "失信被执行人行为具体情形": "conduct",
    "发布时间": "published_on",
    **_WAY_OUT,
}
# By grounds of the regulation itself; "4", being unreachable, founds nothing until its rule was read in full.
_CAUSES = {"1": "补报年度报告后申请移出", "2": "公示有关企业信息后申请移出"}


@dataclass(frozen=True, slots=True)
class _Laid:
    """Which firms stand on a list: those of the companies from `first` on, every so many, three at least."""

    body: PublicBody
    days_ago: int
    first: int
    one_in: int

    def firms(self, organisations: Iterable[Organisation]) -> list[Organisation]:
        companies = [firm for firm in organisations if firm.form.kind == "91" and not firm.former_name]
        later = companies[self.first :]
        return later[:: max(1, min(self.one_in, len(later) // 3))]


_ABNORMAL = _Laid(MARKET_COUNTY, days_ago=3, first=4, one_in=23)
_BANNED = _Laid(FINANCE, days_ago=2, first=2, one_in=90)
_OF_COURT = _Laid(COURT, days_ago=1, first=3, one_in=90)


def list_batches(organisations: tuple[Organisation, ...], on: date) -> list[Batch]:
    """Return the county's list of abnormal operation, the bans from procurement and the court's list."""
    return [
        _batch(_ABNORMAL, "abnormal-operation", "经营异常名录.csv", ABNORMAL_HEADERS, tuple(
            _abnormal(firm, on, number) for number, firm in enumerate(_ABNORMAL.firms(organisations), start=1)
        )),
        _batch(_BANNED, "procurement-ban", "政府采购严重违法失信行为记录名单.csv", BAN_HEADERS, tuple(
            _ban(firm, on, number) for number, firm in enumerate(_BANNED.firms(organisations), start=1)
        )),
        _batch(_OF_COURT, "court-enforcement", "失信被执行人名单.csv", COURT_HEADERS, tuple(
            _debtor(firm, on, number) for number, firm in enumerate(_OF_COURT.firms(organisations), start=1)
        )),
    ]  # fmt: skip


def _batch(laid: _Laid, class_id: str, name: str, headers: Mapping[str, str], rows: tuple[Row, ...]) -> Batch:
    return Batch(laid.body, class_id, name, laid.days_ago, headers, rows)


def _abnormal(firm: Organisation, on: date, number: int) -> Row:
    listed_on, cause = before(on, _ABNORMAL.days_ago + 3), list(_CAUSES)[number % 2]
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
        "remedy_terms": _REVIEW,
        "attestation": f"示青监函〔{listed_on.year}〕{number}号",
    }


def _ban(firm: Organisation, on: date, number: int) -> Row:
    recorded_on = before(on, _BANNED.days_ago + 3)
    return {
        "name": firm.name,
        "unified_code": firm.code,
        "conduct": "提供虚假材料谋取中标",
        "ground": "《中华人民共和国政府采购法》第七十七条第一款第一项",
        "result": "列入不良行为记录名单，在一年内禁止参加政府采购活动",
        "document_number": f"示财购罚〔{recorded_on.year}〕{number}号",
        "recorded_on": written(recorded_on),
        "banned_until": written(recorded_on + timedelta(days=364)),
        "listing_body": FINANCE.name,
        "listing_body_code": FINANCE.code,
        "exit_terms": "禁止参加政府采购活动的期限届满即移出",
        "remedy_terms": _REVIEW,
        "attestation": f"示财函〔{recorded_on.year}〕{number}号",
    }


def _debtor(firm: Organisation, on: date, number: int) -> Row:
    published_on = before(on, _OF_COURT.days_ago + 3)
    filed_on = before(published_on, 90)
    return {
        "name": firm.name,
        "category": "法人及非法人组织",
        "unified_code": firm.code,
        "representative": firm.representative,
        "court": COURT.name,
        "case_number": f"（{filed_on.year}）示01执{number}号",
        "filed_on": written(filed_on),
        "title_number": f"（{filed_on.year - 1}）示01民初{number}号",
        "title_body": COURT.name,
        "duties": "支付货款及利息",
        "fulfilment": "全部未履行",
        "conduct": "违反财产报告制度",
        "published_on": written(published_on),
        "exit_terms": "全部履行后由执行法院删除",
        "remedy_terms": "认为纳入名单错误的，向执行法院申请纠正",
        "attestation": f"示中法函〔{published_on.year}〕{number}号",
    }
