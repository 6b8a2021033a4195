"""One agency takes over another's work: renamed, merged or dissolved. No record of either is rewritten."""

from datetime import datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of, successor_of
from gongxin.registry.audit.events import write_event


class WouldBeItsOwnSuccessor(Exception):
    """The agency already acts, at whatever remove, for the one that is to succeed it."""


class SucceededByAnother(Exception):
    """Another agency is recorded as its successor; the message names it."""

    def __init__(self, successor: Agency) -> None:
        super().__init__(successor.code)
        self.successor = successor


@transaction.atomic
def succeed_agency(
    *, agency: Agency, successor: Agency, actor: Actor, at: datetime, instead: bool = False
) -> bool:
    """This will let `successor` act for `agency` from now on; return whether that is new.

    With `instead` it takes the place of one recorded wrongly. Raises WouldBeItsOwnSuccessor, or
    SucceededByAnother.
    """
    bulk.one_writer()  # two acts at once could close a ring that neither of them sees
    agency = Agency.objects.select_related("successor").get(id=agency.id)
    if agency.successor_id == successor.id:
        return False
    if successor.id in agencies_of(agency):
        raise WouldBeItsOwnSuccessor(successor.code)
    if agency.successor is not None and not instead:
        raise SucceededByAnother(agency.successor)
    replaced = {"instead_of": agency.successor.code} if agency.successor else {}
    Agency.objects.filter(id=agency.id).update(successor=successor)
    _send_askers_on(agency, successor)
    write_event(
        actor=actor, action="agency.succeeded", object_kind="agency", object_id=agency.id.hex, at=at,
        detail={"code": agency.code, "successor": successor.code, **replaced},
    )  # fmt: skip
    return True


def _send_askers_on(agency: Agency, successor: Agency) -> None:
    """Let the pages that name a body that is no more give the contact of the one that answers now."""
    now = successor_of(Agency.objects.get(id=successor.id))
    contact = {name: getattr(now, name) for name in ("telephone", "address", "office_hours")}
    known = {name: words for name, words in contact.items() if words}
    if known:
        Agency.objects.filter(id__in=agencies_of(agency)).update(**known)
