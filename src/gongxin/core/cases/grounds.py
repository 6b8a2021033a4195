"""On which grounds an act may rest, where the law data names them: the centre's own, those of a repair."""

from collections.abc import Mapping

from gongxin.core.cases.kinds import Kind, Party
from gongxin.core.cases.reasons import centres_grounds
from gongxin.core.cases.repair_law import grounds
from gongxin.core.catalogue import Label

_EXAMINED = frozenset(
    {Kind.OBJECTION, Kind.NOT_THE_SUBJECT}
)  # by the source; the centre decides its own only
_REPAIRED = frozenset({Kind.REPAIR, Kind.REORGANISATION})


def grounds_at(kind: Kind, act: str, *, by: Party) -> Mapping[str, Label]:
    """Return the grounds of which one must be given for an act; none where the reason is enough."""
    if kind in _EXAMINED:
        return centres_grounds(act) if by is Party.CENTRE else {}
    return grounds(act) if kind in _REPAIRED else {}
