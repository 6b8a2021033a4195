"""The newest records of a class as JSON, page by page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.interfaces.api.cursors import cursor_of, place_of
from gongxin.interfaces.api.public_v1.records import alike, record_json
from gongxin.interfaces.api.public_v1.subjects import links
from gongxin.registry.publication.newest import Place, newest_published
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.subjects.queries import Profile

ADDRESS = "/api/v1/records/newest"
Found = Sequence[tuple[RecordView, Profile]]


def newest_page(class_id: str, *, at: datetime, limit: int, cursor: str | None) -> tuple[Found, str | None]:
    """Return a page of what was published last, and the next one's address. Raises Refused for its cursor."""
    before = _place(place_of(cursor, of=_list(class_id))) if cursor is not None else None
    found = newest_published(class_id, at=at, limit=limit + 1, before=before)
    if len(found) <= limit:
        return found, None
    return found[:limit], _after(found[limit - 1][0], class_id, limit)


def newest_json(found: Found, information_class: InformationClass) -> list[dict[str, Any]]:
    shared = alike(information_class)
    return [
        {
            "subject": {"id": view.subject_id, "name": known.public_name, "links": links(view.subject_id)},
            "record": record_json(view, shared),
        }
        for view, known in found
    ]


def _list(class_id: str) -> str:
    return f"newest {class_id}"


def _after(last: RecordView, class_id: str, limit: int) -> str:
    published = last.publish_from.isoformat() if last.publish_from else ""
    decided_on = last.decided_on.isoformat() if last.decided_on else ""
    cursor = cursor_of([published, decided_on, last.record_id.hex], of=_list(class_id))
    return f"{ADDRESS}?class={class_id}&limit={limit}&cursor={cursor}"


def _place(place: Sequence[str]) -> Place:
    published, decided_on, record_id = place
    return (
        datetime.fromisoformat(published),
        date.fromisoformat(decided_on) if decided_on else None,
        UUID(record_id),
    )
