"""Pairs of names of those who are no firms, and of banks: each kind with its own ways of being told apart."""

from bench.name_makers import Drawing, Pair, bare

_BUREAUS = {  # how it is written in full, and for short
    "市场监督管理局": "市场监管局", "人力资源和社会保障局": "人社局", "住房和城乡建设局": "住建局",
    "发展和改革委员会": "发改委", "自然资源和规划局": "自然资源局", "文化广电和旅游局": "文旅局",
    "卫生健康委员会": "卫健委", "城市管理综合行政执法局": "城管局",
    "应急管理局": "应急局", "退役军人事务局": "退役军人局", "教育体育局": "教体局",
}  # fmt: skip
_OFFICES = (
    "公安局",
    "司法局",
    "财政局",
    "税务局",
    "民政局",
    "水利局",
    "统计局",
    "审计局",
    "交通运输局",
    "生态环境局",
)
_ROADS = ("人民路", "建设路", "中山路", "解放路", "新华街", "和平路", "花园路", "文化路", "朝阳街", "红旗街")
_CROPS = ("种植", "养殖", "果蔬", "茶叶", "粮食", "农机服务", "苗木", "中药材")
_CALLINGS = ("餐饮", "建筑", "物流", "家具", "汽车维修", "印刷", "纺织", "旅游", "电子商务", "食品")
_FOREIGN = ("商贸", "机械", "电子科技", "化工", "投资", "医疗器械", "食品", "物流")


class Bodies(Drawing):
    """Makes pairs of banks, hospitals, public bodies, schools, courts, law firms, villages and societies."""

    def _bank(self) -> str:
        place = bare(self.city())
        return self.one(
            f"{place}银行", f"{place}农村商业银行", f"{self.brand(2)}村镇银行", f"{self.brand(2)}银行"
        )

    def _hospital(self) -> str:
        kind = self.one("人民医院", "中医院", "妇幼保健院", "中心医院", "骨科医院", "口腔医院")
        return f"{self.city()}{kind}"

    def _village(self) -> tuple[str, str, str]:
        city, county = self.county()
        return f"{city}{county}", f"{self.brand(2)}{self.one('镇', '乡')}", f"{self.brand(2)}村"

    # One organisation.

    def bank_without_its_form(self) -> Pair:
        bank, road = self._bank(), self.one(*_ROADS)
        place = bare(self.city())
        return f"{bank}{place}{road}支行", f"{bank}股份有限公司{place}{road}支行", ""

    def branch_number_otherwise(self) -> Pair:
        digit, character = self.random.choice(list(zip("123456789", "一二三四五六七八九", strict=True)))
        unit = self.one("支行", "储蓄所", "营业部", "分理处")
        bank = f"{self._bank()}股份有限公司{bare(self.city())}"
        return f"{bank}第{digit}{unit}", f"{bank}第{character}{unit}", ""

    def hospital_otherwise(self) -> Pair:
        at = self.random.randrange(9)
        character, city = "一二三四五六七八九"[at], self.city()
        school = f"{bare(city)}医科大学"
        pairs = [
            (f"{city}第{at + 1}人民医院", f"{city}第{character}人民医院"),
            (f"{bare(city)}第{character}人民医院", f"{city}第{character}人民医院"),
            (f"{school}附属第{character}医院", f"{school}第{character}附属医院"),
            (f"{bare(city)}市{character}院", f"{city}第{character}人民医院"),
            (f"{city}第{character}医院", f"{city}第{character}医院（{city}骨科医院）"),
        ]
        return (*self.random.choice(pairs), "")

    def bureau_for_short(self) -> Pair:
        city, county = self.county()
        full = self.random.choice(list(_BUREAUS))
        return (
            self.one(f"{county}{_BUREAUS[full]}", f"{city}{county}{_BUREAUS[full]}"),
            f"{self.one('', city)}{county}{full}",
            "",
        )

    def bureau_otherwise(self) -> Pair:
        city, county = self.county()
        office = self.one(*_OFFICES)
        pairs = [
            (f"{city}{office}{bare(county)}分局", f"{city}{office}{county}分局"),
            (f"{county}{office}", f"{city}{county}{office}"),
            (f"{county}人民政府", f"{city}{county}人民政府"),
            (f"{bare(city)}市{office}", f"{city}{office}"),
        ]
        return (*self.random.choice(pairs), "")

    def school_otherwise(self) -> Pair:
        at, city = self.random.randrange(10, 90), self.city()
        tens, ones = ("", *"一二三四五六七八九")[at // 10 - (at < 20)], ("", *"一二三四五六七八九")[at % 10]
        in_words = f"{tens}十{ones}"
        full = f"{city}第{in_words}{self.one('中学', '小学', '高级中学')}"
        short = full.replace(in_words, str(at))
        return self.one(short, bare(city) + full.removeprefix(city), short.replace("第", "")), full, ""

    def court_otherwise(self) -> Pair:
        city, county = self.county()
        kind = self.one("人民法院", "人民检察院")
        return f"{county}{kind}", f"{city}{county}{kind}", ""

    def law_firm_otherwise(self) -> Pair:
        firm = f"{bare(self.city())}{self.brand()}"
        name = f"{firm}律师事务所"
        return self.one(name, f"{firm}律师所", f"{name}(普通合伙)"), f"{name}（特殊普通合伙）", ""

    def village_otherwise(self) -> Pair:
        county, town, village = self._village()
        full, short = self.random.choice([("村民委员会", "村委会"), ("股份经济合作社", "股份经济合作社")])
        within = self.one("", county.partition("市")[2])
        return f"{within}{town}{village}{short}", f"{county}{town}{village}{full}", ""

    def co_operative_otherwise(self) -> Pair:
        _, county = self.county()
        name = f"{self.brand()}{self.one(*_CROPS)}"
        return (
            self.one(
                f"{county}{name}专业合作社", f"{name}农民专业合作社", f"{bare(county)}{name}农民专业合作社"
            ),
            f"{county}{name}农民专业合作社",
            "",
        )

    def society_otherwise(self) -> Pair:
        city, calling = self.city(), self.one(*_CALLINGS)
        pairs = [
            (f"{bare(city)}{calling}行业协会", f"{city}{calling}行业协会"),
            (f"{city}{calling}协会", f"{city}{calling}行业协会"),
            (f"{bare(city)}慈善总会", f"{city}慈善总会"),
            (f"{city}{calling}商會", f"{city}{calling}商会"),
        ]
        return (*self.random.choice(pairs), "")

    def foreign_otherwise(self) -> Pair:
        firm = self._foreign()
        trade, form = self.one(*_FOREIGN), self.one("有限公司", "投资有限公司")
        name = f"{firm}（中国）{trade}{form}"
        return (
            self.one(
                name.replace("（", "").replace("）", ""),
                name.replace("国", "國"),
                f"{firm}{trade}(中国){form}",
            ),
            name,
            "",
        )

    def _foreign(self) -> str:
        return "".join(
            self.random.sample(
                "阿巴贝伯达德迪多尔菲芬弗格哈霍卡凯科克拉莱兰雷里罗洛马麦曼梅蒙米莫纳尼诺欧帕佩普奇瑞萨桑施斯塔泰汤特托瓦威维沃西希谢雅伊约",
                self.random.choice((2, 3, 3, 4)),
            )
        )

    # Two organisations.

    def bank_and_branch(self) -> Pair:
        bank, place = f"{self._bank()}{self.one('', '股份有限公司')}", bare(self.city())
        return (
            f"{bank}{place}{self.one('分行', '支行', '分行营业部', *(f'{road}支行' for road in _ROADS))}",
            bank,
            "",
        )

    def two_branches_of_a_bank(self) -> Pair:
        bank = f"{self._bank()}{self.one('', '股份有限公司')}{bare(self.city())}"
        first, second = self.random.sample(_ROADS, 2)
        one, other = self.ordinals()
        unit = self.one("支行", "储蓄所")
        pairs = [
            (f"{bank}{first}支行", f"{bank}{second}支行"),
            (f"{bank}第{one}{unit}", f"{bank}第{other}{unit}"),
            (f"{bank}分行", f"{bank}{first}支行"),
            (f"{bank}{first}支行", f"{bank}{first}分理处"),
        ]
        return (*self.random.choice(pairs), "")

    def two_hospitals(self) -> Pair:
        city, school = self.city(), f"{bare(self.city())}医科大学"
        one, other = self.ordinals()
        pairs = [
            (f"{city}第{one}人民医院", f"{city}第{other}人民医院"),
            (f"{school}第{one}附属医院", f"{school}第{other}附属医院"),
            (f"{school}第{one}附属医院", school),
            (f"{city}第{one}人民医院", f"{city}人民医院"),
            (f"{city}人民医院", f"{city}中医院"),
            (f"{city}中心医院", f"{city}中心血站"),
        ]
        return (*self.random.choice(pairs), "")

    def two_bureaus(self) -> Pair:
        city, county, second = self.two_counties()
        office, other = self.random.sample(_OFFICES, 2)
        town, village = self.brand(2), self.brand(2)
        pairs = [
            (f"{city}{office}{bare(county)}分局", f"{city}{office}"),
            (f"{city}{office}{bare(county)}分局", f"{city}{office}{bare(second)}分局"),
            (f"{county}{office}", f"{county}{other}"),
            (f"{city}{office}", f"{city}{county}{office}"),
            (f"{county}公安局{town}派出所", f"{county}公安局{village}派出所"),
            (f"{county}公安局{town}派出所", f"{county}公安局"),
            (f"{city}{county}{town}镇人民政府", f"{city}{county}人民政府"),
        ]
        return (*self.random.choice(pairs), "")

    def two_schools(self) -> Pair:
        city, (one, other) = self.city(), self.ordinals()
        name = f"{city}第{one}"
        pairs = [
            (f"{name}中学", f"{name}小学"),
            (f"{name}中学", f"{city}第{other}中学"),
            (f"{name}中学{self.brand(2)}分校", f"{name}中学"),
            (f"{city}实验小学", f"{city}第{one}实验小学"),
            (f"{name}中学", f"{name}十{other}中学".replace("第一十", "第十")),
            (f"{name}中学", f"{name}高级中学"),
        ]
        return (*self.random.choice(pairs), "")

    def two_courts(self) -> Pair:
        city, county, second = self.two_counties()
        pairs = [
            (f"{city}中级人民法院", f"{city}{county}人民法院"),
            (f"{city}{county}人民法院", f"{city}{second}人民法院"),
            (f"{county}人民法院", f"{county}人民检察院"),
            (f"{county}人民法院{self.brand(2)}人民法庭", f"{county}人民法院"),
        ]
        return (*self.random.choice(pairs), "")

    def two_law_firms(self) -> Pair:
        place, brand = bare(self.city()), self.brand()
        name = f"{place}{brand}律师事务所"
        other = brand[:-1] + self.character(brand)
        pairs = [
            (name, f"{place}{other}律师事务所"),
            (f"{name}{bare(self.city())}分所", name),
            (name, f"{place}{brand}会计师事务所"),
        ]
        return (*self.random.choice(pairs), "")

    def two_villages(self) -> Pair:
        county, town, village = self._village()
        pairs = [
            (f"{county}{town}{village}村民委员会", f"{county}{town}{self.brand(2)}村村民委员会"),
            (f"{county}{town}{village}村民委员会", f"{county}{town}{village}股份经济合作社"),
            (f"{county}{town}{village}村民委员会", f"{county}{town}人民政府"),
            (f"{county}{town}{village}村民委员会", f"{county}{self.brand(2)}镇{village}村民委员会"),
            (
                f"{county}{town}{village}村委会",
                f"{county}{town}{village[:1]}{self.character(village)}村村委会",
            ),
        ]
        return (*self.random.choice(pairs), "")

    def two_co_operatives(self) -> Pair:
        _, county = self.county()
        brand, (crop, other) = self.brand(), self.random.sample(_CROPS, 2)
        pairs = [
            (f"{county}{brand}{crop}农民专业合作社", f"{county}{brand}{other}农民专业合作社"),
            (f"{county}{brand}{crop}农民专业合作社", f"{county}{brand}{crop}有限公司"),
            (
                f"{county}{brand}{crop}农民专业合作社",
                f"{county}{brand[:-1]}{self.character(brand)}{crop}专业合作社",
            ),
        ]
        return (*self.random.choice(pairs), "")

    def two_societies(self) -> Pair:
        city, (calling, other) = self.city(), self.random.sample(_CALLINGS, 2)
        pairs = [
            (f"{city}{calling}协会", f"{city}{calling}商会"),
            (f"{city}{calling}行业协会", f"{city}{other}行业协会"),
            (f"{city}{self.brand(2)}慈善基金会", f"{city}慈善基金会"),
            (f"{city}{calling}协会", f"{self.city()}{calling}协会"),
            (f"{city}{calling}学会", f"{city}{calling}协会"),
        ]
        name, another = self.random.choice(pairs)
        return name, another if another != name else f"{name}分会", ""

    def two_foreign(self) -> Pair:
        firm, trade = self._foreign(), self.one(*_FOREIGN)
        place = bare(self.city())
        pairs = [
            (f"{firm}（中国）{trade}有限公司", f"{firm}（{place}）{trade}有限公司"),
            (f"{firm}（中国）{trade}有限公司", f"{firm[:-1]}{self.character(firm)}（中国）{trade}有限公司"),
            (f"{firm}（中国）{trade}有限公司{place}分公司", f"{firm}（中国）{trade}有限公司"),
        ]
        return (*self.random.choice(pairs), "")


ONE = ("bank_without_its_form", "branch_number_otherwise", "hospital_otherwise", "bureau_for_short",
       "bureau_otherwise", "school_otherwise", "court_otherwise", "law_firm_otherwise", "village_otherwise",
       "co_operative_otherwise", "society_otherwise", "foreign_otherwise")  # fmt: skip
TWO = ("bank_and_branch", "two_branches_of_a_bank", "two_hospitals", "two_bureaus", "two_schools",
       "two_courts", "two_law_firms", "two_villages", "two_co_operatives", "two_societies",
       "two_foreign")  # fmt: skip
