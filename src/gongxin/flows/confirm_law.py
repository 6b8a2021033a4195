"""An officer's word that a value of the law was read in its full text; and calendars that arrive later."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.deadlines import publish_by
from gongxin.core.working_days import parse_calendar
from gongxin.flows import tip_offs
from gongxin.flows.load_measures import load_measures
from gongxin.flows.reckon_clocks import reckon_anew
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.models import CalendarDocument, LawConfirmation
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.publication.bulk import DECISION_COLUMNS, append
from gongxin.registry.publication.due import provisional_decisions


@transaction.atomic
def confirm(*, key: str, text: Path, actor: Actor, at: datetime) -> LawConfirmation:
    """Record that `actor` read the instrument behind `key` in full; the text's hash is kept."""
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    confirmation, _ = LawConfirmation.objects.update_or_create(
        key=key,
        defaults={
            "text_hash": digest,
            "file_name": text.name,
            "confirmed_at": at,
            "confirmed_by": actor.written,
        },
    )
    load_measures()
    write_event(
        actor=actor,
        action="law.confirmed",
        object_kind="law",
        object_id=key[:64],
        at=at,
        detail={"text": digest},
    )
    return confirmation


@transaction.atomic
def import_calendar(*, text: str, actor: Actor, at: datetime) -> int:
    """Load a year's notice and reckon again every provisional deadline; return how many moved.

    Raises CalendarRefused. Source: law-decisions 8.
    """
    year = parse_calendar(text).year
    CalendarDocument.objects.update_or_create(
        year=year,
        defaults={"text": text, "loaded_at": at, "loaded_by": actor.written},
    )
    moved = _reckon_again(at, actor.written) + reckon_anew(at=at)
    moved += tip_offs.reckon_again(calendar=working_calendar())
    write_event(
        actor=actor,
        action="calendar.imported",
        object_kind="calendar",
        object_id=str(year),
        at=at,
        detail={"moved": moved},
    )
    return moved


def _reckon_again(at: datetime, by: str) -> int:
    """Append a decision with the reckoned day for each whose day was provisional; the old ones stay."""
    calendar, rows = working_calendar(), []
    for known in provisional_decisions():
        due = publish_by(known.columns["class_id"], known.decided_on, calendar)
        if due.due_on is None or due.provisional:
            continue
        made = fresh_id(at=at).hex
        changed = {
            "id": made,
            "due_on": due.due_on.isoformat(),
            "provisional": False,
            "decided_at": bulk.instant(at),
            "decided_by": by,
        }
        rows.append(tuple({**known.columns, **changed}[name] for name in DECISION_COLUMNS))
    append(rows)
    return len(rows)
