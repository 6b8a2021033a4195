"""The columns of lists of standing records, said once."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongxin.core.masking import mask_name
from gongxin.core.names import is_person_like, names_a_person
from gongxin.interfaces.desk.tables import Column
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason
from gongxin.registry.publication.standing import StandingRecord
from gongxin.registry.subjects.queries import unnamed_business


def leaving_name(name: str, *, private: bool) -> str:
    """Return a name as it may stand in a file: one that may be a person's is masked (R4, R5)."""
    if is_person_like(name) or not name.strip():
        return mask_name(name)
    if names_a_person(name):
        return unnamed_business(name)
    return mask_name(name) if private else name


SUBJECT = Column[StandingRecord](
    _("Registered name"), lambda one: one.subject_name, leaves_as=lambda one: one.public_name
)
NAME_AS_SENT = Column[StandingRecord](
    _("Name as sent"),
    lambda one: one.name_as_sent,
    leaves_as=lambda one: leaving_name(one.name_as_sent, private=one.private),
)
CLASS = Column[StandingRecord](_("Class"), lambda one: class_name(one.class_id))
DECIDED_ON = Column[StandingRecord](_("Decided on"), lambda one: one.decided_on)
AGENCY = Column[StandingRecord](_("Agency"), lambda one: one.agency_name)
WHY_IT_WAITS = Column[StandingRecord](_("Why it waits"), lambda one: held_reason(one.held_reason))


def document_number(view_name: str) -> Column[StandingRecord]:
    """Return the column of document numbers, each a link to the record's page of that name, if any."""

    def link(one: StandingRecord) -> str:
        return reverse(view_name, args=(one.subject_id, one.record_id))

    return Column(_("Document number"), _number, link=link if view_name else None, lead=True)


def _number(one: StandingRecord) -> str:
    return one.document_number or gettext("without a number")


def due_on(today: date) -> Column[StandingRecord]:
    """Return the column of last lawful days; those before `today` are marked."""
    return Column(
        _("Decide by"),
        lambda one: one.due_on,
        warns=lambda one: one.due_on is not None and one.due_on < today,
    )
