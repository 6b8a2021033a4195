"""What is refused about checks."""

from collections.abc import Sequence

from gongxin.core.catalogue import Label
from gongxin.core.checks import Unfit, UnfitWords
from gongxin.core.measures import matters
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.refused import Refused

RETRY_SECONDS = "60"


def unknown_matter() -> Refused:
    known = ", ".join(matters())
    return Refused(
        422,
        "unknown-matter",
        Label(f"没有这一事项。可用：{known}。", f"There is no such matter. Known: {known}."),
    )


def moment_ahead() -> Refused:
    return Refused(
        422,
        "moment-to-come",
        Label(
            "所问时刻在将来，今日无法答复。",
            "The moment lies ahead: nobody can be told today what will hold.",
        ),
    )


def too_many_subjects(asked: int, most: int) -> Refused:
    return Refused(
        422,
        "too-many-subjects",
        Label(
            f"一次最多询问 {most} 个主体（此次 {asked} 个）。大批量请用命令 gongxin screen，由平台运行。",
            f"One question may name {most} subjects, not {asked}. Screen large files with the command"
            " `gongxin screen`, which the operator runs.",
        ),
    )


def unfit(words: UnfitWords) -> Refused:
    """Return the refusal of a purpose, a case number or a note that cannot be kept."""
    if words.why is Unfit.PERSON:
        return refusals.number_of_a_person(words.field)
    said = {
        Unfit.MISSING: Label("不能为空", "must be given"),
        Unfit.TOO_LONG: Label("过长", "is too long"),
        Unfit.HIDDEN: Label("含有不可显示的字符", "holds characters that cannot be shown"),
    }[words.why]
    return Refused(422, "unfit-words", Label(f"{words.field} {said.zh}。", f"{words.field} {said.en}."))


def asked_otherwise() -> Refused:
    return Refused(
        409,
        "asked-otherwise",
        Label("此 Idempotency-Key 已用于另一询问。", "This Idempotency-Key was used for another question."),
    )


def no_signing_key() -> Refused:
    return Refused(
        503,
        "not-available",
        Label("没有签名密钥，暂时无法答复。", "No key signs answers, so nothing can be answered."),
        {"Retry-After": RETRY_SECONDS},
    )


def no_such_check() -> Refused:
    """Return the one answer for what is not there and for what another agency asked."""
    return Refused(404, "no-such-check", Label("没有这次核查。", "There is no such check."))


def nothing_changed() -> Refused:
    return Refused(
        409,
        "nothing-changed",
        Label("此答复没有变动，或没有所指的变动。", "This answer has not changed, or has no such change."),
    )


def rule_not_named(named: Sequence[str]) -> Refused:
    rules = ", ".join(named) or "—"
    return Refused(
        422,
        "rule-not-named",
        Label(
            f"答复没有列出这一规则。答复列出：{rules}。", f"The answer names no such rule. It names: {rules}."
        ),
    )


def not_that_day() -> Refused:
    return Refused(
        422,
        "not-that-day",
        Label("日期在将来，或早于询问之日。", "The day lies ahead, or before the question was asked."),
    )
