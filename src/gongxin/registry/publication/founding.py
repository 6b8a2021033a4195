"""Standing records and listings, and whether something may be founded on one at an instant.

The one home of what "a listing is in force" means: for checks, for the pages of lists, for procedures. Every
question is asked once for all subjects, however many.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience, Facts, Outcome, Publication, publication_at
from gongxin.core.ledger import NAME_DIFFERS, Kind, RecordState, content_fields, record_state
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList, statutory_lists
from gongxin.core.use import WITHHELD_FOR_GOOD, UseFacts, WhyNotUsed, why_not_used
from gongxin.registry import bulk
from gongxin.registry.cases.queries import masked_records, records_being_asked
from gongxin.registry.catalogue.queries import classes_by_id, confirmed_sources
from gongxin.registry.ledger.queries import state_changes_as_of
from gongxin.registry.publication.taken import UNDECIDED, Taken, newest_decisions
from gongxin.registry.publication.usable import CONTESTS, IN_FORCE


class Standing(NamedTuple):
    """One version that stood at the instant, with its listing if it has one."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    adverse: bool
    kind: str
    held_reason: str
    erased: bool
    content: str | None
    document_number: str
    decided_on: date | None
    usable_from: date | None
    list_id: str | None
    from_on: date | None
    until_on: date | None


def standing_of(
    subject_ids: Collection[UUID], *, at: datetime, class_ids: Collection[str] = ()
) -> list[Standing]:
    """Return what stood at `at` about these subjects and has a listing, or is of one of these classes."""
    moment = bulk.instant(at)
    wanted = "".join(f" OR e.class_id = '{one}'" for one in class_ids)
    rows = bulk.select_of(
        "SELECT e.subject_id, e.record_id, e.class_id, e.adverse, e.kind, e.held_reason,"
        " e.erased_at IS NOT NULL, e.content, e.document_number, e.decided_on, e.usable_from,"
        " l.list_id, l.from_on, l.until_on"
        " FROM ledger_entry e LEFT JOIN lists_listing l ON l.subject_id = e.subject_id AND l.entry_id = e.id"
        " WHERE e.subject_id {is_one_of} AND e.recorded_at <= %s"
        " AND (e.superseded_at IS NULL OR e.superseded_at > %s)"
        f" AND (l.id IS NOT NULL{wanted})",
        subject_ids,
        moment,
        moment,
    )
    return [_as_standing(*row) for row in rows]


def _as_standing(
    subject_id: Any, record_id: Any, class_id: str, adverse: Any, kind: str, held_reason: str, erased: Any,
    content: str | None, number: str, *days: Any,
) -> Standing:  # fmt: skip
    decided_on, usable_from, list_id, from_on, until_on = days
    return Standing(
        bulk.as_id(subject_id), bulk.as_id(record_id), class_id, bool(adverse), kind, held_reason,
        bool(erased), content, number, bulk.as_day(decided_on), bulk.as_day(usable_from),
        list_id, bulk.as_day(from_on),
        bulk.as_day(until_on),
    )  # fmt: skip


class Founding:
    """What may be founded on the standing records of some subjects at an instant."""

    def __init__(self, subject_ids: Collection[UUID], at: datetime) -> None:
        self.at, self.on = at, legal_day(at)
        self.classes: Mapping[str, InformationClass] = classes_by_id(on=self.on)
        self._confirmed = confirmed_sources()
        self._taken = newest_decisions(subject_ids, at)
        self._changes = state_changes_as_of(subject_ids, at)
        self._masked = masked_records(subject_ids)
        self._contested = records_being_asked(subject_ids, kinds=CONTESTS)
        self._binding: dict[tuple[str, date | None], bool] = {}

    def is_in_force(self, one: Standing) -> bool:
        """Return whether a listing is in force: in its term, on a list that binds, its record usable."""
        return self._is_in_term(one) and self.why_not(one) is None

    def may_be_in_force(self, one: Standing) -> bool:
        """Return whether a listing would be in force once a person finds that its name is its subject's."""
        waits = one.held_reason == NAME_DIFFERS and self.decision(one).outcome in {None, Outcome.PENDING}
        return waits and self._is_in_term(one)

    def _is_in_term(self, one: Standing) -> bool:
        found = statutory_lists().get(one.list_id or "")
        if found is None or one.from_on is None or one.until_on is None:
            return False
        return one.from_on <= self.on < one.until_on and self._binds(found, one)

    def _binds(self, found: StatutoryList, one: Standing) -> bool:
        """Return whether a list binds today, and bound by what it rested on when this was decided."""
        asked = found.id, one.from_on
        if asked not in self._binding:
            days = {self.on, one.from_on or self.on}
            self._binding[asked] = not any(found.is_inert(day, self._confirmed) for day in days)
        return self._binding[asked]

    def why_not(self, one: Standing) -> WhyNotUsed | None:
        """Return why nothing may be founded on a record; None where something may."""
        return why_not_used(self._facts(one), on=self.on)

    def decision(self, one: Standing) -> Taken:
        return self._taken.get(one.record_id, UNDECIDED)

    def field(self, one: Standing, role: str) -> str:
        """Return what a record says in the field of a role; empty where it says nothing."""
        information_class = self.classes.get(one.class_id)
        key = information_class.roles.get(role, "") if information_class else ""
        return content_fields(one.content).get(key, "") if key and one.content else ""

    def _facts(self, one: Standing) -> UseFacts:
        taken = self.decision(one)
        in_force = one.class_id in self.classes
        outcome = Outcome(taken.outcome) if taken.outcome else None
        held = bool(one.held_reason) and outcome in {None, Outcome.PENDING}
        state = record_state(kind=Kind(one.kind), held=held or not in_force, erased=one.erased)
        publication = self._publication(one, taken, state)
        return UseFacts(
            in_force=state.value in IN_FORCE and not _is_over(taken, publication),
            decided=publication is not Publication.PENDING,
            repaired=self._changes.get((one.record_id, "repair")) == "repaired",
            in_reorganisation=one.record_id in self._masked or publication is Publication.MASKED,
            suspended=publication is Publication.SUSPENDED,
            # A listing takes effect when it is decided: a suit does not halt it (行政诉讼法 56). A penalty
            # founds nothing while one is open (Henan regulation art 20).
            contested=one.list_id is None and one.record_id in self._contested,
            usable_from=one.usable_from,
            use_until=legal_day(taken.use_until) if taken.use_until else None,
        )

    def _publication(self, one: Standing, taken: Taken, state: RecordState) -> Publication:
        facts = Facts(
            adverse=one.adverse, audience=Audience(taken.audience), record=state,
            outcome=Outcome(taken.outcome) if taken.outcome else None,
            publish_from=taken.publish_from, publish_until=taken.publish_until,
        )  # fmt: skip
        return publication_at(facts, self.at)


def _is_over(taken: Taken, publication: Publication) -> bool:
    return publication is Publication.ENDED or (
        publication is Publication.WITHHELD and taken.reason in WITHHELD_FOR_GOOD
    )
