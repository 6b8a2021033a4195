"""Which codes one organisation cannot bear, and what that asks of subjects that are one by merges."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongxin.core.subjects.identity import ORGANISATION, REGISTRATION, UNIFIED, Key

CODES = frozenset({UNIFIED, ORGANISATION, REGISTRATION})  # an organisation bears one of each


def conflicting(keys: Iterable[Key]) -> tuple[Key, Key] | None:
    """Return two codes that no one organisation can bear, or None.

    Two of one scheme, or an organisation code that is not the one inside the unified code. All were checked
    when they were taken in. A name is not asked, and no likeness of names outweighs this.
    """
    borne: dict[str, str] = {}
    for scheme, value in sorted(key for key in set(keys) if key[0] in CODES):
        if scheme in borne:
            return (scheme, borne[scheme]), (scheme, value)
        borne[scheme] = value
    inside, organised = borne.get(UNIFIED, "")[8:17], borne.get(ORGANISATION, "")
    if inside and organised and inside != organised:
        return (UNIFIED, borne[UNIFIED]), (ORGANISATION, organised)
    return None


@dataclass(slots=True, eq=False)
class Cluster:
    """Subjects that are one by merges that stand: who, and all their codes, to which none may be added that
    conflicts with another."""

    members: tuple[str, ...]
    codes: set[Key] = field(default_factory=set)

    def bears(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Return those of `keys` the cluster can bear, each beside the ones before it."""
        fitting: list[Key] = []
        for key in keys:
            if conflicting([*self.codes, *fitting, key]) is None:
                fitting.append(key)
        return tuple(fitting)
