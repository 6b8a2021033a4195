"""Whole columns for asking about everybody at once: who bears which code, about whom there is anything."""

from collections.abc import Mapping
from datetime import datetime

from gongxin.core.clocks import PENALTY
from gongxin.core.subjects import UNIFIED
from gongxin.registry import bulk
from gongxin.registry.checks.grounds import COMMITMENT
from gongxin.registry.subjects.clusters import all_merged, survivors

_ID = "replace(CAST({} AS text), '-', '')"  # hexadecimal on both databases


def bearers_of_codes(*, at: datetime) -> Mapping[str, str]:
    """Return which organisation (hexadecimal) bore each unified code at `at`, merges followed."""
    moment = bulk.instant(at)
    rows = bulk.select(
        f"SELECT i.value, {_ID.format('i.subject_id')} FROM subjects_identifier i"
        " JOIN subjects_organisation o ON o.subject_id = i.subject_id WHERE i.scheme = %s"
        " AND i.from_at <= %s AND (i.until_at IS NULL OR i.until_at > %s)",
        UNIFIED,
        moment,
        moment,
    )
    bearers: dict[str, str] = dict(rows)
    merged = survivors(all_merged(), at=at)
    return {code: merged.get(one, one) for code, one in bearers.items()} if merged else bearers


def subjects_with_something(*, at: datetime) -> set[str]:
    """Return the subjects (hexadecimal) to whom a record was posted by `at` that might found something."""
    moment = bulk.instant(at)
    rows = bulk.select(
        "SELECT subject_id FROM lists_listing WHERE at <= %s UNION SELECT subject_id FROM ledger_entry"
        f" WHERE class_id IN ('{PENALTY}', '{COMMITMENT}') AND recorded_at <= %s"
        " UNION SELECT subject_id FROM commitments_gravedelay",
        moment,
        moment,
    )
    return {bulk.hexadecimal(one) for (one,) in rows}
