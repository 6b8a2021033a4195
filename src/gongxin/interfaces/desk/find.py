"""Finding a record by its document number, across all classes; a code or a name finds the subject."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.document_numbers import normal_form
from gongxin.flows.exports import question_hash
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.states import states_of
from gongxin.interfaces.permissions import agency_bound, allowed, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.publication.numbered import FoundRecord, records_numbered
from gongxin.registry.publication.search import search
from gongxin.registry.subjects.queries import profile, subject_of_code

SHORTEST, LONGEST = 2, 128  # characters of a number in its normal form
NAMES = 10
MOST_IN_A_FILE = 500  # a beginning of two characters may fit every record there is


@dataclass(frozen=True, slots=True)
class FoundSubject:
    subject_id: UUID
    name: str
    code: str


@requires("record.find")
def find(request: HttpRequest) -> HttpResponseBase:
    """Show the records whose number is or begins so, and the subjects of that code or name."""
    asked = request.GET.get("q", "").strip()
    agency_id = agency_bound(request, action="record.find")
    context: dict[str, object] = {"section": "find", "asked_for": asked, "longest": LONGEST}
    if fault := _fault(asked):
        # A person's number is not repeated, not even in the box it was typed into.
        kept = "" if is_about_a_person(asked) else asked
        return desk_page(request, "desk/find.html", {**context, "asked_for": kept, "fault": fault})
    if not asked:
        return desk_page(request, "desk/find.html", context)
    context["subjects"] = subjects_named(asked) if agency_id is None else []
    table = _table(
        asked,
        agency_id,
        history=allowed(request, action="record.read-history"),
        change=allowed(request, action="publication.suspend"),
    )
    return list_page(request, "desk/find.html", table, context)


def _fault(asked: str) -> Promise | None:
    if is_about_a_person(asked):
        return _("This is a person's number. Persons are not looked up here, and it was not kept.")
    if asked and not SHORTEST <= len(normal_form(asked)) <= LONGEST:
        return _("Give at least two characters of the number, and at most 128.")
    return None


def _table(asked: str, agency_id: UUID | None, *, history: bool, change: bool) -> Table[FoundRecord]:
    agency_ids = None if agency_id is None else agencies_under(agency_id)

    def rows(limit: int, offset: int) -> list[FoundRecord]:
        return records_numbered(asked, agency_ids=agency_ids, at=clock.now(), limit=limit, offset=offset)

    return Table(
        "found", _("Records found"), _columns(history=history, change=change), rows,
        {"question": question_hash(normal_form(asked))}, most=MOST_IN_A_FILE,
    )  # fmt: skip


def _columns(*, history: bool, change: bool) -> tuple[Column[FoundRecord], ...]:
    changing = Column[FoundRecord](_("Change"), _changes, link=_to_change, leaves_as=lambda _one: None)
    return (
        Column(_("Document number"), _number, link=_to_history if history else None, lead=True),
        Column(_("Class"), lambda one: class_name(one.view.class_id)),
        Column(_("Subject"), lambda one: one.subject.name, leaves_as=lambda one: one.subject.public_name),
        Column(_("Deciding body"), lambda one: one.view.deciding_body),
        Column(_("Decided on"), lambda one: one.view.decided_on),
        Column(_("State"), _state),
        Column(_("Agency"), lambda one: one.view.agency_name),
        Column(_("Notice"), _paper, link=_to_paper, leaves_as=lambda _one: None),
        *([changing] if change else []),
    )


def _changes(one: FoundRecord) -> str | None:
    return str(_("withdraw, correct, suspend")) if one.view.record != "withdrawn" else None


def _to_change(one: FoundRecord) -> str:
    address = (one.view.subject_id, one.view.record_id)
    return reverse("desk:change", args=address) if _changes(one) else ""


def _number(one: FoundRecord) -> str:
    return one.view.document_number


def _to_history(one: FoundRecord) -> str:
    return reverse("desk:history", args=(one.view.subject_id, one.view.record_id))


def _paper(one: FoundRecord) -> str | None:
    return "PDF" if one.view.adverse and one.view.record != "held" else None


def _to_paper(one: FoundRecord) -> str:
    return (
        reverse("desk:record-notice", args=(one.view.subject_id, one.view.record_id)) if _paper(one) else ""
    )


def _state(one: FoundRecord) -> str:
    """Return what the four axes say, leaving out the two on which nothing ever happened."""
    record, publication, dispute, repair = states_of(one.view)
    moved = [state for state in (dispute, repair) if state.value != "none"]
    return "，".join(str(state.words) for state in (record, publication, *moved))


def subjects_named(asked: str) -> list[FoundSubject]:
    """Return whom a code names, shown or not, or those of whom something shows and whose name fits."""
    at = clock.now()
    by_code = subject_of_code(asked, at=at)
    known = profile(by_code, at=at) if by_code else None
    if known is not None:
        return [FoundSubject(known.subject_id, known.name, known.code or "")]
    return [
        FoundSubject(hit.subject_id, hit.name, hit.code or "")
        for hit in search(asked, at=at, limit=NAMES).hits
    ]
