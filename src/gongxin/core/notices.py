"""What a notice says: its kind and its facts put in words (`law/notices.yaml`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice in one language."""

    title: str
    paragraphs: tuple[str, ...]


def notice_text(kind: str, facts: Mapping[str, Any], *, language: str) -> NoticeText:
    """Return the words of a notice; a paragraph that lacks a fact is left out.

    `facts` are in words already, in that language. Raises KeyError for a kind without words.
    """
    words = _words_of(kind)
    tongue = "en" if language.startswith("en") else "zh"
    title = _PLACE.sub(lambda place: str(facts.get(place[1], "")), words["title"][tongue])
    return NoticeText(title.strip(), tuple(_paragraphs(words["paragraphs"], tongue, facts)))


def _paragraphs(paragraphs: list[dict[str, str]], tongue: str, facts: Mapping[str, Any]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = paragraph[tongue]
        if all(facts.get(name) not in {None, ""} for name in _PLACE.findall(text)):
            yield _PLACE.sub(lambda place: str(facts[place[1]]), text)


def _words_of(kind: str) -> dict[str, Any]:
    kinds = _law()["kinds"]
    found: dict[str, Any] = kinds.get(kind) or (kinds["case"] if kind.startswith("case.") else kinds[kind])
    return found


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("notices.yaml")
    return document
