"""What an entry is: its kinds, its identity, its content in canonical form.

A record is identified by the key fields of its class within its subject; content is compared
apart from identity, so that sending the same row twice changes nothing.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

CONTENT_VERSION = 1
KEY_SEPARATOR = "\x1f"
NAME_DIFFERS = "name-differs"  # why a row waits whose code is known: its name is clearly another


class Kind(StrEnum):
    ORIGINAL = "original"
    RESEND = "resend"  # a new version in the source's own batch: applies at once, its head is told
    CLERICAL = "clerical"
    SUBSTANTIVE = "substantive"
    WITHDRAWAL = "withdrawal"
    CERTIFIED = "certified"  # the source certifies what a fingerprint had held


class RecordState(StrEnum):
    """The first axis: does the record stand?"""

    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    ARCHIVED = "archived"


def canonical_content(fields: Mapping[str, str | None]) -> str:
    """Return `fields` as canonical JSON: versioned, sorted by key, without empty fields."""
    filled = {key: value for key, value in sorted(fields.items()) if value not in (None, "")}
    return json.dumps({"v": CONTENT_VERSION, "fields": filled}, ensure_ascii=False, separators=(",", ":"))


def content_fields(content: str | None) -> dict[str, str]:
    """Return the fields of canonical content; none where the content was erased."""
    if content is None:
        return {}
    fields: dict[str, str] = json.loads(content)["fields"]
    return fields


def content_hash(content: str) -> str:
    """Return the SHA-256 of canonical content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def record_key(class_id: str, parts: Sequence[str]) -> str:
    """Return the key of a record within its subject: 128 bits, in hexadecimal.

    `parts` are the values of the class's key fields in their normal form, the subject left out
    because the key is only ever read beside it.
    """
    return record_key_of_text(class_id, KEY_SEPARATOR.join(parts))


def record_key_of_text(class_id: str, text: str) -> str:
    """Return the record key for parts that are joined already."""
    return hashlib.sha256(f"{class_id}{KEY_SEPARATOR}{text}".encode()).hexdigest()[:32]


def commitment(salt: bytes, record_id: str, content_digest: str) -> bytes:
    """Return the salted commitment of one version for the public log; nothing is said without the salt.

    `record_id` and `content_digest` in hexadecimal.
    """
    return hashlib.sha256(salt + bytes.fromhex(record_id) + content_digest.encode()).digest()


def record_state(*, kind: Kind, held: bool, erased: bool) -> RecordState:
    """Return where a record stands, from its current version."""
    if erased:
        return RecordState.ARCHIVED
    if kind is Kind.WITHDRAWAL:
        return RecordState.WITHDRAWN
    if held:
        return RecordState.HELD
    if kind in {Kind.CLERICAL, Kind.SUBSTANTIVE, Kind.RESEND}:
        return RecordState.CORRECTED
    return RecordState.IN_FORCE
