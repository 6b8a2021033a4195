"""Checks small tables written as dictionaries, as `gongxin check` would."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from gongxin.core.column_mapping import ColumnMapping
from gongxin.core.identifiers import unified
from gongxin.core.lawbook import information_class
from gongxin.engine.check import CheckOutcome, check_file

ON = date(2026, 11, 23)


def firm_code(number: int, kind: str = "91") -> str:
    """Return the code of the fictional organisation `number` in region 990100."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    part = f"MA{number:06d}"
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(part, weights, strict=True))
    first17 = f"{kind}990100{part}{'0123456789X0'[11 - total % 11]}"
    return first17 + unified.check_character(first17)


QIAO = firm_code(1)
REGULATOR = firm_code(1, kind="11")
PENALTY = {
    "CF_XDR_MC": "示范乔木机械有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": QIAO,
    "CF_XDR_GSZC": "",
    "CF_FRDB": "乔某",
    "CF_XDR_ZJLX": "",
    "CF_XDR_ZJHM": "",
    "CF_WSH": "示环罚〔2026〕12号",
    "CF_WFXW": "未按规定公开排污信息",
    "CF_SY": "当事人未按规定公开排污信息，经责令改正后已改正。",
    "CF_YJ": "《排污许可管理条例》第三十六条",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款人民币贰万元",
    "CF_NR_FK": "2",
    "CF_NR_WFFF": "",
    "CF_NR_ZKDX": "",
    "CF_JDRQ": "2026-10-12",
    "CF_YXQ": "2099/12/31",
    "CF_GSJZQ": "",
    "CF_CFJG": "示范市生态环境局",
    "CF_CFJGDM": REGULATOR,
    "CF_SJLY": "示范市生态环境局",
    "CF_SJLYDM": REGULATOR,
}


def penalty(**changed: str) -> dict[str, str]:
    """Return a penalty row in order, but for what is changed."""
    return {**PENALTY, **changed}


def penalties(*changes: dict[str, str]) -> list[dict[str, str]]:
    """Return penalty rows that differ by their decision number, each with its changes."""
    return [penalty(CF_WSH=f"示环罚〔2026〕{at}号") | change for at, change in enumerate(changes, start=1)]


def csv_of(rows: list[dict[str, str]], *, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def check_bytes(
    content: bytes,
    *,
    class_id: str = "penalty",
    keep: Path | None = None,
    filename: str = "file.csv",
    mapping: ColumnMapping | None = None,
    **more: Any,
) -> CheckOutcome:
    return check_file(
        io.BytesIO(content),
        filename=filename,
        information_class=information_class(class_id),
        mapping=mapping,
        on=ON,
        keep=keep,
        **more,
    )


def check_rows(rows: list[dict[str, str]], **options: Any) -> CheckOutcome:
    return check_bytes(csv_of(rows), **options)


def codes_of(row: dict[str, str], class_id: str = "penalty") -> set[str]:
    """Return the rule codes one row breaks."""
    return set(check_rows([row], class_id=class_id).problems)
