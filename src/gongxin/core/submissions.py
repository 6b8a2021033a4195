"""The life of a submission: its states and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"  # the sealed bytes lie in the spool
    CHECKED = "checked"  # the spool is erased; rows wait to be posted
    POSTING = "posting"
    DONE = "done"
    REFUSED = "refused"  # the file as a whole could not be read
    RECALLING = "recalling"  # what it brought is being taken back, batch by batch
    RECALLED = "recalled"


# Not a state but a rest in one: what is shown of a submission that failed too often on our side.
STOPPED = "stopped"

# How the idempotency keys begin that we give ourselves; no sender may give such a one.
BY_FORM, BY_STAGING = "form-", "staging-"
RESERVED_KEYS = (BY_FORM, BY_STAGING)

_NEXT: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.CHECKED, State.REFUSED}),
    State.CHECKED: frozenset({State.POSTING, State.DONE, State.RECALLED}),
    State.POSTING: frozenset({State.DONE}),
    State.DONE: frozenset({State.RECALLING}),
    State.RECALLING: frozenset({State.RECALLED}),
    State.REFUSED: frozenset(),
    State.RECALLED: frozenset(),
}


class NotAStep(Exception):
    """A submission in this state cannot take that step."""


def next_state(state: State, wanted: State) -> State:
    """Return `wanted` if a submission in `state` may become it. Raises NotAStep otherwise."""
    if wanted not in _NEXT[state]:
        raise NotAStep(f"{state} -> {wanted}")
    return wanted


def has_work_left(state: State) -> bool:
    """Return whether a worker still has something to do for a submission in `state`."""
    return state in {State.RECEIVED, State.CHECKED, State.POSTING, State.RECALLING}
