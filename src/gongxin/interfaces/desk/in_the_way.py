"""The record that stands where a waiting row would be posted, to be seen beside the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongxin.core.differences import differences
from gongxin.core.disclosure import Audience
from gongxin.core.ledger import content_fields
from gongxin.flows.link import record_in_the_way
from gongxin.interfaces.desk.labelled import Labels
from gongxin.interfaces.desk.record_fate import Fate, fate_of
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.intake.queries import IN_DOUBT
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import Profile, profile


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the record that stands; `differs` from what the row says."""

    name: str
    value: str
    differs: bool


@dataclass(frozen=True, slots=True)
class InTheWay:
    """The record, whose it is, where it stands, and what it says."""

    view: RecordView
    subject: Profile
    fate: Fate
    fields: Sequence[Field]


def in_the_way(row: UnlinkedRow, *, at: datetime) -> InTheWay | None:
    """Return the record an open row waits for; None if it waits for another reason, or none stands now."""
    asked = row.state == "open" and row.reason in IN_DOUBT
    address = record_in_the_way(row=row, at=at) if asked else None
    if address is None:
        return None
    view, subject = record(*address, audience=Audience.AUDITOR, at=at), profile(address[0], at=at)
    if view is None or subject is None:
        return None
    return InTheWay(view, subject, fate_of(view), _fields(row, view))


def _fields(row: UnlinkedRow, view: RecordView) -> list[Field]:
    differing = {one.key for one in differences(content_fields(row.content), view.fields)}
    labels = Labels(view.class_id, on=row.submission.on)
    filled = sorted((key for key, value in view.fields.items() if value), key=labels.place)
    return [Field(labels.of(key), view.fields[key], key in differing) for key in filled]
