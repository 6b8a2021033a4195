"""What subjects were told and whether it has arrived; what a body itself was told; all of it as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.flows.notice_words import notices_in_words
from gongxin.interfaces import clock
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.notices.on_desk import (
    FAILED,
    INBOX,
    SERVED,
    STANDINGS,
    WAITING,
    Wanted,
    notices_on_desk,
)
from gongxin.registry.notices.queries import deliveries_of
from gongxin.registry.subjects.queries import Profile, profiles

MOST_IN_A_FILE = 5000  # each is put in words
TABS: Mapping[str, Promise] = {
    WAITING: _("Not served yet"),
    FAILED: _("Mail failed: send a letter"),
    SERVED: _("Served"),
    INBOX: _("To bodies"),
}
CHANNELS: Mapping[str, Promise] = {
    "page": _("page"),
    "email": _("e-mail"),
    "letter": _("letter"),
    "counter": _("counter"),
}
DELIVERED: Mapping[str, Promise] = {
    "queued": _("waits"),
    "sent": _("sent"),
    "served": _("served"),
    "failed": _("failed"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One notice of a list: its title, to whom it goes, and its ways."""

    notice: Notice
    title: str
    subject: Profile | None
    ways: Sequence[Delivery]

    @property
    def addressee(self) -> str:
        if self.notice.agency is not None:
            return self.notice.agency.name
        return self.subject.name if self.subject else ""

    @property
    def public_addressee(self) -> str:
        if self.notice.agency is not None:
            return self.notice.agency.name
        return self.subject.public_name if self.subject else ""


@requires("notice.read")
def overview(request: HttpRequest) -> HttpResponseBase:
    """List notices by how far they have come; an agency sees those about its records and those to itself."""
    standing = request.GET.get("state", WAITING)
    standing = standing if standing in STANDINGS else WAITING
    table = notices_table(standing, agency_ids=reach(request))
    tabs = [(name, words, f"?{urlencode({'state': name})}") for name, words in TABS.items()]
    context = {"section": "notices", "standing": standing, "tabs": tabs}
    return list_page(request, "desk/notices.html", table, context)


def reach(request: HttpRequest) -> frozenset[UUID] | None:
    """Return the bodies whose notices the request may see; None for all."""
    agency_id = agency_bound(request, action="notice.read")
    return None if agency_id is None else frozenset(agencies_under(agency_id))


def notices_table(standing: str, *, agency_ids: frozenset[UUID] | None) -> Table[Listed]:
    """Return the notices that stand so, the newest first."""
    wanted = Wanted(standing, agency_ids=agency_ids)

    def rows(limit: int, offset: int) -> list[Listed]:
        return _listed(notices_on_desk(wanted, limit=limit, offset=offset))

    columns = (
        Column[Listed](_("Notice"), lambda one: one.title, link=_page, lead=True),
        Column[Listed](_("To"), lambda one: one.addressee, leaves_as=lambda one: one.public_addressee),
        Column[Listed](_("Written at"), lambda one: one.notice.at),
        Column[Listed](_("Ways"), ways_in_words),
        Column[Listed](_("Served at"), _served_at),
    )
    filters = {"state": standing}
    return Table("notices", _("Notices"), columns, rows, filters, most=MOST_IN_A_FILE)


def ways_in_words(one: Listed) -> str:
    """Return how far a notice has come on each way: page served, e-mail sent."""
    return "；".join(f"{CHANNELS[way.channel]} {DELIVERED[way.state]}" for way in one.ways)


def _listed(notices: Sequence[Notice]) -> list[Listed]:
    texts = notices_in_words(notices, language=get_language() or "zh-hans")
    subjects = profiles({one.subject_id for one in notices}, at=clock.now()) if notices else {}
    ways = deliveries_of(notices)
    return [
        Listed(one, text.title, subjects.get(one.subject_id), ways[one.id])
        for one, text in zip(notices, texts, strict=True)
    ]


def _served_at(one: Listed) -> Any:
    return min((way.served_at for way in one.ways if way.served_at), default=None)


def _page(one: Listed) -> str:
    return reverse("desk:notice", args=(one.notice.subject_id, one.notice.id))
