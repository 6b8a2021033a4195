"""Every code a program can be refused with: its title, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongxin.core.catalogue import Label


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of refusal: with which status it comes, what it is called, what to do."""

    status: int
    title: Label
    remedy: Label


PROBLEMS: Mapping[str, Kind] = {
    "unreadable": Kind(
        400,
        Label("请求无法读取", "The request cannot be read"),
        Label("检查网址、请求头和编码后再试。", "Check the address, the headers and the encoding."),
    ),
    "too-short": Kind(
        400,
        Label("查询内容太短", "The question is too short"),
        Label(
            "至少输入名称中的两个字，或完整代码。", "Give two characters of a name or more, or a whole code."
        ),
    ),
    "not-held-here": Kind(
        400,
        Label("不涉及自然人", "Nothing about private persons"),
        Label(
            "请勿查询身份证号、手机号等个人号码；请用组织名称或统一社会信用代码。",
            "Do not send numbers of persons; ask by an organisation's name or unified code.",
        ),
    ),
    "unreadable-moment": Kind(
        400,
        Label("时刻无法读取", "The moment cannot be read"),
        Label(
            "写作 2026-11-23 或 2026-11-23T10:00:00+08:00（加号写作 %2B）。",
            "Write 2026-11-23, or 2026-11-23T10:00:00+08:00 with the plus sign as %2B.",
        ),
    ),
    "moment-ahead": Kind(
        400,
        Label("时刻在将来", "The moment lies ahead"),
        Label("只能询问现在或过去。", "Ask of now or of the past."),
    ),
    "unreadable-cursor": Kind(
        400,
        Label("翻页标记无效", "The cursor is not one of this list"),
        Label(
            "原样使用上一页 next 中的地址；标记损坏或来自另一列表时，从头再读。",
            "Follow `next` as it was given; with a damaged cursor, or one of another list, begin anew.",
        ),
    ),
    "idempotency-key-missing": Kind(
        400,
        Label("缺少幂等键", "The idempotency key is missing"),
        Label(
            "每批数据起一个名字，放在 Idempotency-Key 请求头中；重发时沿用。",
            "Name each batch in the header Idempotency-Key, and keep the name when sending it again.",
        ),
    ),
    "idempotency-key-too-long": Kind(
        400,
        Label("幂等键过长", "The idempotency key is too long"),
        Label("最多 80 个字符。", "It may have 80 characters."),
    ),
    "idempotency-key-of-a-person": Kind(
        400,
        Label("幂等键含有个人号码", "The idempotency key holds a person's number"),
        Label(
            "幂等键会被保存；请改用批次的日期和序号。",
            "The key is kept; name the batch by its date and number.",
        ),
    ),
    "idempotency-key-reserved": Kind(
        400,
        Label("幂等键的开头为平台专用", "The beginning of the idempotency key is reserved"),
        Label(
            "以 staging- 和 form- 开头的键由平台自己使用；请换一个名字。",
            "Keys that begin with staging- or form- are the platform's own; take another name.",
        ),
    ),
    "no-key": Kind(
        401,
        Label("缺少有效密钥", "No valid key"),
        Label(
            "以 Authorization: Bearer gx_… 送出密钥；密钥由平台管理员发放，可能已被作废。",
            "Send Authorization: Bearer gx_…; the operator issues keys, and yours may have been revoked.",
        ),
    ),
    "not-permitted": Kind(
        403,
        Label("无权操作", "Not permitted"),
        Label("如工作需要，请与信用中心联系。", "Ask the credit centre if you need it."),
    ),
    "not-found": Kind(
        404,
        Label("没有这样的内容", "Nothing here"),
        Label(
            "检查网址。没有公示内容的主体和不存在的主体答复相同。",
            "Check the address. A subject of whom nothing shows is answered like one that does not exist.",
        ),
    ),
    "no-such-submission": Kind(
        404,
        Label("没有这个报送批次", "No such submission"),
        Label("只能看到本单位的批次；检查编号。", "You see your own agency's only; check the id."),
    ),
    "no-such-nil-return": Kind(
        404,
        Label("没有这份零报告", "No such nil return"),
        Label("只能看到本单位的零报告；检查编号。", "You see your own agency's only; check the id."),
    ),
    "no-such-check": Kind(
        404,
        Label("没有这次核查", "No such check"),
        Label(
            "只能查看本单位的核查；没有确定主体的询问不保存答复。",
            "Only an agency's own checks are answered; a question that found no subject keeps no answer.",
        ),
    ),
    "no-such-case": Kind(
        404,
        Label("没有这件申请", "No such case"),
        Label("只能查询本站推送的申请；检查编号。", "Only what was pushed is answered; check the number."),
    ),
    "method-not-allowed": Kind(
        405,
        Label("方法不适用", "The method does not apply here"),
        Label("Allow 响应头列出可用的方法。", "The header Allow lists the methods that do."),
    ),
    "still-running": Kind(
        409,
        Label("同一请求仍在处理", "The same request still runs"),
        Label(
            "等到 Retry-After 所说的秒数后，以同一幂等键重发。",
            "Send it again with the same key after the seconds Retry-After says.",
        ),
    ),
    "not-checked-yet": Kind(
        409,
        Label("尚未校验完毕", "Not checked yet"),
        Label(
            "先查询批次，checked_at 有值后再取问题数据。",
            "Follow the submission and ask again once checked_at is set.",
        ),
    ),
    "not-waiting": Kind(
        409,
        Label("没有在等待确认", "Not waiting to be confirmed"),
        Label(
            "只有带 check_first 报送、校验完毕且尚未确认的批次才能确认；先查询批次。",
            "Only what was sent with check_first, is checked and was not confirmed yet; follow it first.",
        ),
    ),
    "not-nil": Kind(
        409,
        Label("不是零报告", "Not a nil return"),
        Label(
            "该月已有记录报送到本平台，答复写明条数；报送有误的，先撤回那一批。",
            "Records of that month are here, the detail says how many; recall them first if they are wrong.",
        ),
    ),
    "asked-otherwise": Kind(
        409,
        Label("此键已用于另一询问", "The key was used for another question"),
        Label("原样重发；另一询问请用另一键。", "Ask the same again, or another question under another key."),
    ),
    "nothing-changed": Kind(
        409,
        Label("答复没有变动", "The answer has not changed"),
        Label("变动的答复见 /checks/changes。", "Changed answers stand in /checks/changes."),
    ),
    "pushed-otherwise": Kind(
        409,
        Label("编号已用于另一申请", "The number was used for another application"),
        Label(
            "同一申请原样重发；另一申请请用另一编号。",
            "Push the same application as it was; give another one another number.",
        ),
    ),
    "withdrawn-already": Kind(
        409,
        Label("已经撤回", "Withdrawn already"),
        Label("无需再次撤回；列出零报告可见其状态。", "Nothing is left to do; the list says how it stands."),
    ),
    "no-longer-shown": Kind(
        410,
        Label("已停止公示", "No longer shown"),
        Label("删除所存的副本，不要再次展示。", "Delete your copy and do not show it again."),
    ),
    "too-large": Kind(
        413,
        Label("内容过大", "Too large"),
        Label(
            "JSON 最多 2 MB；更多行请用文件或 application/x-ndjson，最多 512 MB。",
            "JSON may have 2 MB; send more as a file or as application/x-ndjson, up to 512 MB.",
        ),
    ),
    "batch-too-large": Kind(
        413,
        Label("一次提出的过多", "Too many at once"),
        Label(
            "分批提出；服务说明的 batchSize 写明一批至多几个查询。",
            "Ask in smaller batches; `batchSize` of the manifest says how many queries one may have.",
        ),
    ),
    "unknown-content-type": Kind(
        415,
        Label("内容类型不受支持", "The content type is not supported"),
        Label(
            "用 multipart/form-data、application/json 或 application/x-ndjson。",
            "Send multipart/form-data, application/json or application/x-ndjson.",
        ),
    ),
    "unreadable-question": Kind(
        422,
        Label("参数有误", "A parameter cannot be read"),
        Label("对照接口说明检查参数的名称和类型。", "Compare the parameters with the description."),
    ),
    "unreadable-rows": Kind(
        422,
        Label("行数据无法读取", "The rows cannot be read"),
        Label(
            '写作 {"class": 事项, "rows": [{字段: 值}, …]}。',
            'Write {"class": id, "rows": [{field: value}, …]}.',
        ),
    ),
    "unknown-subject": Kind(
        422,
        Label("没有这一主体", "No such subject"),
        Label("检查统一社会信用代码。", "Check the unified code."),
    ),
    "no-consent": Kind(
        422,
        Label("没有授权", "No consent"),
        Label(
            "请主体出具授权书，并在 consent 中写明编号。",
            "Ask the organisation for its consent and give the number as `consent`.",
        ),
    ),
    "end-not-open": Kind(
        422,
        Label("终止日期不可用", "This end is not open"),
        Label(
            "另选一个一年以内的日期；到期可以再次关注。", "Take a day within a year; follow anew after it."
        ),
    ),
    "words-of-a-person": Kind(
        422,
        Label("内容含有个人号码", "A text holds a person's number"),
        Label("删去个人号码后重试。", "Leave the person's number out and try again."),
    ),
    "followed-already": Kind(
        409,
        Label("已在关注", "Followed already"),
        Label("无需再次关注；查看 GET /follows。", "There is nothing to do; see GET /follows."),
    ),
    "not-sealed": Kind(
        409,
        Label("没有密封", "Not sealed"),
        Label(
            "先申请密封并经批准；不密封的，删去 case_number。",
            "Ask for the seal and have it approved first; to follow openly, leave `case_number` out.",
        ),
    ),
    "no-such-follow": Kind(
        404,
        Label("没有这一关注", "No such follow"),
        Label("使用关注时答复的编号。", "Use the id from the answer to following."),
    ),
    "follow-ended": Kind(
        409,
        Label("关注已终止", "The follow has ended"),
        Label("需要时再次关注。", "Follow anew if you need to."),
    ),
    "unknown-record": Kind(
        422,
        Label("没有这条记录", "No such record"),
        Label(
            "写记录编号；或写文号，并以 subject_code 写明主体。",
            "Name the record by its id, or by its document number with the subject_code.",
        ),
    ),
    "day-ahead": Kind(
        422,
        Label("日期在将来", "The day lies ahead"),
        Label("写申请受理之日或作出决定之日。", "Give the day of the application, or of the decision."),
    ),
    "before-its-record": Kind(
        422,
        Label("决定早于记录", "The decision is older than its record"),
        Label(
            "核对记录和决定日期：修复不早于所修复的决定。",
            "Check the record and the day: a repair is not older than what it repairs.",
        ),
    ),
    "number-of-a-person": Kind(
        422,
        Label("内容含有个人号码", "What would be kept holds a person's number"),
        Label("删去个人号码，或另编一个编号。", "Leave the person's number out, or give another number."),
    ),
    "unknown-matter": Kind(
        422,
        Label("没有这一事项", "No such matter"),
        Label("使用所列的事项代号之一。", "Use one of the matters named."),
    ),
    "moment-to-come": Kind(
        422,
        Label("时刻在将来", "The moment lies ahead"),
        Label("到时再问；可问现在或过去。", "Ask when it has come; ask now of the present or the past."),
    ),
    "too-many-subjects": Kind(
        422,
        Label("一次询问的主体过多", "Too many subjects in one question"),
        Label(
            "分批询问，每批最多 100 个；大批量由平台运行 gongxin screen。",
            "Ask in parts of up to 100; large files are screened by the operator with `gongxin screen`.",
        ),
    ),
    "unfit-words": Kind(
        422,
        Label("文字不能保存", "Words that cannot be kept"),
        Label(
            "写明、缩短，或删去不可显示的字符。", "Fill it in, shorten it, or leave out hidden characters."
        ),
    ),
    "rule-not-named": Kind(
        422,
        Label("答复没有列出这一规则", "The answer names no such rule"),
        Label("使用答复 measures 中的 rule，或省略。", "Use a `rule` of the answer's measures, or none."),
    ),
    "not-that-day": Kind(
        422,
        Label("日期不对", "Not on that day"),
        Label("写询问之日至今日之间的日期。", "Give a day from that of the question to today."),
    ),
    "nothing-to-ask": Kind(
        422,
        Label("没有可以办理的记录", "None of the records can be asked about"),
        Label(
            "答复写明每条记录的原因；改正后以同一编号重发。",
            "The detail says why of each; put it right and push it under the same number.",
        ),
    ),
    "unreadable-body": Kind(
        422,
        Label("内容无法读取", "The body cannot be read"),
        Label(
            "送一个 JSON 对象，字段和写法见接口说明。",
            "Send one JSON object with the fields of the description, each as it is written there.",
        ),
    ),
    "not-its-correction": Kind(
        422,
        Label("不是它的改正", "Not a correction of that submission"),
        Label(
            "corrects 须是本单位同一事项、已校验完毕的批次编号。",
            "`corrects` is the id of a checked submission of your own agency and of the same class.",
        ),
    ),
    "unknown-class": Kind(
        422,
        Label("没有这个目录事项", "No such class"),
        Label("从 /api/v1/catalogue 取事项编号。", "Take the class's id from /api/v1/catalogue."),
    ),
    "unknown-type": Kind(
        422,
        Label("没有这个类型", "No such type"),
        Label(
            "从 /api/v1/reconcile/suggest/type 取类型编号，或不指定类型。",
            "Take the type's id from /api/v1/reconcile/suggest/type, or name none.",
        ),
    ),
    "unknown-property": Kind(
        422,
        Label("没有这个属性", "No such property"),
        Label(
            "从 /api/v1/reconcile/suggest/property 取属性编号；有的属性只能取得，不能用于比对。",
            "Take it from /api/v1/reconcile/suggest/property; some can be fetched and not asked by.",
        ),
    ),
    "month-not-open": Kind(
        422,
        Label("该月不能作零报告", "The month is not open"),
        Label("只能报告过去十二个月中已结束的月份。", "State a month that has ended, of the past twelve."),
    ),
    "no-day-of-decision": Kind(
        422,
        Label("此事项没有决定日期", "The class has no day of a decision"),
        Label("此事项不作零报告。", "Nil returns are for classes whose records have a day of decision."),
    ),
    "no-reason": Kind(
        422,
        Label("没有理由", "No reason"),
        Label("用几个字写明理由，最多 200 个字符。", "Say why in a few words, 200 characters at most."),
    ),
    "reason-of-a-person": Kind(
        422,
        Label("理由含有个人号码", "The reason holds a person's number"),
        Label(
            "删去号码和住址；改写文书名称、文号，或说明情况。",
            "Leave it out: name the document and its number, or say in words what happened.",
        ),
    ),
    "no-file": Kind(
        422,
        Label("没有文件", "No file"),
        Label(
            "文件放在名为 file 的表单项中，且不能为空。",
            "Send it in the form field `file`; it may not be empty.",
        ),
    ),
    "idempotency-conflict": Kind(
        422,
        Label("幂等键已用于另一内容", "The idempotency key was used for another body"),
        Label(
            "内容有改动时换一个键；要重发，则原样重发。",
            "Take another key for another body; to repeat a request, repeat its body unchanged.",
        ),
    ),
    "too-many-requests": Kind(
        429,
        Label("请求过于频繁", "Too many requests"),
        Label(
            "等到 Retry-After 所说的秒数后继续。批量取数请放慢，或与平台联系提高限额。",
            "Go on after the seconds Retry-After says. Ask the operator if your work needs more.",
        ),
    ),
    "fault-on-our-side": Kind(
        500,
        Label("平台方故障", "A fault on our side"),
        Label(
            "已记录。稍后再试；报送以同一幂等键重发。",
            "It is noted. Try again, with the same idempotency key.",
        ),
    ),
    "not-available": Kind(
        503,
        Label("暂时无法提供", "Not available at the moment"),
        Label("等到 Retry-After 所说的秒数后再试。", "Try again after the seconds Retry-After says."),
    ),
    "no-room": Kind(
        507,
        Label("服务器空间不足", "No room"),
        Label("未保存任何内容；通知平台后重发。", "Nothing was kept; tell the operator, then send it again."),
    ),
}
