"""Screening: whom of the register a name, and perhaps a code, may be meant for. It proposes, never links.

A checked code decides, and the name only warns. Without one the nearest names are proposed; a subject that
bears another valid code is never proposed, however alike its name is (design §1.7).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from gongxin.core.identifiers import unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.names import clearly_different, is_person_like
from gongxin.core.names.reasons import PartLikeness
from gongxin.registry.publication.showing import subjects_shown
from gongxin.registry.subjects.candidates import Candidate, candidates
from gongxin.registry.subjects.queries import Profile, briefs, profile, profiles, subject_of_code

Outcome = Literal["code", "same", "possibly", "none", "person", "empty"]
NEAREST, LOOKED_AT = 5, 20
LEAST_SCORE = 0.5


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
    names = (known.name, *known.former_names)
    differs = bool(name.strip()) and all(clearly_different(name, one) for one in names)
    return Screened(
        "code", subject_id.hex, known.public_name, known.code or "", 1.0, "name-differs" if differs else ""
    )


def _by_name(name: str, given: str, at: datetime, threshold: float) -> Screened:
    warning = _of_code(given)
    near = [
        one
        for one in candidates(name, at=at, limit=NEAREST)
        if one.likeness.verdict != "different" and one.likeness.score >= threshold
    ]
    known = briefs([one.subject_id for one in near])
    codes = _checked([given])
    free = [one for one in near if not _contradicts(known[one.subject_id].code, codes)]
    if near and not free:
        return Screened("none", warning="blocked-by-code")
    if not free:
        return Screened("none", warning=warning)
    best = free[0]
    brief = known[best.subject_id]
    outcome: Outcome = "same" if best.likeness.verdict == "same" and not _tied(free) else "possibly"
    return Screened(
        outcome, best.subject_id, brief.public_name, brief.code or "", best.likeness.score, warning,
        best.likeness.reasons,
    )  # fmt: skip


def _checked(codes: Iterable[str]) -> frozenset[str]:
    """Return those of the codes whose check passes, in their normal form."""
    return frozenset(filter(unified.is_valid, map(normalise_code, codes)))


def _contradicts(code: str | None, given: frozenset[str]) -> bool:
    """Return whether two valid codes say that these are two organisations."""
    return bool(code and given) and code not in given


def _tied(found: list[Candidate]) -> bool:
    """Return whether two subjects are alike to a hair: then a person decides."""
    return len(found) > 1 and found[0].likeness.score == found[1].likeness.score


@dataclass(frozen=True, slots=True)
class Near:
    """A subject of whom something shows, that names and codes may be meant for; no reasons: by its code."""

    profile: Profile
    score: float
    reasons: tuple[PartLikeness, ...] = ()


def nearest_shown(*, names: Sequence[str], codes: Sequence[str], at: datetime, limit: int) -> list[Near]:
    """Return of whom something shows to everyone and these names or codes may be meant, best first.

    Who does not show is as who does not exist. Persons are not looked up.
    """
    given = _checked(codes)
    scored: dict[str, tuple[float, tuple[PartLikeness, ...]]] = {}
    for name in names:
        if is_person_like(name):
            continue
        for one in candidates(name, at=at, limit=LOOKED_AT):
            if one.likeness.verdict != "different":
                before = scored.get(one.subject_id, (0.0, ()))
                scored[one.subject_id] = max(before, (one.likeness.score, one.likeness.reasons))
    by_code = {found.hex for code in codes if (found := subject_of_code(code, at=at)) is not None}
    scored |= dict.fromkeys(by_code, (1.0, ()))
    shown = subjects_shown(scored, at=at)
    known = profiles([UUID(subject_id) for subject_id in shown], at=at)
    near = [
        Near(one, *scored[one.subject_id.hex])
        for one in known.values()
        if one.subject_id.hex in by_code or not _contradicts(one.code, given)
    ]
    return sorted(near, key=lambda one: (-one.score, one.profile.subject_id))[:limit]
