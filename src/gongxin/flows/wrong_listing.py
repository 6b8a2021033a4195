"""A listing that was found wrong is out of use at that instant, whether it showed or not; or holds again."""

from datetime import datetime

from gongxin.core.disclosure import Outcome
from gongxin.flows.change_publication import (
    ONCE_SHOWN,
    WRONG_LISTING,
    decision_again,
    hide,
    newest_decision,
    show_again,
)
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision

# What a listing is suspended out of although it does not show, and returns to where it was right after all:
# a withheld one binds all the same, and one that waits would bind as soon as a person has looked at its name.
NOT_SHOWN = frozenset({Outcome.WITHHELD.value, Outcome.PENDING.value})


def suspend_at_once(entry: Entry, *, by: str, at: datetime) -> None:
    """Suspend what is decided of a listing's record, inside the running transaction, as the one writer."""
    newest = newest_decision(entry.subject_id, entry.record_id)
    if newest is None:
        return
    if newest.outcome in ONCE_SHOWN:
        hide([entry], outcome=Outcome.SUSPENDED, reason=WRONG_LISTING, decided_by=by, at=at)
    elif newest.outcome in NOT_SHOWN:
        _decide(newest, entry, Outcome.SUSPENDED.value, WRONG_LISTING, by=by, at=at)


def show_as_before(entry: Entry, *, by: str, at: datetime) -> None:
    """Let a listing that was suspended as wrong hold and show as before, for the rest of its time."""
    taken = list(
        Decision.objects.filter(subject_id=entry.subject_id, record_id=entry.record_id).order_by(
            "decided_at", "id"
        )
    )
    if not taken or taken[-1].reason != WRONG_LISTING:
        return  # hidden, or ended, for another reason since
    before = next((one for one in reversed(taken) if one.reason != WRONG_LISTING), taken[0])
    if before.outcome in NOT_SHOWN:
        _decide(taken[-1], entry, before.outcome, before.reason, by=by, at=at)
    else:
        show_again([entry], decided_by=by, at=at)


def _decide(newest: Decision, entry: Entry, outcome: str, reason: str, *, by: str, at: datetime) -> None:
    row = decision_again(newest, decided_by=by, at=at, entry_id=entry.id.hex, outcome=outcome, reason=reason)
    publication.append([row])
