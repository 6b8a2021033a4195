"""What `law/repair.yaml` says of a repair: its papers, its letter, its grounds, who decides elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law
from gongxin.core.penalties import is_market_regulation
from gongxin.core.periods import Period

PROOF, COMMITMENT = "proof-of-performance", "commitment"
FALSE_PROOF = "false-proof"
BY_PAGE = "page"


class NotAGround(Exception):
    """A repair is not refused on such a ground, or not at this step."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is attached: which, and how it is come by."""

    key: str
    label: Label
    hint: Label


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another system in which the records of a body are repaired."""

    key: str
    label: Label
    note: Label


@dataclass(frozen=True, slots=True)
class Signature:
    """A commitment letter signed in the page: the name as typed, and the box that was ticked."""

    name: str
    agreed: bool


def papers() -> Sequence[Paper]:
    """Return the two papers a repair asks for."""
    return [Paper(key, Label(**one["label"]), Label(**one["hint"])) for key, one in _law()["papers"].items()]


def decided_elsewhere(deciding_body: str) -> Elsewhere | None:
    """Return the system in which a body's records are repaired, None for this platform."""
    if not is_market_regulation(deciding_body):
        return None
    found = _law()["elsewhere"]["market-regulation"]
    return Elsewhere("market-regulation", Label(**found["label"]), Label(**found["note"]))


def elsewhere_note(key: str) -> Label:
    """Return what is told of the system in which some bodies' records are repaired."""
    return Label(**_law()["elsewhere"][key]["note"])


def commitment_letter(*, subject: str, code: str, records: Sequence[str], language: str) -> str:
    """Return the letter as it is shown before it is signed: a title and a paragraph a line."""
    letter, tongue = _law()["commitment"], _tongue(language)
    between = "; " if tongue == "en" else "；"
    facts = {"subject": subject, "code": code or "—", "records": between.join(records)}
    lines = [letter["title"][tongue], *(one[tongue].format_map(facts) for one in letter["paragraphs"])]
    return "\n".join(lines)


def signed(letter: str, *, name: str, user: str, at: str, language: str) -> str:
    """Return the letter with the line that says who signed it, when and how."""
    words, tongue = _law()["commitment"], _tongue(language)
    way = words["ways"][BY_PAGE][tongue]
    return (
        f"{letter}\n{words['signed'][tongue].format_map({'name': name, 'at': at, 'user': user, 'way': way})}"
    )


def grounds(act: str) -> Mapping[str, Label]:
    """Return the grounds that can be given at a step, by their keys."""
    return {key: _label(one) for key, one in _law()["grounds"].items() if act in one["at"]}


def refuse_other_ground(key: str, *, act: str) -> None:
    """Raise NotAGround for a ground the law data does not know at this step."""
    if key not in grounds(act):
        raise NotAGround(f"{key} at {act}")


def bar_ends(decided_on: date) -> date:
    """Return the day until which (exclusive) who handed in false papers may not ask again."""
    return Period(years=_law()["false_proof"]["years"]).after(decided_on)


def bar_source() -> str:
    """Return the source an officer must confirm before the bar bars anybody."""
    return str(_law()["false_proof"]["source"])


def bar_rests_on_confirmation() -> bool:
    return _law()["false_proof"]["confidence"] not in {"V", "P", "C"}


def _label(document: Mapping[str, Any]) -> Label:
    return Label(document["zh"], document["en"])


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "zh"


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("repair.yaml")
    return document
