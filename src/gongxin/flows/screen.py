"""Screening: whom of the register a name, and perhaps a code, may be meant for. It proposes, never links.

A checked code decides, and the name only warns. Without one the nearest names are proposed; a subject that
bears another valid code is never proposed, however alike its name is (design §1.7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Literal
from uuid import UUID

from gongxin.core.identifiers import unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.names import clearly_different, is_person_like
from gongxin.core.names.likeness import Likeness
from gongxin.core.names.reasons import PartLikeness
from gongxin.core.subjects.corroboration import Assessment, Corroboration
from gongxin.core.subjects.repair import Repair
from gongxin.flows.given_codes import GivenCodes, given_codes
from gongxin.registry.publication.showing import subjects_shown
from gongxin.registry.subjects.candidates import Candidate, candidates
from gongxin.registry.subjects.queries import Profile, keys_in, profile, profiles, subject_of_code

Outcome = Literal["code", "same", "possibly", "none", "person", "empty"]
# Why a subject found is not simply whom was meant, so that a person decides.
Doubt = Literal["name-contradicts", "codes-differ", "code-of-another", "equally-alike"]
LOOKED_AT = 20
LEAST_SCORE = 0.5
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Screened:
    """What was found for one row. `score` is 1 where a code decided."""

    outcome: Outcome
    subject_id: str = ""
    name: str = ""
    code: str = ""
    score: float = 0.0
    warning: str = ""  # code-not-valid, code-not-known, name-differs, blocked-by-code
    reasons: tuple[PartLikeness, ...] = ()
    corroborations: tuple[Corroboration, ...] = ()  # what valid codes say beside the names
    repair: Repair | None = None  # of a code that is not valid: a proposal
    equals: tuple[str, ...] = ()  # the codes of others as alike, or their ids


def screen(*, name: str, code: str, at: datetime, threshold: float = LEAST_SCORE) -> Screened:
    """Return whom a row may be meant for; only names scored `threshold` or better are proposed."""
    given = normalise_code(code)
    by_code = subject_of_code(code, at=at) if given else None
    if by_code is not None:
        return _by_code(by_code, name, at)
    if not name.strip():
        return Screened("empty", warning=_of_code(given))
    if is_person_like(name):
        return Screened("person")
    return _by_name(name, given, at, threshold)


def _of_code(given: str) -> str:
    if not given:
        return ""
    return "code-not-known" if unified.is_valid(given) else "code-not-valid"


def _by_code(subject_id: UUID, name: str, at: datetime) -> Screened:
    known = profile(subject_id, at=at)
    if known is None:
        raise LookupError(subject_id.hex)
    differs = _names_differ([name], known)
    return Screened(
        "code", str(subject_id), known.public_name, known.code or "", 1.0, "name-differs" if differs else ""
    )


def _by_name(name: str, given: str, at: datetime, threshold: float) -> Screened:
    warning, codes = _of_code(given), given_codes([given])
    alike = [one for one in candidates(name, at=at, limit=LOOKED_AT) if one.likeness.verdict != "different"]
    known = profiles([UUID(one.subject_id) for one in alike], at=at)
    assessed = [
        _Assessed(found, codes.assess(one.likeness, found), codes.repair(found))
        for one in alike
        if (found := known.get(UUID(one.subject_id))) is not None
    ]
    near = [one for one in assessed if one.assessment.likeness.score >= threshold]
    free = sorted((one for one in near if one.assessment.score >= threshold), key=_best_first)
    if not free:
        blocked = any(one.assessment.blocked for one in near)
        return Screened("none", warning="blocked-by-code" if blocked else warning)
    best, told = free[0], free[0].assessment
    equals = _equals(free)
    outcome: Outcome = "same" if told.verdict == "same" and not equals else "possibly"
    return Screened(
        outcome, str(best.profile.subject_id), best.profile.public_name, best.profile.code or "", told.score,
        warning, told.likeness.reasons, told.corroborations, best.repair, equals,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Assessed:
    profile: Profile
    assessment: Assessment
    repair: Repair | None


def _best_first(one: _Assessed) -> tuple[float, bool]:
    """A code that one slip makes out of the one given tells two of one name apart."""
    return -one.assessment.score, one.repair is None


def _equals(found: Sequence[_Assessed]) -> tuple[str, ...]:
    """Return who else is as alike as the first, to a hair: then a person decides."""
    best = found[0]
    others = (one for one in found if one.assessment.score == best.assessment.score)
    met = {one.profile.subject_id: one.profile.code or str(one.profile.subject_id) for one in others}
    return tuple(code for subject_id, code in met.items() if subject_id != best.profile.subject_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """The names and codes that are meant for one subject."""

    names: Sequence[str] = ()
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A subject of whom something shows, that names and codes may be meant for."""

    profile: Profile
    score: float
    reasons: tuple[PartLikeness, ...] = ()
    corroborations: tuple[Corroboration, ...] = ()
    repair: Repair | None = None
    by_code: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def decided(self) -> bool:
        """Return whether every checked code given leads to it, and no name given clearly contradicts."""
        return self.by_code and not self.doubts


def nearest_shown(asked: Sequence[Asked], *, at: datetime, limit: int) -> list[list[Near]]:
    """Return for each of the asked of whom something shows to everyone and they may be meant, best first.

    Who does not show is as who does not exist. Persons are not looked up. Many are asked as one is: names
    that come again are looked up once, and whoever is met is read in one go.
    """
    names = {name for one in asked for name in one.names if not is_person_like(name)}
    alike = {name: candidates(name, at=at, limit=LOOKED_AT) for name in names}
    scores = [_scores([alike[name] for name in one.names if name in alike]) for one in asked]
    leads = [_leads(one.codes, at) for one in asked]
    # Nobody is asked about too: that a name is known and does not show must not be told by the time it takes.
    met = {NOBODY, *(subject_id for found in (*scores, *leads) for subject_id in found)}
    known = shown_organisations(sorted(met), at=at)
    return [
        _nearest(one, found, to, known)[:limit] for one, found, to in zip(asked, scores, leads, strict=True)
    ]


def shown_organisations(subject_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Profile]:
    """Return those of the subjects of whom something shows to everyone, without the professionals."""
    shown = subjects_shown([one.hex for one in subject_ids], at=at)
    known = profiles([UUID(one) for one in shown], at=at)
    return {one: told for one, told in known.items() if told.kind != "professional"}


def _scores(found: Iterable[Iterable[Candidate]]) -> dict[UUID, Likeness]:
    """Return for each subject met the best likeness any of the names has with it."""
    scored: dict[UUID, Likeness] = {}
    for one in chain.from_iterable(found):
        subject_id, likeness = UUID(one.subject_id), one.likeness
        if likeness.verdict != "different":
            scored[subject_id] = max(likeness, scored.get(subject_id, likeness), key=lambda each: each.score)
    return scored


def _leads(codes: Iterable[str], at: datetime) -> set[UUID]:
    """Return to whom the codes lead whose check passes; a code nobody bears leads to nobody's id."""
    return {subject_of_code(code, at=at) or NOBODY for code in codes if keys_in(code)}


def _nearest(
    asked: Asked, scored: Mapping[UUID, Likeness], leads: set[UUID], known: Mapping[UUID, Profile]
) -> list[Near]:
    near = [_led_to(known[one], asked.names, leads) for one in leads if one in known]
    codes = given_codes(asked.codes)
    alike = [
        _near(likeness, known[one], codes)
        for one, likeness in scored.items()
        if one in known and one not in leads
    ]
    free = [*near, *_doubted([one for one in alike if one.score], another=bool(near))]
    return sorted(free, key=lambda one: (-one.score, not one.by_code, not one.repair, one.profile.subject_id))


def _led_to(known: Profile, names: Iterable[str], leads: set[UUID]) -> Near:
    """Return whom a code leads to, with what speaks against its being meant."""
    told: dict[Doubt, bool] = {
        "name-contradicts": _said_to_differ(names, known),
        "codes-differ": len(leads) > 1,
    }
    return Near(known, 1.0, by_code=True, doubts=tuple(doubt for doubt, holds in told.items() if holds))


def _doubted(alike: Sequence[Near], *, another: bool) -> list[Near]:
    """Return those of like names with why none of them is simply meant: a code's bearer, or an equal."""
    best = max((one.score for one in alike), default=0.0)
    tied = sum(one.score == best for one in alike) > 1
    of_another: tuple[Doubt, ...] = ("code-of-another",) if another else ()
    equal: tuple[Doubt, ...] = ("equally-alike",) if tied else ()
    return [replace(one, doubts=of_another + (equal if one.score == best else ())) for one in alike]


def _near(likeness: Likeness, known: Profile, codes: GivenCodes) -> Near:
    """Return a subject of like name, scored with what the codes say; one they block is scored 0."""
    told = codes.assess(likeness, known)
    return Near(known, told.score, likeness.reasons, told.corroborations, codes.repair(known))


def _said_to_differ(names: Iterable[str], known: Profile) -> bool:
    # Of a name that is a person's nothing is told, not even that another was guessed wrongly.
    return not known.noindex and _names_differ(names, known)


def _names_differ(names: Iterable[str], known: Profile) -> bool:
    """Return whether each of the names, where any is given, is clearly none the subject bears or bore."""
    given = [name for name in names if name.strip()]
    borne = (known.name, *known.former_names, *known.other_names)
    return bool(given) and all(clearly_different(name, one) for name in given for one in borne)
