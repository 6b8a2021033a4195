"""The rights line at the catalogue's door: what no class and no field may mean.

Meaning is read from every name a thing goes by (key, labels, aliases, headers of its layouts, accepted
values), because a prohibited field is rarely called by its own name. Words: `law/prohibited.yaml`.
Sources: design §1, law-decisions R4, R7, R9, R12, R15.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Field, FieldPublication, InformationClass, Label
from gongxin.core.law_files import read_law

# Beyond this a text can hold a story about somebody, so the leak gate has to read it.
SHORT_TEXT = 256
NATURAL_PERSON_CLASS = "professional-licence"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN_WORDS = re.compile(r"[\W_\d]+")
_SIGNS = re.compile(r"[\W_]+")


class ProhibitedMeaning(Exception):
    """A class or field would hold something the rights line excludes."""

    def __init__(self, category: str, where: str, matched: str) -> None:
        super().__init__(f"{where}: {category}: {matched}")
        self.category = category
        self.where = where
        self.matched = matched
        self.problem = Label(
            f"不得收集（{category}）：{matched}", f"This may not be collected ({category}): {matched}"
        )


def refuse_prohibited(information_class: InformationClass) -> None:
    """Raise ProhibitedMeaning unless the class and every field of it stay within the rights line."""
    _refuse_without_basis(information_class)
    _refuse_natural_person_class(information_class)
    for where, written, about_person in _names(information_class):
        name = _Name.of(written)
        for category in _categories():
            matched = category.match(name, about_person=about_person)
            if matched is not None:
                raise ProhibitedMeaning(category.id, where, matched)
    for field in information_class.fields:
        _refuse_values(information_class, field)
        _refuse_kept_identifier(information_class, field)
        _refuse_open_text(information_class, field)


def _refuse_without_basis(information_class: InformationClass) -> None:
    if not information_class.basis:
        raise ProhibitedMeaning("no-legal-basis", information_class.id, "")


def _refuse_natural_person_class(information_class: InformationClass) -> None:
    """One class may be about natural persons; no other may, whatever it calls its subjects (R7, R9)."""
    if information_class.id == NATURAL_PERSON_CLASS:
        if information_class.list_of is not None:
            raise ProhibitedMeaning("scores-of-persons", information_class.id, information_class.list_of)
        return
    if information_class.subject_kind != "organisation":
        raise ProhibitedMeaning("natural-person-class", information_class.id, information_class.subject_kind)
    for name in (information_class.id, information_class.label.zh, information_class.label.en):
        matched = _person_words().match(_Name.of(name))
        if matched is not None:
            raise ProhibitedMeaning("natural-person-class", information_class.id, matched)


def _names(information_class: InformationClass) -> Iterator[tuple[str, str, bool]]:
    """Yield (where, name, whether it is about a person) for every name the class and its fields go by."""
    persons = information_class.subject_kind != "organisation"
    title = information_class.statutory.get("数据名称", "")
    label = information_class.label
    for name in (information_class.id, label.zh, label.en, title, information_class.list_of or ""):
        yield information_class.id, name, persons
    headers: dict[str, list[str]] = {}
    for layout in information_class.layouts:
        joined = ((header, key) for key, parts in layout.joins.items() for header in parts)
        for header, key in (*layout.columns.items(), *joined):
            headers.setdefault(key, []).append(header)
    for field in information_class.fields:
        names = dict.fromkeys(
            (field.key, field.label.zh, field.label.en, *field.aliases, *headers.get(field.key, ()))
        )
        about_person = persons or any(_person_words().match(_Name.of(name)) for name in names)
        for name in names:
            yield f"{information_class.id}.{field.key}", name, about_person


def _refuse_values(information_class: InformationClass, field: Field) -> None:
    """A list of accepted values says what a field is for, even where its name says nothing."""
    accepted = (*field.codes, *(field.code_aliases or {}))
    for category in _categories():
        for value in accepted:
            if _plain(value) in category.values:
                raise ProhibitedMeaning(category.id, f"{information_class.id}.{field.key}", value)


def _refuse_kept_identifier(information_class: InformationClass, field: Field) -> None:
    if field.publication is FieldPublication.NEVER_KEPT:
        return
    where = f"{information_class.id}.{field.key}"
    roles = information_class.roles
    if field.key in (roles.get("person_document"), roles.get("representative_document")):
        raise ProhibitedMeaning("person-identifier", where, field.key)
    for name in (field.key, field.label.zh, field.label.en, *field.aliases):
        matched = _person_identifiers().match(_Name.of(name))
        if matched is not None:
            raise ProhibitedMeaning("person-identifier", where, matched)


def _refuse_open_text(information_class: InformationClass, field: Field) -> None:
    gated = field.free_text or field.identifier is not None or field.person_name
    long = field.max_length is None or field.max_length > SHORT_TEXT
    if field.type == "text" and long and not gated and field.publication is not FieldPublication.NEVER_KEPT:
        raise ProhibitedMeaning(
            "text-without-leak-gate", f"{information_class.id}.{field.key}", field.label.zh
        )


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the two forms words are looked for in."""

    plain: str
    spaced: str

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, written: str) -> "_Name":
        return cls(_plain(written), _spaced(written))


@dataclass(frozen=True, slots=True)
class _Words:
    """Words looked for in a name: Chinese anywhere, English as whole words, phrases set aside first."""

    chinese: re.Pattern[str] | None
    english: re.Pattern[str] | None
    allowed_chinese: re.Pattern[str] | None
    allowed_english: re.Pattern[str] | None

    def match(self, name: _Name) -> str | None:
        return _found(self.chinese, self.allowed_chinese, name.plain) or _found(
            self.english, self.allowed_english, name.spaced
        )


@dataclass(frozen=True, slots=True)
class _Category:
    id: str
    always: _Words
    about_persons: _Words | None
    code_parts: re.Pattern[str] | None
    values: frozenset[str]

    def match(self, name: _Name, *, about_person: bool) -> str | None:
        matched = self.always.match(name)
        if matched is None and about_person and self.about_persons is not None:
            matched = self.about_persons.match(name)
        if matched is None and self.code_parts is not None:
            matched = _found(self.code_parts, None, name.spaced)
        return matched


def _found(words: re.Pattern[str] | None, allowed: re.Pattern[str] | None, name: str) -> str | None:
    if words is None:
        return None
    hit = words.search(name if allowed is None else allowed.sub(" ", name))
    return None if hit is None else hit.group(0)


def _plain(name: str) -> str:
    """Return the name without width, case, spaces and signs: 血 型 and 血-型 are 血型."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _spaced(name: str) -> str:
    """Return the name as lower-case words: bloodType, blood_type and Blood-Type are `blood type`."""
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    return _BETWEEN_WORDS.sub(" ", parted).casefold().strip()


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:
    document: Mapping[str, Any] = read_law("prohibited.yaml")
    return document


@lru_cache(maxsize=1)
def _categories() -> tuple[_Category, ...]:
    return tuple(_category(name, content) for name, content in _document()["categories"].items())


@lru_cache(maxsize=1)
def _person_words() -> _Words:
    content = _document()["person_words"]
    return _words(content, content.get("allowed", ()))


@lru_cache(maxsize=1)
def _person_identifiers() -> _Words:
    return _words(_document()["person_identifiers"], ())


def _category(name: str, content: Mapping[str, Any]) -> _Category:
    allowed = content.get("allowed", ())
    code_parts = [rf"{re.escape(part)}\w*" for part in content.get("pinyin", ())]
    code_parts += [rf"{re.escape(part)}\b" for part in content.get("codes", ())]
    return _Category(
        id=name,
        always=_words(content["any"], allowed),
        about_persons=_words(content["person"], allowed) if "person" in content else None,
        code_parts=re.compile(rf"\b(?:{'|'.join(code_parts)})") if code_parts else None,
        values=frozenset(_plain(str(value)) for value in content.get("values", ())),
    )


def _words(content: Mapping[str, Any], allowed: Sequence[str]) -> _Words:
    return _Words(
        chinese=_anywhere([_plain(word) for word in content["zh"]]),
        english=_whole_words(content["en"]),
        allowed_chinese=_anywhere([_plain(phrase) for phrase in allowed if _CHINESE.search(phrase)]),
        allowed_english=_whole_words([phrase for phrase in allowed if not _CHINESE.search(phrase)]),
    )


def _anywhere(words: Sequence[str]) -> re.Pattern[str] | None:
    # The longest first, so that what is reported is the fullest word found.
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in ordered)) if ordered else None


def _whole_words(words: Sequence[str]) -> re.Pattern[str] | None:
    ordered = sorted((word.casefold() for word in words), key=len, reverse=True)
    return (
        re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in ordered)})(?:s|es)?\b") if ordered else None
    )
