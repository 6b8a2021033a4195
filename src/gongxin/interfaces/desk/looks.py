"""Who looked at a subject, as the auditor sees it: every look at once, the sealed marked, all by account."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from gongxin.core.disclosure import Audience
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages.look_words import looks_in_words
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.permissions import requires
from gongxin.registry.audit.looks import looks_at
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile

PAGE = 50


@requires("look.read")
def looks(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Show who looked at a subject and at all who are one with it, the newest first."""
    at, page = clock.now(), page_number(request)
    known = profile(subject_id, at=at)
    if known is None:
        raise Http404
    found = looks_at(
        subject_ids_of(subject_id, at=at),
        audience=Audience.AUDITOR,
        at=at,
        offset=(page - 1) * PAGE,
        limit=PAGE,
    )
    who = Who(look.actor for look in found.looks)
    actors = {look.actor: who.in_words(look.actor) for look in found.looks}
    context = {
        "section": "find",
        "subject": known,
        "looks": looks_in_words(found.looks, actors=actors),
        "total": found.total,
        "later": page - 1,
        "earlier": page + 1 if page * PAGE < found.total else 0,
    }
    return desk_page(request, "desk/looks.html", context)
