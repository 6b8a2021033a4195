"""What a request brings, sealed into the spool as it arrives: a file, rows as JSON, or JSON Lines."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.sealed_upload import NO_ROOM, TOO_LARGE, sealed_file, upload_refusal
from gongxin.registry.intake.spool import new_spool
from gongxin.registry.sealing import SealingWriter

PIECE_BYTES = 1 << 18
ROWS_FILE = "rows.jsonl"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A closed spool and what was said about it."""

    class_id: str
    file_name: str
    spool: SealingWriter


def arrival_of(request: HttpRequest) -> Arrival:
    """Return what the request brings. Raises Refused for a body that cannot be taken."""
    kind = (request.content_type or "").lower()
    if kind == "multipart/form-data":
        return _file(request)
    if kind == "application/json":
        return _rows(request)
    if kind == "application/x-ndjson":
        return Arrival(request.GET.get("class", ""), ROWS_FILE, _sealed(_pieces(request)))
    raise refusals.unknown_content_type()


def _file(request: HttpRequest) -> Arrival:
    class_id = request.POST.get("class") or request.GET.get("class", "")
    refused = upload_refusal(request)
    if refused == TOO_LARGE:
        raise refusals.too_large()
    if refused == NO_ROOM:
        raise refusals.no_room()
    file = sealed_file(request)
    if file is None or not file.size:
        raise refusals.no_file()
    return Arrival(class_id, file.name or "", file.take())


def _rows(request: HttpRequest) -> Arrival:
    try:
        sent = json.loads(request.body)
    except RequestDataTooBig as big:
        raise refusals.too_large() from big
    except (ValueError, RecursionError) as unreadable:
        raise refusals.unreadable_rows() from unreadable
    if not isinstance(sent, dict) or not _are_rows(sent.get("rows")):
        raise refusals.unreadable_rows()
    class_id = sent.get("class") or request.GET.get("class", "")
    return Arrival(str(class_id), ROWS_FILE, _sealed(_lines(sent["rows"])))


def _are_rows(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)


def _lines(rows: list[Mapping[str, Any]]) -> Iterable[bytes]:
    """Yield the rows as JSON Lines that all name the same keys: the first line's are the header."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    for row in rows:
        yield json.dumps({key: row.get(key) for key in keys}, ensure_ascii=False).encode() + b"\n"


def _pieces(request: HttpRequest) -> Iterable[bytes]:
    taken = 0
    while piece := request.read(PIECE_BYTES):
        taken += len(piece)
        if taken > settings.MAX_UPLOAD_BYTES:
            raise refusals.too_large()
        yield piece
    if not taken:
        raise refusals.no_file()


def _sealed(pieces: Iterable[bytes]) -> SealingWriter:
    spool = new_spool()
    try:
        for piece in pieces:
            spool.write(piece)
        spool.close()
    except OSError as full:
        spool.discard()
        raise refusals.no_room() from full
    except (
        UnicodeEncodeError,
        RecursionError,
    ) as unwritable:  # half a character; a cell that is a hundred lists
        spool.discard()
        raise refusals.unreadable_rows() from unwritable
    except BaseException:
        spool.discard()
        raise
    return spool
