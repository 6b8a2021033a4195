"""What the public API refuses, each with a code to program against and words to read."""

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.refused import Refused


def not_found() -> Refused:
    """Return the one answer for what is not there and for what is not shown."""
    return Refused(404, "not-found", Label("没有公示这样的内容。", "Nothing is shown at this address."))


def no_longer_shown() -> Refused:
    return Refused(410, "no-longer-shown", Label("该信息已停止公示。", "This record is no longer shown."))


def too_short() -> Refused:
    return Refused(
        400, "too-short", Label("请至少输入两个字。", "Give two characters of a name or more, or a code.")
    )


def not_held_here() -> Refused:
    """Return the answer to a question about a person; the number is neither kept nor repeated."""
    return Refused(
        400, "not-held-here", Label("本平台不收集自然人信息。", "Nothing about private persons is held here.")
    )


def unreadable_moment() -> Refused:
    return Refused(
        400,
        "unreadable-moment",
        Label(
            "at 应为日期或带时区的时刻。", "`at` must be an ISO date, or an instant with its offset from UTC."
        ),
    )


def moment_ahead() -> Refused:
    return Refused(400, "moment-ahead", Label("at 不能晚于现在。", "`at` must not lie in the future."))


def unreadable_question() -> Refused:
    return Refused(422, "unreadable-question", Label("参数有误。", "A parameter cannot be read."))


def too_many_queries(most: int) -> Refused:
    return Refused(
        422,
        "unreadable-question",
        Label(f"每次提出 1 至 {most} 个查询。", f"Ask between 1 and {most} queries at once."),
    )
