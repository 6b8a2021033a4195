"""Questions that are a person's number: neither looked for nor repeated (law-decisions 13)."""

from gongxin.core.identifiers.identify import CodeKind, identify
from gongxin.core.leaks import holds_personal_number


def is_about_a_person(question: str) -> bool:
    """Return whether a question holds a person's number, be it mistyped by a digit."""
    words = question.replace("=", " ").replace("&", " ").split()
    return holds_personal_number(question) or any(identify(word).kind is CodeKind.RESIDENT for word in words)
