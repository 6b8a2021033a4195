"""One subject: who it is, and everything about it that is public now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import Freshness, freshness, not_indexed, stamped, unchanged
from gongxin.interfaces.pages.seen import seen_of
from gongxin.interfaces.pages.subject_words import DATABASES, identifiers_in_words, region_in_words
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.record_words import ClassWords, Fact, Telling
from gongxin.interfaces.site.timeline import drawings_of
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, next_end, records_of
from gongxin.registry.subjects.queries import Profile, profile

REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one class, newest first."""

    class_id: str
    kind: str
    tellings: tuple[Telling, ...]


@requires("public.read")
def subject_page(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Show one subject; the same 404 where there is none and where nothing of it is public."""
    at = now()
    known = profile(subject_id, at=at)
    if known is None:
        raise Http404
    classes = classes_by_id(on=legal_day(at))
    views = records_of(subject_id, audience=Audience.PUBLIC, at=at, known=known, classes=classes)
    if not views:
        raise Http404
    adverse = any(view.adverse for view in views)
    fresh = freshness(seen=seen_of(known, views), at=at, next_end=next_end(views), adverse=adverse)
    return unchanged(request, fresh) or _page(request, known, views, classes, fresh, today=legal_day(at))


def _page(
    request: HttpRequest,
    known: Profile,
    views: Sequence[RecordView],
    classes: Mapping[str, InformationClass],
    fresh: Freshness,
    *,
    today: date,
) -> HttpResponseBase:
    groups = grouped([view for view in views if view.class_id != REGISTRATION], classes, today=today)
    noindex = known.noindex or any(view.adverse for view in views)
    shown = {
        "profile": known,
        "kind": DATABASES[known.database],
        "region": region_in_words(known.region, language=get_language() or ""),
        "identifiers": list(identifiers_in_words(known.identifiers)),
        "registration": _registration(views, classes),
        "groups": groups,
        "drawings": drawings_of(groups, today=today),
        "noindex": noindex,
    }
    response = stamped(render(request, "site/subject.html", shown), fresh)
    return not_indexed(response) if noindex else response


def _registration(views: Sequence[RecordView], classes: Mapping[str, InformationClass]) -> list[Fact]:
    """Return what the newest registration says, and who registered it."""
    newest = next((view for view in views if view.class_id == REGISTRATION), None)
    if newest is None:
        return []
    content = ClassWords(classes[REGISTRATION]).content(newest)
    return [*content, (_("Registered by"), newest.deciding_body or newest.agency_name)]


def grouped(
    views: Sequence[RecordView], classes: Mapping[str, InformationClass], *, today: date
) -> list[Group]:
    """Return `views` by class: what is adverse first, then by the catalogue's data codes."""
    by_class: dict[str, list[RecordView]] = {}
    for view in views:
        by_class.setdefault(view.class_id, []).append(view)
    ordered = sorted(by_class, key=lambda class_id: class_order(classes[class_id]))
    return [_group(classes[class_id], by_class[class_id], today) for class_id in ordered]


def _group(information_class: InformationClass, views: Sequence[RecordView], today: date) -> Group:
    words = ClassWords(information_class)
    tellings = tuple(words.tell(view, today=today) for view in views)
    return Group(information_class.id, words.kind, tellings)


def class_order(information_class: InformationClass) -> tuple[bool, str]:
    """Return the place of a class on a page: what is adverse first, then by data code."""
    return (not information_class.adverse, information_class.statutory.get("数据代码", information_class.id))
