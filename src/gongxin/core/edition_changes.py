"""What an edition changes against another: classes, their fields and rules by name, and what else of them.

Source: law-decisions 23 (an edition says what it changed).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.catalogue_edition import CHANGES

ADDED, REMOVED, CHANGED = CHANGES
_TOLD_APART = frozenset({"id", "fields", "rules"})


@dataclass(frozen=True, slots=True)
class PartChange:
    """One field or rule of a class that came, went or reads otherwise."""

    part: str  # field | rule
    key: str
    label: Label
    change: str


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One class that came, went or reads otherwise; `others` names what differs beside fields and rules."""

    class_id: str
    label: Label
    change: str
    parts: tuple[PartChange, ...] = ()
    others: tuple[str, ...] = ()


def edition_changes(
    before: Mapping[str, InformationClass], after: Mapping[str, InformationClass]
) -> list[ClassChange]:
    """Return what `after` changes: new classes first, then dropped ones, then changed ones."""
    added = [ClassChange(key, one.label, ADDED) for key, one in after.items() if key not in before]
    removed = [ClassChange(key, one.label, REMOVED) for key, one in before.items() if key not in after]
    both = [(before[key], after[key]) for key in after if key in before]
    return [*added, *removed, *(_changed(old, new) for old, new in both if old != new)]


def _changed(old: InformationClass, new: InformationClass) -> ClassChange:
    own_fields = _parts("field", _by_key(old.fields, "key"), _by_key(new.fields, "key"), "label")
    rules = _parts("rule", _by_key(old.rules, "code"), _by_key(new.rules, "code"), "message")
    others = [
        one.name
        for one in fields(InformationClass)
        if one.name not in _TOLD_APART and getattr(old, one.name) != getattr(new, one.name)
    ]
    return ClassChange(new.id, new.label, CHANGED, (*own_fields, *rules), tuple(others))


def _by_key(parts: tuple[Any, ...], key: str) -> dict[str, Any]:
    return {getattr(one, key): one for one in parts}


def _parts(part: str, old: Mapping[str, Any], new: Mapping[str, Any], named: str) -> Iterator[PartChange]:
    for key, one in new.items():
        if key not in old:
            yield PartChange(part, key, getattr(one, named), ADDED)
        elif old[key] != one:
            yield PartChange(part, key, getattr(one, named), CHANGED)
    for key, one in old.items():
        if key not in new:
            yield PartChange(part, key, getattr(one, named), REMOVED)
