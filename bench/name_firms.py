"""Pairs of names of firms: what may be written otherwise, and what makes another firm of one."""

from dataclasses import dataclass, replace

from bench.name_makers import ORDINALS, Drawing, Pair

PLACES = {
    "河南省": ["郑州市", "洛阳市", "南阳市", "新乡市", "周口市"],
    "河北省": ["石家庄市", "保定市"],
    "山东省": ["济南市", "青岛市"],
    "湖北省": ["武汉市", "宜昌市"],
    "湖南省": ["长沙市"],
    "广东省": ["深圳市", "佛山市"],
    "浙江省": ["杭州市", "宁波市"],
    "江苏省": ["苏州市", "无锡市"],
    "四川省": ["成都市", "绵阳市"],
    "陕西省": ["西安市"],
    "安徽省": ["合肥市"],
    "福建省": ["厦门市"],
    "辽宁省": ["大连市"],
    "内蒙古自治区": ["包头市"],
    "新疆维吾尔自治区": ["乌鲁木齐市"],
}
CITIES = [(province, city) for province, cities in PLACES.items() for city in cities]
BRAND = (
    "华宏鑫盛达泰恒瑞隆兴旺丰嘉祥和顺康宁安泽润德信义诚正明辉耀腾飞翔鹏凯捷锐博远大洋海江河山岳峰林森茂源"
    "泉溪晨曦星辰宇宙天地乾坤龙凤麒麟金银玉宝珠璟铭钰锦绣云霞虹彩春夏秋冬阳光亮东南北中合众联创新思维智慧"
    "优美佳雅乐欣悦喜福禄寿禧吉庆"
)
TRADES = [
    "商贸", "贸易", "科技", "建筑工程", "装饰工程", "物业管理", "房地产开发", "机械设备",
    "机械制造", "食品", "医疗器械", "医药", "文化传媒", "广告传媒", "物流", "货物运输",
    "汽车销售", "汽车维修", "餐饮管理", "酒店管理", "教育咨询", "企业管理咨询", "电子科技", "生物科技",
    "环保科技", "农业科技", "园林绿化", "人力资源", "劳务派遣", "化工", "建材", "包装材料",
    "服饰", "家具", "置业", "投资管理", "信息技术", "网络科技", "新能源科技", "电力工程",
]  # fmt: skip
FORMS = ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司"]
UNITS = ["建筑工程公司", "建筑安装工程有限公司", "人民医院", "中学", "小学", "机床厂", "印刷厂", "水泥厂"]
BRANCHES = ["分公司", "营业部", "办事处", "门店", "分店", "项目部"]
SLIPS = {
    "有限": ("有眼", "有根", "有银", "有跟"),
    "责任": ("贵任", "责仟"),
    "公司": ("公可",),
    "股份": ("股分", "股伤"),
}
BRACKETS = ("（{}）", "({})", "〔{}〕", "【{}】", "﹙{}﹚")


@dataclass(frozen=True, slots=True)
class Firm:
    province: str
    city: str
    brand: str
    trade: str
    form: str

    def name(self) -> str:
        return f"{self.city}{self.brand}{self.trade}{self.form}"


class Firms(Drawing):
    """Makes pairs of firms."""

    def firm(self) -> Firm:
        province, city = self.random.choice(CITIES)
        return Firm(province, city, self.firms_brand(), self.random.choice(TRADES), self.random.choice(FORMS))

    def firms_brand(self) -> str:
        return "".join(self.random.sample(BRAND, self.random.choice((2, 2, 2, 3))))

    def other_place(self, besides: str) -> tuple[str, str]:
        return self.random.choice([place for place in CITIES if place[1] != besides])

    # One organisation.

    def brackets(self) -> Pair:
        firm = self.firm()
        place = firm.city.removesuffix("市")
        written = self.random.choice(BRACKETS).format(place)
        return (
            f"{firm.brand}{written}{firm.trade}{firm.form}",
            f"{firm.brand}（{place}）{firm.trade}{firm.form}",
            "",
        )

    def width_and_spaces(self) -> Pair:
        name = self.firm().name()
        at = self.random.randrange(2, len(name) - 1)
        space = self.random.choice((" ", "　", "\u200b"))
        letters = self.random.choice(("", "", "ABC", "XY"))
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in letters)
        return f"{name[:2]}{wide}{name[2:at]}{space}{name[at:]}", f"{name[:2]}{letters}{name[2:]}", ""

    def traditional_script(self) -> Pair:
        name = self.firm().name()
        return name.translate(self.traditional), name, ""

    def region_shortened(self) -> Pair:
        firm = self.firm()
        bare, province = firm.city.removesuffix("市"), firm.province
        forms = [
            f"{bare}{firm.brand}{firm.trade}{firm.form}",
            f"{province}{firm.name()}",
            f"{province}{bare}{firm.brand}{firm.trade}{firm.form}",
        ]
        return self.random.choice(forms), firm.name(), ""

    def region_left_out(self) -> Pair:
        firm = self.firm()
        return f"{firm.brand}{firm.trade}{firm.form}", firm.name(), ""

    def short_name(self) -> Pair:
        firm = self.firm()
        place = firm.city.removesuffix("市")
        shorts = [f"{place}{firm.brand}", f"{firm.brand}{firm.trade}", f"{place}{firm.brand}{firm.trade}"]
        return self.random.choice(shorts), firm.name(), ""

    def form_written_otherwise(self) -> Pair:
        firm = self.firm()
        return replace(firm, form="有限公司").name(), replace(firm, form="有限责任公司").name(), ""

    def number_written_otherwise(self) -> Pair:
        _, city = self.random.choice(CITIES)
        unit, at = self.random.choice(UNITS), self.random.randrange(9)
        return f"{city}第{at + 1}{unit}", f"{city}第{ORDINALS[at]}{unit}", ""

    def slip(self) -> Pair:
        firm = self.firm()
        name = firm.name()
        meant = self.random.choice([word for word in SLIPS if word in name])
        return name.replace(meant, self.random.choice(SLIPS[meant]), 1), name, ""

    def former_name(self) -> Pair:
        firm, former = self.firm(), self.firm()
        return former.name(), firm.name(), former.name()

    # Two organisations.

    def one_character_of_the_brand(self) -> Pair:
        firm = self.firm()
        at = self.random.randrange(len(firm.brand))
        other = self.random.choice([one for one in BRAND if one not in firm.brand])
        brand = firm.brand[:at] + other + firm.brand[at + 1 :]
        return replace(firm, brand=brand).name(), firm.name(), ""

    def one_character_more(self) -> Pair:
        firm = self.firm()
        other = self.random.choice([one for one in BRAND if one not in firm.brand])
        return replace(firm, brand=firm.brand + other).name(), firm.name(), ""

    def other_city(self) -> Pair:
        firm = self.firm()
        province, city = self.other_place(firm.city)
        return replace(firm, province=province, city=city).name(), firm.name(), ""

    def other_trade(self) -> Pair:
        firm = self.firm()
        trade = self.random.choice([one for one in TRADES if one not in firm.trade and firm.trade not in one])
        return replace(firm, trade=trade).name(), firm.name(), ""

    def branch_and_parent(self) -> Pair:
        firm = self.firm()
        place = self.random.choice(CITIES)[1].removesuffix("市")
        return f"{firm.name()}{place}{self.random.choice(BRANCHES)}", firm.name(), ""

    def two_branches(self) -> Pair:
        firm, kind = self.firm(), self.random.choice(BRANCHES)
        one, other = self.random.sample([city.removesuffix("市") for _, city in CITIES], 2)
        return f"{firm.name()}{one}{kind}", f"{firm.name()}{other}{kind}", ""

    def numbered_units(self) -> Pair:
        _, city = self.random.choice(CITIES)
        one, other = self.random.sample(ORDINALS, 2)
        unit = self.random.choice(UNITS)
        return f"{city}第{one}{unit}", f"{city}第{other}{unit}", ""

    def works_and_company(self) -> Pair:
        firm = self.firm()
        return f"{firm.city}{firm.brand}{firm.trade}厂", firm.name(), ""


ONE = ("brackets", "width_and_spaces", "traditional_script", "region_shortened", "region_left_out",
       "short_name", "form_written_otherwise", "number_written_otherwise", "slip", "former_name")  # fmt: skip
TWO = ("one_character_of_the_brand", "one_character_more", "other_city", "other_trade", "branch_and_parent",
       "two_branches", "numbered_units", "works_and_company")  # fmt: skip
