"""Places and public bodies of the demonstration province."""

from dataclasses import dataclass

from gongxin.core.catalogue import Label
from gongxin.core.demonstration.codes import unified_code
from gongxin.core.regions import Region

CITY = "示范市"
CITY_REGION = "990100"
COUNTIES = {
    "990101": "青禾区",
    "990102": "白鹭区",
    "990103": "松风县",
    "990104": "望川县",
    "990105": "石榴湾区",
}


ENGLISH = ("Qinghe District", "Bailu District", "Songfeng County", "Wangchuan County", "Shiliuwan District")


def fictional_region(code: str) -> Region | None:
    """Return the division of the demonstration province with this code: no real one lies in 9901xx."""
    if code == CITY_REGION:
        return Region(code, Label(CITY, "Model City"), "prefecture", "")
    if code not in COUNTIES:
        return None
    english = ENGLISH[list(COUNTIES).index(code)]
    return Region(code, Label(COUNTIES[code], english), "county", CITY_REGION)


@dataclass(frozen=True, slots=True)
class PublicBody:
    key: str
    name: str
    region: str
    number: int  # also the last digits of its telephone, which begins with an area code nobody has

    @property
    def code(self) -> str:
        return unified_code(kind="11", region=self.region, number=self.number)

    @property
    def telephone(self) -> str:
        return f"0000-8000{self.number:04}"

    @property
    def address(self) -> str:
        return f"{CITY}{COUNTIES.get(self.region, '青禾区')}示范路{self.number}号"


OFFICE_HOURS = "工作日 9:00—12:00，13:30—17:30"

MARKET = PublicBody("market", "示范市市场监督管理局", CITY_REGION, 1)
MARKET_COUNTY = PublicBody("market-county", "示范市青禾区市场监督管理局", "990101", 2)
APPROVAL = PublicBody("approval", "示范市行政审批服务局", CITY_REGION, 3)
ECOLOGY = PublicBody("ecology", "示范市生态环境局", CITY_REGION, 4)
HOUSING = PublicBody("housing", "示范市住房和城乡建设局", CITY_REGION, 5)
TRANSPORT = PublicBody("transport", "示范市交通运输局", CITY_REGION, 6)
TAX = PublicBody("tax", "国家税务总局示范市税务局", CITY_REGION, 7)
GOVERNMENT = PublicBody("government", "示范市人民政府办公室", CITY_REGION, 8)
FINANCE = PublicBody("finance", "示范市财政局", CITY_REGION, 9)
COURT = PublicBody("court", "示范市中级人民法院", CITY_REGION, 10)

PUBLIC_BODIES = (
    MARKET, MARKET_COUNTY, APPROVAL, ECOLOGY, HOUSING, TRANSPORT, TAX, GOVERNMENT, FINANCE, COURT,
)  # fmt: skip
