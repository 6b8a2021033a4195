"""Reasons and remedies prepared by the law data (`law/reasons.yaml`), and whether one was filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gongxin.core.cases.acting import Words
from gongxin.core.catalogue import Citation, Label
from gongxin.core.law_files import read_law
from gongxin.core.sources import sources

_BLANK = re.compile("【[^】]*】")


class BlankLeft(Exception):
    """A prepared reason still holds a 【】 that whoever decides had to fill in."""


@dataclass(frozen=True, slots=True)
class Template:
    """A reason as prepared, with the basis it cites."""

    id: str
    label: Label
    text: str
    citation: Citation

    @property
    def basis(self) -> str:
        return basis_in_words(self.citation)


def templates_of(kind: str, act: str) -> tuple[Template, ...]:
    """Return the reasons prepared for an act of a kind of case; none where the law data has none."""
    found = _law()["templates"].get(kind, {}).get(act, ())
    return tuple(Template(one["id"], Label(**one["label"]), one["text"], _citation(one)) for one in found)


def remedy_of(kind: str, act: str) -> str:
    """Return what can be done against an act, as it is prefilled."""
    remedies = _law()["remedies"]
    of_kind = remedies.get(kind, {})
    found: str = (of_kind.get(act) or of_kind.get("default") or remedies["default"])["text"]
    return found


def basis_of(kind: str, act: str) -> str:
    """Return the basis prefilled for an act: that of its first template, else of what the system says."""
    found = templates_of(kind, act)
    return found[0].basis if found else ""


def centres_grounds(act: str) -> Mapping[str, Label]:
    """Return on which grounds the centre itself may do `act` before a case goes to the source."""
    return {name: Label(**words) for name, words in _law()["centre"].get(act, {}).items()}


def taken_back(kind: str, words: Words) -> Words:
    """Return the words of who takes an application back; what they do not say the law data says."""
    (prepared, *_) = templates_of(kind, "withdraw")
    return replace(
        words,
        reason=words.reason.strip() or prepared.text,
        basis=words.basis.strip() or prepared.basis,
        remedy=words.remedy.strip() or remedy_of(kind, "withdraw"),
    )


def may_repeat(kind: str, act: str) -> bool:
    """Return whether an answer may say what an earlier one said without naming its case."""
    return act in _law()["may_repeat"].get(kind, ())


def own_words(act: str, **facts: str) -> tuple[str, str]:
    """Return reason and basis of a step the system takes by itself."""
    told = _law()["own_words"][act]
    return told["reason"].format(**facts), basis_in_words(_citation(told))


def refuse_blanks(reason: str) -> None:
    """Raise BlankLeft for a reason in which something is still to be filled in."""
    found = _BLANK.search(reason)
    if found:
        raise BlankLeft(found[0])


def basis_in_words(citation: Citation) -> str:
    """Return a citation as papers write it: 《河南省社会信用条例》第四十一条."""
    title = sources()[citation.source].title.zh
    return f"《{title}》第{_in_han(int(citation.article))}条" if citation.article else f"《{title}》"


def _in_han(number: int) -> str:
    """Return a number below a thousand as Chinese papers write it."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def _citation(document: Mapping[str, Any]) -> Citation:
    return Citation(document["source"], document["article"], document["confidence"])


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("reasons.yaml")
    return document
