"""What else waits for a person: rows nobody could link, records whose publication is suspended."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongxin.interfaces.desk.as_of import AsOf, as_of
from gongxin.interfaces.desk.record_columns import (
    AGENCY,
    CLASS,
    DECIDED_ON,
    SUBJECT,
    document_number,
    leaving_name,
)
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason
from gongxin.interfaces.permissions import requires
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.intake.unfinished import listed, open_rows, unlinked_as_of
from gongxin.registry.publication.standing import StandingRecord
from gongxin.registry.publication.standing import suspended as suspended_records
from gongxin.registry.subjects.doubt_queue import cases_of_rows
from gongxin.registry.subjects.models import Doubt


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits, and the doubt of its case, if a subject not ruled out was found for it."""

    row: UnlinkedRow
    case: Doubt | None


@requires("unlinked.read")
def unlinked(request: HttpRequest) -> HttpResponseBase:
    """List the rows nobody could link by code, oldest first; as they were on a past day, if one is asked."""
    asked = as_of(request)
    context = {"section": "unlinked", "asked": asked}
    return list_page(request, "desk/unlinked.html", unlinked_table(asked), context)


def unlinked_table(asked: AsOf) -> Table[Waiting]:
    """Return the rows that waited for a subject on the day asked about."""
    found = unlinked_as_of(asked.at) if asked.past else open_rows()
    columns = (
        Column[Waiting](
            _("Name as sent"),
            lambda one: one.row.name,
            link=lambda one: reverse("desk:unlinked-row", args=(one.row.id,)),
            leaves_as=lambda one: leaving_name(one.row.name, private=False),
            lead=True,
        ),
        Column[Waiting](_("Class"), lambda one: class_name(one.row.class_id)),
        Column[Waiting](_("Agency"), lambda one: one.row.submission.agency.name),
        Column[Waiting](_("Why"), lambda one: held_reason(one.row.reason)),
        Column[Waiting](_("Received at"), lambda one: one.row.submission.received_at),
        Column[Waiting](
            _("Candidates"),
            lambda one: _("compare") if one.case else None,
            link=lambda one: reverse("desk:doubt", args=(one.case.id,)) if one.case else "",
        ),
    )

    def rows(limit: int, offset: int) -> list[Waiting]:
        some = listed(found, limit=limit, offset=offset)
        cases = cases_of_rows([row.id for row in some])
        return [Waiting(row, cases.get(row.id)) for row in some]

    return Table("unlinked", _("Rows without a subject"), columns, rows, {"on": asked.on.isoformat()})


@requires("held.read")
def suspended(request: HttpRequest) -> HttpResponseBase:
    """List the records whose publication is suspended, the longest suspended first."""
    asked = as_of(request)
    context = {"section": "held", "asked": asked}
    return list_page(request, "desk/suspended.html", suspended_table(asked), context)


def suspended_table(asked: AsOf) -> Table[StandingRecord]:
    def rows(limit: int, offset: int) -> list[StandingRecord]:
        return suspended_records(at=asked.at, limit=limit, offset=offset)

    since = Column[StandingRecord](_("Suspended since"), lambda one: one.since)
    why = Column[StandingRecord](_("Why"), lambda one: one.reason)
    columns = (since, document_number("desk:history"), SUBJECT, CLASS, DECIDED_ON, AGENCY, why)
    return Table("suspended", _("Suspended"), columns, rows, {"on": asked.on.isoformat()})
