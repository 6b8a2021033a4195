"""Pairs of names of firms that are damaged twice, misread by shape, or shortened by custom.

The tables here are not the engine's: what it does well on, it does by more than having seen it.
"""

from dataclasses import replace

from bench.name_firms import CITIES, Firm, Firms
from bench.name_makers import Pair, bare

# What a scanner reads for a character, by its shape.
_MISREAD = {
    "限": "艰恨根艮狠", "公": "么厶云分", "司": "同句叵可", "有": "冇肓右", "责": "青贲贵", "任": "仼住伍",
    "股": "服肢殳", "份": "分价", "贸": "贺贷留", "商": "啇尚", "科": "料枓", "技": "枝拔妓", "建": "健律",
    "筑": "巩筇", "工": "土王", "程": "稈埕", "物": "勿钧", "流": "疏梳", "食": "良仓", "品": "晶",
    "医": "匠区", "药": "约", "机": "杌几", "械": "戒诫", "电": "由甲申", "子": "孑于了", "集": "隼焦",
    "团": "困囚因", "房": "戾肩", "地": "他池", "产": "严", "管": "菅营", "理": "埋狸", "汽": "气汔",
    "车": "东牛", "销": "铕稍", "售": "隹焦", "环": "坏", "保": "堡宝", "农": "衣", "业": "亚",
    "信": "言倍", "息": "思恩", "络": "洛路", "网": "冈同", "源": "原缘", "教": "敖", "育": "肓",
    "咨": "姿资", "询": "洵绚", "包": "句", "装": "裂袋", "材": "村", "料": "科", "园": "圆元",
    "林": "休材", "绿": "录缘", "化": "仆代", "服": "报股", "饰": "饬", "家": "冢", "具": "县且",
    "置": "署", "投": "没设", "资": "贷咨", "力": "刀", "文": "支", "传": "抟", "媒": "谋煤",
    "广": "厂", "告": "吿", "设": "没投", "备": "各畜", "维": "准唯", "修": "候",
}  # fmt: skip
_MISREAD_IN_PLACES = {
    "市": "巿布", "州": "川", "郑": "邦", "洛": "络", "阳": "阴", "京": "亰", "海": "悔", "沙": "抄",
    "都": "郡", "苏": "芬", "杭": "抗", "汉": "双", "深": "琛", "圳": "圸", "佛": "沸", "济": "挤",
    "青": "责", "岛": "鸟", "武": "斌", "宜": "宣", "昌": "冒", "合": "台", "肥": "肌", "厦": "夏",
    "门": "闩", "大": "太", "连": "莲",
}  # fmt: skip
_SHORT_TRADES = {
    "建筑工程": ("建工", "建筑"), "房地产开发": ("地产", "房产"), "机械制造": ("机械", "重工"),
    "机械设备": ("机械",), "生物科技": ("生物",), "环保科技": ("环保",), "信息技术": ("信息",),
    "新能源科技": ("新能源",), "货物运输": ("货运",), "汽车销售": ("汽车", "汽贸"), "文化传媒": ("传媒",),
    "电子科技": ("电子",), "农业科技": ("农业",), "医疗器械": ("医疗",), "电力工程": ("电力",),
    "酒店管理": ("酒店",), "投资管理": ("投资",), "园林绿化": ("园林",), "装饰工程": ("装饰",),
}  # fmt: skip
_PROVINCES = {
    "河南省": "豫", "河北省": "冀", "山东省": "鲁", "湖北省": "鄂", "湖南省": "湘", "广东省": "粤",
    "浙江省": "浙", "江苏省": "苏", "四川省": "川", "陕西省": "陕", "安徽省": "皖", "福建省": "闽",
    "辽宁省": "辽",
}  # fmt: skip


class Damages(Firms):
    """Makes pairs that are damaged or shortened, and their counterparts that are two firms after all."""

    def firm(self) -> Firm:
        """Return a firm; its brand is of the characters of places, other than where all else is drawn."""
        return replace(super().firm(), brand=self.brand())

    def _misread(self, text: str, table: dict[str, str]) -> str:
        at = self.random.choice([at for at, one in enumerate(text) if one in table])
        return text[:at] + self.one(*table[text[at]]) + text[at + 1 :]

    # One organisation.

    def form_misread(self) -> Pair:
        firm = self.firm()
        return replace(firm, form=self._misread(firm.form, _MISREAD)).name(), firm.name(), ""

    def trade_misread(self) -> Pair:
        firm = self.firm()
        while not set(firm.trade) & _MISREAD.keys():
            firm = self.firm()
        return replace(firm, trade=self._misread(firm.trade, _MISREAD)).name(), firm.name(), ""

    def place_misread(self) -> Pair:
        firm = self.firm()
        while not set(firm.city) & _MISREAD_IN_PLACES.keys():
            firm = self.firm()
        return replace(firm, city=self._misread(firm.city, _MISREAD_IN_PLACES)).name(), firm.name(), ""

    def two_damages(self) -> Pair:
        firm = self.firm()
        damaged = firm
        for damage in self.random.sample(_DAMAGES, 2):
            damaged = damage(self, damaged)
        name = damaged.name()
        return self.one(name, name.translate(self.traditional), f"{name[:3]} {name[3:]}"), firm.name(), ""

    def _form_misread_too(self, firm: Firm) -> Firm:
        return replace(firm, form=self._misread(firm.form, _MISREAD))

    def _place_left_out(self, firm: Firm) -> Firm:
        return replace(firm, city="")

    def _place_shortened(self, firm: Firm) -> Firm:
        return replace(firm, city=bare(firm.city))

    def _other_form(self, firm: Firm) -> Firm:
        return replace(firm, form="有限责任公司" if firm.form == "有限公司" else "有限公司")

    def short_of_brand_and_trade(self) -> Pair:
        firm = self._with_a_short_trade()
        short = self.one(*_SHORT_TRADES[firm.trade])
        place = self.one("", "", bare(firm.city))
        return f"{place}{firm.brand}{short}", firm.name(), ""

    def short_with_a_form(self) -> Pair:
        firm = self._with_a_short_trade()
        short = self.one(*_SHORT_TRADES[firm.trade])
        group = replace(firm, form="集团有限公司")
        kept = self.random.choice(
            [
                (f"{firm.brand}集团", group),
                (f"{firm.brand}{short}集团", group),
                (f"{firm.brand}股份", replace(firm, form="股份有限公司")),
            ]
        )
        return kept[0], kept[1].name(), ""

    def short_with_its_province(self) -> Pair:
        firm = self._with_a_short_trade()
        while firm.province not in _PROVINCES:
            firm = self._with_a_short_trade()
        name = f"{firm.province}{firm.brand}{firm.trade}{firm.form}"
        return f"{_PROVINCES[firm.province]}{firm.brand}{self.one(*_SHORT_TRADES[firm.trade])}", name, ""

    def _with_a_short_trade(self) -> Firm:
        firm = self.firm()
        while firm.trade not in _SHORT_TRADES:
            firm = self.firm()
        return firm

    # Two organisations.

    def one_character_and_damage(self) -> Pair:
        firm = self.firm()
        at = self.random.randrange(len(firm.brand))
        brand = firm.brand[:at] + self.character(firm.brand) + firm.brand[at + 1 :]
        damaged = self.random.choice(_DAMAGES)(self, replace(firm, brand=brand))
        return self.one(damaged.name(), damaged.name().translate(self.traditional)), firm.name(), ""

    def brand_turned_round(self) -> Pair:
        firm = replace(self.firm(), brand=self.brand(2))
        return replace(firm, brand=firm.brand[::-1]).name(), firm.name(), ""

    def group_and_member(self) -> Pair:
        firm = replace(self.firm(), form="集团有限公司")
        other = bare(self.random.choice(CITIES)[1])
        member = self.one(
            f"{firm.city}{firm.brand}集团{other}{firm.trade}有限公司",
            f"{firm.brand}{firm.trade}集团{other}有限公司",
        )
        return member, firm.name(), ""

    def other_district(self) -> Pair:
        city, first, second = self.two_counties()
        firm = replace(self.firm(), city="")
        return f"{city}{first}{firm.name()}", f"{self.one('', city)}{second}{firm.name()}", ""

    def short_of_another(self) -> Pair:
        firm = self._with_a_short_trade()
        brand = firm.brand[:-1] + self.character(firm.brand)
        return f"{brand}{self.one(*_SHORT_TRADES[firm.trade])}", firm.name(), ""

    def short_of_another_trade(self) -> Pair:
        firm, other = self._with_a_short_trade(), self._with_a_short_trade()
        while set(firm.trade) & set("".join(_SHORT_TRADES[other.trade])) or set(other.trade) & set(
            firm.trade
        ):
            other = self._with_a_short_trade()
        return f"{firm.brand}{self.one(*_SHORT_TRADES[other.trade])}", firm.name(), ""


_DAMAGES = (
    Damages._form_misread_too, Damages._place_left_out, Damages._place_shortened, Damages._other_form,
)  # fmt: skip
ONE = ("form_misread", "trade_misread", "place_misread", "two_damages", "short_of_brand_and_trade",
       "short_with_a_form", "short_with_its_province")  # fmt: skip
TWO = ("one_character_and_damage", "brand_turned_round", "group_and_member", "other_district",
       "short_of_another", "short_of_another_trade")  # fmt: skip
