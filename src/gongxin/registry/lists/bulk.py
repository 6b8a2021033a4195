"""Listings by the thousand."""

from collections.abc import Sequence
from typing import Any

from gongxin.registry import bulk

LISTING_COLUMNS = (
    "subject_id", "id", "entry_id", "record_id", "list_id", "effect", "way", "ground", "basis_source",
    "basis_article", "decision_number", "decided_on", "from_on", "until_on", "notice_id", "attestation",
    "exit_terms", "remedy", "proposed_by", "decided_by", "at",
)  # fmt: skip


def append(rows: Sequence[tuple[Any, ...]]) -> None:
    """Append listings given in the order of LISTING_COLUMNS, inside the running transaction."""
    bulk.insert("lists_listing", LISTING_COLUMNS, rows)
