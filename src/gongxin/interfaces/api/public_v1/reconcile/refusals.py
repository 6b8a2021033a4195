"""What the reconciliation service refuses. Nothing of the question is repeated."""

from collections.abc import Iterable

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.refused import Refused


def unreadable(parameter: str, place: str = "") -> Refused:
    """Return the refusal of a text that is not the JSON the specification asks for, with the place in it."""
    zh, en = (f"（{place}）", f" ({place})") if place else ("", "")
    return Refused(
        422,
        "unreadable-question",
        Label(
            f"{parameter} 不是 Reconciliation API 0.2 规定的 JSON{zh}。",
            f"`{parameter}` is not the JSON that Reconciliation API 0.2 asks for{en}.",
        ),
    )


def nothing_asked() -> Refused:
    return Refused(
        422,
        "unreadable-question",
        Label("表单中没有 queries 或 extend。", "The form has neither `queries` nor `extend`."),
    )


def unreadable_callback() -> Refused:
    return Refused(
        422,
        "unreadable-question",
        Label(
            "callback 应为 JavaScript 函数名，最多 100 个字符。",
            "`callback` is the name of a JavaScript function, of 100 characters at most.",
        ),
    )


def too_many(parameter: str, most: int) -> Refused:
    return Refused(
        413,
        "batch-too-large",
        Label(f"{parameter} 一次最多 {most} 项。", f"`{parameter}` may have {most} entries at once."),
    )


def unknown_type(known: Iterable[str]) -> Refused:
    ids = ", ".join(known)
    return Refused(
        422, "unknown-type", Label(f"没有这个类型。可用：{ids}。", f"There is no such type. Known: {ids}.")
    )


def unknown_property(known: Iterable[str]) -> Refused:
    ids = ", ".join(known)
    return Refused(
        422,
        "unknown-property",
        Label(f"没有这个属性，或它不能用于此处。可用：{ids}。", f"No such property here. Known: {ids}."),
    )
