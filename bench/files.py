"""Makes large penalty files, the same bytes every time, about organisations that do not exist.

Regions 9901xx belong to no place. The clean file passes every rule; in the failing file every row
breaks one to three rules, as a bad export does: a wrong check character, a day that does not
exist, an empty field that must be filled.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

COLUMNS = (
    "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_SWDJ", "CF_XDR_SYDW",
    "CF_XDR_SHZZ", "CF_FRDB", "CF_FR_ZJLX", "CF_FR_ZJHM", "CF_XDR_ZJLX", "CF_XDR_ZJHM", "CF_WSH", "CF_WFXW",
    "CF_SY", "CF_YJ", "CF_CFLB", "CF_NR", "CF_NR_FK", "CF_NR_WFFF", "CF_NR_ZKDX", "CF_JDRQ", "CF_YXQ",
    "CF_GSJZQ", "CF_CFJG", "CF_CFJGDM", "CF_SJLY", "CF_SJLYDM", "BZ",
)  # fmt: skip

# As many in a short file as in a long one, so that the cost of a row can be compared.
FIRMS_PER_HUNDRED = 6

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIRST = "临江河云岭松柏青山白水金石长"
_SECOND = "源泰兴和顺达昌盛隆通华茂丰瑞"
_TRADES = ("商贸", "食品", "建材", "物流", "机械", "化工", "医药", "餐饮", "农业", "科技")
_FACTS = (
    "当事人销售的预包装食品标签未标明生产日期，货值金额较小，案发后主动配合调查并下架涉案商品",
    "当事人未按规定对进货来源履行查验义务，现场检查时未能提供供货者的许可证和产品合格证明文件",
    "当事人使用未经定期检验的特种设备，执法人员于现场检查时查封涉案设备并制作现场笔录",
    "当事人在其经营场所发布的广告中使用绝对化用语，影响消费者判断，责令改正后已及时撤下",
)
_KINDS = ("警告", "罚款", "警告；罚款", "罚款；没收违法所得、没收非法财物")


def write_penalties(path: Path, *, rows: int, failing: bool = False) -> None:
    """This will write `rows` penalty rows of the 2018 form to `path` as UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\r\n")
        for number, row in enumerate(penalties(rows=rows)):
            out.write(",".join(spoilt(row, number) if failing else row) + "\r\n")


def penalties(*, rows: int) -> Iterator[list[str]]:
    """Yield `rows` clean penalty rows, each a list in the order of COLUMNS."""
    bodies = [(f"示范市{place}区市场监督管理局", unified_code("11", 7_000 + place)) for place in range(40)]
    codes = [unified_code("91", 10_000 + firm) for firm in range(max(1, rows * FIRMS_PER_HUNDRED // 100))]
    for number in range(rows):
        firm = number * 7919 % len(codes)
        yield _penalty(number, firm=firm, code=codes[firm], body=bodies[number % 40])


def is_minor(row: list[str]) -> bool:
    """Return whether a row of `penalties` is a warning and nothing else."""
    return row[COLUMNS.index("CF_CFLB")] == "警告"


def unified_code(kind: str, number: int) -> str:
    """Return the valid unified code of the fictional organisation `number` (GB 32100, GB 11714)."""
    organisation = f"MA{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(organisation, weights, strict=True))
    body = f"{kind}990101{organisation}{'0123456789X0'[(11 - total % 11)]}"
    total = sum(_SYMBOLS.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return body + _SYMBOLS[-total % 31]


def _penalty(number: int, *, firm: int, code: str, body: tuple[str, str]) -> list[str]:
    decided = date(2025, 12, 1) + timedelta(days=number % 350)
    kind = _KINDS[number % 4]
    name = f"示范{_FIRST[firm % 14]}{_SECOND[firm // 14 % 14]}{firm}{_TRADES[firm % 10]}有限公司"
    return [
        name, "法人及非法人组织", code, "", "", "", "", "",
        "示范" + _FIRST[number % 14], "", "", "", "", f"示市监罚〔{decided.year}〕{number}号",
        "违反市场监督管理规定", f"{_FACTS[number % 4]}（第{number}案）",
        "《中华人民共和国食品安全法》第一百二十五条第一款第（二）项", kind,
        f"给予{kind}的行政处罚，自收到决定书之日起十五日内缴至指定银行",
        f"{number % 97 / 100 + 0.05:.2f}" if "罚款" in kind else "",
        "0.35" if "没收" in kind else "", "",
        decided.isoformat(), "2099-12-31", (decided + timedelta(days=365)).isoformat(), *body, *body, "",
    ]  # fmt: skip


def spoilt(row: list[str], number: int) -> list[str]:
    """Return `row` with one to three of its cells at fault."""
    row[2] = row[2][:-1] + ("0" if row[2][-1] != "0" else "1")
    if number % 2:
        row[22] = row[22][:4] + "-02-30"
    if number % 3 == 0:
        row[14] = ""
    return row
