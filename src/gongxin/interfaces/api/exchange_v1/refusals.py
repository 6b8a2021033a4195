"""What the exchange API refuses, each with a code to program against and words to read."""

from collections.abc import Sequence
from datetime import date

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.refused import Refused

RETRY_SECONDS = "1"


def no_key() -> Refused:
    return Refused(
        401,
        "no-key",
        Label("缺少有效的接口密钥。", "A valid agency key is needed."),
        {"WWW-Authenticate": "Bearer"},
    )


def not_permitted() -> Refused:
    return Refused(403, "not-permitted", Label("此密钥无权进行该操作。", "This key may not do this."))


def no_such_submission() -> Refused:
    """Return the one answer for what is not there and for what another agency sent."""
    return Refused(404, "no-such-submission", Label("没有这个报送批次。", "There is no such submission."))


def idempotency_key_missing() -> Refused:
    return Refused(
        400,
        "idempotency-key-missing",
        Label("缺少 Idempotency-Key 请求头。", "The header Idempotency-Key is missing."),
    )


def idempotency_key_too_long(limit: int) -> Refused:
    return Refused(
        400,
        "idempotency-key-too-long",
        Label(f"Idempotency-Key 最多 {limit} 个字符。", f"Idempotency-Key may have {limit} characters."),
    )


def idempotency_key_of_a_person() -> Refused:
    return Refused(
        400,
        "idempotency-key-of-a-person",
        Label(
            "Idempotency-Key 会被保存，不得含有个人号码。",
            "Idempotency-Key is kept and may hold no person's number.",
        ),
    )


def idempotency_key_reserved() -> Refused:
    return Refused(
        400,
        "idempotency-key-reserved",
        Label(
            "Idempotency-Key 不得以 staging- 或 form- 开头。",
            "Idempotency-Key may not begin with staging- or form-.",
        ),
    )


def unreadable_idempotency_key() -> Refused:
    return Refused(
        400,
        "unreadable",
        Label(
            "Idempotency-Key 含有不可显示的字符。", "Idempotency-Key holds characters that cannot be shown."
        ),
    )


def used_for_another_body() -> Refused:
    return Refused(
        422,
        "idempotency-conflict",
        Label("此 Idempotency-Key 已用于另一内容。", "This Idempotency-Key was used for another body."),
    )


def still_running() -> Refused:
    return Refused(
        409,
        "still-running",
        Label(
            "同一 Idempotency-Key 的请求仍在处理。", "A request with this Idempotency-Key is still running."
        ),
        {"Retry-After": RETRY_SECONDS},
    )


def not_its_correction() -> Refused:
    return Refused(
        422,
        "not-its-correction",
        Label(
            "只能改正同一事项、已校验完毕的批次。",
            "Only a submission of the same class that was checked can be corrected.",
        ),
    )


def not_waiting() -> Refused:
    return Refused(
        409,
        "not-waiting",
        Label("此批次没有在等待确认。", "This submission does not wait to be confirmed."),
    )


def no_file() -> Refused:
    return Refused(422, "no-file", Label("没有文件，或文件是空的。", "There is no file, or it is empty."))


def too_large() -> Refused:
    return Refused(
        413,
        "too-large",
        Label(
            "内容过大。行数多时请用文件或 application/x-ndjson。",
            "The body is too large. Send many rows as a file or as application/x-ndjson.",
        ),
    )


def no_room() -> Refused:
    return Refused(
        507, "no-room", Label("服务器空间不足，未保存任何内容。", "The server has no room; nothing was kept.")
    )


def unreadable_rows() -> Refused:
    return Refused(
        422,
        "unreadable-rows",
        Label(
            '内容应为 JSON：{"class": 事项, "rows": [{字段: 值}, …]}。',
            'The body must be JSON: {"class": id, "rows": [{field: value}, …]}.',
        ),
    )


def unknown_content_type() -> Refused:
    return Refused(
        415,
        "unknown-content-type",
        Label(
            "请用 multipart/form-data、application/json 或 application/x-ndjson。",
            "Send multipart/form-data, application/json or application/x-ndjson.",
        ),
    )


def not_checked_yet() -> Refused:
    return Refused(409, "not-checked-yet", Label("尚未校验完毕。", "The check has not finished yet."))


def unreadable_question() -> Refused:
    return Refused(422, "unreadable-question", Label("参数有误。", "A parameter cannot be read."))


def no_such_nil_return() -> Refused:
    """Return the one answer for what is not there and for what another agency stated."""
    return Refused(404, "no-such-nil-return", Label("没有这份零报告。", "There is no such nil return."))


def unreadable_body(form: Label) -> Refused:
    return Refused(
        422, "unreadable-body", Label(f"内容应为 JSON：{form.zh}。", f"The body must be JSON: {form.en}.")
    )


def month_not_open(months: Sequence[date]) -> Refused:
    """Return the refusal of a month that is none of `months`, the newest first."""
    first, last = f"{months[-1]:%Y-%m}", f"{months[0]:%Y-%m}"
    return Refused(
        422,
        "month-not-open",
        Label(
            f"只能报告已结束的月份，最早一年前：{first} 至 {last}。",
            f"The month must have ended, within the past year: {first} to {last}.",
        ),
    )


def no_day_of_decision() -> Refused:
    return Refused(
        422,
        "no-day-of-decision",
        Label(
            "此事项的记录没有决定日期，不作零报告。",
            "Records of this class have no day of a decision, so no month can be without them.",
        ),
    )


def not_nil(count: int) -> Refused:
    """Return the refusal of a nil return for a month of which `count` records are here."""
    here = "1 record of that month is" if count == 1 else f"{count} records of that month are"
    return Refused(
        409,
        "not-nil",
        Label(f"不是零报告：该月的记录已有 {count} 条报送到本平台。", f"Not a nil return: {here} here."),
    )


def withdrawn_already() -> Refused:
    return Refused(
        409, "withdrawn-already", Label("这份零报告已经撤回。", "This nil return has been withdrawn already.")
    )


def no_reason(shortest: int, longest: int) -> Refused:
    return Refused(
        422,
        "no-reason",
        Label(
            f"理由须为 {shortest} 至 {longest} 个可显示的字符。",
            f"The reason must be {shortest} to {longest} characters that can be shown.",
        ),
    )


def reason_of_a_person() -> Refused:
    return Refused(
        422,
        "reason-of-a-person",
        Label(
            "理由会被保存，不得含有个人号码或住址。",
            "The reason is kept and may hold no person's number or home address.",
        ),
    )


def no_such_subject() -> Refused:
    return Refused(
        422,
        "unknown-subject",
        Label("本平台没有这一统一社会信用代码的主体。", "Nobody here bears this unified code."),
    )


def no_such_record() -> Refused:
    return Refused(
        422,
        "unknown-record",
        Label("没有这条记录，或者文号对应多条。", "There is no such record, or two bear the number."),
    )


def no_such_case() -> Refused:
    return Refused(
        404, "no-such-case", Label("没有以此编号推送的申请。", "Nothing was pushed under this number.")
    )


def day_ahead() -> Refused:
    return Refused(422, "day-ahead", Label("日期在将来。", "The day lies ahead."))


def before_its_record() -> Refused:
    return Refused(
        422,
        "before-its-record",
        Label("修复决定早于所修复的记录。", "The repair is older than the record it would repair."),
    )


def number_of_a_person(field: str = "external_number") -> Refused:
    return Refused(
        422,
        "number-of-a-person",
        Label(
            f"{field} 会被保存，不得含有个人号码。",
            f"{field} is kept and may hold no person's number.",
        ),
    )


def pushed_otherwise() -> Refused:
    return Refused(
        409,
        "pushed-otherwise",
        Label("此编号已用于另一内容的申请。", "Another body was pushed under this number."),
    )


def nothing_to_ask(refused: Sequence[tuple[str, Label]]) -> Refused:
    """Return the refusal of an application of which no record can be asked about; it says why of each."""
    return Refused(
        422,
        "nothing-to-ask",
        Label(
            "；".join(f"{record}：{why.zh}" for record, why in refused) + "。",
            "; ".join(f"{record}: {why.en}" for record, why in refused) + ".",
        ),
    )
