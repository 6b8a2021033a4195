"""What differs between two versions of a record, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after; empty where the version did not have it."""

    key: str
    before: str
    after: str


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Return the fields that differ, in the order of the later version, then those it left out."""
    keys = [*after, *(key for key in before if key not in after)]
    changed = [Difference(key, before.get(key, ""), after.get(key, "")) for key in keys]
    return [one for one in changed if one.before != one.after]
