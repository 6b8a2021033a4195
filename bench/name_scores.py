"""What answers to labelled pairs come to: precision, recall, F1, and each kind by itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# What must not be taken for one, by what it is called in the answer.
FLOORS: Mapping[str, tuple[str, ...]] = {
    "one_character_brand_false": ("one_character_of_the_brand", "one_character_and_damage"),
    "branch_as_parent": ("branch_and_parent", "bank_and_branch"),
}


class Pair(NamedTuple):
    kind: str
    is_one: bool
    name: str
    others: tuple[str, ...]  # the name now, and former ones


def scores(pairs: Sequence[Pair], said: Iterable[bool]) -> dict[str, float]:
    """Return precision, recall and F1 of what was said: whether each pair is, or may be, one."""
    told = list(zip((pair.is_one for pair in pairs), said, strict=True))
    right, wrong, missed = (told.count(kind) for kind in ((True, True), (False, True), (True, False)))
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "f1": round(2 * right / max(1, 2 * right + wrong + missed), 4),
    }


def wrongly_one(pairs: Sequence[Pair], said: Sequence[bool]) -> dict[str, float]:
    """Return the share taken for one of those kinds that have a floor."""
    known = {pair.kind for pair in pairs}
    return {name: _share(pairs, said, kinds) for name, kinds in FLOORS.items() if not known.isdisjoint(kinds)}


def _share(pairs: Sequence[Pair], said: Sequence[bool], kinds: Sequence[str]) -> float:
    of_kind = [one for pair, one in zip(pairs, said, strict=True) if pair.kind in kinds]
    return round(sum(of_kind) / max(1, len(of_kind)), 4)


def by_kind(pairs: Sequence[Pair], said: Sequence[bool]) -> dict[str, dict[str, Any]]:
    """Return of each kind how many pairs it has and its recall, or its share taken for one wrongly."""
    found: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for pair, one in zip(pairs, said, strict=True):
        found[pair.kind, pair.is_one].append(one)
    return {
        kind: {"pairs": len(ones), "recall" if is_one else "false": round(sum(ones) / len(ones), 4)}
        for (kind, is_one), ones in found.items()
    }
