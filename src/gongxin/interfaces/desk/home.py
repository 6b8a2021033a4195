from django.http import HttpRequest, HttpResponse

from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.permissions import agency_bound, allowed, requires
from gongxin.registry.intake.queries import stopped, submissions_of, waiting, workers_alive
from gongxin.registry.publication.waiting import still_due

NEWEST, MOST_DUE, PAGE = 10, 20, 50


@requires("desk.open")
def home(request: HttpRequest) -> HttpResponse:
    """Show what an agency has sent and what falls due; the centre sees all agencies."""
    agency_id = agency_bound(request, action="desk.open")
    return desk_page(
        request,
        "desk/home.html",
        {
            "section": "home",
            "submissions": submissions_of(agency_id, limit=NEWEST),
            "due": still_due(agency_id=agency_id, limit=MOST_DUE),
            "stopped": stopped(limit=MOST_DUE) if allowed(request, action="submission.set-going") else [],
            "today": clock.today(),
            "may_send": allowed(request, action="submission.send"),
            **nobody_works(),
        },
    )


@requires("submission.read")
def submissions(request: HttpRequest) -> HttpResponse:
    """Show every submission within reach, newest first, a page at a time."""
    page = _page_number(request)
    agency_id = agency_bound(request, action="submission.read")
    found = submissions_of(agency_id, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return desk_page(
        request,
        "desk/submissions.html",
        {
            "section": "submissions",
            "submissions": found[:PAGE],
            "page": page,
            "earlier": page + 1 if len(found) > PAGE else None,
            "later": page - 1 if page > 1 else None,
            **nobody_works(),
        },
    )


def nobody_works() -> dict[str, object]:
    """Return what a page needs to say that files wait and no worker is alive."""
    return {"nobody_works": not workers_alive(at=clock.now()), "waiting": waiting()}


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) <= len("100000") else 1
