"""A decision about a record as a paper to hand to others: what it says, and the code by which it is verified.

The words are data (`law/decision_papers.yaml`). A paper is kept as it was made, without its code; the code
is reckoned from it under a key, so that neither a number nor a text can be made up.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law
from gongxin.core.letters import Paper, written

CODE_BYTES = 10  # 16 signs: nobody guesses one
GROUP = 4
# What people write for signs that look alike.
_ALIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})


@dataclass(frozen=True, slots=True)
class PointDecided:
    """A point of an objection: the field in words (empty: the whole record), the answer and its text."""

    field: str
    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision paper says: about which record of whom, what was decided by whom, and why."""

    number: str
    case: str
    body: str
    subject: str
    code: str
    class_name: str
    document_number: str
    deciding_body: str
    record: str
    reason: str
    basis: str
    remedy: str
    decided_on: date
    points: Sequence[PointDecided] = ()


def decision_paper(outcome: str, told: Decided) -> Paper:
    """Return the paper about a decision. Raises KeyError for an outcome without one."""
    kind, words = _law()["kinds"][outcome], _law()["paper"]
    day = written(told.decided_on)
    decided = kind["decided"].format(day=day)
    facts = {
        "case": told.case, "decided": decided, "reason": told.reason, "basis": told.basis,
        "remedy": told.remedy, "subject": told.subject,
    }  # fmt: skip
    cells = {
        "subject": told.subject, "code": told.code, "class": told.class_name,
        "document_number": told.document_number, "body": told.deciding_body, "record": told.record,
        "decided": kind["said"]["zh"], "day": day,
    }  # fmt: skip
    return Paper(
        institution=told.body,
        number=told.number,
        title=kind["title"],
        addressed=words["addressed"].format_map(facts),
        paragraphs=tuple(_paragraphs(words, facts, told.points)),
        closing=words["closing"],
        day=day,
        table=words["table"],
        header=tuple(words["header"]),
        rows=tuple((label, cells[name]) for name, label in words["rows"].items() if cells[name]),
    )


def _paragraphs(
    words: Mapping[str, Any], facts: Mapping[str, str], points: Sequence[PointDecided]
) -> Iterator[str]:
    for one in words["paragraphs"]:
        yield one.format_map(facts)
        if one == "{decided}" and len(points) > 1:
            yield _answers(words["points"], points)


def _answers(words: Mapping[str, str], points: Sequence[PointDecided]) -> str:
    """Return what was answered to each of several points, in their order."""
    told = (
        words[one.answer].format(place=place, field=one.field or words["whole"], text=one.text.rstrip("。；"))
        for place, one in enumerate(points, start=1)
    )
    return words["paragraph"].format(answers=words["between"].join(told))


def with_code(paper: Paper, *, code: str, address: str) -> Paper:
    """Return the paper as it is handed out: with its code, and where it is verified if that is known."""
    words = _law()["paper"]["verify" if address else "verify_on_the_platform"]
    words = words.format(address=address, code=code)
    return replace(paper, paragraphs=(*paper.paragraphs, words))


def what_is_signed(number: str, document: Mapping[str, Any]) -> bytes:
    """Return what the code of a kept paper is reckoned from: every word of it."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"decision-paper\x1f{number}\x1f{text}".encode()


def code_of(digest: bytes) -> str:
    """Return the code a keyed digest gives, in groups of four: ABCD-EFGH-JKLM-NPQR."""
    signs = base64.b32encode(digest[:CODE_BYTES]).decode()
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def typed_code(text: str) -> str:
    """Return a code as somebody typed it, in the form `code_of` gives."""
    signs = "".join(sign for sign in text.upper().translate(_ALIKE) if sign.isalnum())
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def typed_number(text: str) -> str:
    """Return the number of a paper as somebody typed it, with the brackets and the last sign papers have."""
    brackets = str.maketrans({"[": "〔", "]": "〕", "（": "〔", "）": "〕", "(": "〔", ")": "〕"})
    return "".join(text.split()).translate(brackets).removesuffix("号") + "号"


def outcome_in_words(outcome: str) -> Label:
    return Label(**_law()["kinds"][outcome]["said"])


def title_of(outcome: str) -> str:
    return str(_law()["kinds"][outcome]["title"])


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("decision_papers.yaml")
    return document
