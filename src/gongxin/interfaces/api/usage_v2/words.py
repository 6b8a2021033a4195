"""What the usage API says of itself, in words."""

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described, Words

AS_KEY = '-H "Authorization: Bearer $PORTAL_KEY"'
BASE = '"$GONGXIN/api/usage/v2'

WORDS = Words(
    name="usage",
    title=Label("谁查阅过（findUsage）", "Who looked (findUsage)"),
    description=Label(
        "供政务服务门户代企业查询：公示内容以外的档案，哪个单位、何时、为何查阅过。接口与爱沙尼亚数据追踪"
        "（andmejälgija）findUsage 2.1 一致。门户使用专用密钥（下称 $PORTAL_KEY）；由门户核实为谁查询，"
        "X-Road-UserId 不读取、不保存。",
        "For the state's portal, on behalf of an organisation: which body opened its file beyond what is"
        " public, when and for what. As findUsage 2.1 of the Estonian data tracker (andmejälgija). The portal"
        " has a key of its own ($PORTAL_KEY) and establishes for whom it asks; X-Road-UserId is neither read"
        " nor kept.",
    ),
    tag=Label("门户代企业查询，凭密钥", "For the state's portal, with a key"),
    refusals=("no-key", "not-permitted"),
    operations={
        "find_usage": Described(
            Label("谁查阅过", "Who looked"),
            Label(
                "从新到旧。法定调查中依法封存的查阅，封存结束后才列出，并写明依据和期限；此前也不计入总数。"
                "没有这一主体与无人查阅，答复相同。",
                "Newest first. A look sealed for a statutory investigation is listed once its seal has ended,"
                " with the article and the end, and counted no earlier. An unknown subject is answered like"
                " one at whom nobody looked.",
            ),
            ("unreadable", "not-held-here"),
            f'{BASE}/findUsage?userCode=$CODE&limit=20" {AS_KEY}',
            {
                "userCode": Label("主体的统一社会信用代码", "The subject's unified social credit code"),
                "periodStart": Label("自此时刻起，含时区", "From this instant on, with its offset from UTC"),
                "periodEnd": Label("至此时刻止，含时区", "Up to this instant, with its offset from UTC"),
                "offset": Label("跳过几条", "How many to skip"),
                "limit": Label("至多几条，最多 1,000", "How many at most, up to 1,000"),
            },
        ),
        "usage_period_known": Described(
            Label("自何时起有记载", "Since when looks are written down"),
            Label(
                "periodStart 之后的查阅均有记载；没有 periodEnd，即至今。",
                "Every look since `periodStart` is written down. There is no `periodEnd`: until now.",
            ),
            (),
            f'{BASE}/usagePeriod" {AS_KEY}',
        ),
        "heartbeat": Described(
            Label("是否正常", "Whether it is well"),
            Label(
                "FAIL：数据库中防止改动查阅记录的保护不全，答复不可信，请与平台联系。",
                "FAIL: what keeps the record of looks from being changed is not whole in the database; do not"
                " trust the answers and tell the platform.",
            ),
            (),
            f'{BASE}/heartbeat" {AS_KEY}',
        ),
    },
)
