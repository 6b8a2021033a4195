"""What is contested, point by point, and what follows from the answers.

A point is one field of the record (or the record as a whole), what the record says, what would be right and
why. Every point is answered. Source: Henan regulation art 41; law-decisions 15.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongxin.core.catalogue import Field, InformationClass
from gongxin.core.one_record import asked_fields

LONGEST_CLAIM, LONGEST_SAID, MOST_POINTS = 2000, 2000, 40
CORRECT, REMOVE = "correct", "remove"
ACCEPTED, REFUSED = "accepted", "refused"
# Who the record is about is not corrected: it is another's record then, and is asked to be removed here.
_WHOSE = (
    "subject_name", "subject_category", "unified_code", "registration_number", "organisation_code",
    "tax_number", "institution_number", "social_number", "taxpayer_number", "professional_licence",
    "profession",
)  # fmt: skip


class PointFault(StrEnum):
    """What is wrong with what was asked about one record."""

    NO_WISH = "no-wish"
    NO_POINT = "no-point"
    TOO_MANY = "too-many"
    UNKNOWN_FIELD = "unknown-field"
    TWICE = "twice"
    NOTHING_CLAIMED = "nothing-claimed"
    AS_IT_STANDS = "as-it-stands"
    NOTHING_SAID = "nothing-said"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class PointProblem:
    """A fault and where it is: the place of the point, from 1; 0 for the whole of what was asked."""

    place: int
    fault: PointFault


class Contested(StrEnum):
    """What follows when an objection is upheld."""

    CORRECTION = "correction"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class Claim:
    """One point as it is asked or kept."""

    field: str
    held: str
    claimed: str
    said: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one point: accepted or refused, and in which words."""

    answer: str
    text: str


class PointsUnanswered(Exception):
    """Every point needs its answer; `places` are those without one, or without its words."""

    def __init__(self, places: tuple[int, ...]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = places


class AnswersDoNotFit(Exception):
    """The answers do not lead to this decision: one that upholds accepts all, one that refuses none."""


class NothingFollows(Exception):
    """Upheld, but neither a field to correct nor the removal was said."""


def contestable_fields(information_class: InformationClass) -> tuple[Field, ...]:
    """Return the fields of a class that its subject may contest: what is asked of it, but for who it is."""
    whose = {information_class.roles.get(part, part) for part in _WHOSE}
    return tuple(one for one in asked_fields(information_class) if one.key not in whose)


def problems_of(
    wish: str, claims: Sequence[Claim], *, contestable: Collection[str]
) -> tuple[PointProblem, ...]:
    """Return what is wrong with what is asked about one record, in order; `held` is filled in already."""
    return tuple(_problems(wish, claims, contestable))


def _problems(wish: str, claims: Sequence[Claim], contestable: Collection[str]) -> Iterator[PointProblem]:
    if wish not in {CORRECT, REMOVE}:
        yield PointProblem(0, PointFault.NO_WISH)
    if not claims:
        yield PointProblem(0, PointFault.NO_POINT)
    if len(claims) > MOST_POINTS:
        yield PointProblem(0, PointFault.TOO_MANY)
    met: set[str] = set()
    for place, claim in enumerate(claims, start=1):
        fault = _fault(wish, claim, contestable, met)
        if fault is not None:
            yield PointProblem(place, fault)
        met.add(claim.field)


def _fault(wish: str, claim: Claim, contestable: Collection[str], met: Collection[str]) -> PointFault | None:
    said, claimed = claim.said.strip(), claim.claimed.strip()
    asks_for_a_value = bool(claim.field) and wish == CORRECT
    checks = (
        (bool(claim.field) and claim.field not in contestable, PointFault.UNKNOWN_FIELD),
        (claim.field in met, PointFault.TWICE),
        (len(claimed) > LONGEST_CLAIM or len(said) > LONGEST_SAID, PointFault.TOO_LONG),
        (asks_for_a_value and not claimed, PointFault.NOTHING_CLAIMED),
        (asks_for_a_value and claimed == claim.held.strip(), PointFault.AS_IT_STANDS),
        (not said and not asks_for_a_value, PointFault.NOTHING_SAID),
    )
    return next((fault for wrong, fault in checks if wrong), None)


def answers_of(
    detail: Mapping[str, Any], places: Iterable[int], *, reason: str, act: str
) -> dict[int, Answer]:
    """Return the answer to each point, by place, from an act's details.

    A point that is accepted may go without words of its own: the reason of the decision is its answer.
    Raises PointsUnanswered, AnswersDoNotFit.
    """
    given: Mapping[str, Any] = detail.get("answers") or {}
    found = {place: _answer(given.get(str(place)), reason) for place in places}
    missing = tuple(place for place, answer in found.items() if answer is None)
    if missing:
        raise PointsUnanswered(missing)
    answered = {place: answer for place, answer in found.items() if answer is not None}
    _refuse_what_does_not_fit(act, {one.answer for one in answered.values()})
    return answered


def _answer(given: object, reason: str) -> Answer | None:
    if not isinstance(given, Mapping) or given.get("answer") not in {ACCEPTED, REFUSED}:
        return None
    text = str(given.get("text", "")).strip()
    if given["answer"] == ACCEPTED:
        text = text or reason.strip()
    return Answer(given["answer"], text) if text else None


def _refuse_what_does_not_fit(act: str, answers: set[str]) -> None:
    fits = {"uphold": {ACCEPTED}, "refuse": {REFUSED}, "uphold-in-part": {ACCEPTED, REFUSED}}
    if answers and answers != fits[act]:
        raise AnswersDoNotFit(act)


def what_follows(
    wish: str, accepted: Sequence[Claim], *, act: str, detail: Mapping[str, Any]
) -> tuple[Contested, dict[str, str]]:
    """Return what an upheld objection leads to, with the corrected fields. Raises NothingFollows.

    Whoever decides may say what follows (`follows`) and write a value as it belongs (`fields`); else the wish
    holds, and each accepted field gets what was claimed of it.
    """
    said = detail.get("follows") or (
        Contested.REMOVAL if wish == REMOVE and act == "uphold" else Contested.CORRECTION
    )
    follows = Contested(said)
    if follows is Contested.REMOVAL:
        return follows, {}
    written: Mapping[str, Any] = detail.get("fields") or {}
    fields = {one.field: str(written.get(one.field) or one.claimed).strip() for one in accepted if one.field}
    fields |= {key: str(value).strip() for key, value in written.items() if str(value).strip()}
    changed = {key: value for key, value in fields.items() if value}
    if not changed:
        raise NothingFollows(act)
    return follows, changed
