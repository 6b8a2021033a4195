"""Telling people: a notice is written with what it tells of, and queued on every way to its addressee.

The notice of a subject lies on its own page at once and goes by mail to whoever acts for it; that of a body
lies on its desk. What is queued is delivered by `flows.deliver`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.registry.accounts.models import Agency
from gongxin.registry.ids import fresh_id
from gongxin.registry.mandates.queries import addressees_of, officers_of
from gongxin.registry.notices import bulk as notices
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.subjects.clusters import subject_ids_of


def tell_subject(
    *,
    subject_id: UUID,
    kind: str,
    facts: Mapping[str, Any],
    by: str,
    at: datetime,
    record_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Notice:
    """Write a notice to a subject inside the running transaction and queue its deliveries."""
    notice = _write(subject_id, kind, facts, by, at, record_id, case_id, agency=None)
    Delivery.objects.bulk_create(_to_subject(notice, at))
    return notice


def tell_agency(
    *,
    agency: Agency,
    subject_id: UUID,
    kind: str,
    facts: Mapping[str, Any],
    by: str,
    at: datetime,
    record_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Notice:
    """Write a notice to a body inside the running transaction: it lies on its desk."""
    notice = _write(subject_id, kind, facts, by, at, record_id, case_id, agency=agency)
    Delivery.objects.create(
        subject_id=subject_id, id=fresh_id(at=at), notice_id=notice.id, channel="page", queued_at=at
    )
    return notice


def tell_of_records(
    told: Sequence[tuple[str, str, str, str]], *, by: str, at: datetime, reason: str = ""
) -> None:
    """Write notices to subjects about records, inside the running transaction; ids are hexadecimal.

    `told` are subject, notice, record and kind. Whoever acts for a subject gets one mail, however many
    there are: it says only that something waits.
    """
    if not told:
        return
    notices.append(told, facts=json.dumps({"reason": reason}) if reason else "{}", by=by, at=at)
    first = {subject_id: notice_id for subject_id, notice_id, *_ in reversed(told)}
    acting = addressees_of(first, at=at)
    notices.queue_mails([(one, first[one], user) for one, users in acting.items() for user in users], at=at)


def _write(
    subject_id: UUID,
    kind: str,
    facts: Mapping[str, Any],
    by: str,
    at: datetime,
    record_id: UUID | None,
    case_id: UUID | None,
    *,
    agency: Agency | None,
) -> Notice:
    return Notice.objects.create(
        subject_id=subject_id,
        id=fresh_id(at=at),
        kind=kind,
        agency=agency,
        record_id=record_id,
        case_id=case_id,
        facts=dict(facts),
        at=at,
        by=by,
    )


def _to_subject(notice: Notice, at: datetime) -> Iterator[Delivery]:
    """Yield a delivery by the subject's page, and by mail to each who acts for it and has an address."""
    subject_id = notice.subject_id
    yield Delivery(
        subject_id=subject_id, id=fresh_id(at=at), notice_id=notice.id, channel="page", queued_at=at
    )
    acting = {one.user_id: one.user for one in officers_of(subject_ids_of(subject_id, at=at), at=at)}
    for user in acting.values():
        if user.email:
            yield Delivery(
                subject_id=subject_id, id=fresh_id(at=at), notice_id=notice.id, channel="email",
                recipient=user, queued_at=at, next_try_at=at,
            )  # fmt: skip
