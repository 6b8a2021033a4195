"""The words of which names are made, ready to be looked for: `law/name_parts.yaml`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law

LONGEST_TRADE = 10


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    return frozenset(_parts()["trades"].split())


@lru_cache(maxsize=1)
def families() -> Mapping[str, str]:
    """Return the family of every legal form."""
    return {form: family for family, forms in _parts()["forms"].items() for form in forms}


@lru_cache(maxsize=1)
def form_at_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_longest_first(families())})$")


@lru_cache(maxsize=1)
def branches() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a name that goes on behind its own legal form: `head` and `branch`.

    The first is that of companies, behind which anything may follow; the second of those whose branches are
    known by their endings.
    """
    parts = _parts()
    companies = f"(?P<head>.+?(?:{_longest_first(parts['heads_of_any'])}))(?P<branch>.{{2,}})$"
    others = (
        f"{re.escape(head)}(?=.*(?:{_longest_first(ends)})$)" for head, ends in parts["heads_of"].items()
    )
    return re.compile(companies), re.compile(f"(?P<head>.+?(?:{'|'.join(others)}))(?P<branch>.{{2,}})$")


@lru_cache(maxsize=1)
def more_simplified() -> Mapping[int, str]:
    """Return a table for `str.translate` of the traditional characters the normal form does not know."""
    return {ord(pair[0]): pair[1] for pair in read_law("traditional.yaml")["traditional"].split()}


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
