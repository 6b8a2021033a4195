"""Questions about what shows: records as an audience sees them, at a moment.

`core.disclosure.view` gives the meaning; `visible_sql` is its twin for whole tables, and a property
test holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from gongxin.core.catalogue import FieldPublication, InformationClass
from gongxin.core.disclosure import (
    Audience,
    Facts,
    Outcome,
    Publication,
    View,
    Visibility,
    view,
    view_of_the_past,
)
from gongxin.core.ledger import Kind, content_fields, record_state
from gongxin.core.legal_day import legal_day
from gongxin.core.masking import mask_name
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import active_class, active_classes
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import entries_as_of, state_changes_as_of
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.queries import Profile, profile, profiles, subject_ids_of


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as one audience sees it: its content cut and masked, its four axes, its clocks."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    adverse: bool
    fields: dict[str, str]
    document_number: str
    decided_on: date | None
    deciding_body: str
    agency_id: UUID
    agency_code: str
    agency_name: str
    agency_telephone: str
    agency_address: str
    visibility: Visibility
    record: str
    publication: str
    dispute: str
    repair: str
    publish_from: datetime | None
    publish_until: datetime | None
    share_until: datetime | None
    use_until: datetime | None
    usable_from: date | None
    repairable_from: date | None
    penalty_class: str
    due_on: date | None
    provisional: bool
    late_working_days: int | None
    rule: str
    source: str
    reason: str
    recorded_at: datetime
    ended_at: datetime | None
    held_reason: str


def records_of(
    subject_id: UUID,
    *,
    audience: Audience,
    at: datetime,
    now: datetime | None = None,
    known: Profile | None = None,
) -> list[RecordView]:
    """Return what `audience`, asking `now`, sees of a subject's records as of `at`; newest decided first.

    Tombstones appear only where the past is asked (`at` before `now`).
    """
    now = now or at
    subject = known or profile(subject_id, at=now)
    if subject is None:
        return []
    views = _views(subject_ids_of(subject_id, at=at), subject, audience, at, now)
    shown = [seen for seen in views if _is_listed(seen, past=at < now)]
    return sorted(shown, key=lambda seen: (seen.decided_on or date.min, seen.recorded_at), reverse=True)


def record(
    subject_id: UUID, record_id: UUID, *, audience: Audience, at: datetime, now: datetime | None = None
) -> RecordView | None:
    """Return one record, perhaps as a tombstone; None both where there is none and where it never showed."""
    now = now or at
    subject = profile(subject_id, at=now)
    if subject is None:
        return None
    views = _views(subject_ids_of(subject_id, at=at), subject, audience, at, now)
    found = next((seen for seen in views if seen.record_id == record_id), None)
    return None if found is None or found.visibility is Visibility.HIDDEN else found


def next_end(views: Iterable[RecordView]) -> datetime | None:
    """Return the first instant at which one of these records stops showing; no cache may outlive it."""
    return min((seen.publish_until for seen in views if seen.publish_until is not None), default=None)


# Where a page of a list of newest records ended: when the last one was published, its decision's day, its id.
Place = tuple[datetime, date | None, UUID]
BEGINNING_OF_TIME = "0001-01-01"
BEFORE_ALL = ("9999-12-31 00:00:00+00:00", "9999-12-31", "f" * 32)


def newest_published(
    class_id: str, *, at: datetime, limit: int = 30, before: Place | None = None
) -> list[tuple[RecordView, str]]:
    """Return the records of a class shown to everyone, newest first, with their subjects' public names.

    A batch is published in one instant: within it the newest decision comes first, and `before` is a
    place, as the instant alone would lose the rest of the batch.
    """
    order = "d.publish_from, COALESCE(e.decided_on, %s), d.record_id"
    sql = (
        "SELECT d.subject_id, d.record_id FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE d.class_id = %s AND d.publish_from <= %s AND ({order}) < (%s, %s, %s) AND {visible_sql()}"
        " ORDER BY d.publish_from DESC, COALESCE(e.decided_on, %s) DESC, d.record_id DESC LIMIT %s"
    )
    place = BEFORE_ALL if before is None else _place(before)
    moments = [bulk.instant(at)] * VISIBLE_PLACES
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [class_id, place[0], BEGINNING_OF_TIME, *place, *moments, BEGINNING_OF_TIME, limit]
        )
        addresses = [(_uuid(subject), _uuid(found)) for subject, found in cursor.fetchall()]
    return _addressed(addresses, at)


def _place(before: Place) -> tuple[str, str, str]:
    published, decided_on, record_id = before
    return bulk.instant(published), str(decided_on or BEGINNING_OF_TIME), record_id.hex


def _addressed(addresses: Sequence[tuple[UUID, UUID]], at: datetime) -> list[tuple[RecordView, str]]:
    if not addresses:
        return []
    subjects = profiles({subject for subject, _ in addresses}, at=at)
    entries = _entries_by_record({subject for subject, _ in addresses}, at)
    newest = _newest_decisions({subject for subject, _ in addresses}, at)
    classes = _classes(at)
    return [
        (
            _record_view(
                entries[found], newest.get(found), subjects[subject], Audience.PUBLIC, at, {}, classes
            ),
            subjects[subject].public_name,
        )
        for subject, found in addresses
        if found in entries and subject in subjects
    ]


VISIBLE_PLACES = 5


def visible_sql() -> str:
    """Return the condition that entry `e` and decision `d` of one record show to everyone at an instant.

    Takes the instant five times. The twin of `core.disclosure.view` for the public.
    """
    return (
        "d.outcome = 'published' AND d.audience = 'public' AND d.publish_from <= %s"
        " AND (d.publish_until IS NULL OR d.publish_until > %s)"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
        " AND later.record_id = d.record_id AND later.decided_at <= %s"
        " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " AND e.recorded_at <= %s AND (e.superseded_at IS NULL OR e.superseded_at > %s)"
        " AND e.erased_at IS NULL AND e.kind <> 'withdrawal'"
    )


def subjects_shown(subject_ids: Iterable[str], *, at: datetime) -> set[str]:
    """Return those of the subjects (ids in hexadecimal) of whom anything shows to everyone at `at`."""
    subject = "CAST(given.value AS uuid)" if bulk.on_postgresql() else "given.value"
    rows = bulk.select_in(
        "SELECT given.value FROM ({values}) AS given WHERE EXISTS (SELECT 1"
        " FROM publication_decision d JOIN ledger_entry e"
        " ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE d.subject_id = {subject} AND {visible_sql()})",
        subject_ids,
        *[bulk.instant(at)] * VISIBLE_PLACES,
    )
    return {found for (found,) in rows}


def public_figures(*, at: datetime) -> dict[str, int]:
    """Return how many subjects, licences and penalties show to everyone at `at`."""
    sql = (
        "SELECT COUNT(DISTINCT d.subject_id), COUNT(CASE WHEN d.class_id = 'licence' THEN 1 END),"
        " COUNT(CASE WHEN d.class_id = 'penalty' THEN 1 END) FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE {visible_sql()}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [bulk.instant(at)] * VISIBLE_PLACES)
        subjects, licences, penalties = cursor.fetchone()
    return {"subjects": subjects, "licences": licences, "penalties": penalties}


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record that waits for an officer: what was sent, and what the subject is called."""

    view: RecordView
    registered_name: str
    name_as_sent: str


def held(*, at: datetime, limit: int = 50, offset: int = 0) -> list[HeldRecord]:
    """Return the records whose newest decision is pending, the one due first."""
    sql = (
        "SELECT d.subject_id, d.record_id FROM publication_decision d WHERE d.outcome = 'pending'"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
        " AND later.record_id = d.record_id AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " ORDER BY d.due_on, d.decided_at, d.id LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [limit, offset])
        addresses = [(_uuid(subject), _uuid(found)) for subject, found in cursor.fetchall()]
    return [_held(subject, found, at) for subject, found in addresses]


def held_record(subject_id: UUID, record_id: UUID, *, at: datetime) -> HeldRecord | None:
    """Return one record that waits for an officer, or None if there is none at this address."""
    try:
        found = _held(subject_id, record_id, at)
    except LookupError:
        return None
    return found if found.view.publication == Publication.PENDING else None


def _held(subject_id: UUID, record_id: UUID, at: datetime) -> HeldRecord:
    subject = profile(subject_id, at=at)
    seen = record(subject_id, record_id, audience=Audience.AUDITOR, at=at)
    if subject is None or seen is None:
        raise LookupError(record_id.hex)
    name_field = active_class(seen.class_id, on=legal_day(at)).role("subject_name")
    return HeldRecord(seen, subject.name, seen.fields.get(name_field or "", ""))


def _is_listed(seen: RecordView, *, past: bool) -> bool:
    return seen.visibility is Visibility.SHOWN or (past and seen.visibility is Visibility.TOMBSTONE)


def _views(
    subject_ids: list[UUID], subject: Profile, audience: Audience, at: datetime, now: datetime
) -> list[RecordView]:
    entries = _entries_by_record(subject_ids, at)
    newest = _newest_decisions(subject_ids, at)
    changes = state_changes_as_of(subject_ids, at)
    # What may be read of a field is for the catalogue of the day it is asked, not of the day asked about.
    classes = _classes(now)
    views = [
        _record_view(entry, newest.get(record_id), subject, audience, at, changes, classes)
        for record_id, entry in entries.items()
    ]
    if at >= now or audience is not Audience.PUBLIC:
        return views
    today = {seen.record_id: seen for seen in _views(subject_ids, subject, audience, now, now)}
    return [_as_asked_today(seen, today.get(seen.record_id)) for seen in views]


def _as_asked_today(then: RecordView, today: RecordView | None) -> RecordView:
    """Return a past view as a stranger may see it today: tombstones for what has ended since."""
    if today is None:
        return then
    seen = view_of_the_past(
        View(then.visibility, _publication(then), then.ended_at),
        View(today.visibility, _publication(today), today.ended_at),
        adverse=then.adverse,
    )
    return _tombstone(then, seen) if seen.visibility is Visibility.TOMBSTONE else then


def _classes(at: datetime) -> dict[str, InformationClass]:
    """Return the classes in force at `at`, asked for once however many records are shown."""
    return {found.id: found for found in active_classes(on=legal_day(at))}


def _entries_by_record(subject_ids: Iterable[UUID], at: datetime) -> dict[UUID, Entry]:
    return {entry.record_id: entry for entry in entries_as_of(subject_ids, at)}


def _newest_decisions(subject_ids: Iterable[UUID], at: datetime) -> dict[UUID, Decision]:
    taken = Decision.objects.filter(subject_id__in=list(subject_ids), decided_at__lte=at)
    return {decision.record_id: decision for decision in taken.order_by("decided_at", "id")}


def facts_of(entry: Entry, decision: Decision | None) -> Facts:
    """Return what visibility depends on."""
    pending = decision is None or decision.outcome == Outcome.PENDING
    return Facts(
        adverse=entry.adverse,
        audience=Audience(decision.audience) if decision else Audience.SUBJECT,
        record=record_state(
            kind=Kind(entry.kind),
            held=bool(entry.held_reason) and pending,
            erased=entry.erased_at is not None,
        ),
        outcome=Outcome(decision.outcome) if decision else None,
        publish_from=decision.publish_from if decision else None,
        publish_until=decision.publish_until if decision else None,
    )


def _record_view(
    entry: Entry,
    decision: Decision | None,
    subject: Profile,
    audience: Audience,
    at: datetime,
    changes: dict[tuple[UUID, str], str],
    classes: dict[str, InformationClass],
) -> RecordView:
    facts = facts_of(entry, decision)
    seen = view(facts, audience, at)
    information_class = classes[entry.class_id]
    fields = content_fields(entry.content) if seen.visibility is Visibility.SHOWN else {}
    shown = _fields_for(audience, fields, information_class, subject)
    agency = entry.agency
    result = RecordView(
        subject_id=subject.subject_id,
        record_id=entry.record_id,
        class_id=entry.class_id,
        adverse=entry.adverse,
        fields=shown,
        document_number=shown.get(information_class.role("document_number") or "", ""),
        decided_on=entry.decided_on,
        deciding_body=shown.get(information_class.role("deciding_body") or "", agency.name),
        agency_id=agency.id,
        agency_code=agency.code,
        agency_name=agency.name,
        agency_telephone=agency.telephone,
        agency_address=agency.address,
        visibility=seen.visibility,
        record=facts.record.value,
        publication=seen.publication.value,
        dispute=changes.get((entry.record_id, "dispute"), "none"),
        repair=changes.get((entry.record_id, "repair"), "none"),
        publish_from=facts.publish_from,
        publish_until=facts.publish_until,
        share_until=decision.share_until if decision else None,
        use_until=decision.use_until if decision else None,
        usable_from=entry.usable_from,
        repairable_from=decision.repairable_from if decision else None,
        penalty_class=decision.penalty_class if decision else "",
        due_on=decision.due_on if decision else None,
        provisional=decision.provisional if decision else False,
        late_working_days=decision.late_working_days if decision else None,
        rule=decision.rule if decision else "",
        source=decision.source if decision else "",
        reason=decision.reason if decision else "",
        recorded_at=entry.recorded_at,
        ended_at=seen.ended_at,
        held_reason=entry.held_reason,
    )
    return result if seen.visibility is Visibility.SHOWN else _tombstone(result, seen)


def _tombstone(then: RecordView, seen: View) -> RecordView:
    """Return only what a tombstone says: which record, what kind of end, which day."""
    return RecordView(
        subject_id=then.subject_id, record_id=then.record_id, class_id=then.class_id, adverse=then.adverse,
        fields={}, document_number="", decided_on=None, deciding_body="", agency_id=then.agency_id,
        agency_code="", agency_name="", agency_telephone="", agency_address="", visibility=seen.visibility,
        record=then.record, publication=seen.publication.value, dispute=then.dispute, repair=then.repair,
        publish_from=None, publish_until=None, share_until=None, use_until=None, usable_from=None,
        repairable_from=None, penalty_class="", due_on=None, provisional=False, late_working_days=None,
        rule="", source="", reason="", recorded_at=then.recorded_at, ended_at=seen.ended_at, held_reason="",
    )  # fmt: skip


# Who trades under their own name often trades from home; the page says the county (R4).
OFTEN_A_HOME = frozenset({"address"})


def _fields_for(
    audience: Audience, fields: dict[str, str], information_class: InformationClass, subject: Profile
) -> dict[str, str]:
    """Return the fields as `audience` may read them (R4, R5)."""
    if audience is not Audience.PUBLIC:
        return fields
    shown = {}
    for field in information_class.fields:
        value = fields.get(field.key)
        publication = field.publication
        if (
            value is None
            or publication is FieldPublication.INTERNAL
            or publication is FieldPublication.NEVER_KEPT
        ):
            continue
        if subject.noindex and field.key in OFTEN_A_HOME:
            continue
        masked = publication is FieldPublication.MASKED or (subject.noindex and field.person_name)
        shown[field.key] = mask_name(value) if masked else value
    name_field = information_class.role("subject_name")
    if subject.noindex and name_field in shown:
        shown[name_field] = subject.public_name
    return shown


def _publication(seen: RecordView) -> Publication:
    return Publication(seen.publication)


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
