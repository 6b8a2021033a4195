"""The reconciliation sheet: what an agency sent over a span of days, and where each of it stands here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.ledger import content_fields
from gongxin.core.reporting import ended_months, month_ends
from gongxin.interfaces import clock
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_asked
from gongxin.interfaces.desk.record_columns import leaving_name
from gongxin.interfaces.desk.record_fate import fate_of
from gongxin.interfaces.desk.tables import MOST_ROWS, Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason, row_state
from gongxin.interfaces.pages.states import RECORD
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import active_classes, classes_by_id
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.intake.queries import classes_sent
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.publication.reconciled import (
    Reconciled,
    Span,
    received_in,
    reconciled,
    reconciled_totals,
    rows_without_subject,
    seen_whole,
)

LONGEST = timedelta(days=366)  # both ends included
DATE = forms.DateInput(attrs={"type": "date"})
DECIDED, RECORDED = "decided", "recorded"
RECORD_STATES = ("in_force", "corrected", "held", "withdrawn", "archived")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: a record, or a row that still has no subject."""

    document_number: str
    subject_name: str
    subject_leaving: str
    decided_on: date | str | None
    class_id: str
    submission_id: UUID | None
    file_name: str
    record: str
    publication: str


@dataclass(frozen=True, slots=True)
class Undated:
    """The names of classes without a day of decision; `all`, where the agency sends no others."""

    names: tuple[str, ...] = ()
    all: bool = False


class SpanForm(forms.Form):
    class_id = forms.ChoiceField(label=gettext_lazy("Class of the catalogue"), required=False)
    first = forms.DateField(label=gettext_lazy("From"), widget=DATE, validators=[refuse_far_day])
    last = forms.DateField(label=gettext_lazy("Through"), widget=DATE, validators=[refuse_far_day])
    by = forms.ChoiceField(
        label=gettext_lazy("Which day"),
        choices=[(DECIDED, gettext_lazy("Decided on")), (RECORDED, gettext_lazy("Recorded here on"))],
    )
    agency = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # passed on as they came
        known = [(one.id, class_name(one.id)) for one in active_classes(on=clock.today())]
        field = self.fields["class_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All classes")), *known]

    def clean(self) -> dict[str, object]:
        """Refuse a span that ends before it begins, or is longer than a year."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        elif first and last and last - first >= LONGEST:
            self.add_error("last", _("More than a year: take it in parts of at most 366 days."))
        return self.cleaned_data

    def span(self, agency: Agency) -> Span:
        """Return what a valid form asks for."""
        asked = self.cleaned_data
        return Span(
            agencies_of(agency), asked["first"], asked["last"], asked["class_id"], asked["by"] == RECORDED
        )


@requires("reconciliation.read")
def reconciliation(request: HttpRequest) -> HttpResponseBase:
    """Show the sheet of one's own agency, or of the one the centre names; last month's, if not told else."""
    agency = agency_asked(request, action="reconciliation.read")
    undated = _undated(agency, request.GET.get("class_id", "")) if agency else Undated()
    form = SpanForm({**_last_month(undated), **request.GET.dict()})
    context = {"section": "due", "agency": agency, "form": form, "undated": undated}
    if agency is None or not form.is_valid():
        return desk_page(request, "desk/reconciliation.html", context, status=422 if form.errors else 200)
    sheet = Sheet(agency, form.span(agency), clock.now())
    return list_page(request, "desk/reconciliation.html", sheet.table(), {**context, "sheet": sheet})


def _undated(agency: Agency, class_id: str) -> Undated:
    """Return which of the classes asked about, one or all the agency sends, have no day of decision."""
    known = classes_by_id(on=clock.today())
    sent = {class_id} if class_id else classes_sent(agencies_of(agency))
    undated = [one for one in sorted(sent & known.keys()) if known[one].role("decided_on") is None]
    return Undated(tuple(class_name(one) for one in undated), all=len(undated) == len(sent) > 0)


def _last_month(undated: Undated) -> dict[str, str]:
    month = ended_months(clock.today(), 1)[0]
    by = RECORDED if undated.all else DECIDED
    return {"first": month.isoformat(), "last": month_ends(month).isoformat(), "by": by}


class Sheet:
    """The rows of one span and their totals; what a record says is looked up for the page shown only."""

    def __init__(self, agency: Agency, span: Span, at: datetime) -> None:
        self.agency, self.span, self.at = agency, span, at
        counted = reconciled_totals(span, at=at)
        self.records = sum(counted.values())
        self.waiting = rows_without_subject(span, at=at)
        self.received = received_in(span)
        self.totals = [(RECORD[state].words, counted.get(state, 0)) for state in RECORD_STATES]
        open_rows = sum(row.state == "open" for row in self.waiting)
        self.totals += [
            (gettext_lazy("Waits for a subject"), open_rows),
            (gettext_lazy("Dismissed"), len(self.waiting) - open_rows),
        ]

    @property
    def count(self) -> int:
        """Return how many rows the sheet has: the sum of its totals."""
        return self.records + len(self.waiting)

    @property
    def cut(self) -> bool:
        """Return whether a file of the sheet would not hold all of it."""
        return self.count > MOST_ROWS

    def table(self) -> Table[Line]:
        filters = {
            "agency": self.agency.code,
            "first": self.span.first.isoformat(),
            "last": self.span.last.isoformat(),
            "by": RECORDED if self.span.by_recording else DECIDED,
            **({"class": self.span.class_id} if self.span.class_id else {}),
        }
        return Table("reconciliation", gettext_lazy("Reconciliation sheet"), COLUMNS, self.lines, filters)

    def lines(self, limit: int, offset: int) -> list[Line]:
        records = reconciled(self.span, at=self.at, limit=limit, offset=offset)
        after = max(0, offset - self.records)
        waiting = self.waiting[after : after + limit - len(records)]
        return [*self._of_records(records), *map(self._of_waiting, waiting)]

    def _of_records(self, records: Sequence[Reconciled]) -> list[Line]:
        seen = seen_whole(records, at=self.at)
        lines = []
        for one in records:
            view, subject = seen[one.record_id]
            lines.append(
                Line(
                    document_number=one.document_number,
                    subject_name=subject.name,
                    subject_leaving=subject.public_name,
                    decided_on=one.decided_on,
                    class_id=one.class_id,
                    submission_id=one.submission_id,
                    file_name=one.file_name,
                    record=str(RECORD[one.record].words),
                    publication=_publication(view),
                )
            )
        return lines

    def _of_waiting(self, row: UnlinkedRow) -> Line:
        fields = content_fields(row.content)
        known = classes_by_id(on=clock.today()).get(row.class_id)
        role = known.roles if known else {}
        return Line(
            document_number=fields.get(role.get("document_number", ""), ""),
            subject_name=row.name,
            subject_leaving=leaving_name(row.name, private=False),
            decided_on=_day(fields.get(role.get("decided_on", ""), "")),
            class_id=row.class_id,
            submission_id=row.submission_id,
            file_name=row.submission.file_name,
            record=str(row_state(row.state)),
            publication=row.ground if row.state == "dismissed" else str(held_reason(row.reason)),
        )


def _publication(view: RecordView) -> str:
    fate = fate_of(view)
    return fate.why if view.record in {"held", "withdrawn"} else str(fate)  # the column before says the rest


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _submission(one: Line) -> str:
    return reverse("desk:submission", args=(one.submission_id,)) if one.submission_id else ""


COLUMNS = (
    Column[Line](gettext_lazy("Document number"), lambda one: one.document_number or None, lead=True),
    Column[Line](
        gettext_lazy("Subject"), lambda one: one.subject_name, leaves_as=lambda one: one.subject_leaving
    ),
    Column[Line](gettext_lazy("Decided on"), lambda one: one.decided_on),
    Column[Line](gettext_lazy("Class"), lambda one: class_name(one.class_id)),
    Column[Line](gettext_lazy("Submission"), lambda one: one.file_name, link=_submission),
    Column[Line](gettext_lazy("State here"), lambda one: one.record),
    Column[Line](gettext_lazy("Shown until, or why not"), lambda one: one.publication),
    Column[Line](gettext_lazy("Upstream"), lambda _one: gettext_lazy("not reported upstream")),
)
