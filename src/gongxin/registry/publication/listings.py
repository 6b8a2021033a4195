"""Who stands on a statutory list, as everybody may see it, and who has left one lately.

A list is read page by page: however many stand on it, a page costs what it shows. Sources: Henan regulation
arts 36, 37; law-decisions 12.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.lists import StatutoryList
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id, confirmed_sources
from gongxin.registry.ledger.queries import versions_as_of
from gongxin.registry.publication.founding import Founding, Standing, standing_of
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.publication.visible import moments, visible_sql
from gongxin.registry.subjects.queries import Profile, profiles

ANNOUNCED = timedelta(days=30)
Place = tuple[date, UUID]  # where a page of a list ended: until when the last listing is, its id
BEFORE_ALL = ("9999-12-31", "f" * 32)


@dataclass(frozen=True, slots=True)
class Shown:
    """One listing in force as everybody sees it. `view` carries what of its record may be read."""

    listing_id: UUID
    view: RecordView
    known: Profile
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Left:
    """Who left a list, and on which day: nothing else is announced."""

    known: Profile
    on: date


def in_force_of(subject_ids: Collection[UUID], *, at: datetime) -> list[Standing]:
    """Return the listings of these subjects in force at `at`, published or not; no merge is followed."""
    standing = standing_of(subject_ids, at=at)
    if not standing:
        return []
    founding = Founding({one.subject_id for one in standing}, at)
    return [one for one in standing if founding.is_in_force(one)]


def shown_of(
    found: StatutoryList,
    *,
    at: datetime,
    limit: int,
    before: Place | None = None,
    only: Collection[UUID] | None = None,
) -> list[Shown]:
    """Return the listings of a list that are in force and published, the longest lasting first.

    `only` narrows them to some subjects. A list that binds nobody that day shows nobody.
    """
    on = legal_day(at)
    if found.is_inert(on, confirmed_sources()) or (only is not None and not only):
        return []
    until, listing = (before[0].isoformat(), before[1].hex) if before else BEFORE_ALL
    narrowed, given = _narrowed(only)
    rows = bulk.select(
        "SELECT l.subject_id, l.record_id, l.id, l.from_on, l.until_on FROM lists_listing l"
        " JOIN ledger_entry e ON e.subject_id = l.subject_id AND e.id = l.entry_id"
        " JOIN publication_decision d ON d.subject_id = l.subject_id AND d.record_id = l.record_id"
        " WHERE l.list_id = %s AND l.until_on > %s AND l.from_on <= %s AND (l.until_on, l.id) < (%s, %s)"
        f"{narrowed} AND {visible_sql()} ORDER BY l.until_on DESC, l.id DESC LIMIT %s",
        found.id,
        on.isoformat(),
        on.isoformat(),
        until,
        listing,
        *given,
        *moments(at),
        limit,
    )
    return _as_shown(rows, found.class_id, at)


def officers_of(found: StatutoryList, shown: Sequence[Shown], *, at: datetime) -> dict[UUID, str]:
    """Return the responsible officer's name by record, where the list's law orders it and while it is listed.

    Nobody's where the law does not, or was not read; nor whose business bears its operator's name (R4, R5).
    """
    of = classes_by_id(on=legal_day(at)).get(found.class_id)
    key = of.roles.get("representative", "") if of else ""
    if not key or not found.names_its_officer(confirmed_sources()):
        return {}
    named = {one.view.record_id: one.view.subject_id for one in shown if not one.known.noindex}
    said = {
        version.record_id: content_fields(version.content).get(key, "")
        for version in versions_as_of(set(named.values()), at, class_id=found.class_id)
    }
    return {record_id: said[record_id] for record_id in named if said.get(record_id)}


def left_lately(found: StatutoryList, *, at: datetime) -> list[Left]:
    """Return who left a list in the last thirty days, the last first, by their day.

    Nobody whose listing was withdrawn as wrong: it is not announced again that they stood on it.
    """
    if found.is_inert(legal_day(at), confirmed_sources()):
        return []
    left: dict[UUID, date] = {}
    for subject_id, on in (*_by_time(found, at), *_by_decision(found, at)):
        left[subject_id] = max(on, left.get(subject_id, on))
    known = profiles(left, at=at)
    stays = {one.subject_id for one in in_force_of(list(left), at=at) if one.list_id == found.id}
    announced = [Left(known[one], on) for one, on in left.items() if one in known and one not in stays]
    return sorted(announced, key=lambda one: (one.on, one.known.subject_id), reverse=True)


def _by_time(found: StatutoryList, at: datetime) -> list[tuple[UUID, date]]:
    """Return whose term came to its end in these days, while it showed."""
    on = legal_day(at)
    just_before = "d.outcome = 'published' AND d.audience = 'public' AND e.superseded_at IS NULL"
    rows = bulk.select(
        "SELECT l.subject_id, l.until_on FROM lists_listing l"
        " JOIN ledger_entry e ON e.subject_id = l.subject_id AND e.id = l.entry_id"
        " JOIN publication_decision d ON d.subject_id = l.subject_id AND d.record_id = l.record_id"
        f" WHERE l.list_id = %s AND l.until_on > %s AND l.until_on <= %s AND {just_before}"
        f" AND e.erased_at IS NULL AND {_NOTHING_LATER}",
        found.id,
        (on - ANNOUNCED).isoformat(),
        on.isoformat(),
    )
    return [(bulk.as_id(subject_id), bulk.as_day(until) or on) for subject_id, until in rows]


_NOTHING_LATER = (
    "NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
    " AND later.record_id = d.record_id AND (later.decided_at, later.id) > (d.decided_at, d.id))"
)


def _by_decision(found: StatutoryList, at: datetime) -> list[tuple[UUID, date]]:
    """Return whose listing was ended by a decision in these days: an early exit, a repair."""
    since = day_begins(legal_day(at) - ANNOUNCED + timedelta(days=1))
    rows = bulk.select(
        "SELECT d.subject_id, d.decided_at FROM publication_decision d WHERE d.class_id = %s"
        " AND d.outcome = 'ended' AND d.audience = 'public' AND d.reason <> 'withdrawn'"
        f" AND d.decided_at >= %s AND d.decided_at <= %s AND {_NOTHING_LATER}"
        " AND EXISTS (SELECT 1 FROM lists_listing l WHERE l.subject_id = d.subject_id"
        " AND l.record_id = d.record_id AND l.list_id = %s)",
        found.class_id,
        bulk.instant(since),
        bulk.instant(at),
        found.id,
    )
    return [(bulk.as_id(subject_id), legal_day(bulk.known_instant(decided))) for subject_id, decided in rows]


def _narrowed(only: Collection[UUID] | None) -> tuple[str, Sequence[Any]]:
    if only is None:
        return "", ()
    one_of, given = bulk.one_of([one.hex for one in only])
    return f" AND l.subject_id {one_of}", (given,)


def _as_shown(rows: Sequence[tuple[Any, ...]], class_id: str, at: datetime) -> list[Shown]:
    if not rows:
        return []
    subjects = profiles({bulk.as_id(subject_id) for subject_id, *_ in rows}, at=at)
    views = public_views(subjects, at=at, class_id=class_id)
    return [
        Shown(
            bulk.as_id(listing_id), views[bulk.as_id(record_id)], subjects[bulk.as_id(subject_id)],
            bulk.as_day(from_on) or legal_day(at), bulk.as_day(until_on) or legal_day(at),
        )
        for subject_id, record_id, listing_id, from_on, until_on in rows
        if bulk.as_id(record_id) in views
    ]  # fmt: skip
