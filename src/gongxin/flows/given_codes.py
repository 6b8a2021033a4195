"""What the codes given with a name say of the subjects the name may be meant for.

Valid codes corroborate or contradict; of a damaged one is told which of these subjects' codes it may have
been. The names agree before any code is looked at, so that a repair is proposed only where they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.names.likeness import Likeness
from gongxin.core.subjects import ORGANISATION, REGISTRATION, UNIFIED
from gongxin.core.subjects.corroboration import Assessment, Identifiers, assess, corroborate
from gongxin.core.subjects.repair import Repair, repairs
from gongxin.flows.identifiers import identifiers_from, identifiers_of_subject
from gongxin.registry.subjects.queries import Profile

_CHECKS = ((UNIFIED, unified), (ORGANISATION, organisation), (REGISTRATION, registration))


@dataclass(frozen=True)
class GivenCodes:
    """Codes as a person gave them, in their normal form."""

    codes: tuple[str, ...]

    def assess(self, likeness: Likeness, known: Profile) -> Assessment:
        """Return what the names and these codes say together; two valid codes that differ block.

        Several of one kind are each compared, and the best counts: one of them may be a former code.
        """
        borne = identifiers_of_subject(known)
        found = [assess(likeness, corroborate(one, borne)) for one in self._identifiers]
        return min(found, key=lambda one: (one.blocked, -one.score))

    def repair(self, known: Profile) -> Repair | None:
        """Return what put right would make one of these codes the subject's, or None."""
        return self._repairs.get(dict(known.identifiers).get(UNIFIED, ""))

    @cached_property
    def _identifiers(self) -> list[Identifiers]:
        valid = [{scheme: code} for code in self.codes for scheme, check in _CHECKS if check.is_valid(code)]
        return [identifiers_from(one, region=one.get(UNIFIED, "")[2:8]) for one in valid] or [Identifiers()]

    @cached_property
    def _repairs(self) -> Mapping[str, Repair]:
        return {repair.code: repair for code in self.codes for repair in repairs(code)}


def given_codes(codes: Iterable[str]) -> GivenCodes:
    """Return the codes a person gave, however they are written."""
    return GivenCodes(tuple(filter(None, map(normalise_code, codes))))
