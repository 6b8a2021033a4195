"""The list of submissions as columns, and what of it may be asked for alone."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.legal_day import day_begins
from gongxin.core.submissions import STOPPED, State
from gongxin.interfaces.desk.tables import Column, Table
from gongxin.interfaces.desk.templatetags.desk import class_name, refusal
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.unfinished import submissions_in

STANDINGS: Mapping[str, Promise] = MappingProxyType(
    {
        State.RECEIVED.value: _("Received"),
        State.CHECKED.value: _("Waits for your word"),
        State.POSTING.value: _("Being posted"),
        State.DONE.value: _("Done"),
        State.REFUSED.value: _("File refused"),
        State.RECALLING.value: _("Being recalled"),
        State.RECALLED.value: _("Recalled"),
        STOPPED: _("Stopped: our fault"),
    }
)
RECEIVED_AT = Column[Submission](_("Received at"), lambda one: one.received_at)
FILE = Column[Submission](
    _("File"),
    lambda one: one.file_name,
    link=lambda one: reverse("desk:submission", args=(one.id,)),
    lead=True,
)
CLASS = Column[Submission](_("Class"), lambda one: class_name(one.class_id))
AGENCY = Column[Submission](_("Agency"), lambda one: one.agency.name)
REFUSAL = Column[Submission](_("Why"), refusal)
_COUNTS = (
    Column[Submission](_("State"), lambda one: STANDINGS[one.standing]),
    Column[Submission](_("Rows"), lambda one: one.rows),
    Column[Submission](_("Accepted"), lambda one: one.accepted),
    Column[Submission](_("To correct"), lambda one: one.rejected),
)
ALL = (RECEIVED_AT, FILE, CLASS, AGENCY, *_COUNTS, REFUSAL)


def submissions_table(agency_id: UUID | None, state: str, since: str) -> Table[Submission]:
    """Return the submissions within reach; in one `state`, and since a day, where these are asked for."""
    chosen = state if state in STANDINGS else ""
    day = day_of(since)
    found = submissions_in(agency_id, chosen, since=day_begins(day) if day else None)
    filters = {"state": chosen, "since": day.isoformat() if day else ""}

    def rows(limit: int, offset: int) -> list[Submission]:
        return list(found[offset : offset + limit])

    return Table(
        "submissions", _("Submissions"), ALL, rows, {name: told for name, told in filters.items() if told}
    )


def day_of(text: str) -> date | None:
    """Return the day an address names, if it names one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
