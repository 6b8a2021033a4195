"""The rows behind one figure of the board: the same filter, and the same sum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from gongxin.core.quality import NOTHING, Count, quality
from gongxin.interfaces import clock
from gongxin.interfaces.desk.board import agency_id, asked_month
from gongxin.interfaces.desk.checks import Check, failing_checks
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import shares
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.permissions import agency_bound, allowed, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.measures import CHECK
from gongxin.registry.quality.queries import Behind, Rows, month, rows_behind, written_query

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """Which figure is asked for: its measure, month, and perhaps one agency, region or class."""

    measure: str
    month: str
    agencies: Mapping[UUID, Agency]
    bound: bool  # only these agencies' rows; else everybody's
    class_id: str
    region: str
    failing: bool
    page: int

    @property
    def agency_ids(self) -> Iterable[UUID] | None:
        return self.agencies if self.bound else None


@dataclass(frozen=True, slots=True)
class Line:
    row: Behind
    agency: str


@requires("quality.read")
def rows(request: HttpRequest) -> HttpResponse:
    """List the records or batches a figure is made of, their sum above them."""
    asked = _filter(request)
    offset = (asked.page - 1) * PAGE
    found = rows_behind(
        asked.measure,
        asked.month,
        agency_ids=asked.agency_ids,
        class_id=asked.class_id,
        failing=asked.failing,
        limit=PAGE,
        offset=offset,
    )
    whole = found if not asked.failing else _whole(asked)
    named = Agency.objects.filter(id__in={row.agency_id for row in found.rows})
    names = dict(named.values_list("id", "name"))
    shown = {
        "section": "board",
        "asked": asked,
        "agency": next(iter(asked.agencies.values())) if len(asked.agencies) == 1 else None,
        "criterion": quality().criteria.get(asked.measure),
        "check": _check(asked),
        "sum": whole.sum,
        "share": shares.percent(whole.sum.share),
        "kept": _kept_otherwise(asked, whole.sum),
        "lines": [Line(row, names[row.agency_id]) for row in found.rows],
        "many": found.many,
        "region": shares.region_in_words(asked.region) if asked.region else "",
        "later": _here(request, page=asked.page - 1) if asked.page > 1 else None,
        "earlier": _here(request, page=asked.page + 1) if offset + PAGE < found.many else None,
        "all_rows": _here(request, page=1, all=1),
        "only_failing": _here(request, page=1, all=0),
        "query": written_query(asked.measure),
        "may_open": allowed(request, action="record.read-history"),
    }
    return desk_page(request, "desk/board_rows.html", shown)


def _whole(asked: Filter) -> Rows:
    return rows_behind(
        asked.measure, asked.month, agency_ids=asked.agency_ids, class_id=asked.class_id, limit=0
    )


def _filter(request: HttpRequest) -> Filter:
    measure = request.GET.get("measure", "")
    if measure not in quality().criteria and not measure.startswith(CHECK):
        raise Http404
    own = agency_bound(request, action="quality.read")
    agencies, bound = _agencies(request, own)
    return Filter(
        measure=measure,
        month=asked_month(request),
        agencies=agencies,
        bound=bound,
        class_id=request.GET.get("class", ""),
        region=request.GET.get("region", ""),
        failing=request.GET.get("all") != "1" and not measure.startswith(CHECK),
        page=page_number(request),
    )


def _agencies(request: HttpRequest, own: UUID | None) -> tuple[dict[UUID, Agency], bool]:
    """Return whose rows are asked for: who acts for an agency reaches its own, whatever the address says."""
    agencies = Agency.objects.all()
    asked, region = request.GET.get("agency", ""), request.GET.get("region")
    if own is not None:
        agencies = agencies.filter(id=own)
    if asked:
        agencies = agencies.filter(id=agency_id(asked))
    if region is not None:
        agencies = agencies.filter(region=region)
    bound = own is not None or bool(asked) or region is not None
    return {agency.id: agency for agency in agencies} if bound else {}, bound


def _here(request: HttpRequest, **changes: int) -> str:
    return f"?{urlencode({**request.GET.dict(), **changes})}"


def _check(asked: Filter) -> Check | None:
    if not asked.measure.startswith(CHECK):
        return None
    code = asked.measure.removeprefix(CHECK)
    found = failing_checks({(asked.class_id, code): 0}, on=clock.today())
    return found[0] if found else None


def _kept_otherwise(asked: Filter, now: Count) -> Count | None:
    """Return what the board says where the rows of now give another sum: it was counted before."""
    cells = month(asked.month, at=clock.now()).cells
    kept = sum(
        (
            cell.counted
            for cell in cells
            if cell.measure == asked.measure
            and asked.class_id in {"", cell.class_id}
            and (not asked.bound or cell.agency_id in asked.agencies)
        ),
        NOTHING,
    )
    return None if kept == now else kept
