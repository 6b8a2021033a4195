"""The four axes of state in words, each with the colour and shape its tag takes (design §5)."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORCE, ATTENTION, ENDED, DISPUTED, PLAIN = "force", "attention", "ended", "disputed", "plain"


class HasStates(Protocol):
    @property
    def record(self) -> str: ...
    @property
    def publication(self) -> str: ...
    @property
    def dispute(self) -> str: ...
    @property
    def repair(self) -> str: ...


@dataclass(frozen=True, slots=True)
class State:
    axis: str
    value: str
    words: Promise
    shape: str


def _axis(axis: str, *values: tuple[str, Promise, str]) -> dict[str, State]:
    return {value: State(axis, value, words, shape) for value, words, shape in values}


RECORD = _axis(
    "record",
    ("in_force", _("In force"), FORCE),
    ("corrected", _("Corrected"), FORCE),
    ("withdrawn", _("Withdrawn"), ENDED),
    ("held", _("Held for checking"), ATTENTION),
    ("archived", _("Archived"), ENDED),
)
PUBLICATION = _axis(
    "publication",
    ("pending", _("Not yet shown"), ATTENTION),
    ("published", _("Shown"), FORCE),
    ("withheld", _("Not shown"), ENDED),
    ("masked", _("Masked"), ATTENTION),
    ("suspended", _("Suspended"), ATTENTION),
    ("ended", _("No longer shown"), ENDED),
)
# What its class shows to nobody else is told to its own subject in these words, not as shown.
OWN_ONLY = "own-only"
TOLD_TO_ITSELF = _axis("publication", (OWN_ONLY, _("Only you see it"), PLAIN))
DISPUTE = _axis(
    "dispute",
    ("none", _("No objection"), PLAIN),
    ("open", _("Objection being examined"), DISPUTED),
    ("upheld", _("Objection upheld"), DISPUTED),
    ("refused", _("Objection refused"), ENDED),
)
REPAIR = _axis(
    "repair",
    ("none", _("No repair"), PLAIN),
    ("requested", _("Repair asked for"), ATTENTION),
    ("refused", _("Repair refused"), ATTENTION),
    ("repaired", _("Repaired"), FORCE),
)


def states_of(view: HasStates) -> tuple[State, State, State, State]:
    """Return all four states of a record. Raises KeyError for a value design §5 does not name."""
    return (
        RECORD[view.record],
        TOLD_TO_ITSELF.get(view.publication) or PUBLICATION[view.publication],
        DISPUTE[view.dispute],
        REPAIR[view.repair],
    )
