"""What of an answer may change: the marks an ETag is made of."""

from collections.abc import Iterable, Iterator

from gongxin.registry.publication.queries import RecordView
from gongxin.registry.subjects.queries import Profile


def seen_of(profile: Profile, views: Iterable[RecordView]) -> Iterator[object]:
    """Yield everything visible that can change without the address changing."""
    yield profile
    yield from marks_of(views)


def marks_of(views: Iterable[RecordView]) -> Iterator[object]:
    """Yield everything visible of records that can change without their address changing."""
    for view in views:
        yield from (view.record_id, view.recorded_at.isoformat(), view.visibility)
        yield from (view.record, view.publication, view.dispute, view.repair)
        yield from (
            view.statement,
            view.publish_until,
            view.agency_name,
            view.agency_telephone,
            view.agency_address,
        )
