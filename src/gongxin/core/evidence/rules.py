"""What `law/evidence.yaml` says: limits, types, and what a person is told of a file that is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.law_files import read_law


class Fault(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TOO_MUCH = "too-much"
    PROGRAM = "program"
    MARKUP = "markup"
    UNKNOWN_TYPE = "unknown-type"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    UNSAFE_PACKAGE = "unsafe-package"
    CARRIES_PROGRAM = "carries-program"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken. Bytes, files, characters as the names say."""

    file_bytes: int
    files: int
    case_bytes: int
    name_characters: int
    packed_files: int
    unpacked_bytes: int
    streams: int


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What is wrong, by which rule, and what would be right."""

    wrong: Label
    rule: Label
    right: Label
    citation: Citation


@lru_cache(maxsize=1)
def limits() -> Limits:
    return Limits(**_law()["limits"])


@lru_cache(maxsize=1)
def media_types() -> Mapping[str, str]:
    """Return the media type of each kind of file that is taken, by the ending its name gets."""
    return {ending: one["media_type"] for ending, one in _law()["types"].items()}


def words_of(fault: Fault) -> FaultWords:
    law = _law()
    told = law["faults"][fault.value]
    return FaultWords(
        wrong=Label(**told["wrong"]),
        rule=Label(**law["rule"]),
        right=Label(**told["right"]),
        citation=Citation(law["source"], law["article"], law["confidence"]),
    )


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("evidence.yaml")
    return document
