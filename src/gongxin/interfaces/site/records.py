"""One record at its permanent address."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import freshness, not_indexed, stamped, unchanged
from gongxin.interfaces.pages.seen import seen_of
from gongxin.interfaces.pages.type_size import is_large
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.record_words import ClassWords
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.publication.queries import RecordView, next_end, record
from gongxin.registry.subjects.queries import Profile, profile

GONE = 410


@requires("public.read")
def record_page(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponseBase:
    """Show one record; once it has ended, say only that; the same 404 for none and for withheld."""
    at = now()
    known = profile(subject_id, at=at)
    view = record(subject_id, record_id, audience=Audience.PUBLIC, at=at) if known else None
    if known is None or view is None or view.visibility is Visibility.HIDDEN:
        raise Http404
    if view.subject_id != subject_id:  # absorbed, for as long as the merge stands; or parted since
        return redirect("site:record", view.subject_id, record_id)
    if view.visibility is Visibility.TOMBSTONE:
        return _ended(request)
    return _shown(request, known, view)


def _ended(request: HttpRequest) -> HttpResponseBase:
    response = render(request, "site/ended.html", {"noindex": True}, status=GONE)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    return not_indexed(response)


def _shown(request: HttpRequest, known: Profile, view: RecordView) -> HttpResponseBase:
    at = now()
    seen = [*seen_of(known, [view]), is_large(request)]
    fresh = freshness(seen=seen, at=at, next_end=next_end([view]), adverse=view.adverse)
    if (same := unchanged(request, fresh)) is not None:
        return same
    words = ClassWords(active_class(view.class_id, on=legal_day(at)))
    noindex = known.noindex or view.adverse
    shown = {"profile": known, "telling": words.tell(view, today=legal_day(at)), "noindex": noindex}
    response = stamped(render(request, "site/record.html", shown), fresh)
    return not_indexed(response) if noindex else response
