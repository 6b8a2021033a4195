from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gongxin.core.demonstration.batches import Batch, Row, before, document_number, written
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import APPROVAL, HOUSING, TRANSPORT, PublicBody


@dataclass(frozen=True, slots=True)
class Permit:
    body: PublicBody
    word: str  # in the document number
    title: str
    certificate: str
    matter: str
    kind: str
    years: int


_DECISION = "准予行政许可决定书"
PERMITS = (
    Permit(APPROVAL, "示审食许", _DECISION, "食品经营许可证", "食品经营：预包装食品销售", "普通", 5),
    Permit(APPROVAL, "示审卫许", _DECISION, "卫生许可证", "公共场所卫生许可", "普通", 4),
    Permit(HOUSING, "示建许", "资质批准通知书", "建筑业企业资质证书", "施工总承包三级资质", "认可", 5),
    Permit(TRANSPORT, "示交运许", _DECISION, "道路运输经营许可证", "道路普通货物运输", "普通", 4),
)
HEADERS = {
    "行政相对人名称": "XK_XDR_MC",
    "行政相对人类别": "XK_XDR_LB",
    "行政相对人代码_1(统一社会信用代码)": "XK_XDR_SHXYM",
    "法定代表人": "XK_FRDB",
    "行政许可决定文书名称": "XK_XKWS",
    "行政许可决定文书号": "XK_WSH",
    "许可类别": "XK_XKLB",
    "许可证书名称": "XK_XKZS",
    "许可内容": "XK_NR",
    "许可决定日期": "XK_JDRQ",
    "有效期自": "XK_YXQZ",
    "有效期至": "XK_YXQZI",
    "许可机关": "XK_XKJG",
    "许可机关统一社会信用代码": "XK_XKJGDM",
    "当前状态": "XK_ZT",
    "数据来源单位": "XK_LYDW",
    "数据来源单位统一社会信用代码": "XK_LYDWDM",
}
# An office that still uses the form of 2015, and has never written anything but names into it.
NAMES_ONLY = {
    "行政许可决定书文号": "XK_WSH",
    "项目名称": "project_name",
    "审批类别": "XK_XKLB",
    "许可内容": "XK_NR",
    "行政相对人名称": "XK_XDR_MC",
    "法定代表人姓名": "XK_FRDB",
    "许可决定日期": "XK_JDRQ",
    "许可截止期": "XK_YXQZI",
    "许可机关": "XK_XKJG",
    "当前状态": "legacy_status",
}
SENT_DAYS_AGO = (150, 90, 30, 3)


def licence_batches(organisations: tuple[Organisation, ...], on: date, seed: int) -> list[Batch]:
    """Return the licences of half a year, by body and sending, and one file that knows its firms by name."""
    chance = Random(seed + 1)  # noqa: S311 (repeatable on purpose)
    batches = []
    for days_ago in SENT_DAYS_AGO:
        rows = list(_rows(organisations, on, days_ago, chance))
        for body in (APPROVAL, HOUSING, TRANSPORT):
            own = tuple(row for owner, row in rows if owner is body)
            name = f"行政许可{before(on, days_ago):%Y%m%d}.xlsx"
            if own:
                batches.append(
                    Batch(body, "licence", name, days_ago, HEADERS, own, title=f"{body.name}行政许可信息")
                )
    return [*batches, *_sent_again(batches), _by_name_only(organisations, on)]


def _rows(
    organisations: tuple[Organisation, ...], on: date, days_ago: int, chance: Random
) -> Iterator[tuple[PublicBody, Row]]:
    for index, firm in enumerate(organisations):
        if index and chance.random() > 0.3:
            continue
        permit = PERMITS[0] if not index else chance.choice(PERMITS)
        decided_on = before(on, days_ago + chance.randrange(1, 9))
        yield permit.body, _row(firm, permit, decided_on, days_ago, index)


def _row(firm: Organisation, permit: Permit, decided_on: date, days_ago: int, index: int) -> Row:
    sending = SENT_DAYS_AGO.index(days_ago) + 1
    return {
        "XK_XDR_MC": firm.name_on(days_ago),
        "XK_XDR_LB": firm.form.category,
        "XK_XDR_SHXYM": firm.code,
        "XK_FRDB": firm.representative,
        "XK_XKWS": permit.title,
        "XK_WSH": document_number(permit.word, decided_on, sending=sending, index=index),
        "XK_XKLB": permit.kind,
        "XK_XKZS": permit.certificate,
        "XK_NR": permit.matter,
        "XK_JDRQ": written(decided_on),
        "XK_YXQZ": written(decided_on),
        "XK_YXQZI": written(decided_on + timedelta(days=365 * permit.years)),
        "XK_XKJG": permit.body.name,
        "XK_XKJGDM": permit.body.code,
        "XK_ZT": "1",
        "XK_LYDW": permit.body.name,
        "XK_LYDWDM": permit.body.code,
    }


def _sent_again(batches: list[Batch]) -> Iterator[Batch]:
    """Yield last month's file of the housing office once more, whole, because one row of it was wrong."""
    for batch in batches:
        if batch.body is HOUSING and batch.days_ago == SENT_DAYS_AGO[2]:
            wrong, *others = batch.rows
            mended = {**wrong, "XK_NR": "施工总承包二级资质"}
            name = batch.file_name.replace(".xlsx", "（更正后重报）.xlsx")
            yield replace(batch, file_name=name, days_ago=batch.days_ago - 3, rows=(mended, *others))


def _by_name_only(organisations: tuple[Organisation, ...], on: date) -> Batch:
    decided_on = before(on, 45)
    rows = tuple(
        {
            "XK_WSH": f"示交占许〔{decided_on.year}〕{number}号",
            "project_name": "占用公路用地许可",
            "XK_XKLB": "普通",
            "XK_NR": "临时占用公路用地",
            "XK_XDR_MC": firm.name,
            "XK_FRDB": firm.representative,
            "XK_JDRQ": written(decided_on),
            "XK_YXQZI": written(decided_on + timedelta(days=365)),
            "XK_XKJG": TRANSPORT.name,
            "legacy_status": "0",
        }
        for number, firm in enumerate(organisations[2:4], start=1)
    )
    return Batch(TRANSPORT, "licence", "占用许可（旧表）.csv", 40, NAMES_ONLY, rows, encoding="gb18030")
