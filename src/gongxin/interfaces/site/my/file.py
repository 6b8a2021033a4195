"""The file: everything held about the subject, also what nobody else sees."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from gongxin.flows.repair import eligible_of
from gongxin.interfaces.pages.look_words import looks_in_words
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.pages.subject_words import DATABASES, identifiers_in_words, region_in_words
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.cases import all_cases
from gongxin.interfaces.site.my.held import Held, held_about
from gongxin.interfaces.site.my.looks import looks_of
from gongxin.interfaces.site.my.messages import newest_messages
from gongxin.interfaces.site.my.own_words import OwnRecord
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.supervised import grades_of
from gongxin.registry.ledger.queries import REPAIRED
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.subjects.absorbed import absorbed_among

IN_PLACE, PAGE, FEW = 10, 30, 3


@dataclass(frozen=True, slots=True)
class OfClass:
    """The records of one class: how many there are, and the newest of them."""

    class_id: str
    kind: str
    total: int
    newest: Sequence[OwnRecord]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.newest)


@acting("my.open")
def file(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Show the file: what is adverse first, then every other class."""
    held = held_about(acts)
    adverse = [view for view in held.views if view.adverse and view.repair != REPAIRED]
    groups = _groups(held)
    context = {
        "section": "file",
        "profile": acts.known,
        "kind": DATABASES[acts.known.database],
        "region": region_in_words(acts.known.region, language=get_language() or ""),
        "identifiers": list(identifiers_in_words(acts.known.identifiers)),
        "merged": absorbed_among(acts.subject_ids, at=acts.at),
        "total": len(held.views),
        "shown": sum(held.words.tell(view).shown for view in held.views),
        "adverse_total": len(adverse),
        "adverse": [one for one in groups if one.newest[0].view.adverse],
        "others": [one for one in groups if not one.newest[0].view.adverse],
        "repairable": [one for one in eligible_of(acts.subject_id, at=acts.at) if one.may_now],
        "running": [one for one in all_cases(acts, held) if one.is_open],
        "messages_told": newest_messages(acts, limit=FEW),
        "grades": grades_of(acts.subject_ids),
        "looks": looks_in_words(looks_of(acts, limit=FEW).looks),
    }
    return my_page(request, acts, "my/file.html", context)


@acting("my.open")
def of_class(request: HttpRequest, acts: Acting, class_id: str) -> HttpResponseBase:
    """Show all records of one class, the newest first, so many at a time."""
    held = held_about(acts)
    views = held.of_class(class_id)
    if not views:
        raise Http404
    pages = -(-len(views) // PAGE)
    page = min(page_number(request), pages)
    context = {
        "section": "file",
        "kind": held.words.kind(class_id),
        "records": held.words.tell_all(views[(page - 1) * PAGE : page * PAGE]),
        "total": len(views),
        "page": page,
        "pages": pages,
    }
    return my_page(request, acts, "my/class.html", context)


def _groups(held: Held) -> list[OfClass]:
    found: dict[str, list[RecordView]] = {}
    for view in held.views:
        found.setdefault(view.class_id, []).append(view)
    return [
        OfClass(class_id, held.words.kind(class_id), len(views), held.words.tell_all(views[:IN_PLACE]))
        for class_id, views in found.items()
    ]
