from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law


@dataclass(frozen=True, slots=True)
class Source:
    """One instrument the law data rests on. `read` says which text of it was read, and where."""

    key: str
    title: Label
    number: str
    in_force: str
    read: str
    confidence: str
    rank: str = ""  # law | administrative-regulation, where a measure rests on it


def source(key: str) -> Source:
    """Return the instrument called `key`. Raises KeyError if `law/sources.yaml` has none."""
    return sources()[key]


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    return {key: _source(key, document) for key, document in read_law("sources.yaml").items()}


def _source(key: str, document: dict[str, Any]) -> Source:
    return Source(
        key=key,
        title=Label(**document["title"]),
        number=document.get("number", ""),
        in_force=str(document.get("in_force", "")),
        read=document["read"],
        confidence=document["confidence"],
        rank=document.get("rank", ""),
    )
