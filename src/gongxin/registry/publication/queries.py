"""Questions about what shows: records as an audience sees them, at a moment.

`core.disclosure.view` gives the meaning; `visible` holds its twin for whole tables.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.core.catalogue import InformationClass
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
from gongxin.registry.cases.statements import standing_statements
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.queries import (
    REPAIR_AXIS,
    REPAIRED,
    Version,
    state_changes_as_of,
    versions_as_of,
)
from gongxin.registry.publication.readable import readable_fields
from gongxin.registry.publication.taken import UNDECIDED, Taken, newest_decisions
from gongxin.registry.subjects.clusters import once_one_with, subject_ids_of
from gongxin.registry.subjects.queries import Profile, profile


class RecordView(NamedTuple):
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
    statement: str = ""  # what its subject says beside it


def records_of(
    subject_id: UUID,
    *,
    audience: Audience,
    at: datetime,
    now: datetime | None = None,
    known: Profile | None = None,
    classes: Mapping[str, InformationClass] | None = None,
) -> list[RecordView]:
    """Return what `audience`, asking `now`, sees of a subject's records as of `at`; newest decided first.

    Tombstones appear only where the past is asked (`at` before `now`). Who has the subject or the
    classes in force `now` at hand gives them.
    """
    now = now or at
    subject = known or profile(subject_id, at=now, merged_at=at)
    if subject is None:
        return []
    in_force = classes or _readable_classes(now)
    views = _views(subject_ids_of(subject_id, at=at), subject, audience, at, now, in_force)
    shown = [seen for seen in views if _is_listed(seen, past=at < now)]
    return sorted(shown, key=_order, reverse=True)


def record(
    subject_id: UUID, record_id: UUID, *, audience: Audience, at: datetime, now: datetime | None = None
) -> RecordView | None:
    """Return one record, perhaps as a tombstone; None both where there is none and where it never showed.

    An address from the time of a merge that was undone since still finds it: `subject_id` then says where.
    """
    found = _seen(subject_id, record_id, audience, at, now or at)
    if found is None:
        elsewhere = (_seen(one, record_id, audience, at, now or at) for one in once_one_with(subject_id))
        found = next(filter(None, elsewhere), None)
    return None if found is None or found.visibility is Visibility.HIDDEN else found


def _seen(
    subject_id: UUID, record_id: UUID, audience: Audience, at: datetime, now: datetime
) -> RecordView | None:
    subject = profile(subject_id, at=now, merged_at=at)
    if subject is None:
        return None
    views = _views(subject_ids_of(subject_id, at=at), subject, audience, at, now, _readable_classes(now))
    return next((seen for seen in views if seen.record_id == record_id), None)


def next_end(views: Iterable[RecordView]) -> datetime | None:
    """Return the first instant at which one of these records stops showing; no cache may outlive it."""
    return min((seen.publish_until for seen in views if seen.publish_until is not None), default=None)


def _is_listed(seen: RecordView, *, past: bool) -> bool:
    return seen.visibility is Visibility.SHOWN or (past and seen.visibility is Visibility.TOMBSTONE)


def public_views(
    subjects: Mapping[UUID, Profile], *, at: datetime, class_id: str = ""
) -> dict[UUID, RecordView]:
    """Return what was posted to these subjects, or of one class, as everyone sees it at `at`, by record."""
    return views_by_record(subjects, audience=Audience.PUBLIC, at=at, class_id=class_id)


def views_by_record(
    subjects: Mapping[UUID, Profile], *, audience: Audience, at: datetime, class_id: str = ""
) -> dict[UUID, RecordView]:
    """Return every record posted to these subjects as `audience` sees it, by record.

    No merge is followed; a profile given may be a survivor's, whose the record then reads as.
    """
    newest = newest_decisions(subjects, at, class_id=class_id)
    classes = classes_by_id(on=legal_day(at))
    changes = state_changes_as_of(subjects, at)
    views = (
        _record_view(
            entry, newest.get(entry.record_id), subjects[entry.subject_id], audience, at, changes, classes
        )
        for entry in versions_as_of(subjects, at, class_id=class_id)
    )
    return {seen.record_id: seen for seen in _with_statements(views, subjects, at)}


def public_values(
    subjects: Mapping[UUID, Profile], *, class_id: str, field: str, at: datetime
) -> dict[UUID, str]:
    """Return what everyone may read in one field of each subject's newest record of a class."""
    if not subjects:
        return {}
    posted_to = {one: known for known in subjects.values() for one in (known.subject_id, *known.absorbed)}
    views = public_views(posted_to, at=at, class_id=class_id).values()
    newest = sorted(views, key=_order)
    return {seen.subject_id: seen.fields[field] for seen in newest if field in seen.fields}


def _order(seen: RecordView) -> tuple[date, datetime, UUID]:
    return seen.decided_on or date.min, seen.recorded_at, seen.record_id


def _readable_classes(now: datetime) -> Mapping[str, InformationClass]:
    # What may be read of a field is for the catalogue of the day it is asked, not of the day asked about.
    return classes_by_id(on=legal_day(now))


def _views(
    subject_ids: list[UUID],
    subject: Profile,
    audience: Audience,
    at: datetime,
    now: datetime,
    classes: Mapping[str, InformationClass],
) -> list[RecordView]:
    newest = newest_decisions(subject_ids, at)
    changes = state_changes_as_of(subject_ids, at)
    views = [
        _record_view(entry, newest.get(entry.record_id), subject, audience, at, changes, classes)
        for entry in versions_as_of(subject_ids, at)
    ]
    views = _with_statements(views, subject_ids, at)
    if at >= now or audience is not Audience.PUBLIC:
        return views
    today = {seen.record_id: seen for seen in _views(subject_ids, subject, audience, now, now, classes)}
    return [_as_asked_today(seen, today.get(seen.record_id)) for seen in views]


def _with_statements(
    views: Iterable[RecordView], subject_ids: Collection[UUID], at: datetime
) -> list[RecordView]:
    """Return `views`, those that are shown with what their subject says beside them."""
    said = standing_statements(subject_ids, at=at)
    return [
        view._replace(statement=said[view.record_id])
        if view.record_id in said and view.visibility is Visibility.SHOWN
        else view
        for view in views
    ]


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


def _facts(entry: Version, taken: Taken, *, class_in_force: bool) -> Facts:
    """Return what visibility depends on."""
    outcome = Outcome(taken.outcome) if taken.outcome else None
    held = bool(entry.held_reason) and outcome in {None, Outcome.PENDING}
    return Facts(
        adverse=entry.adverse,
        audience=Audience(taken.audience),
        record=record_state(kind=Kind(entry.kind), held=held or not class_in_force, erased=entry.erased),
        outcome=outcome,
        publish_from=taken.publish_from,
        publish_until=taken.publish_until,
        class_in_force=class_in_force,
    )


def _record_view(
    entry: Version,
    decision: Taken | None,
    subject: Profile,
    audience: Audience,
    at: datetime,
    changes: Mapping[tuple[UUID, str], str],
    classes: Mapping[str, InformationClass],
) -> RecordView:
    information_class = classes.get(entry.class_id)
    taken = decision or UNDECIDED
    facts = _facts(entry, taken, class_in_force=information_class is not None)
    seen = view(facts, audience, at)
    whole = _whole(entry, taken, facts, seen, subject, audience, changes, information_class)
    return whole if seen.visibility is Visibility.SHOWN else _tombstone(whole, seen)


def _whole(
    entry: Version,
    taken: Taken,
    facts: Facts,
    seen: View,
    subject: Profile,
    audience: Audience,
    changes: Mapping[tuple[UUID, str], str],
    information_class: InformationClass | None,
) -> RecordView:
    fields = content_fields(entry.content) if seen.visibility is Visibility.SHOWN else {}
    shown = readable_fields(audience, fields, information_class, subject)
    repair = changes.get((entry.record_id, REPAIR_AXIS), "none")
    role = information_class.roles if information_class else {}  # none where its class is no longer law
    return RecordView(
        subject_id=subject.subject_id,
        record_id=entry.record_id,
        class_id=entry.class_id,
        adverse=entry.adverse,
        fields=shown,
        document_number=shown.get(role.get("document_number", ""), "") if role else entry.document_number,
        decided_on=entry.decided_on,
        deciding_body=shown.get(role.get("deciding_body", ""), entry.agency_name),
        agency_id=entry.agency_id,
        agency_code=entry.agency_code,
        agency_name=entry.agency_name,
        agency_telephone=entry.agency_telephone,
        agency_address=entry.agency_address,
        visibility=seen.visibility,
        record=facts.record.value,
        publication=seen.publication.value,
        dispute=changes.get((entry.record_id, "dispute"), "none"),
        repair=repair,
        publish_from=taken.publish_from,
        publish_until=taken.publish_until,
        share_until=taken.share_until,
        use_until=taken.use_until,
        usable_from=entry.usable_from,
        repairable_from=None if repair == REPAIRED else taken.repairable_from,
        penalty_class=taken.penalty_class,
        due_on=taken.due_on,
        provisional=taken.provisional,
        late_working_days=taken.late_working_days,
        rule=taken.rule,
        source=taken.source,
        reason=taken.reason,
        recorded_at=entry.recorded_at,
        ended_at=seen.ended_at,
        held_reason=entry.held_reason,
    )


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


def _publication(seen: RecordView) -> Publication:
    return Publication(seen.publication)
