"""Screening: whom of the register a name, and perhaps a code, may be meant for. It proposes, never links.

A checked code decides, and the name only warns. Without one the nearest names are proposed; a subject that
bears another valid code is never proposed, however alike its name is (design §1.7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Literal
from uuid import UUID

from gongxin.core.identifiers import unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.names import clearly_different, is_person_like
from gongxin.core.names.reasons import PartLikeness
from gongxin.registry.publication.showing import subjects_shown
from gongxin.registry.subjects.candidates import Candidate, candidates
from gongxin.registry.subjects.queries import Profile, briefs, keys_in, profile, profiles, subject_of_code

Outcome = Literal["code", "same", "possibly", "none", "person", "empty"]
NEAREST, LOOKED_AT = 5, 20
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
class Asked:
    """The names and codes that are meant for one subject."""

    names: Sequence[str] = ()
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A subject of whom something shows, that names and codes may be meant for; no reasons: by its code.

    `decided` says that every checked code given leads to it, and that no name given clearly contradicts.
    """

    profile: Profile
    score: float
    reasons: tuple[PartLikeness, ...] = ()
    decided: bool = False


def nearest_shown(asked: Sequence[Asked], *, at: datetime, limit: int) -> list[list[Near]]:
    """Return for each of the asked of whom something shows to everyone and they may be meant, best first.

    Who does not show is as who does not exist. Persons are not looked up. Many are asked as one is: names
    that come again are looked up once, and whoever is met is read in one go.
    """
    names = {name for one in asked for name in one.names if not is_person_like(name)}
    alike = {name: candidates(name, at=at, limit=LOOKED_AT) for name in names}
    scores = [_scores([alike[name] for name in one.names if name in alike]) for one in asked]
    leads = [_leads(one.codes, at) for one in asked]
    met = {subject_id for found in scores for subject_id in found} | {one.hex for to in leads for one in to}
    known = shown_organisations(map(UUID, sorted(met)), at=at)
    return [
        _nearest(one, found, to, known)[:limit] for one, found, to in zip(asked, scores, leads, strict=True)
    ]


def shown_organisations(subject_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Profile]:
    """Return those of the subjects of whom something shows to everyone, without the professionals."""
    shown = subjects_shown([one.hex for one in subject_ids], at=at)
    known = profiles([UUID(one) for one in shown], at=at)
    return {one: told for one, told in known.items() if told.kind != "professional"}


_Score = tuple[float, tuple[PartLikeness, ...]]


def _scores(found: Iterable[Iterable[Candidate]]) -> dict[str, _Score]:
    """Return for each subject met the best score any of the names has with it."""
    scored: dict[str, _Score] = {}
    for one in chain.from_iterable(found):
        if one.likeness.verdict != "different":
            before = scored.get(one.subject_id, (0.0, ()))
            scored[one.subject_id] = max(before, (one.likeness.score, one.likeness.reasons))
    return scored


def _leads(codes: Iterable[str], at: datetime) -> set[UUID]:
    """Return to whom the codes lead whose check passes; a code nobody bears leads to nobody's id."""
    return {subject_of_code(code, at=at) or NOBODY for code in codes if keys_in(code)}


def _nearest(
    asked: Asked, scored: Mapping[str, _Score], leads: set[UUID], known: Mapping[UUID, Profile]
) -> list[Near]:
    given = _checked(asked.codes)
    near = [
        Near(known[one], 1.0, (), leads == {one} and not _said_to_differ(asked.names, known[one]))
        for one in leads
        if one in known
    ]
    near += [
        Near(known[UUID(one)], *score)
        for one, score in scored.items()
        if UUID(one) in known and UUID(one) not in leads and not _contradicts(known[UUID(one)].code, given)
    ]
    return sorted(near, key=lambda one: (-one.score, bool(one.reasons), one.profile.subject_id))


def _said_to_differ(names: Iterable[str], known: Profile) -> bool:
    # Of a name that is a person's nothing is told, not even that another was guessed wrongly.
    return not known.noindex and _names_differ(names, known)


def _names_differ(names: Iterable[str], known: Profile) -> bool:
    """Return whether each of the names, where any is given, is clearly none the subject bears or bore."""
    given = [name for name in names if name.strip()]
    borne = (known.name, *known.former_names, *known.other_names)
    return bool(given) and all(clearly_different(name, one) for name in given for one in borne)
