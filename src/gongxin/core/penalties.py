"""Classes and publication periods of penalties: what `law/penalties.yaml` means.

Every end is a day whose first instant in Asia/Shanghai ends the publication. Source: law-decisions 1-6.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law
from gongxin.core.periods import Period


class PenaltyClass(StrEnum):
    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


class PersonOnlyPenalty(Exception):
    """Only a person can bear this penalty; an organisation's record cannot carry it (R2)."""


class NoRuleInForce(Exception):
    """No instrument orders publication on that day, so there is nothing to rest it on."""


@dataclass(frozen=True, slots=True)
class Classification:
    """A penalty's class: the gravest of its kinds. `notes` are keys of `penalties.yaml#notes`."""

    penalty_class: PenaltyClass
    kinds: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PenaltyTerms:
    """When a penalty is shown, shared and used until, from when it can be repaired, and by which rule.

    `publish_until` is None for a penalty that is withheld. `unconfirmed`: the rule was not read in full text.
    `never_early`: `repairable_from` is the end itself, and `rule` says so (`is_never_early`).
    """

    penalty_class: PenaltyClass
    withheld_reason: str | None
    publish_until: date | None
    share_until: date
    use_until: date
    repairable_from: date
    rule: str
    source: str
    article: str
    unconfirmed: bool
    notes: tuple[str, ...] = field(default=())
    never_early: bool = False


def classify_penalty(*, kinds: Iterable[str], simple_procedure: bool) -> Classification:
    """Return the class of a penalty of the `kinds` written in 处罚类别. Raises PersonOnlyPenalty.

    `simple_procedure` only where the source states it.
    """
    texts = tuple(kinds)
    forbidden = person_only_penalty(texts)
    if forbidden is not None:
        raise PersonOnlyPenalty(forbidden)
    found, notes = _kinds_in(texts)
    simple = _law()["simple_procedure"]
    if simple_procedure and set(found) <= set(simple["possible_with"]):
        return Classification(PenaltyClass(simple["class"]), found, notes)
    if simple_procedure:
        notes = (*notes, "simple-procedure-impossible")
    return Classification(max((_class_of(kind) for kind in found), key=_gravity), found, notes)


def person_only_penalty(kinds: Iterable[str]) -> str | None:
    """Return the words of a penalty that only a person can bear, if `kinds` name one."""
    return next((word for text in kinds for word in person_only_words() if word in text), None)


def person_only_words() -> tuple[str, ...]:
    return tuple(_law()["only_persons"]["words"])


def is_market_regulation(deciding_body: str) -> bool:
    """Return whether a body follows the rules of market regulation, by its name [P]."""
    return any(word in deciding_body for word in _law()["market_regulation"]["words"])


def kind_of_body(deciding_body: str) -> str:
    """Return the name that stands for all bodies under the same rules, so that results can be shared."""
    return str(_law()["market_regulation"]["words"][0]) if is_market_regulation(deciding_body) else ""


def publication_of_penalty(
    *,
    kinds: Iterable[str],
    simple_procedure: bool,
    decided_on: date,
    deciding_body: str,
    posted_on: date,
    shorten_to: date | None = None,
    publication_reason: str = "",
) -> PenaltyTerms:
    """Return a penalty's class and ends, by the instruments in force from its decision to `posted_on`.

    A penalty posted long after its decision may get an end that has passed. `shorten_to` is the deciding
    body's 公示截止期, which shortens and never lengthens; `publication_reason` is why a minor penalty must
    be shown.
    Raises PersonOnlyPenalty, NoRuleInForce.
    """
    classified = classify_penalty(kinds=kinds, simple_procedure=simple_procedure)
    chain = _instruments_between(decided_on, posted_on, deciding_body)
    terms = _terms_by(chain[0], classified, decided_on, publication_reason)
    for instrument in chain[1:]:
        if instrument["transition"] == "lighter":
            newer = _terms_by(instrument, classified, decided_on, publication_reason)
            terms = _lighter(terms, newer)
    return _named(_shortened(_under_ceiling(terms, decided_on), decided_on, shorten_to))


def is_never_early(rule: str) -> bool:
    """Return whether a rule `publication_of_penalty` gave lets nothing end the publication before its day."""
    return rule.endswith(NEVER_EARLY)


def ceiling_of(decided_on: date) -> date:
    """Return the day on which whatever burdens a subject ends at the latest, then to be archived."""
    return Period(years=_law()["ceiling"]["years"]).after(decided_on)


def is_penalty_rule(rule: str) -> bool:
    """Return whether `publication_of_penalty` may have given this rule."""
    return _instrument(rule) is not None


def instruments_given_way(on: date) -> tuple[str, ...]:
    """Return the instruments out of force on `on` that leave what they began to the lighter of two.

    What is shown by one of them needs a rule in force that day (law-decisions 4).
    """
    found = []
    for one in _law()["instruments"]:
        ended_on = one["in_force_until"]
        if ended_on is not None and ended_on <= on and _successor(one)["transition"] == "lighter":
            found.append(str(one["id"]))
    return tuple(found)


def _successor(instrument: dict[str, Any]) -> dict[str, Any]:
    of_domain = [one for one in _law()["instruments"] if one["domain"] == instrument["domain"]]
    return next(one for one in of_domain if one["in_force_from"] == instrument["in_force_until"])


def unconfirmed_penalty_rule(rule: str) -> tuple[str, Label] | None:
    """Return the source of a rule `publication_of_penalty` gave and what of it is unconfirmed, if any is."""
    found = _instrument(rule)
    if found is None:
        return None
    penalty_class = rule.removesuffix(NEVER_EARLY).partition("/")[2]
    start = found["terms"].get(penalty_class, {}).get("note") == START_NOT_CONFIRMED
    note = RULE_NOT_CONFIRMED if _unconfirmed(found) else START_NOT_CONFIRMED if start else None
    return None if note is None else (str(found["source"]), Label(**_law()["notes"][note]))


def _instrument(rule: str) -> dict[str, Any] | None:
    instrument_id = rule.partition("/")[0]
    return next((one for one in _law()["instruments"] if one["id"] == instrument_id), None)


def _unconfirmed(instrument: dict[str, Any]) -> bool:
    return instrument["confidence"] != "V" and not instrument.get("confirmed", False)


def _kinds_in(texts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = [part for text in texts for part in _BETWEEN_KINDS.split(text) if part]
    found = [kind for part in parts for kind in _kinds_in_part(part)] or [OTHER]
    kinds = tuple(dict.fromkeys(found))
    return kinds, tuple(str(_kind(kind)["note"]) for kind in kinds if "note" in _kind(kind))


def _kinds_in_part(part: str) -> list[str]:
    """Return the kinds one part names. 警告（书面） is a warning; 其他-责令改正 is of no known kind."""
    return [_kind_of_word()[word] for word in _words_of_kinds().findall(part)] or [OTHER]


OTHER = "other"
NEVER_EARLY = "/never-early"  # how the rule of such a penalty ends
RULE_NOT_CONFIRMED, START_NOT_CONFIRMED = "rule-not-confirmed", "start-not-confirmed"  # keys of `notes`
_BETWEEN_KINDS = re.compile(r"[\s;；,，]+")


def _kind(kind: str) -> dict[str, Any]:
    document: dict[str, Any] = _law()["otherwise"] if kind == OTHER else _law()["kinds"][kind]
    return document


def _class_of(kind: str) -> PenaltyClass:
    return PenaltyClass(_kind(kind)["class"])


def _gravity(penalty_class: PenaltyClass) -> int:
    return list(PenaltyClass).index(penalty_class)


def _instruments_between(decided_on: date, posted_on: date, deciding_body: str) -> list[dict[str, Any]]:
    """Return the instruments in force from decision to posting, oldest first; the last is in force then."""
    governing = [
        (instrument, until)
        for instrument, until in _governing(deciding_body)
        if instrument["in_force_from"] <= posted_on and decided_on < until
    ]
    if not governing or governing[-1][1] <= posted_on:
        raise NoRuleInForce(f"{posted_on}")
    return [instrument for instrument, _ in governing]


def _governing(deciding_body: str) -> list[tuple[dict[str, Any], date]]:
    """Return what governs a body, each with the day it ceases to: market rules take over from the general."""
    of_market = [one for one in _law()["instruments"] if one["domain"] == "market-regulation"]
    general = [one for one in _law()["instruments"] if one["domain"] == "general"]
    if not is_market_regulation(deciding_body):
        return [(one, one["in_force_until"] or date.max) for one in general]
    taken_over = of_market[0]["in_force_from"]
    before = [one for one in general if one["in_force_from"] < taken_over]
    return [
        *((one, min(one["in_force_until"] or date.max, taken_over)) for one in before),
        *((one, one["in_force_until"] or date.max) for one in of_market),
    ]


def _terms_by(
    instrument: dict[str, Any], classified: Classification, decided_on: date, reason: str
) -> PenaltyTerms:
    stated = _terms_stated(instrument, classified)
    publication = stated["publication"]
    withheld = publication == "never" or (publication == "if-necessary" and not reason.strip())
    unconfirmed = _unconfirmed(instrument)
    end = Period(**stated["most"]).after(decided_on)
    never_early = not set(instrument.get("never_early", {}).get("kinds", ())).isdisjoint(classified.kinds)
    notes = [*classified.notes, *([stated["note"]] if "note" in stated else [])]
    return PenaltyTerms(
        penalty_class=classified.penalty_class,
        withheld_reason="minor" if withheld else None,
        publish_until=None if withheld else end,
        share_until=end,
        use_until=end,
        repairable_from=end if never_early else Period(**stated["least"]).after(decided_on),
        rule=f"{instrument['id']}/{classified.penalty_class}",
        source=instrument["source"],
        article=str(instrument["article"]),
        unconfirmed=unconfirmed or START_NOT_CONFIRMED in notes,
        notes=(*notes, *([RULE_NOT_CONFIRMED] if unconfirmed else [])),
        never_early=never_early,
    )


def _terms_stated(instrument: dict[str, Any], classified: Classification) -> dict[str, Any]:
    for only in instrument.get("only", []):
        if set(classified.kinds) <= set(only["kinds"]):
            stated: dict[str, Any] = only
            return stated
    by_class: dict[str, Any] = instrument["terms"][classified.penalty_class]
    return by_class


def _lighter(older: PenaltyTerms, newer: PenaltyTerms) -> PenaltyTerms:
    """Return the newer rule's terms, which alone can found publication now, with what was lighter before."""
    withheld = older.withheld_reason or newer.withheld_reason
    lighter = _ending_by(newer, older.share_until)
    return replace(
        lighter,
        withheld_reason=withheld,
        publish_until=None if withheld else lighter.publish_until,
        repairable_from=min(older.repairable_from, lighter.repairable_from),
        never_early=older.never_early and newer.never_early,
        notes=(*newer.notes, "lighter-of-two"),
    )


def _under_ceiling(terms: PenaltyTerms, decided_on: date) -> PenaltyTerms:
    return _ending_by(terms, ceiling_of(decided_on))


def _shortened(terms: PenaltyTerms, decided_on: date, shorten_to: date | None) -> PenaltyTerms:
    if shorten_to is None or terms.publish_until is None or shorten_to == terms.publish_until:
        return terms
    if shorten_to <= decided_on:
        return replace(terms, notes=(*terms.notes, "end-before-decision"))
    if shorten_to > terms.publish_until:
        return replace(terms, notes=(*terms.notes, "end-not-lengthened"))
    return replace(_ending_by(terms, shorten_to), notes=(*terms.notes, "shortened-by-source"))


def _named(terms: PenaltyTerms) -> PenaltyTerms:
    if not terms.never_early:
        return terms
    notes = tuple(note for note in terms.notes if note != "lower-fine-ends-sooner")
    return replace(terms, rule=f"{terms.rule}{NEVER_EARLY}", notes=(*notes, "never-early"))


def _ending_by(terms: PenaltyTerms, last: date) -> PenaltyTerms:
    """Return the terms ending by `last`, and with them the wait for repair: what has ended needs none."""
    return replace(
        terms,
        publish_until=min(terms.publish_until, last) if terms.publish_until else None,
        share_until=min(terms.share_until, last),
        use_until=min(terms.use_until, last),
        repairable_from=min(terms.repairable_from, last),
    )


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("penalties.yaml")
    return document


@lru_cache(maxsize=1)
def _kind_of_word() -> dict[str, str]:
    return {word: kind for kind, document in _law()["kinds"].items() for word in document["words"]}


@lru_cache(maxsize=1)
def _words_of_kinds() -> re.Pattern[str]:
    longest_first = sorted(_kind_of_word(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
