"""What the public API says of itself, in words."""

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described, Words
from gongxin.interfaces.api.public_v1.reconcile.words import OPERATIONS as OF_RECONCILIATION

SUBJECT_ID = Label("主体编号，取自查询结果", "The subject's id, from a search")
CURSOR = Label("上一页 next 中的翻页标记", "The cursor in the `next` of the page before")

WORDS = Words(
    name="public",
    title=Label("公信公开接口", "Gongxin public API"),
    description=Label(
        "查询组织的公共信用信息：无需密钥，不收费用。"
        "每个答复写明它所说的时刻（as_of）和可以使用到何时（valid_until）。"
        "每条记录写明作出机关、依据、公示期限和四种状态；不良信息到期后不再答复，请删除所存副本。"
        "不提供自然人信息，也不要在请求中送出个人号码。",
        "Public credit information of organisations: no key, no fee. Every answer says of which moment"
        " it speaks"
        " (as_of) and until when it may be used (valid_until). Every record names the body that made it,"
        " its basis,"
        " its end and its four states; what has ended is no longer answered: delete your copy. Nothing"
        " about private"
        " persons is held here; do not send their numbers.",
    ),
    tag=Label("公开查询", "Open to everyone"),
    operations={
        "find": Described(
            Label("按名称或代码查找组织", "Find organisations by name or code"),
            Label(
                "输入名称中的两个字以上，或完整的统一社会信用代码、注册号、组织机构代码。"
                "只返回有公示内容的组织；"
                "每页 20 条，最多 50 页；超过上限时 capped 为 true，请把名称写得更全。",
                "Two characters of a name or more, or a whole code. Only organisations with something"
                " public are found;"
                " 20 a page, at most 50 pages; `capped` says that there are more than `total`: give more"
                " of the name.",
            ),
            ("too-short", "not-held-here", "unreadable-question"),
            '-G "$GONGXIN/api/v1/search" --data-urlencode "q=机械"',
            {
                "q": Label("名称或代码", "A name or a code"),
                "page": Label("页码，从 1 开始", "Page, from 1"),
            },
        ),
        "match": Described(
            Label("比对名称与代码", "Match names and codes"),
            Label(
                "请求和答复与 yente 的 /match 相同，每次至多 20 个查询。代码经校验且已登记的，以代码为准；"
                "另有有效代码的组织不返回。分数只是对名称的判断，match 只表示达到所问的 threshold，且无须"
                "由人取舍：名称与代码明显矛盾，或几个主体同样近似的，均为 false。不构成认定。自然人不查找。",
                "Asked and answered as yente's /match is, at most 20 queries at once. A checked code that is"
                " registered decides; who bears another valid code is not returned. A score judges names, and"
                " `match` says no more than that it reaches the `threshold` asked for and that nobody need"
                " choose: where the name clearly contradicts the code, or several are as alike, it is false."
                " Persons are not looked up.",
            ),
            ("unreadable-question", "not-held-here"),
            '"$GONGXIN/api/v1/match" --json \'{"queries": {"q1": {"properties": {"name": ["示范机械"]}}}}\'',
            {
                "limit": Label("每个查询至多返回几个", "How many results a query, at most"),
                "threshold": Label("达到此分数才会 match", "The score from which `match` may be true"),
                "cutoff": Label("低于此分数的不返回", "Results below this score are left out"),
            },
        ),
        "subject_by_code": Described(
            Label("按代码取一个组织", "Get an organisation by its code"),
            Label(
                "统一社会信用代码、注册号或组织机构代码须完整。没有公示内容的组织和不存在的组织，"
                "答复相同（404）。",
                "The code must be whole. An organisation of which nothing shows is answered like one"
                " that does not exist.",
            ),
            ("not-found",),
            '"$GONGXIN/api/v1/subjects/by-code/$CODE"',
            {"code": Label("完整的代码", "The whole code")},
        ),
        "subject": Described(
            Label("取一个组织", "Get an organisation"),
            Label(
                "名称、代码、曾用名、所在地区，以及每类信息有几条在公示；登记状态，权利义务由谁承继、承继自谁。"
                "已并入其他记载的组织，由存续的一方答复，其编号列于 absorbed。",
                "Its names, codes and region, how many records of each class show, the state of its"
                " registration, and who succeeded whom. One that was merged into another is answered for by"
                " the survivor; `absorbed` lists the ids of those.",
            ),
            ("not-found",),
            '"$GONGXIN/api/v1/subjects/$SUBJECT"',
            {"subject_id": SUBJECT_ID},
        ),
        "records": Described(
            Label("取一个组织的全部公示记录", "Get everything that shows of an organisation"),
            Label(
                "按决定日期从新到旧。用 at 可问过去某日某刻；其后已结束的不良信息只答编号、结束方式和日期。",
                "Newest decided first. `at` asks of a past day or instant; what was adverse and has"
                " ended since is a"
                " tombstone: which, how, when.",
            ),
            ("unreadable-moment", "moment-ahead", "not-found"),
            '"$GONGXIN/api/v1/subjects/$SUBJECT/records"',
            {
                "subject_id": SUBJECT_ID,
                "at": Label(
                    "日期，或带时区的时刻；缺省为现在",
                    "A day, or an instant with its offset; now if left out",
                ),
            },
        ),
        "one_record": Described(
            Label("取一条记录", "Get one record"),
            Label(
                "停止公示后答复 410；不存在和不予公示答复相同（404）。",
                "410 once it has ended; the same 404 for none and for one that is withheld.",
            ),
            ("not-found", "no-longer-shown"),
            '"$GONGXIN/api/v1/subjects/$SUBJECT/records/$RECORD"',
            {"subject_id": SUBJECT_ID, "record_id": Label("记录编号", "The record's id")},
        ),
        "newest": Described(
            Label("取某一类最新公示的记录", "Get the newest records of a class"),
            Label(
                "从新到旧，逐页读取：next 是下一页的网址，最后一页为 null。"
                "其间新到的记录不会使已读的重复，也不会漏读。",
                "Newest first, page by page: `next` is the address of the following page, null on the"
                " last. What arrives"
                " meanwhile neither doubles a line nor hides one.",
            ),
            ("unreadable-cursor", "unknown-class", "unreadable-question"),
            '"$GONGXIN/api/v1/records/newest?class=licence&limit=5"',
            {
                "class": Label(
                    "目录事项编号，如 licence、penalty", "The class's id, such as licence or penalty"
                ),
                "limit": Label("每页条数，最多 100", "Records a page, 100 at most"),
                "cursor": CURSOR,
            },
        ),
        "catalogue": Described(
            Label("取公共信用信息目录", "Get the catalogue"),
            Label("现行的全部目录事项。", "Every class of information in force."),
            (),
            '"$GONGXIN/api/v1/catalogue"',
        ),
        "information_class": Described(
            Label("取一个目录事项", "Get one class of the catalogue"),
            Label(
                "法定十要素、依据、字段、校验规则和认得的表头。报送前先看这里。",
                "The ten statutory elements, basis, fields, rules and accepted headers. Read it before"
                " you send.",
            ),
            ("not-found",),
            '"$GONGXIN/api/v1/catalogue/penalty"',
            {"class_id": Label("目录事项编号", "The class's id")},
        ),
        **OF_RECONCILIATION,
    },
)
