"""What a notice says: its kind and its facts put in words (`law/notices.yaml`).

Facts are kept as ids and ISO days; `facts_in_words` says them in a language, `notice_text` puts them into
their places.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongxin.core.cases.kinds import Kind, act_label, kind_of_case, state_label
from gongxin.core.cases.repair_law import elsewhere_note
from gongxin.core.catalogue import Label
from gongxin.core.checks.words import verdict_name
from gongxin.core.disclosure import Outcome
from gongxin.core.follows import LABELS as CHANGES
from gongxin.core.follows import Change
from gongxin.core.law_files import read_law
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.lists import statutory_list
from gongxin.core.measures import matter, measures
from gongxin.core.sources import sources

_PLACE = re.compile(r"\{(\w+)\}")
_DAYS = ("_on", "_from", "_until")  # how the names of days end
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
REPAIR_NOTICE, PUBLISHED, WITHHELD = "repair-notice", "record.published", "record.withheld"
RULE_CHANGED = "publication.rule-changed"
CHECK_CHANGED = "check.changed"
FOLLOW_WARNED = "follow.warned"
CORRECTED, WITHDRAWN, RETURNED = "record.corrected", "record.withdrawn", "record.returned"


def kind_about_record(*, class_id: str, outcome: str, reason: str) -> str:
    """Return which notice first tells of an adverse record; empty where nothing is decided about it yet.

    Of a record that waits because nobody is sure whose it is, its subject hears once that is decided; of one
    that ended before and was sent again, at once.
    """
    if outcome == Outcome.PENDING:
        return RETURNED if reason.startswith("returns-after-") else ""
    if class_id == "penalty" and reason != "held-back":
        return REPAIR_NOTICE
    return WITHHELD if outcome == Outcome.WITHHELD else PUBLISHED


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
    tongue = _tongue(language)
    title = _PLACE.sub(lambda place: str(facts.get(place[1], "")), words["title"][tongue])
    return NoticeText(title.strip(), tuple(_said(words["paragraphs"], tongue, facts)))


def facts_in_words(
    facts: Mapping[str, Any], *, language: str, class_labels: Mapping[str, Label]
) -> dict[str, str]:
    """Return what is kept of a notice, ids and ISO days, in the words of a language."""
    return {
        name: _in_words(name, str(value), language, class_labels, kind=str(facts.get("kind", "")))
        for name, value in facts.items()
        if value
    }


def mail_text(*, institution: Label, site: str) -> NoticeText:
    """Return the mail that says a message waits, in both languages and without a word of what it is about."""
    words = _law()["mail"]
    places = {"institution": institution.zh, "institution_en": institution.en, "site": site}
    subject = " / ".join(
        _PLACE.sub(lambda place: places[place[1]], words["subject"][t]) for t in ("zh", "en")
    )
    body = [line for tongue in ("zh", "en") for line in _said(words["paragraphs"], tongue, places)]
    return NoticeText(mask_personal_numbers(subject), tuple(map(mask_personal_numbers, body)))


def receipt_words(*, language: str) -> tuple[str, ...]:
    """Return what stands on the slip at the foot of a printed notice."""
    return tuple(line[_tongue(language)] for line in _law()["receipt"])


def reference_words(number: str, *, language: str) -> str:
    """Return how a printed notice says which one it is."""
    return str(_law()["reference"][_tongue(language)]).format(number=number)


def kinds_with_words() -> tuple[str, ...]:
    return tuple(_law()["kinds"])


def notice_day(on: date, *, language: str) -> str:
    """Return 2026年4月10日, or 10 April 2026."""
    if _tongue(language) == "en":
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def _in_words(name: str, value: str, language: str, class_labels: Mapping[str, Label], *, kind: str) -> str:
    label = _label(name, value, class_labels, kind)
    if label is not None:
        return label.in_language(language)
    if name.endswith(_DAYS):
        return notice_day(date.fromisoformat(value), language=language)
    return mask_personal_numbers(value)


def _label(name: str, value: str, class_labels: Mapping[str, Label], kind: str) -> Label | None:
    if name in _OF_A_CASE:
        return _OF_A_CASE[name](value, kind=kind)
    if name in _LABELS:
        return _LABELS[name](value)
    if name == "class":
        return class_labels.get(value)
    if name in {"elsewhere", "source"}:
        return _told_at_length(name, value)
    found = {"why": "why", "penalty_class": "penalty_classes"}.get(name)
    words = _law()[found].get(value) if found else None
    return Label(**words) if words else None


_OF_A_CASE = {"act": act_label, "state": state_label}
_LABELS: Mapping[str, Callable[[str], Label | None]] = {
    "kind": lambda value: kind_of_case(value).label if value in set(Kind) else None,
    "matter": lambda value: matter(value).label,
    "before": verdict_name,
    "after": verdict_name,
    "change": lambda value: CHANGES[Change(value)] if value in set(Change) else None,
    "list": lambda value: statutory_list(value).label,
    "listing_ground": lambda value: _listing_ground(*value.split("/")),
    "measures": lambda value: _measures(value.split(",")),
    "exit_terms": lambda value: statutory_list(value).exit,
    "list_remedy": lambda value: statutory_list(value).remedy,
}


def _listing_ground(list_id: str, key: str, on: str) -> Label | None:
    """Return what a list calls a ground on a day."""
    grounds = statutory_list(list_id).grounds_on(date.fromisoformat(on))
    return next((one.label for one in grounds if one.key == key), None)


def _measures(ids: Sequence[str]) -> Label:
    labels = [measures()[one].label for one in ids]
    return Label("；".join(one.zh for one in labels), "; ".join(one.en for one in labels))


def _told_at_length(name: str, value: str) -> Label | None:
    if name == "elsewhere":
        return elsewhere_note(value)
    return sources()[value].title if value in sources() else None


def _said(paragraphs: list[Any], tongue: str, facts: Mapping[str, Any]) -> Iterator[str]:
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            yield from _said(_law()["groups"][paragraph], tongue, facts)
        elif all(facts.get(name) not in {None, ""} for name in _PLACE.findall(paragraph[tongue])):
            yield _PLACE.sub(lambda place: str(facts[place[1]]), paragraph[tongue])


def _words_of(kind: str) -> dict[str, Any]:
    kinds = _law()["kinds"]
    found: dict[str, Any] = kinds.get(kind) or (kinds["case"] if kind.startswith("case.") else kinds[kind])
    return found


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "zh"


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("notices.yaml")
    return document
