"""The checks that rejected rows, in words. A warning rejects nothing, and a person's row is no fault (R1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongxin.core.catalogue import Label, Rule, Severity
from gongxin.registry.catalogue.queries import classes_by_id

_UNREADABLE = Label("此行无法读取。", "This row cannot be read.")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one class and how often rows failed it."""

    class_id: str
    code: str
    count: int
    message: Label
    example: str = ""
    href: str = ""

    def leading_to(self, href: str) -> "Check":
        return replace(self, href=href)


def failing_checks(failed: Mapping[tuple[str, str], int], *, on: date) -> list[Check]:
    """Return those that reject rows; a code that no rule has is of a row that cannot be read."""
    rules = {(one.id, rule.code): rule for one in classes_by_id(on=on).values() for rule in one.rules}
    found = [
        (class_id, code, count, rules.get((class_id, code))) for (class_id, code), count in failed.items()
    ]
    return [
        _check(class_id, code, count, rule)
        for class_id, code, count, rule in found
        if rule is None or rule.severity is Severity.ERROR
    ]


def _check(class_id: str, code: str, count: int, rule: Rule | None) -> Check:
    if rule is None:
        return Check(class_id, code, count, _UNREADABLE)
    return Check(class_id, code, count, rule.message, rule.example)
