"""Commitments: who may promise what, in which words, and the number a promise bears (`law/commitments.yaml`).

The letter is composed of the law's words and the facts; it is kept in the words that were shown. A natural
person promises nothing here (R9). Source: regulations 9.2; law-decisions 14.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.law_files import read_law
from gongxin.core.leaks import holds_personal_number
from gongxin.core.notices import notice_day
from gongxin.core.periods import Period

CLASS_ID = "commitment"
EVERYONE = "可向社会公开"
ZH = "zh-hans"
SEQUENCE_DIGITS = 6
LONGEST_MATTER, LONGEST_PROMISE, LONGEST_NAME = 512, 2000, 50


class UnknownTemplate(Exception):
    """The law data has no such template."""


class NumbersUsedUp(Exception):
    """A region has given all its numbers of a day."""


class Promiser(StrEnum):
    ORGANISATION = "organisation"
    PUBLIC_BODY = "public-body"


class Fulfilment(StrEnum):
    """What the accepting body finds, as the ledger of findings keeps it."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"


# As the national form writes it.
FORM_WORDS: Mapping[Fulfilment, str] = {
    Fulfilment.KEPT: "全部履行",
    Fulfilment.PARTLY: "部分履行",
    Fulfilment.BROKEN: "全部未履行",
}


class Mistake(StrEnum):
    """What is wrong with a promise before it is signed: a value, told at its field."""

    MATTER = "matter"
    PROMISE = "promise"
    NO_DAY = "no-day"
    DAY_OVER = "day-over"
    DAY_TOO_FAR = "day-too-far"
    DISCLOSURE = "disclosure"
    PERSONAL_NUMBER = "personal-number"
    NOT_SIGNED = "not-signed"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of promise: who makes it, its words. `promise` is None where the law has them all."""

    id: str
    kind: str
    by: Promiser
    label: Label
    matter: Label
    promise: Label | None
    paragraphs: tuple[Label, ...]
    liability: Label
    keep_until_required: bool
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """What who promises fills in and chooses."""

    matter: str
    promise: str = ""
    keep_until: date | None = None
    disclosure: str = EVERYONE


@dataclass(frozen=True, slots=True)
class Parties:
    """Who promises, by name and code, and the body that accepts it."""

    subject: str
    code: str
    agency: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The name as typed, and the box that was ticked."""

    name: str
    agreed: bool


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Template]:
    """Return every template by its id, in the order of the law data."""
    return {key: _template(key, one) for key, one in _law()["templates"].items()}


def template(key: str) -> Template:
    """Return one template. Raises UnknownTemplate."""
    found = templates().get(key)
    if found is None:
        raise UnknownTemplate(key)
    return found


def templates_of(promiser: Promiser) -> Sequence[Template]:
    return [one for one in templates().values() if one.by is promiser]


def disclosures() -> Mapping[str, Label]:
    """Return the choices of who may see a promise, by the words of the national form."""
    return {key: Label(**one) for key, one in _law()["disclosures"].items()}


def mistakes(of: Template, promise: Promise, signature: Signature | None, *, on: date) -> list[Mistake]:
    """Return what is wrong with a promise; without a `signature` what is wrong before it is shown."""
    return list(_mistakes(of, promise, signature, on))


def _mistakes(of: Template, promise: Promise, signature: Signature | None, on: date) -> Iterator[Mistake]:
    if not 0 < len(promise.matter.strip()) <= LONGEST_MATTER:
        yield Mistake.MATTER
    if of.promise is not None and not 0 < len(promise.promise.strip()) <= LONGEST_PROMISE:
        yield Mistake.PROMISE
    yield from _mistaken_day(of, promise.keep_until, on)
    if promise.disclosure not in disclosures():
        yield Mistake.DISCLOSURE
    said = (promise.matter, promise.promise, signature.name if signature else "")
    if any(map(holds_personal_number, said)):
        yield Mistake.PERSONAL_NUMBER
    if signature is not None and not (signature.agreed and 0 < len(signature.name.strip()) <= LONGEST_NAME):
        yield Mistake.NOT_SIGNED


def _mistaken_day(of: Template, keep_until: date | None, on: date) -> Iterator[Mistake]:
    if keep_until is None:
        if of.keep_until_required:
            yield Mistake.NO_DAY
    elif keep_until < on:
        yield Mistake.DAY_OVER
    elif keep_until >= Period(years=_law()["longest"]["years"]).after(on):
        yield Mistake.DAY_TOO_FAR


def letter(of: Template, promise: Promise, parties: Parties, *, language: str) -> str:
    """Return the letter as it is shown before it is signed: a title and a paragraph a line."""
    words, tongue = _law()["letter"], _tongue(language)
    facts = {
        "subject": parties.subject, "code": parties.code, "agency": parties.agency, "matter": promise.matter,
        "kind": of.label.in_language(language), "liability": of.liability.in_language(language),
        "disclosure": disclosures()[promise.disclosure].in_language(language),
        "keep_until": notice_day(promise.keep_until, language=language) if promise.keep_until else "",
    }  # fmt: skip
    parts = ["title", "opening"], [*(["keep_until"] if promise.keep_until else []), "liability", "disclosure"]
    before, after = ([words[one][tongue].format_map(facts) for one in part] for part in parts)
    return "\n".join([*before, *_paragraphs(of, promise, language), *after])


def content(of: Template, promise: Promise) -> str:
    """Return what is promised, as the record says it: in Chinese, with the day it is to be kept by."""
    until = f"履行期限：{notice_day(promise.keep_until, language=ZH)}。" if promise.keep_until else ""
    return "".join([*_paragraphs(of, promise, ZH), until])


def signed(shown: str, *, name: str, user: str, at: str, language: str) -> str:
    """Return the letter with the line that says who signed it, when and how."""
    line = _law()["letter"]["signed"][_tongue(language)]
    return f"{shown}\n{line.format_map({'name': name, 'user': user, 'at': at})}"


def number_head(region: str, on: date) -> str:
    """Return the first fourteen digits of a number: the region of acceptance and the day."""
    if len(region) != SEQUENCE_DIGITS or not region.isdecimal():
        raise ValueError(region)
    return f"{region}{on:%Y%m%d}"


def next_number(head: str, last: str | None) -> str:
    """Return the number that follows `last` of the same head. Raises NumbersUsedUp."""
    sequence = int(last[len(head) :]) + 1 if last else 1
    if sequence >= 10**SEQUENCE_DIGITS:
        raise NumbersUsedUp(head)
    return f"{head}{sequence:0{SEQUENCE_DIGITS}}"


def breach_weighs_until(found_on: date) -> date:
    """Return the day from which a breach found on a day weighs no more (law/commitments.yaml#breach)."""
    return Period(years=_law()["breach"]["years"]).after(found_on)


def _paragraphs(of: Template, promise: Promise, language: str) -> Iterator[str]:
    own = promise.promise.strip().rstrip("。.")
    return (one.in_language(language).format_map({"promise": own}) for one in of.paragraphs)


def _template(key: str, one: Mapping[str, Any]) -> Template:
    return Template(
        id=key,
        kind=one["kind"],
        by=Promiser(one["by"]),
        label=Label(**one["label"]),
        matter=Label(**one["matter"]),
        promise=Label(**one["promise"]) if "promise" in one else None,
        paragraphs=tuple(Label(**words) for words in one["paragraphs"]),
        liability=Label(**one["liability"]),
        keep_until_required=one["keep_until"] == "required",
        basis=tuple(map(_citation, one["basis"])),
    )


def _citation(one: Mapping[str, str]) -> Citation:
    return Citation(one["source"], str(one["article"]), one["confidence"])


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "zh"


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("commitments.yaml")
    return document
