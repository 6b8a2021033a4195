"""What the clocks of one record rest on, as it stood at the end of a day: its facts and its decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from gongxin.core.cases import Kind
from gongxin.core.clocks import RecordFacts, facts_from
from gongxin.core.kept_clocks import Decided
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.registry.cases.queries import certified_final_on, kinds_open_about
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.history import PastVersion, versions_of
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.clusters import subject_ids_of


@dataclass(frozen=True, slots=True)
class ClockedRecord:
    """One record as of a day. `decisions`, oldest first, are those taken by its end: none before it was held.

    `usable_on` is the day kept from which it may be used.
    """

    subject_id: UUID
    record_id: UUID
    document_number: str
    facts: RecordFacts
    decisions: Sequence[Decided]
    usable_on: date | None


def clocked_record(subject_id: UUID, record_id: UUID, *, on: date) -> ClockedRecord | None:
    """Return the record by the version and the decisions standing at the end of `on`.

    Before it was recorded, its first version and no decision; None if there is no such record.
    """
    versions = versions_of([subject_id], record_id)
    if not versions:
        return None
    end = day_begins(on + timedelta(days=1))
    version = next((one for one in reversed(versions) if one.recorded_at < end), versions[0])
    return ClockedRecord(
        subject_id=subject_id,
        record_id=record_id,
        document_number=version.document_number,
        facts=_contested(_facts(version, first=versions[0], on=on), subject_id, record_id, end),
        decisions=_decisions(subject_id, record_id, end),
        usable_on=version.usable_from,
    )


def _facts(version: PastVersion, *, first: PastVersion, on: date) -> RecordFacts:
    held_since = legal_day(first.recorded_at)
    return facts_from(
        version.class_id,
        _by_role(version),
        decided_on=version.decided_on or held_since,  # a yearly list begins on the day it is posted
        posted_on=min(on, held_since),
        served_on=version.served_on,
    )


def _contested(facts: RecordFacts, subject_id: UUID, record_id: UUID, end: datetime) -> RecordFacts:
    """Return the facts with whether a review or a suit about the record stood open just before `end`."""
    subject_ids = subject_ids_of(subject_id, at=end)
    kinds = kinds_open_about(subject_ids, record_id, before=end)
    return replace(
        facts,
        review_open=Kind.REVIEW in kinds,
        suit_open=Kind.SUIT in kinds,
        final_on=certified_final_on(subject_ids, record_id, before=end),
    )


def _by_role(version: PastVersion) -> Mapping[str, str]:
    """Return what the version says by the roles of its class; nothing where its class is no longer law."""
    recorded_on = legal_day(version.recorded_at)
    known = classes_by_id(on=recorded_on).get(version.class_id)
    roles = known.roles if known else {}
    return {role: version.fields[key] for role, key in roles.items() if key in version.fields}


def _decisions(subject_id: UUID, record_id: UUID, end: datetime) -> list[Decided]:
    taken = Decision.objects.filter(subject_id=subject_id, record_id=record_id, decided_at__lt=end)
    return [_decided(one) for one in taken.order_by("decided_at", "id")]


def _decided(decision: Decision) -> Decided:
    return Decided(
        outcome=decision.outcome,
        reason=decision.reason,
        penalty_class=decision.penalty_class,
        publish_until=_day(decision.publish_until),
        share_until=_day(decision.share_until),
        use_until=_day(decision.use_until),
        repairable_from=decision.repairable_from,
        due_on=decision.due_on,
        provisional=decision.provisional,
        rule=decision.rule,
        source=decision.source,
    )


def _day(end: datetime | None) -> date | None:
    return None if end is None else legal_day(end)
