"""What may be founded on a subject's adverse records now, and why not."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from gongxin.core.cases import Kind
from gongxin.core.disclosure import Audience, Publication
from gongxin.core.ledger import RecordState
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import list_of_class
from gongxin.core.use import WITHHELD_FOR_GOOD, UseFacts, WhyNotUsed, why_not_used
from gongxin.registry.cases.queries import masked_records, records_being_asked
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.clusters import subject_ids_of

CONTESTS = (Kind.REVIEW, Kind.SUIT)
IN_FORCE = frozenset({RecordState.IN_FORCE.value, RecordState.CORRECTED.value})


def uses_of(subject_id: UUID, *, at: datetime) -> Mapping[UUID, WhyNotUsed | None]:
    """Return for each adverse record of a subject why nothing may be founded on it; None where it may."""
    subject_ids = subject_ids_of(subject_id, at=at)
    masked, contested = masked_records(subject_ids), records_being_asked(subject_ids, kinds=CONTESTS)
    return {
        one.record_id: why_not_used(_facts(one, masked=masked, contested=contested), on=legal_day(at))
        for one in records_of(subject_id, audience=Audience.SUBJECT, at=at)
        if one.adverse
    }


def held_from_use(subject_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return which of these subjects' records an open case holds from use, and its kind: review or suit."""
    return {
        record_id: kind.value
        for kind in reversed(CONTESTS)
        for record_id in records_being_asked(subject_ids, kinds=(kind,))
    }


def _facts(view: RecordView, *, masked: Collection[UUID], contested: Collection[UUID]) -> UseFacts:
    return UseFacts(
        in_force=view.record in IN_FORCE
        and not (view.publication == Publication.WITHHELD.value and view.reason in WITHHELD_FOR_GOOD),
        decided=view.publication != Publication.PENDING.value,
        repaired=view.repair == "repaired",
        in_reorganisation=view.record_id in masked or view.publication == Publication.MASKED.value,
        suspended=view.publication == Publication.SUSPENDED.value,
        # As in `founding`: a suit does not halt a listing.
        contested=view.record_id in contested and list_of_class(view.class_id) is None,
        usable_from=view.usable_from,
        use_until=legal_day(view.use_until) if view.use_until else None,
    )
