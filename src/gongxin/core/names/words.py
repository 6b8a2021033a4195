from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law


@lru_cache(maxsize=1)
def organisational_elements() -> tuple[str, ...]:
    """Return the words that, anywhere in a name in normal form, say it is an organisation's."""
    groups = _names()["organisational_elements"].values()
    return tuple(word.upper() for group in groups for word in group)


def organisational_endings() -> tuple[str, ...]:
    """Return the single characters that say so at the end of a name of three characters or more."""
    return words("organisational_endings")


def words(key: str) -> tuple[str, ...]:
    return tuple(_names()[key])


@lru_cache(maxsize=1)
def simplified_of() -> Mapping[int, str]:
    """Return a table for `str.translate` from traditional to simplified characters."""
    return {ord(pair[0]): pair[1] for pair in _names()["traditional"].split()}


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    document: dict[str, Any] = read_law("names.yaml")
    return document
