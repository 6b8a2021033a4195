"""What a sender reads when a rule is broken, where the catalogue file gives no words of its own.

`{field}` is the column's label, `{other}` that of the second, `{fields}` all of them, `{0}`, `{1}` the
rule's values, `{values}` all of them, `{when}` its condition in words.
"""

from collections.abc import Mapping

from gongxin.core.catalogue import Condition, Field, Label

CODE_SUFFIX = {"number": "not-a-number", "date": "not-a-date"}

MESSAGES: Mapping[str, Label] = {
    "required": Label(
        "“{field}”没有填写。此项必填。",
        "“{field}” is empty. Every row must have it.",
    ),
    "length": Label(
        "“{field}”超过 {0} 个字符。请缩短到 {0} 个字符以内。",
        "“{field}” is longer than {0} characters. Shorten it to {0} or fewer.",
    ),
    "one-of": Label(
        "“{field}”不是可用的值。请填写：{values}。",
        "“{field}” is not an accepted value. Accepted: {values}.",
    ),
    "list-of": Label(
        "“{field}”中有不可用的值。请从以下各项选填，多项用“；”分隔：{values}。",
        "“{field}” holds a value that is not accepted. Use these, several joined by ；: {values}.",
    ),
    "number": Label(
        "“{field}”不是数字。只填数字，不带单位，如 0.2。",
        "“{field}” is not a number. Give digits only, without a unit, as 0.2.",
    ),
    "precision": Label(
        "“{field}”位数过多。最多 {0} 位数字，其中小数不超过 {1} 位。",
        "“{field}” has too many digits. At most {0} in all, {1} of them decimals.",
    ),
    "range": Label(
        "“{field}”超出允许的范围（{0} 至 {1}，空缺表示不限）。",
        "“{field}” is outside the range allowed ({0} to {1}; nothing means no limit).",
    ),
    "date": Label(
        "“{field}”不是有效的日期。请填写真实存在的日期，如 2026/03/12。",
        "“{field}” is not a date. Give a day that exists, as 2026/03/12.",
    ),
    "identifier": Label(
        "“{field}”没有通过校验。请对照证照核对每一位。",
        "“{field}” does not pass its check. Compare every character with the certificate.",
    ),
    "organisation-part": Label(
        "“{field}”第 9 至 17 位不是有效的组织机构代码。请核对。",
        "Characters 9 to 17 of “{field}” are not a valid organisation code. Please compare them.",
    ),
    "full-width": Label(
        "“{field}”含有全角字符，已按半角处理。请改用半角。",
        "“{field}” holds full-width characters and was read as half-width. Please use half-width.",
    ),
    "required-when": Label(
        "{when}时，“{field}”必须填写。",
        "“{field}” must be filled when {when}.",
    ),
    "empty-when": Label(
        "{when}时，“{field}”必须为空。",
        "“{field}” must be empty when {when}.",
    ),
    "one-of-a-group": Label(
        "{fields}至少填写一项。",
        "At least one of {fields} must be filled.",
    ),
    "pattern": Label(
        "“{field}”的格式不对。",
        "“{field}” is not in the expected form.",
    ),
    "not-in-future": Label(
        "“{field}”晚于今天。请填写实际日期。",
        "“{field}” is later than today. Give the day on which it happened.",
    ),
    "not-before": Label(
        "“{field}”早于 {0}。请核对年份。",
        "“{field}” is earlier than {0}. Please check the year.",
    ),
    "date-order": Label(
        "“{other}”早于“{field}”。请核对两个日期。",
        "“{other}” is earlier than “{field}”. Please check both days.",
    ),
    "amount-unit": Label(
        "“{field}”以万元为单位，这里像是按元填写的。2000 元应填 0.2。",
        "“{field}” is in units of 10,000 yuan and looks as if it were in yuan. 2,000 yuan is 0.2.",
    ),
    "placeholder": Label(
        "{0} 只用于没有统一社会信用代码的个体工商户，并须同时填写有效的工商注册号。",
        "{0} is only for an individual business without a unified code, with its valid registration number.",
    ),
    "person-row": Label(
        "此行是关于自然人的，平台不收集。未保存，不计入数据质量。",
        "This row is about a natural person. It is not collected, not kept and not counted against you.",
    ),
    "person-only-penalty": Label(
        "“{field}”含有只能对个人作出的处罚（{values}），不能记在单位名下。",
        "“{field}” holds a penalty only a person can bear ({values}); no organisation can have it.",
    ),
    "personal-number": Label(
        "“{field}”里有个人号码（身份证号、手机号、银行卡号等）。请删除后重新报送。",
        "“{field}” holds a person's number (identity card, mobile, bank card …). Remove it and send again.",
    ),
    "replacement-character": Label(
        "此行有无法识别的字符（�），说明文件在转码时已损坏。请用原系统重新导出。",
        "The row holds unreadable characters (�): the file was damaged by a conversion. Export it again.",
    ),
    "control-character": Label(
        "此行含有不可见的控制字符。请删除。",
        "The row holds invisible control characters. Please remove them.",
    ),
    "unique-key": Label(
        "本文件中有另一行是同一条记录（{fields}相同），但内容不同。请只保留正确的一行。",
        "Another row of this file is the same record (same {fields}) with other content. Keep the right one.",
    ),
    "folded-row": Label(
        "此行与前面一行完全相同，已合并。",
        "This row is identical to an earlier one and was folded into it.",
    ),
}


def standard_message(
    *,
    kind: str,
    fields: tuple[Field, ...],
    values: tuple[str, ...],
    when: Condition | None = None,
    subject: Field | None = None,
) -> Label:
    """Return the words for one rule. `subject` is the field its condition asks about."""
    return Label(
        zh=_filled_in("zh", kind, fields, values, _condition_in_chinese(when, subject)),
        en=_filled_in("en", kind, fields, values, _condition_in_english(when, subject)),
    )


def _filled_in(
    language: str, kind: str, fields: tuple[Field, ...], values: tuple[str, ...], when: str
) -> str:
    names = [field.label.in_language(language) for field in fields]
    joined = "、".join(f"“{name}”" for name in names) if language == "zh" else ", ".join(names)
    # A rule that asks the same of several fields names them all in one message.
    field = "”、“".join(names) if kind.endswith("-when") or kind == "personal-number" else "".join(names[:1])
    listed = ("、" if language == "zh" else ", ").join(_as_written(value, fields) for value in values)
    return (
        MESSAGES[kind]
        .in_language(language)
        .format(
            *values,
            field=field,
            other="".join(names[1:2]),
            fields=joined,
            values=listed,
            when=when,
        )
    )


def _as_written(value: str, fields: tuple[Field, ...]) -> str:
    """Return an accepted value as a clerk would write it: 涉及个人隐私, not `privacy`."""
    aliases = (fields[0].code_aliases or {}) if fields and value.isascii() and value.islower() else {}
    named = [alias for alias, code in aliases.items() if code == value]
    return named[0] if named else value.replace("-*", "-…")


def _condition_in_chinese(when: Condition | None, subject: Field | None) -> str:
    if when is None or subject is None:
        return ""
    values = "或".join(when.values)
    words = {"filled": "已填写", "empty": "为空", "equals": f"为{values}", "contains": f"含有{values}"}
    return f"“{subject.label.zh}”{words.get(when.test, f'不是{values}')}"


def _condition_in_english(when: Condition | None, subject: Field | None) -> str:
    if when is None or subject is None:
        return ""
    values = " or ".join(when.values)
    words = {
        "filled": "is filled",
        "empty": "is empty",
        "equals": f"is {values}",
        "contains": f"contains {values}",
    }
    return f"“{subject.label.en}” {words.get(when.test, f'is not {values}')}"
