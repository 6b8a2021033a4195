"""A public body as a subject of its own: found by its code, or begun for a body registered here."""

from datetime import datetime
from uuid import UUID

from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.late_payment import is_public_body
from gongxin.core.legal_day import legal_day
from gongxin.core.subjects import LINK_COLUMNS
from gongxin.flows.resolve import Resolution, row_to_resolve
from gongxin.registry.accounts.models import Agency
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.subjects.queries import subject_of_code

_CLASS = "commitment"  # any class about organisations: what is begun is the same


class NotAPublicBody(Exception):
    """The code is not one of an organ of the state or a public institution, or of none that is known."""


def subject_of_body(code: str, *, at: datetime) -> UUID:
    """Return the subject a public body is, begun inside the running transaction if it is a body of ours.

    Raises NotAPublicBody.
    """
    wanted = normalise_code(code)
    if not is_public_body(wanted):
        raise NotAPublicBody(wanted)
    found = subject_of_code(wanted, at=at)
    if found is not None:
        return found
    body = Agency.objects.filter(code=wanted).first()
    if body is None:
        raise NotAPublicBody(wanted)
    return _begun(body, at)


def _begun(body: Agency, at: datetime) -> UUID:
    plan = Resolution(active_class(_CLASS, on=legal_day(at)), at)
    checked = tuple(body.code if column == "unified" else None for column in LINK_COLUMNS)
    row = row_to_resolve(checked=checked, name=body.name, operator="")
    plan.learn([row])
    placed = plan.place(row)
    plan.save()
    if placed.subject_id is None:
        raise NotAPublicBody(body.code)
    return UUID(placed.subject_id)
