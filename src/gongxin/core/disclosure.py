"""The one visibility function: who may see what of a record, at which moment.

`registry.publication.visible` holds its SQL twin for whole tables; a property test proves the two equal.
Sources: law-decisions 2, 6, 7, R10; design §5.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongxin.core.ledger import RecordState


class Audience(StrEnum):
    PUBLIC = "public"
    SUBJECT = "subject"
    AUDITOR = "auditor"


class Outcome(StrEnum):
    """What a publication decision says."""

    PENDING = "pending"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    SUSPENDED = "suspended"
    MASKED = "masked"  # for the time of a reorganisation (law-decisions 18)
    ENDED = "ended"  # by repair, withdrawal or removal, before its day


class Publication(StrEnum):
    """The second axis: is the record shown?"""

    PENDING = "pending"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    MASKED = "masked"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Visibility(StrEnum):
    SHOWN = "shown"
    TOMBSTONE = "tombstone"  # id, kind of end, day; nothing else
    HIDDEN = "hidden"  # the same answer as "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger and the newest decision say of one record, as known at one instant."""

    adverse: bool
    audience: Audience  # whom the class is for
    record: RecordState
    outcome: Outcome | None
    publish_from: datetime | None
    publish_until: datetime | None
    class_in_force: bool = True  # nothing shows but by a class of the edition in force (design §1)


@dataclass(frozen=True, slots=True)
class View:
    visibility: Visibility
    publication: Publication
    ended_at: datetime | None = None


def publication_at(facts: Facts, at: datetime) -> Publication:
    """Return whether a record is shown at `at`: derived, never stored. An end is exact to the instant."""
    if facts.outcome is None or facts.outcome is Outcome.PENDING:
        return Publication.PENDING
    hidden_for_a_time = facts.outcome in {Outcome.SUSPENDED, Outcome.MASKED}
    if facts.outcome is not Outcome.PUBLISHED and not hidden_for_a_time:
        return Publication(facts.outcome.value)
    if facts.publish_until is not None and facts.publish_until <= at:
        return Publication.ENDED  # its period runs on while it is hidden
    if hidden_for_a_time:
        return Publication(facts.outcome.value)
    if facts.publish_from is None or facts.publish_from > at:
        return Publication.PENDING
    return Publication.PUBLISHED


def view(facts: Facts, audience: Audience, at: datetime) -> View:
    """Return what `audience` sees of a record at `at`.

    The subject and the auditor see everything that stands in the file, with its state. Everyone
    else sees what is published to the public; a published record that has ended leaves a tombstone
    at its own address; whatever was never public answers as if it were not there, and so does a
    record whose class has left the edition in force: its legal basis is gone.
    """
    publication = publication_at(facts, at)
    if audience is Audience.AUDITOR or audience is Audience.SUBJECT:
        return View(Visibility.SHOWN, publication, _ended_at(facts, publication))
    held = facts.record is RecordState.HELD or not facts.class_in_force
    if held or facts.audience is not Audience.PUBLIC:
        return View(Visibility.HIDDEN, publication)
    if publication is Publication.ENDED:
        return View(Visibility.TOMBSTONE, publication, _ended_at(facts, publication))
    gone = facts.record in {RecordState.WITHDRAWN, RecordState.ARCHIVED}
    if publication is Publication.PUBLISHED and not gone:
        return View(Visibility.SHOWN, publication)
    return View(Visibility.HIDDEN, publication)


def view_of_the_past(then: View, now: View, *, adverse: bool) -> View:
    """Return what a stranger asking today sees of what was shown on a past day (law-decisions 7).

    What was shown then and still stands is shown as it was; an adverse record that has since ended,
    been repaired or withdrawn is a tombstone; the rest of the past is for the subject and the auditor.
    """
    if then.visibility is not Visibility.SHOWN or now.visibility is Visibility.SHOWN or not adverse:
        return then
    return View(Visibility.TOMBSTONE, now.publication, now.ended_at)


def _ended_at(facts: Facts, publication: Publication) -> datetime | None:
    return facts.publish_until if publication is Publication.ENDED else None
