"""Rows of lists as their bodies send them, about Qiao's firm."""

from datetime import datetime
from uuid import UUID

from cast import AT, QIAO, QIAO_NAME
from sending import csv_of, sent

from gongxin.registry.intake.models import Submission
from gongxin.registry.subjects.queries import subject_of_code

ABNORMAL = {
    "企业名称": QIAO_NAME,
    "统一社会信用代码": QIAO,
    "列入原因类型": "4",
    "列入依据": "《企业信息公示暂行条例》第十七条",
    "列入决定文号": "示例异列〔2026〕3号",
    "列入日期": "2026-11-02",
    "列入决定机关名称": "示范市市场监督管理局",
    "移出条件": "重新取得联系后申请移出",
    "救济途径": "六十日内申请行政复议",
    "来源单位证明文号": "示例市监函〔2026〕5号",
}
REMOVED = {"移出日期": "2026-11-23", "移出或撤销": "1", "移出决定机关名称": "示范市市场监督管理局"}
SERIOUS = {
    **{key: value for key, value in ABNORMAL.items() if key != "列入原因类型"},
    "列入依据": "《市场监督管理严重违法失信名单管理办法》第九条",
    "列入决定文号": "示例严列〔2026〕1号",
}


def abnormal(**changes: str) -> dict[str, str]:
    """Return a row of the list of abnormal operation about Qiao's firm, with `changes`."""
    return {**ABNORMAL, **changes}


def listed(row: dict[str, str], *, class_id: str = "abnormal-operation", at: datetime = AT) -> Submission:
    """Return the submission of one list that held this row."""
    return sent(csv_of(row), class_id=class_id, at=at)


def qiao(at: datetime = AT) -> UUID:
    found = subject_of_code(QIAO, at=at)
    assert found is not None
    return found
