"""Making the centre's letters: numbered and kept in one transaction, with an audit event."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.deadlines import lateness_working_days
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.letters import (
    CIRCULAR,
    MOST_ROWS,
    URGING,
    OverdueRecord,
    Paper,
    Timeliness,
    circular_letter,
    number_of,
    urging_letter,
)
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import classes_by_id, working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.letters.models import Letter
from gongxin.registry.letters.queries import next_number
from gongxin.registry.publication.standing import StandingRecord, Wanted, overdue_by_agency, pending
from gongxin.registry.publication.timeliness import decided_by_agency


class NothingOverdue(Exception):
    """The agency had nothing overdue at the end of that day: there is nothing to urge."""


class NothingToTell(Exception):
    """Nothing was decided and nothing is overdue in that period: there is nothing to tell of."""


def make_urging_letter(
    *, agency: Agency, on: date, institution: str, why: Callable[[str], str], actor: Actor, at: datetime
) -> Letter:
    """Make the letter to an agency about what was overdue at the end of a day. Raises NothingOverdue.

    `why` puts a stored reason for waiting in words.
    """
    moment = min(_end_of(on), at)
    wanted = Wanted(due_through=on - timedelta(days=1), agency_ids=agencies_of(agency))
    records = pending(at=moment, wanted=wanted, limit=MOST_ROWS)
    if not records:
        raise NothingOverdue(agency.code)
    under = agencies_of(agency)
    total = sum(one.records for one in overdue_by_agency(at=moment, before=on) if one.agency_id in under)
    lines = _lines(records, on, why)

    def drawn(number: str) -> Paper:
        return urging_letter(
            institution=institution, number=number, agency=agency.name, on=on, made_on=legal_day(at),
            records=lines, total=total,
        )  # fmt: skip

    return _kept(URGING, drawn, agency, [one.record_id.hex for one in records], on, actor, at)


def make_circular_letter(*, on: date, institution: str, actor: Actor, at: datetime) -> Letter:
    """Make the letter to all about the month up to the end of a day. Raises NothingToTell."""
    moment, begins = min(_end_of(on), at), on.replace(day=1)
    agencies = timeliness_of(begins=begins, on=on, at=moment)
    if not agencies:
        raise NothingToTell(on.isoformat())

    def drawn(number: str) -> Paper:
        return circular_letter(
            institution=institution, number=number, begins=begins, on=on, made_on=legal_day(at),
            agencies=agencies,
        )  # fmt: skip

    return _kept(CIRCULAR, drawn, None, [], on, actor, at)


def timeliness_of(*, begins: date, on: date, at: datetime) -> list[Timeliness]:
    """Return each agency's decisions from a day on, up to `at`, and what of it was overdue on `on`."""
    overdue = {one.agency_id: one for one in overdue_by_agency(at=at, before=on)}
    decided = {one.agency_id: one for one in decided_by_agency(begins=day_begins(begins), ends=at)}
    names = {found: one.agency_name for known in (overdue, decided) for found, one in known.items()}
    return [
        Timeliness(
            agency_name=name,
            decided=decided[agency_id].decided if agency_id in decided else 0,
            late=decided[agency_id].late if agency_id in decided else 0,
            overdue=overdue[agency_id].records if agency_id in overdue else 0,
        )
        for agency_id, name in names.items()
    ]


def _lines(records: Sequence[StandingRecord], on: date, why: Callable[[str], str]) -> list[OverdueRecord]:
    calendar, classes = working_calendar(), classes_by_id(on=on)
    return [
        OverdueRecord(
            document_number=one.document_number,
            class_name=classes[one.class_id].label.zh if one.class_id in classes else one.class_id,
            subject_name=one.public_name,
            decided_on=one.decided_on,
            due_on=one.due_on,
            late_working_days=lateness_working_days(one.due_on, on, calendar),
            why=why(one.held_reason),
        )
        for one in records
        if one.due_on is not None
    ]


def _kept(
    kind: str,
    drawn: Callable[[str], Paper],
    agency: Agency | None,
    record_ids: list[str],
    on: date,
    actor: Actor,
    at: datetime,
) -> Letter:
    year = legal_day(at).year
    with transaction.atomic():
        bulk.one_writer()
        number = next_number(kind, year)
        letter = Letter.objects.create(
            id=fresh_id(at=at),
            kind=kind,
            year=year,
            number=number,
            as_of=on,
            agency=agency,
            paper=drawn(number_of(kind, year, number)).starred().as_document(),
            record_ids=record_ids,
            made_at=at,
            made_by=actor.written,
        )
        write_event(
            actor=actor,
            action="letter.made",
            object_kind="letter",
            object_id=letter.id.hex,
            at=at,
            detail={
                "kind": kind,
                "number": f"{year}/{number}",
                "as_of": on.isoformat(),
                "agency": agency.code if agency else "",
                "records": len(record_ids),
            },
        )
    return letter


def _end_of(on: date) -> datetime:
    return day_begins(on + timedelta(days=1)) - timedelta(microseconds=1)
