"""What the exchange API says of itself, in words."""

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described, Words

SUBMISSION_ID = Label("报送批次编号，取自报送的答复", "The submission's id, from the answer to sending")
CURSOR = Label("上一页 next 中的翻页标记", "The cursor in the `next` of the page before")
AS_KEY = '-H "Authorization: Bearer $KEY"'

WORDS = Words(
    name="exchange",
    title=Label("公信报送接口", "Gongxin exchange API"),
    description=Label(
        "供单位的业务系统报送数据、查看进度、取回问题数据。每个单位使用自己的密钥，由平台管理员发放，"
        "只显示一次。"
        "自然人的行不保存，单独计数，不影响质量。",
        "For an agency's own system: send rows, follow them, fetch what is wrong. Every agency has a key"
        " of its own,"
        " issued by the operator and shown once. Rows about private persons are counted apart and not"
        " kept.",
    ),
    tag=Label("单位报送", "For agencies, with a key"),
    refusals=("no-key", "not-permitted"),
    operations={
        "send": Described(
            Label("报送一批数据", "Send rows or a file for one class"),
            Label(
                "可送 JSON 行、JSON Lines，或业务系统导出的原文件（xlsx、csv 等）。Idempotency-Key"
                " 是这一批的名字："
                "以同一键原样重发，答复同一批次（200）；同一键内容不同，答复 422；同一键的请求仍在处理，"
                "答复 409。",
                "Rows as JSON or JSON Lines, or a file exactly as your system exports it."
                " Idempotency-Key names the batch:"
                " the same key with the same body answers with the same submission (200), with another"
                " body 422, and"
                " while its first request still runs 409.",
            ),
            (
                "unreadable",
                "idempotency-key-missing",
                "idempotency-key-too-long",
                "idempotency-key-of-a-person",
                "idempotency-key-reserved",
                "still-running",
                "too-large",
                "unknown-content-type",
                "unknown-class",
                "no-file",
                "unreadable-rows",
                "idempotency-conflict",
                "no-such-submission",
                "not-its-correction",
                "no-room",
            ),
            f'"$GONGXIN/api/exchange/v1/submissions" {AS_KEY}'
            ' -H "Idempotency-Key: $BATCH" -F class=penalty -F file=@penalties.csv',
            {
                "Idempotency-Key": Label(
                    "这一批的名字，最多 80 个字符", "Names this batch; 80 characters at most"
                ),
                "class": Label(
                    "目录事项编号；multipart 和 JSON 也可写在内容里",
                    "The class's id; multipart and JSON may say it in the body instead",
                ),
                "check_first": Label(
                    "true：只校验，确认（confirm）之前什么都不入库",
                    "true: only check it; nothing is posted before `confirm`",
                ),
                "corrects": Label(
                    "所改正批次的编号；发回平台标注的表格时不必写",
                    "The id of the submission it mends; not needed where the marked workbook comes back",
                ),
            },
        ),
        "submissions": Described(
            Label("列出本单位的报送批次", "List the agency's own submissions"),
            Label(
                "从新到旧，逐页读取：next 是下一页的网址，最后一页为 null。",
                "Newest first, page by page: `next` is the address of the following page, null on the last.",
            ),
            ("unreadable-cursor", "unreadable-question"),
            f'"$GONGXIN/api/exchange/v1/submissions?limit=20" {AS_KEY}',
            {
                "limit": Label("每页批次数，最多 200", "Submissions a page, 200 at most"),
                "offset": Label("跳过几个批次；请改用 cursor", "How many to skip; follow `next` instead"),
                "cursor": CURSOR,
            },
        ),
        "follow": Described(
            Label("查看一个批次到了哪一步", "See how far a submission is"),
            Label(
                "state 依次为 received、checked、posting、done；整份文件无法读取为 refused，撤回为"
                " recalling、recalled，"
                "平台方故障为 stopped（无需重发）。rows = accepted + rejected + out_of_scope；完成后"
                " accepted = posted +"
                " unchanged + superseded + unlinked + held。隔几秒问一次，带上 If-None-Match。",
                "`state` is received, checked, posting, done; refused where the file as a whole could"
                " not be read; recalling,"
                " recalled; or stopped by a fault of ours (send nothing again). rows = accepted +"
                " rejected + out_of_scope;"
                " once done, accepted = posted + unchanged + superseded + unlinked + held. Ask every few"
                " seconds, with"
                " If-None-Match.",
            ),
            ("no-such-submission",),
            f'"$GONGXIN/api/exchange/v1/submissions/$SUBMISSION" {AS_KEY}',
            {"submission_id": SUBMISSION_ID},
        ),
        "confirm": Described(
            Label("确认只校验的批次，通过的行入库", "Post what a check-first submission found in order"),
            Label(
                "以 check_first=true 报送的批次校验后停在 checked，什么都不入库。"
                "看过问题数据后确认，通过的行随即入库；不确认就不入库。",
                "What was sent with check_first=true stays `checked` and nothing is posted. Look at its"
                " problems, then confirm: the accepted rows are posted. Without it they never are.",
            ),
            ("no-such-submission", "not-waiting"),
            f'-X POST "$GONGXIN/api/exchange/v1/submissions/$SUBMISSION/confirm" {AS_KEY}',
            {"submission_id": SUBMISSION_ID},
        ),
        "problems": Described(
            Label("取回问题数据", "Fetch what is wrong, row by row"),
            Label(
                "逐行写明字段、报送值、规则、依据和可被接受的写法。format=xlsx 返回标出问题单元格的表格；"
                "加上 limit 则 JSON 分页返回，next 是下一页的网址。校验完成（checked_at 有值）后才有。",
                "Each problem with its field, the value sent, rule, source and an accepted example."
                " format=xlsx gives your"
                " own table with the cells marked; with `limit` the JSON comes page by page, `next`"
                " being the address of"
                " the following one. There once checked_at is set.",
            ),
            ("no-such-submission", "not-checked-yet", "unreadable-cursor", "unreadable-question"),
            f'"$GONGXIN/api/exchange/v1/submissions/$SUBMISSION/problems?limit=100" {AS_KEY}',
            {
                "submission_id": SUBMISSION_ID,
                "format": Label("json、csv 或 xlsx", "json, csv or xlsx"),
                "limit": Label(
                    "每页问题数，最多 1,000；缺省为全部", "Problems a page, 1,000 at most; all if left out"
                ),
                "cursor": CURSOR,
            },
        ),
    },
)
