from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_list import cases_table
from gongxin.interfaces.desk.drafts import own_drafts
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.submission_columns import STANDINGS, day_of, submissions_table
from gongxin.interfaces.desk.tables import FORMATS, PAGE, address_of, exported, files_of
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.intake.queries import submissions_of, waiting, workers_alive
from gongxin.registry.notices.on_desk import unread_by
from gongxin.registry.publication.waiting import still_due

NEWEST, MOST_DUE = 10, 20  # of submissions; of records that wait, and of cases


@requires("desk.open")
def home(request: HttpRequest) -> HttpResponse:
    """Show an agency what it has sent and what falls due; the centre has its morning page instead."""
    agency_id = agency_bound(request, action="desk.open")
    agency_ids = agencies_under(agency_id) if agency_id else None
    cases = cases_table("soon", "", agency_ids=agency_ids)
    return desk_page(
        request,
        "desk/home.html",
        {
            "section": "home",
            "submissions": submissions_of(agency_id, limit=NEWEST),
            "due": still_due(agency_id=agency_id, limit=MOST_DUE),
            "cases": cases,
            "case_lines": cases.lines(cases.rows(MOST_DUE, 0)),
            "today": clock.today(),
            "drafts": own_drafts(request),
            "unread": unread_by(agency_ids) if agency_ids else 0,
            **nobody_works(),
        },
    )


@requires("submission.read")
def submissions(request: HttpRequest) -> HttpResponseBase:
    """Show every submission within reach, newest first, a page at a time; the refused ones, if asked."""
    agency_id = agency_bound(request, action="submission.read")
    table = submissions_table(agency_id, request.GET.get("state", ""), request.GET.get("since", ""))
    if (file_format := request.GET.get("format", "")) in FORMATS:
        return exported(request, table, file_format)
    page = page_number(request)
    found = table.rows(PAGE + 1, (page - 1) * PAGE)
    return desk_page(
        request,
        "desk/submissions.html",
        {
            "section": "submissions",
            "submissions": found[:PAGE],
            "filters": table.filters,
            "standing": STANDINGS.get(table.filters.get("state", ""), ""),
            "since": day_of(table.filters.get("since", "")),
            "files": files_of(request),
            "earlier": address_of(request, page=page + 1) if len(found) > PAGE else "",
            "later": address_of(request, page=page - 1) if page > 1 else "",
            **nobody_works(),
        },
    )


def nobody_works() -> dict[str, object]:
    """Return what a page needs to say that files wait and no worker is alive."""
    return {"nobody_works": not workers_alive(at=clock.now()), "waiting": waiting()}
