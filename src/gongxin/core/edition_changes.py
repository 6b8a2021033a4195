"""What an edition changes against another: classes, their fields and rules, and of each what it was and is.

Source: law-decisions 23 (an edition says what it changed).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from gongxin.core.catalogue import Citation, Condition, InformationClass, Label, Layout
from gongxin.core.catalogue_edition import CHANGES, Edition
from gongxin.core.catalogue_text import FIELD_LIST
from gongxin.core.edition_words import VALUED, VALUES

ADDED, REMOVED, CHANGED = CHANGES
_TOLD_APART = frozenset({"id", "fields", "rules"})
_FEW = 3  # entries of a list that are told as one value; of a longer one what came and what went
_NONE = Label("（无）", "(none)")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise: what it was and is; of a long list what came and what went."""

    name: str
    old: Label | None = None
    new: Label | None = None
    removed: tuple[Label, ...] = ()
    added: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class PartChange:
    """One field or rule of a class that came, went or reads otherwise."""

    part: str  # field | rule
    key: str
    label: Label
    change: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One class that came, went or reads otherwise; `differences` are those beside fields and rules."""

    class_id: str
    label: Label
    change: str
    parts: tuple[PartChange, ...] = ()
    differences: tuple[Difference, ...] = ()


def edition_changes(
    before: Mapping[str, InformationClass], after: Mapping[str, InformationClass]
) -> list[ClassChange]:
    """Return what `after` changes: new classes first, then dropped ones, then changed ones."""
    added = [ClassChange(key, one.label, ADDED) for key, one in after.items() if key not in before]
    removed = [ClassChange(key, one.label, REMOVED) for key, one in before.items() if key not in after]
    both = [(before[key], after[key]) for key in after if key in before]
    return [*added, *removed, *(_changed(old, new) for old, new in both if old != new)]


def unnamed(changes: Collection[ClassChange], described: Edition) -> list[ClassChange]:
    """Return the changes of classes that the edition's own list of changes does not name."""
    named = {change.information_class for change in described.changes}
    return [one for one in changes if one.class_id not in named]


def _changed(old: InformationClass, new: InformationClass) -> ClassChange:
    own_fields = _parts("field", _by_key(old.fields, "key"), _by_key(new.fields, "key"), "label")
    rules = _parts("rule", _by_key(old.rules, "code"), _by_key(new.rules, "code"), "message")
    return ClassChange(new.id, new.label, CHANGED, (*own_fields, *rules), tuple(_differences(old, new)))


def _by_key(parts: tuple[Any, ...], key: str) -> dict[str, Any]:
    return {getattr(one, key): one for one in parts}


def _parts(part: str, old: Mapping[str, Any], new: Mapping[str, Any], named: str) -> Iterator[PartChange]:
    for key, one in new.items():
        if key not in old:
            yield PartChange(part, key, getattr(one, named), ADDED)
        elif old[key] != one:
            yield PartChange(part, key, getattr(one, named), CHANGED, tuple(_differences(old[key], one)))
    for key, one in old.items():
        if key not in new:
            yield PartChange(part, key, getattr(one, named), REMOVED)


def _differences(old: Any, new: Any) -> Iterator[Difference]:
    """Yield what differs between two classes, fields or rules; a class's own form follows its fields."""
    for name in (one.name for one in fields(new)):
        was, now = getattr(old, name), getattr(new, name)
        if was == now or (isinstance(new, InformationClass) and name in _TOLD_APART):
            continue
        if name == "layouts":
            was, now = _columns(was[1:]), _columns(now[1:])
        if name == "statutory":
            was, now = _without_field_list(was), _without_field_list(now)
        if was != now:
            yield _difference(name, was, now)


def _difference(name: str, was: Any, now: Any) -> Difference:
    old, new = _entries(was), _entries(now)
    if name in VALUED:
        old, new = ([VALUES.get(one.zh, one) for one in entries] for entries in (old, new))
    removed = tuple(one for one in old if one not in new)
    added = tuple(one for one in new if one not in old)
    if max(len(old), len(new)) <= _FEW or not (removed or added):
        return Difference(name, _joined(old), _joined(new))
    return Difference(name, removed=removed, added=added)


def _entries(value: Any) -> list[Label]:
    """Return a value as what it consists of, in words; an empty one of nothing."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return [Label(f"{key}：{one}", f"{key}: {one}") for key, one in value.items()]
    if isinstance(value, tuple):
        return [_words(one) for one in value]
    return [_words(value)]


def _words(value: Any) -> Label:
    if isinstance(value, Label):
        return value
    if isinstance(value, bool):
        return Label("是", "yes") if value else Label("否", "no")
    if isinstance(value, Citation):
        return _plain(f"{value.source} {value.article} [{value.confidence}]")
    if isinstance(value, Condition):
        return _plain(" ".join((value.field, value.test, *value.values)))
    return _plain(str(value))


def _plain(text: str) -> Label:
    return Label(text, text)


def _joined(entries: list[Label]) -> Label:
    if not entries:
        return _NONE
    return Label("、".join(one.zh for one in entries), ", ".join(one.en for one in entries))


def _columns(layouts: tuple[Layout, ...]) -> tuple[str, ...]:
    """Return what each form says of its columns, line by line."""
    return tuple(line for one in layouts for line in _lines_of(one))


def _lines_of(layout: Layout) -> Iterator[str]:
    yield f"{layout.id} {layout.label.zh} {layout.in_force_from}".rstrip()
    yield from (f"{layout.id}: {header} → {key}" for header, key in layout.columns.items())
    for key, headers in layout.joins.items():
        yield f"{layout.id}: {' + '.join(headers)} → {key}"
    yield from (f"{layout.id}: {key} *" for key in layout.required)


def _without_field_list(statutory: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in statutory.items() if name != FIELD_LIST}
