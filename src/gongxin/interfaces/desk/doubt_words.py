"""Words of the review queue: why two are laid before a person, what was said, why an act was refused."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.flows.decide_doubt import OneAtATime
from gongxin.flows.judge import (
    Absorbed,
    CodesConflict,
    JudgedDifferent,
    MergedAlready,
    NotAnOrganisation,
    NotLive,
    RowDecided,
    SaidAlready,
)
from gongxin.flows.link import AnotherKind, CodesContradict, NotLinked, NotOpen, ReplacedSince
from gongxin.flows.merge import OnePersonTwice

REASONS: Mapping[str, Promise] = {
    "same-name": _("The same name"),
    "like-name": _("A name much alike"),
    "damaged-code": _("A code with one character wrong"),
    "asked": _("Somebody asked"),
}
STANDINGS: Mapping[str, Promise] = {
    "open": _("Waiting for a decision"),
    "proposed": _("Merges waiting for a second person"),
    "aside": _("Put aside: nobody could tell"),
}
AGES: Mapping[int, Promise] = {
    0: _("found today"),
    3: _("over 3 days"),
    7: _("over 7 days"),
    30: _("over 30 days"),
}
VERDICTS: Mapping[str, Promise] = {
    "same": _("The same"),
    "different": _("Different"),
    "cannot-tell": _("Cannot tell"),
}
GROUNDS: Mapping[str, tuple[Promise, ...]] = {
    "same": (
        _("Name and address are as registered; checked with the registration authority"),
        _("The code is a slip of the pen; all else agrees"),
        _("The same organisation before and after its unified code was given"),
    ),
    "different": (
        _("Another organisation: brand, trade or place differ"),
        _("One is a branch of the other"),
    ),
    "cannot-tell": (_("Too little is known; the sender was asked"),),
}
REFUSALS: Mapping[type[Exception], Promise] = {
    OneAtATime: _("Choose first which of the candidates it is."),
    CodesContradict: _("Not done: valid codes say that these are two organisations, whatever the names."),
    CodesConflict: _("Not done: valid codes say that these are two organisations, whatever the names."),
    JudgedDifferent: _(
        "Not done: one of them was judged different from the other before. Take that back first."
    ),
    Absorbed: _("Not done: one of the two was merged into another since. Decide about that one instead."),
    MergedAlready: _("The two are one already. Only undoing the merge parts them."),
    SaidAlready: _("This has been said already and stands."),
    RowDecided: _("Someone has decided this already."),
    NotOpen: _("Someone has decided this already."),
    NotLive: _("Someone has taken this back already."),
    NotLinked: _("Someone has taken this back already."),
    OnePersonTwice: _("Not done: a merge takes two persons. Someone else must confirm what you proposed."),
    ReplacedSince: _(
        "Not undone: what was posted of this row has been replaced by a newer version, or its file was"
        " recalled. Look at the record's history; the newer file can be recalled."
    ),
    AnotherKind: _("This class is not about subjects of that kind."),
    NotAnOrganisation: _("Only organisations can be merged."),
}
