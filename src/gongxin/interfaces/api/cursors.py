"""Where a page of a list ended, for whoever asks for the next one. Opaque, and good for its own list only.

A cursor names a place, not a number of lines: what arrives at the head of a list meanwhile neither
doubles a line nor hides one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.refused import Refused


def cursor_of(place: Sequence[Any], *, of: str) -> str:
    """Return the cursor of a place in the list `of`."""
    return _signer(of).sign_object(list(place))


def place_of(cursor: str, *, of: str) -> list[Any]:
    """Return the place a cursor of the list `of` names. Raises Refused for any other text."""
    try:
        place: list[Any] = _signer(of).unsign_object(cursor)
    except BadSignature as foreign:
        raise _unreadable_cursor() from foreign
    return place


def cursor_of_moment(at: datetime, line_id: UUID, *, of: str) -> str:
    """Return the cursor of a line in the list `of`, which is in the order of moments."""
    return cursor_of([at.isoformat(), line_id.hex], of=of)


def moment_of(cursor: str | None, *, of: str) -> tuple[datetime, UUID] | None:
    """Return the moment and the line such a cursor names; None for none. Raises Refused for another text."""
    if cursor is None:
        return None
    at, line_id = place_of(cursor, of=of)
    return datetime.fromisoformat(at), UUID(line_id)


def at_most(asked: int, most: int) -> int:
    """Return how many lines a page gets: what was asked, within 1 and `most`."""
    return min(max(asked, 1), most)


def _signer(of: str) -> Signer:
    return Signer(salt=f"cursor of {of}", sep=".")


def _unreadable_cursor() -> Refused:
    return Refused(
        400,
        "unreadable-cursor",
        Label("cursor 不是此列表的翻页标记，或已损坏。", "`cursor` is damaged, or it is none of this list."),
    )
