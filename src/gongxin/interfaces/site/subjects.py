"""One subject: who it is, and everything about it that is public now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import Freshness, freshness, not_indexed, stamped, unchanged
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.pages.seen import seen_of
from gongxin.interfaces.pages.subject_words import (
    DATABASES,
    DEREGISTERED,
    identifiers_in_words,
    region_in_words,
    registration_state,
    told_succession,
)
from gongxin.interfaces.pages.type_size import is_large
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.groups import CLIPPED, by_class, groups_of
from gongxin.interfaces.site.record_words import ClassWords, Fact
from gongxin.interfaces.site.timeline import drawings_of
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, next_end, records_of
from gongxin.registry.subjects.queries import Profile, profile
from gongxin.registry.subjects.successions import Succession, successions_of

REGISTRATION = "registration"
PAGE = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject as everyone sees it at one instant."""

    known: Profile
    views: Sequence[RecordView]
    classes: Mapping[str, InformationClass]
    at: datetime
    successions: Sequence[Succession]

    @property
    def today(self) -> date:
        return legal_day(self.at)

    @property
    def noindex(self) -> bool:
        return self.known.noindex or any(view.adverse for view in self.views)

    def freshness(self, *more: object) -> Freshness:
        seen = (*seen_of(self.known, self.views), *self.successions)
        adverse = any(view.adverse for view in self.views)
        return freshness(seen=[*seen, *more], at=self.at, next_end=next_end(self.views), adverse=adverse)


@requires("public.read")
def subject_page(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Show one subject; the same 404 where there is none and where nothing of it is public."""
    seen = _seen(subject_id)
    if seen.known.subject_id != subject_id:  # absorbed; for as long as the merge stands
        return redirect("site:subject", seen.known.subject_id)
    fresh = seen.freshness(is_large(request))
    return unchanged(request, fresh) or _page(request, seen, fresh)


@requires("public.read")
def class_of_subject(request: HttpRequest, subject_id: UUID, class_id: str) -> HttpResponseBase:
    """Show one subject's records of one class, twenty at a time, newest first."""
    seen = _seen(subject_id)
    views = [view for view in seen.views if view.class_id == class_id]
    pages = -(-len(views) // PAGE)
    page = min(page_number(request), pages)
    if not views:
        raise Http404
    if seen.known.subject_id != subject_id:
        return redirect("site:subject-class", seen.known.subject_id, class_id)
    fresh = seen.freshness(page, is_large(request))
    if (same := unchanged(request, fresh)) is not None:
        return same
    words = ClassWords(seen.classes[class_id])
    on_page = views[(page - 1) * PAGE : page * PAGE]
    shown = {
        "profile": seen.known,
        "kind": words.kind,
        "tellings": [words.tell(view, today=seen.today, clipped=CLIPPED) for view in on_page],
        "total": len(views),
        "page": page,
        "pages": pages,
        "noindex": True,
    }
    return not_indexed(stamped(render(request, "site/subject_class.html", shown), fresh))


def _seen(subject_id: UUID) -> Seen:
    at = now()
    known = profile(subject_id, at=at)
    if known is None:
        raise Http404
    classes = classes_by_id(on=legal_day(at))
    views = records_of(subject_id, audience=Audience.PUBLIC, at=at, known=known, classes=classes)
    if not views:
        raise Http404
    return Seen(known, views, classes, at, successions_of(known, at=at))


def _page(request: HttpRequest, seen: Seen, fresh: Freshness) -> HttpResponseBase:
    told = by_class((view for view in seen.views if view.class_id != REGISTRATION), seen.classes)
    groups = groups_of(told, seen.classes, today=seen.today)
    shown = {
        "profile": seen.known,
        "kind": DATABASES[seen.known.database],
        "region": region_in_words(seen.known.region, language=get_language() or ""),
        "identifiers": list(identifiers_in_words(seen.known.identifiers)),
        "registration": _registration(seen.views, seen.classes),
        "gone": state if (state := registration_state(seen.views)) in DEREGISTERED else "",
        "successions": [told_succession(one, at=seen.at) for one in seen.successions],
        "groups": groups,
        "drawings": drawings_of(groups, today=seen.today),
        "noindex": seen.noindex,
    }
    response = stamped(render(request, "site/subject.html", shown), fresh)
    return not_indexed(response) if seen.noindex else response


def _registration(views: Sequence[RecordView], classes: Mapping[str, InformationClass]) -> list[Fact]:
    """Return what the newest registration says, and who registered it."""
    newest = next((view for view in views if view.class_id == REGISTRATION), None)
    if newest is None:
        return []
    content = ClassWords(classes[REGISTRATION]).content(newest)
    return [*content, (_("Registered by"), newest.deciding_body or newest.agency_name)]
