"""Levels as the bodies that evaluate send them, about Qiao's firm unless another is named."""

from cast import QIAO, QIAO_NAME
from sending import csv_of, sent

GIVEN = {
    "企业名称": QIAO_NAME,
    "统一社会信用代码": QIAO,
    "评定内容": "企业环境信用评价",
    "等级": "环保警示",
    "评价年度": "2025",
    "评定时间": "2026-03-31",
    "有效期至": "2027-03-30",
    "评定单位": "示范市生态环境局",
    "评价依据": "环发〔2013〕150号",
}
OF_LABOUR = {
    "评定内容": "企业劳动保障守法诚信等级",
    "等级": "A级",
    "评定单位": "示范市人力资源和社会保障局",
    "评价依据": "人社部规〔2016〕1号",
}


def given(**changes: str) -> None:
    """Let a level that its body gave be on record."""
    sent(csv_of({**GIVEN, **changes}), class_id="evaluation")


def given_by_labour(**changes: str) -> None:
    """Let a grade of the labour bureau be on record, A unless said otherwise."""
    given(**{**OF_LABOUR, **changes})
