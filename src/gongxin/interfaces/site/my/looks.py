"""Who looked at the subject's file beyond what everyone sees: when, as what, for what purpose."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongxin.core.disclosure import Audience
from gongxin.interfaces.pages.look_words import looks_in_words
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.supervised import followers_of
from gongxin.registry.audit.looks import LooksPage, looks_at, usage_period

PAGE = 50


@acting("my.open")
def looks(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Show who looked, the newest first; what is sealed by law appears when its seal ends."""
    page = page_number(request)
    found = looks_of(acts, offset=(page - 1) * PAGE, limit=PAGE)
    context = {
        "section": "looks",
        "looks": looks_in_words(found.looks),
        "total": found.total,
        "since": usage_period(at=acts.at),
        "followers": followers_of(acts.subject_ids, at=acts.at),
        "page": page,
        "pages": max(1, -(-found.total // PAGE)),
    }
    return my_page(request, acts, "my/looks.html", context)


def looks_of(acts: Acting, *, offset: int = 0, limit: int = PAGE) -> LooksPage:
    """Return who looked at who acts, as they may be told at this moment."""
    return looks_at(acts.subject_ids, audience=Audience.SUBJECT, at=acts.at, offset=offset, limit=limit)
