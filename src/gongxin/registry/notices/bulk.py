"""Notices and mails by the thousand, in the transaction of what they tell of.

Such a notice keeps its kind and its record; its facts stand in the decision and the version of that instant.
That it lies on its subject's page needs no row: one is written when it is opened.
"""

from collections.abc import Sequence
from datetime import datetime

from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id

NOTICE_COLUMNS = ("subject_id", "id", "record_id", "kind")
DELIVERY_COLUMNS = ("subject_id", "id", "notice_id", "recipient_id")


def append(rows: Sequence[tuple[str, str, str, str]], *, facts: str, by: str, at: datetime) -> None:
    """Append notices to subjects, in the order of NOTICE_COLUMNS; `facts` is JSON, the same for all."""
    same = {"facts": facts, '"by"': by, "at": bulk.instant(at)}
    bulk.insert("notices_notice", NOTICE_COLUMNS, rows, same=same)


def queue_mails(rows: Sequence[tuple[str, str, str]], *, at: datetime) -> None:
    """Queue mails by subject, notice and recipient."""
    moment = bulk.instant(at)
    same = {
        "channel": "email", "state": "queued", "tries": 0, "queued_at": moment, "next_try_at": moment,
        "proof": "", "noted_by": "",
    }  # fmt: skip
    made = [(subject, fresh_id(at=at).hex, notice, user) for subject, notice, user in rows]
    bulk.insert("notices_delivery", DELIVERY_COLUMNS, made, same=same)
