"""Following an organisation: for how long, on what it rests, and what a change of its records is called.

A follower is told that a record came to show or shows no longer, by its kind and its address; never what
stands in it, and never of one that is not shown to everybody. Source: Henan regulation art 40; law-decisions
21, 22, R7.
"""

from datetime import date
from enum import StrEnum

from gongxin.core.catalogue import Label
from gongxin.core.lists import list_of_class
from gongxin.core.periods import add_months

LONGEST_MONTHS = 12
PENALTY = "penalty"
HONOUR = "honour"


class Change(StrEnum):
    """What happened to a record of an organisation that is followed."""

    LISTED = "listed"
    DELISTED = "delisted"
    PENALTY_POSTED = "penalty-posted"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    HONOUR_GAINED = "honour-gained"
    HONOUR_LOST = "honour-lost"
    HIDDEN = "hidden"  # for a time: suspended, or while a reorganisation is carried out
    ENDED = "ended"


LABELS = {
    Change.LISTED: Label("列入名单", "put on a list"),
    Change.DELISTED: Label("移出名单", "taken off a list"),
    Change.PENALTY_POSTED: Label("新公示行政处罚", "a penalty is shown"),
    Change.REPAIRED: Label("已修复", "repaired"),
    Change.WITHDRAWN: Label("来源单位已撤回", "withdrawn by its source"),
    Change.REVOKED: Label("列入决定已撤销", "the listing was revoked"),
    Change.HONOUR_GAINED: Label("取得守信荣誉", "an honour gained"),
    Change.HONOUR_LOST: Label("守信荣誉终止", "an honour lost"),
    Change.HIDDEN: Label("暂停公示", "not shown for a time"),
    Change.ENDED: Label("公示期满", "shown no longer: its time is over"),
}
APPEARED = frozenset({Change.LISTED, Change.PENALTY_POSTED, Change.HONOUR_GAINED})


def latest_end(begun_on: date) -> date:
    """Return the last day on which a follow may end: a year on, as months end (Civil Code 202) [P]."""
    return add_months(begun_on, LONGEST_MONTHS)


def is_followed(class_id: str) -> bool:
    """Return whether changes of a class are told: penalties, and the rows of lists."""
    return class_id == PENALTY or list_of_class(class_id) is not None


def came(class_id: str) -> Change:
    """Return what it is called that a record of a followed class came to show."""
    if class_id == PENALTY:
        return Change.PENALTY_POSTED
    return Change.HONOUR_GAINED if _is_honour(class_id) else Change.LISTED


def went(class_id: str, *, record: str, repair: str, publication: str) -> Change:
    """Return what it is called that one shows no longer, by the three axes it stands on now."""
    listed = class_id != PENALTY
    if repair == "repaired":
        return Change.REPAIRED
    if record == "withdrawn":
        return Change.REVOKED if listed else Change.WITHDRAWN
    if publication in {"suspended", "masked"}:
        return Change.HIDDEN
    if not listed:
        return Change.ENDED
    return Change.HONOUR_LOST if _is_honour(class_id) else Change.DELISTED


def _is_honour(class_id: str) -> bool:
    found = list_of_class(class_id)
    return found is not None and found.effect.value == HONOUR
