"""What the exchange API says of itself, in words."""

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described, Words
from gongxin.interfaces.api.exchange_v1.check_words import CHECK_OPERATIONS
from gongxin.interfaces.api.exchange_v1.follow_words import FOLLOW_OPERATIONS

SUBMISSION_ID = Label("报送批次编号，取自报送的答复", "The submission's id, from the answer to sending")
CURSOR = Label("上一页 next 中的翻页标记", "The cursor in the `next` of the page before")
AS_KEY = '-H "Authorization: Bearer $KEY"'
AS_SITE = '-H "Authorization: Bearer $SITE_KEY"'
AS_JSON = '-H "Content-Type: application/json"'

WORDS = Words(
    name="exchange",
    title=Label("公信报送接口", "Gongxin exchange API"),
    description=Label(
        "供单位的业务系统报送数据、查看进度、取回问题数据、作零报告、核查。每个单位使用自己的密钥，由平台管理员发放，"
        "只显示一次。"
        "自然人的行不保存，单独计数，不影响质量。",
        "For an agency's own system: send rows, follow them, fetch what is wrong, state that there was"
        " nothing, check before granting. Every agency has a key of its own,"
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
        "state_nil_return": Described(
            Label("作零报告", "State that a month had nothing"),
            Label(
                "声明本单位某月没有作出某一事项的决定：201；同样的话再说一遍，答复原来那一份（200）。"
                "该月已有记录报送到本平台的，答复 409，并写明条数。以后报来该月的记录，零报告自动撤回。",
                "The agency decided nothing of a class in a month: 201, and 200 with the same statement while"
                " it stands. 409 where records of that month are here; the detail says how many. A record of"
                " the month that arrives later takes the statement back by itself.",
            ),
            (
                "unreadable-body",
                "too-large",
                "unknown-class",
                "month-not-open",
                "no-day-of-decision",
                "not-nil",
            ),
            f'"$GONGXIN/api/exchange/v1/nil-returns" {AS_KEY} {AS_JSON}'
            """ -d '{"class": "licence", "month": "'$MONTH'"}'""",
        ),
        "nil_returns": Described(
            Label("列出本单位的零报告", "List the agency's own nil returns"),
            Label(
                "从新到旧，逐页读取。state 为 standing（有效）、withdrawn（已撤回）或 overtaken"
                "（该月后来有记录报来，见 overtaken_by）。",
                "Newest first, page by page. `state` is standing, withdrawn, or overtaken where a record of"
                " the month arrived later, with the submission `overtaken_by`.",
            ),
            ("unreadable-cursor", "unreadable-question"),
            f'"$GONGXIN/api/exchange/v1/nil-returns?limit=20" {AS_KEY}',
            {
                "limit": Label("每页份数，最多 200", "Nil returns a page, 200 at most"),
                "cursor": CURSOR,
            },
        ),
        "withdraw_nil_return": Described(
            Label("撤回零报告", "Take a nil return back"),
            Label(
                "写明理由，4 至 200 个字符，不得含有个人号码。什么都不删除：零报告和理由仍在列表中。",
                "With a reason of 4 to 200 characters that holds no person's number. Nothing is deleted: the"
                " list keeps what was stated, and why it was taken back.",
            ),
            (
                "no-such-nil-return",
                "unreadable-body",
                "too-large",
                "no-reason",
                "reason-of-a-person",
                "withdrawn-already",
            ),
            f'"$GONGXIN/api/exchange/v1/nil-returns/$NIL_RETURN/withdraw" {AS_KEY} {AS_JSON}'
            """ -d '{"reason": "one licence was overlooked"}'""",
            {
                "nil_id": Label(
                    "零报告编号，取自作零报告的答复", "The nil return's id, from the answer to stating it"
                )
            },
        ),
        "push_case": Described(
            Label("国家站推送异议或修复申请", "Push an application the national site took in"),
            Label(
                "仅限国家站的密钥（下称 $SITE_KEY）。external_number 是该站的编号：原样重发，答复同一件"
                "（200）；内容不同，答复 409。可以办理的记录成案（201），其余列在 refused 并说明原因；"
                "未到修复条件期限的，在案中等待其日（waits_until）。applied_on 是该站受理之日，"
                "10个工作日的答复期限自该日起算。kind 为 repaired-elsewhere 的，表示该记录已在别处修复："
                "本平台即时停止公示、共享和使用，不会恢复；同一编号再次推送，ended 为 false，"
                "同一编号内容不同，答复 409。",
                "With the key of the national site alone ($SITE_KEY). `external_number` is the site's own:"
                " the same body again is answered with the same case (200), another body 409. The records"
                " that can be asked about become a case (201), the others stand in `refused` with the"
                " reason; a record whose day has not come waits inside the case (`waits_until`)."
                " `applied_on` is when the site took it in: its answer is due ten working days from then."
                " The kind repaired-elsewhere says that a record was repaired elsewhere: it is no longer"
                " shown, shared or used from that instant on, and never again; said again under the same"
                " number, `ended` is false, and something else under it is refused (409).",
            ),
            (
                "unreadable-body",
                "too-large",
                "unknown-subject",
                "unknown-record",
                "day-ahead",
                "before-its-record",
                "number-of-a-person",
                "nothing-to-ask",
                "pushed-otherwise",
            ),
            f'"$GONGXIN/api/exchange/v1/cases" {AS_SITE} {AS_JSON}'
            """ -d '{"external_number": "'$NUMBER'", "kind": "objection", "subject_code": "'$CODE'","""
            """ "records": ["'$RECORD'"], "statement": "not ours", "applied_on": "'$DAY'"}'""",
        ),
        "pushed_case": Described(
            Label("查询推送的申请办到哪一步", "See how a pushed application stands"),
            Label(
                "逐条记录答复状态、期限（due_on）；办结的写明决定、理由、依据和救济途径，供该站原样告知申请人。",
                "For each record its state and the day by which the next answer is due; once decided, the"
                " decision with reason, basis and remedy, for the site to tell the applicant as they stand.",
            ),
            ("no-such-case",),
            f'"$GONGXIN/api/exchange/v1/cases/$NUMBER" {AS_SITE}',
            {"external_number": Label("该站的申请编号", "The site's own number")},
        ),
        **CHECK_OPERATIONS,
        **FOLLOW_OPERATIONS,
    },
)
