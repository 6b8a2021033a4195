"""What stands today of the rows one submission brought."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gongxin.core.disclosure import Audience
from gongxin.core.document_numbers import normal_form
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.queries import RecordView, views_by_record
from gongxin.registry.subjects.queries import profiles


@dataclass(frozen=True, slots=True)
class Brought:
    """The records and waiting rows of a submission, by the number of the row that brought them."""

    records: dict[int, list[RecordView]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, list[UnlinkedRow]] = field(default_factory=lambda: defaultdict(list))

    def record(self, row: int, document_number: str, *, alone: bool) -> RecordView | None:
        """Return the record that row brought. Unless row numbers stand `alone`, its number must fit too."""
        number = normal_form(document_number)
        found = (one for one in self.records.get(row, ()) if alone or _number(one) == number)
        return next(found, None)

    def waits(self, row: int, name: str, *, alone: bool) -> UnlinkedRow | None:
        """Return the row nobody could link by code. Unless row numbers stand `alone`, its name must fit."""
        found = (one for one in self.waiting.get(row, ()) if alone or one.name == name.strip())
        return next(found, None)


def brought_by(submission_id: UUID, *, rows: Collection[int], at: datetime) -> Brought:
    """Return what stands at `at` of these rows. A version that was replaced since is not found here."""
    entries = Entry.objects.filter(submission_id=submission_id, superseded_at=None, row__in=rows)
    places = {record: (row or 0) for record, row in entries.values_list("record_id", "row")}
    subjects = profiles(set(entries.values_list("subject_id", flat=True)), at=at)
    found = Brought()
    for record_id, view in views_by_record(subjects, audience=Audience.AUDITOR, at=at).items():
        if record_id in places:
            found.records[places[record_id]].append(view)
    for one in UnlinkedRow.objects.filter(submission_id=submission_id, row__in=rows):
        found.waiting[one.row].append(one)
    return found


def _number(view: RecordView) -> str:
    return normal_form(view.document_number)
