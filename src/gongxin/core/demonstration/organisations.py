"""Organisations of the demonstration province: place, made-up brand, trade and legal form."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from gongxin.core.demonstration.codes import registration_number, unified_code
from gongxin.core.demonstration.places import CITY, COUNTIES

NUMBERS_PER_SEED = 100_000
_FIRST = "云松禾溪岚柏青砚汐穗鹭棠峦苇橘萤枫蓼"
_SECOND = "杉露屿浦栖汀禾岫湾泽桥渡坪隅麓塘"


@dataclass(frozen=True, slots=True)
class Trade:
    word: str
    scope: str


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: the first two characters of its code, what its name ends with, and how common it is."""

    kind: str
    ending: str
    label: str
    weight: int
    category: str = "法人及非法人组织"


@dataclass(frozen=True, slots=True)
class Organisation:
    number: int
    code: str
    registration_number: str
    name: str
    former_name: str  # empty if it never bore another
    form: Form
    trade: Trade
    region: str
    representative: str
    established_on: date
    capital: str

    def name_on(self, days_ago: int) -> str:
        """Return the name it bore that long ago; the renamed took their new one RENAMED_DAYS_AGO."""
        return self.former_name if self.former_name and days_ago > RENAMED_DAYS_AGO else self.name

    @property
    def is_individual_business(self) -> bool:
        return self.form.kind == "92"


RENAMED_DAYS_AGO = 60
_ONE_IN_RENAMED = 30

TRADES = (
    Trade("商贸", "日用百货销售；办公用品销售"),
    Trade("食品", "预包装食品销售；食品生产"),
    Trade("餐饮管理", "餐饮服务；餐饮管理"),
    Trade("建筑工程", "房屋建筑工程施工；市政工程施工"),
    Trade("物流", "道路普通货物运输；仓储服务"),
    Trade("环保科技", "环境治理服务；环保设备销售"),
    Trade("化工", "化工产品生产（不含危险化学品）"),
    Trade("机械制造", "通用机械制造与销售"),
    Trade("医疗器械", "第二类医疗器械销售"),
    Trade("农业开发", "谷物种植；蔬菜种植与销售"),
    Trade("信息技术", "软件开发；信息系统集成"),
    Trade("装饰设计", "室内装饰装修；工程设计"),
)
FORMS = (
    Form("91", "有限公司", "有限责任公司(自然人投资或控股)", 62),
    Form("91", "股份有限公司", "股份有限公司(非上市)", 6),
    Form("91", "有限责任公司示范分公司", "有限责任公司分公司", 4),
    Form("92", "经营部", "个体工商户", 14, "个体工商户"),
    Form("93", "专业合作社", "农民专业合作社", 6),
    Form("52", "服务中心", "民办非企业单位", 5),
    Form("51", "行业协会", "社会团体", 3),
)
# The ten stems, as we would say A, B, C: nobody is called so.
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_SURNAMES = "林赵孙周吴郑王冯陈褚"

# Qiao is the firm of every example, whatever the seed.
_QIAO = "示范市乔木商贸有限公司"


def organisations(*, count: int, seed: int, on: date) -> tuple[Organisation, ...]:
    """Return `count` organisations, the same for one seed and day; the first is always Qiao's."""
    chance = Random(seed)  # noqa: S311 (repeatable on purpose)
    brands = ["".join(pair) for pair in product(_FIRST, _SECOND)]
    chance.shuffle(brands)
    return tuple(_organisation(index, brands, chance, seed, on) for index in range(count))


def _organisation(index: int, brands: list[str], chance: Random, seed: int, on: date) -> Organisation:
    number = 1000 + seed % 1000 * NUMBERS_PER_SEED + index
    region = list(COUNTIES)[chance.randrange(len(COUNTIES))]
    form = FORMS[0] if index == 0 else chance.choices(FORMS, [form.weight for form in FORMS])[0]
    trade = TRADES[0] if index == 0 else chance.choice(TRADES)
    name, other = (_name(place, index, brands, trade, form) for place in (CITY, _OTHER))
    is_renamed = index % _ONE_IN_RENAMED == 1
    return Organisation(
        number=number,
        code=unified_code(kind=form.kind, region=region, number=number),
        registration_number=registration_number(region=region, number=number),
        name=_QIAO if index == 0 else name,
        former_name=other if is_renamed else "",
        form=form,
        trade=trade,
        region=region,
        representative=chance.choice(_SURNAMES) + chance.choice(_STEMS) + chance.choice(_STEMS),
        established_on=on - timedelta(days=chance.randrange(400, 6000)),
        capital=f"{chance.choice((10, 50, 100, 200, 500, 1000, 5000))}万元人民币",
    )


_OTHER = "示范省"


def _name(place: str, index: int, brands: list[str], trade: Trade, form: Form) -> str:
    """Return a name no other index has: beyond the brands, the round is written before the trade."""
    turn, brand = divmod(index, len(brands))
    county = list(COUNTIES.values())[turn % len(COUNTIES)] if turn else ""
    ordinal = f"第{turn}" if turn >= len(COUNTIES) else ""
    return f"{place}{county}{brands[brand]}{ordinal}{trade.word}{form.ending}"
