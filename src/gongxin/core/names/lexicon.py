"""The words of which names are made, ready to be looked for: `law/name_parts.yaml`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law
from gongxin.core.names.words import simplified_of


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    return frozenset(_parts()["trades"].split())


@lru_cache(maxsize=1)
def trade_lengths() -> Mapping[str, tuple[int, ...]]:
    """Return how long the trades are that end in a character, the longest first."""
    return lengths_by(-1, trades())


@lru_cache(maxsize=1)
def families() -> Mapping[str, str]:
    """Return the family of every legal form."""
    return {form: family for family, forms in _parts()["forms"].items() for form in forms}


def form_begins(name: str, *, after: int) -> int:
    """Return where the legal form at the end of `name` begins, behind `after`; its length if it has none."""
    known = families()
    for length in _form_lengths().get(name[-1:], ()):
        if length <= len(name) - after and name[-length:] in known:
            return len(name) - length
    return len(name)


@lru_cache(maxsize=1)
def _form_lengths() -> Mapping[str, tuple[int, ...]]:
    return lengths_by(-1, families())


def lengths_by(at: int, words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return how long the words are that have a character at `at`, the longest first."""
    found = defaultdict[str, set[int]](set)
    for word in words:
        found[word[at]].add(len(word))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def branch_begins(name: str) -> int:
    """Return where in `name` a branch begins, behind a legal form that is not its end; its length if none.

    Behind some forms anything may follow; other branches are known by their endings.
    """
    any_head = _heads_of_any().search(name, 1, len(name) - 2)
    if any_head:
        return any_head.end()
    found = _behind_others(name) if name.endswith(_branch_endings()) else []
    return min(found, default=(0, len(name)))[1]


@lru_cache(maxsize=1)
def _heads_of_any() -> re.Pattern[str]:
    return re.compile(_longest_first(_parts()["heads_of_any"]))


def _behind_others(name: str) -> list[tuple[int, int]]:
    """Return where the heads whose branches `name` ends with begin and end in it."""
    heads = ((head, name.find(head, 1), ends) for head, ends in _parts()["heads_of"].items())
    found = ((at, at + len(head), tuple(ends)) for head, at, ends in heads if at > 0)
    return [(at, end) for at, end, ends in found if len(name) - end >= 2 and name[end:].endswith(ends)]


@lru_cache(maxsize=1)
def _branch_endings() -> tuple[str, ...]:
    return tuple({end for ends in _parts()["heads_of"].values() for end in ends})


@lru_cache(maxsize=1)
def shorts() -> tuple[Mapping[str, str], Mapping[str, tuple[int, ...]], Mapping[str, str]]:
    """Return what ends are short for, their lengths by their last character, and what ends a number."""
    parts = _parts()
    return parts["shorts"], lengths_by(-1, parts["shorts"]), parts["numbered_shorts"]


@lru_cache(maxsize=1)
def same_forms() -> Mapping[str, str]:
    """Return forms that are written otherwise too, each with the other."""
    found: Mapping[str, str] = _parts()["same_forms"]
    return found


def look_alike(one: str, other: str) -> bool:
    """Return whether two characters are taken for each other by their shape."""
    return other in _alike().get(one, ())


@lru_cache(maxsize=1)
def _alike() -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for group in _parts()["alike"].split():
        for character in group:
            found[character] |= set(group) - {character}
    return {character: frozenset(others) for character, others in found.items()}


@lru_cache(maxsize=1)
def more_simplified() -> Mapping[int, str]:
    """Return a table for `str.translate` of the traditional characters the normal form does not know."""
    return {ord(pair[0]): pair[1] for pair in read_law("traditional.yaml")["traditional"].split()}


@lru_cache(maxsize=1)
def plain() -> re.Pattern[str]:
    """Return the pattern of a name that stands in its normal form: Han characters, none traditional."""
    han = map(chr, range(0x4E00, 0xA000))
    tables = (*simplified_of().items(), *more_simplified().items())
    odd = {chr(many) for many, one in tables if chr(many) != one}
    return re.compile(f"[{''.join(one for one in han if one not in odd)}]+")


@lru_cache(maxsize=1)
def slips() -> tuple[re.Pattern[str], Mapping[str, str]]:
    meant: dict[str, str] = _parts()["slips"]
    return re.compile(_longest_first(meant)), meant


def _longest_first(words: Any) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _parts() -> dict[str, Any]:
    document: dict[str, Any] = read_law("name_parts.yaml")
    return document
