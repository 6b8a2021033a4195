"""What about these organisations may found a measure at an instant: the standing records, and why not others.

Every question is asked once for all of them, however many; who is clean costs one.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.core.checks import Ground
from gongxin.core.clocks import PENALTY
from gongxin.core.disclosure import Audience, Facts, Outcome, Publication, publication_at
from gongxin.core.ledger import Kind, RecordState, content_fields, record_state
from gongxin.core.legal_day import legal_day
from gongxin.core.measures import BROKEN_COMMITMENT, list_trigger, penalty_trigger, sector_of
from gongxin.core.use import UseFacts, why_not_used
from gongxin.registry import bulk
from gongxin.registry.cases.queries import masked_records, records_being_asked
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.queries import state_changes_as_of
from gongxin.registry.publication.taken import UNDECIDED, Taken, newest_decisions
from gongxin.registry.publication.usable import CONTESTS, IN_FORCE

COMMITMENT = "commitment"
BROKEN = frozenset({"部分履行", "全部未履行"})  # as the national form writes it
FOUNDING = frozenset({"general", "serious"})  # a minor penalty founds nothing


class _Standing(NamedTuple):
    """One version that stood at the instant, with its listing if it has one."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    adverse: bool
    kind: str
    held: bool
    erased: bool
    content: str | None
    document_number: str
    decided_on: date | None
    usable_from: date | None
    list_id: str | None
    from_on: date | None
    until_on: date | None


def grounds_of(subject_ids: Collection[UUID], *, at: datetime) -> dict[UUID, list[Ground]]:
    """Return the grounds of each of these subjects at `at`; no merge is followed here."""
    standing = _standing(subject_ids, at)
    if not standing:
        return {}
    founding = _Founding({one.subject_id for one in standing}, at)
    found: dict[UUID, list[Ground]] = {}
    for one in standing:
        for ground in founding.of(one):
            found.setdefault(one.subject_id, []).append(ground)
    return found


def _standing(subject_ids: Collection[UUID], at: datetime) -> list[_Standing]:
    moment = bulk.instant(at)
    rows = bulk.select_of(
        "SELECT e.subject_id, e.record_id, e.class_id, e.adverse, e.kind, e.held_reason <> '',"
        " e.erased_at IS NOT NULL, e.content, e.document_number, e.decided_on, e.usable_from,"
        " l.list_id, l.from_on, l.until_on"
        " FROM ledger_entry e LEFT JOIN lists_listing l ON l.subject_id = e.subject_id AND l.entry_id = e.id"
        " WHERE e.subject_id {is_one_of} AND e.recorded_at <= %s"
        " AND (e.superseded_at IS NULL OR e.superseded_at > %s)"
        f" AND (l.id IS NOT NULL OR e.class_id IN ('{PENALTY}', '{COMMITMENT}'))",
        subject_ids,
        moment,
        moment,
    )
    return [_as_standing(*row) for row in rows]


def _as_standing(
    subject_id: Any, record_id: Any, class_id: str, adverse: Any, kind: str, held: Any, erased: Any,
    content: str | None, number: str, *days: Any,
) -> _Standing:  # fmt: skip
    decided_on, usable_from, list_id, from_on, until_on = days
    return _Standing(
        bulk.as_id(subject_id), bulk.as_id(record_id), class_id, bool(adverse), kind, bool(held),
        bool(erased), content, number, bulk.as_day(decided_on), bulk.as_day(usable_from),
        list_id, bulk.as_day(from_on),
        bulk.as_day(until_on),
    )  # fmt: skip


class _Founding:
    """Which of the standing records of some subjects may found something at an instant."""

    def __init__(self, subject_ids: Collection[UUID], at: datetime) -> None:
        self.at, self.on = at, legal_day(at)
        self.classes: Mapping[str, InformationClass] = classes_by_id(on=self.on)
        self.taken = newest_decisions(subject_ids, at)
        self.changes = state_changes_as_of(subject_ids, at)
        self.masked = masked_records(subject_ids)
        self.contested = records_being_asked(subject_ids, kinds=CONTESTS)

    def of(self, one: _Standing) -> Iterator[Ground]:
        """Yield the ground a record is, if it is one."""
        trigger = self._trigger(one)
        if trigger and why_not_used(self._facts(one), on=self.on) is None:
            yield Ground(
                trigger, one.subject_id, one.record_id, one.class_id, one.document_number, one.decided_on,
                self._field(one, "deciding_body"),
            )  # fmt: skip

    def _trigger(self, one: _Standing) -> str | None:
        if one.list_id is not None and one.from_on is not None and one.until_on is not None:
            return list_trigger(one.list_id) if one.from_on <= self.on < one.until_on else None
        if one.class_id == PENALTY and self._decision(one).penalty_class in FOUNDING:
            sector = sector_of(self._field(one, "deciding_body"))
            return penalty_trigger(sector) if sector else None
        if one.class_id == COMMITMENT and content_fields(one.content).get("fulfilment") in BROKEN:
            return BROKEN_COMMITMENT
        return None

    def _facts(self, one: _Standing) -> UseFacts:
        taken = self._decision(one)
        in_force = one.class_id in self.classes
        outcome = Outcome(taken.outcome) if taken.outcome else None
        held = one.held and outcome in {None, Outcome.PENDING}
        state = record_state(kind=Kind(one.kind), held=held or not in_force, erased=one.erased)
        publication = self._publication(one, taken, state)
        return UseFacts(
            in_force=state.value in IN_FORCE and publication is not Publication.ENDED,
            decided=publication is not Publication.PENDING,
            repaired=self.changes.get((one.record_id, "repair")) == "repaired",
            in_reorganisation=one.record_id in self.masked or publication is Publication.MASKED,
            suspended=publication is Publication.SUSPENDED,
            # A listing takes effect when it is decided: a suit does not halt it (行政诉讼法 56). A penalty
            # founds nothing while one is open (Henan regulation art 20).
            contested=one.list_id is None and one.record_id in self.contested,
            usable_from=one.usable_from,
            use_until=legal_day(taken.use_until) if taken.use_until else None,
        )

    def _publication(self, one: _Standing, taken: Taken, state: RecordState) -> Publication:
        facts = Facts(
            adverse=one.adverse, audience=Audience(taken.audience), record=state,
            outcome=Outcome(taken.outcome) if taken.outcome else None,
            publish_from=taken.publish_from, publish_until=taken.publish_until,
        )  # fmt: skip
        return publication_at(facts, self.at)

    def _decision(self, one: _Standing) -> Taken:
        return self.taken.get(one.record_id, UNDECIDED)

    def _field(self, one: _Standing, role: str) -> str:
        information_class = self.classes.get(one.class_id)
        key = information_class.roles.get(role, "") if information_class else ""
        return content_fields(one.content).get(key, "") if key and one.content else ""
