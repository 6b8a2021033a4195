"""The code decides, the name only warns: when is a name clearly another one? (design §1.7)"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from gongxin.core.names.normal_form import normalise_name
from gongxin.core.names.words import words

_SHORTEST_TYPO = 4  # below this one changed character makes another name
_SHORTEST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Whether two names clearly differ, and in what way they do or do not."""

    different: bool
    reason: str  # same, legal-form, prefix, contained, one-character, abbreviation, other-name, no-name


def clearly_different(name: str, other: str) -> bool:
    """Return whether two names clearly name different organisations. The caller compares former names."""
    return compare_names(name, other).different


def compare_names(name: str, other: str) -> NameComparison:
    """Return how two names differ; brackets, spaces, traditional characters are no difference."""
    first, second = normalise_name(name), normalise_name(other)
    reason = _likeness(first, second) if first and second else "no-name"
    return NameComparison(reason == OTHER_NAME, reason)


OTHER_NAME = "other-name"


def _likeness(first: str, second: str) -> str:
    if first == second:
        return "same"
    for reason, bare in (("legal-form", _without_legal_form), ("prefix", _without_region)):
        first, second = bare(first), bare(second)
        if first == second:
            return reason
    shorter, longer = sorted((first, second), key=len)
    for reason, alike in _LIKENESSES:
        if alike(shorter, longer):
            return reason
    return OTHER_NAME


def _without_legal_form(normal: str) -> str:
    run = _legal_forms_backwards().match(normal[::-1])
    bare = normal[: -run.end()] if run else normal
    return bare or normal


def _without_region(normal: str) -> str:
    bare = _region().sub("", normal)
    return bare if len(bare) >= 2 else normal


def _contained(shorter: str, longer: str) -> bool:
    """Two characters alone are often a trade (建筑, 供销): they count where the longer name begins so."""
    return shorter in longer if len(shorter) > 2 else len(shorter) == 2 and longer.startswith(shorter)


def _one_edit_apart(shorter: str, longer: str) -> bool:
    """Return whether one character changed, added or dropped makes one text of the other."""
    if len(shorter) < _SHORTEST_TYPO or len(longer) - len(shorter) > 1:
        return False
    pairs = enumerate(zip(shorter, longer, strict=False))
    same = next((at for at, (one, two) in pairs if one != two), len(shorter))
    rest = shorter[same + 1 :] if len(shorter) == len(longer) else shorter[same:]
    return rest == longer[same + 1 :]


def _abbreviated(shorter: str, longer: str) -> bool:
    """Return whether the shorter name keeps some characters of the longer in their order: 中信海直."""
    left = iter(longer)
    return _SHORTEST_ABBREVIATION <= len(shorter) <= 6 and all(character in left for character in shorter)


_LIKENESSES: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("contained", _contained),
    ("one-character", _one_edit_apart),
    ("abbreviation", _abbreviated),
)


@lru_cache(maxsize=1)
def _legal_forms_backwards() -> re.Pattern[str]:
    """Read from its end, a name is gone through once; sought from its front, once for each form in it."""
    longest_first = sorted(words("legal_form_endings"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(form[::-1] for form in longest_first)})+")


@lru_cache(maxsize=1)
def _region() -> re.Pattern[str]:
    endings = "|".join(sorted(words("region_endings"), key=len, reverse=True))
    return re.compile(rf"^(?:中国)?(?:.{{2,4}}?(?:{endings})){{0,3}}")
