"""One query for each figure: the rows it is made of, each with what it adds to `good` and `total`.

A figure is the sum of these rows over agency, class and month, and a list behind a figure is the rows
themselves, so the two cannot differ. Every query gives the columns of `COLUMNS`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from gongxin.core.legal_day import legal_day
from gongxin.core.quality import Criterion, quality
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import in_force_sql
from gongxin.registry.publication import visible

COLUMNS = (
    "agency_id", "class_id", "at", "good", "total", "subject_id", "record_id", "submission_id", "called",
    "due_on",
)  # fmt: skip
CHECK = "check/"  # before the code of a check: how often it failed
PUBLIC = "public/"  # before what the public website counts

NO_RECORD = "NULL AS subject_id, NULL AS record_id"
NO_BATCH = "NULL AS submission_id"
OF_A_BATCH = f"{NO_RECORD}, s.id AS submission_id, s.file_name AS called, NULL AS due_on"
DECIDED = "publication_decision d JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.id = d.entry_id"
TWICE, NOT_TOLD = "u.reason = 'same-record-twice'", "u.reason IN ('no-code', 'codes-disagree')"


def timeliness() -> str:
    return (
        "SELECT e.agency_id, d.class_id, d.decided_at AS at,"
        " CASE WHEN d.late_working_days = 0 THEN 1 ELSE 0 END AS good, 1 AS total,"
        f" d.subject_id, d.record_id, {NO_BATCH}, e.document_number AS called, d.due_on"
        f" FROM {DECIDED}"
        " WHERE d.outcome IN ('published', 'withheld') AND d.due_on IS NOT NULL"
        " AND d.late_working_days IS NOT NULL AND NOT EXISTS (SELECT 1 FROM publication_decision earlier"
        " WHERE earlier.subject_id = d.subject_id AND earlier.record_id = d.record_id"
        " AND earlier.outcome IN ('published', 'withheld')"
        " AND (earlier.decided_at, earlier.id) < (d.decided_at, d.id))"
    )


def conformity() -> str:
    return (
        "SELECT s.agency_id, s.class_id, s.checked_at AS at, s.accepted AS good,"
        f" s.accepted + s.rejected AS total, {OF_A_BATCH}"
        f" FROM intake_submission s WHERE s.checked_at IS NOT NULL AND NOT {_only_tried()}"
    )


def completeness() -> str:
    filled, expected = _filled("e"), _expected("e")
    return (
        f"SELECT e.agency_id, e.class_id, e.recorded_at AS at, {filled} AS good, {expected} AS total,"
        f" e.subject_id, e.record_id, {NO_BATCH}, e.document_number AS called, NULL AS due_on"
        f" FROM ledger_entry e WHERE e.kind <> 'withdrawal' AND e.content IS NOT NULL"
        f" AND e.class_id IN ({_listed(_completeness().expected)})"
    )


def uniqueness() -> str:
    return (
        "SELECT s.agency_id, s.class_id, s.done_at AS at, s.accepted - s.unchanged"
        f" - {_queued(TWICE)} AS good, s.accepted AS total, {OF_A_BATCH}"
        f" FROM intake_submission s WHERE {_done()}"
    )


def corrections() -> str:
    return (
        "SELECT e.agency_id, e.class_id, e.recorded_at AS at,"
        " CASE WHEN e.kind = 'original' THEN 1 ELSE 0 END AS good, 1 AS total,"
        f" e.subject_id, e.record_id, {NO_BATCH}, e.document_number AS called, NULL AS due_on"
        f" FROM ledger_entry e WHERE e.class_id IN ({_listed(quality().criteria['corrections'].classes)})"
    )


def linked() -> str:
    return (
        "SELECT s.agency_id, s.class_id, s.done_at AS at, s.accepted"
        f" - {_queued(NOT_TOLD)} AS good, s.accepted AS total, {OF_A_BATCH}"
        f" FROM intake_submission s WHERE {_done()}"
    )


def failed_checks() -> str:
    """Rows of every check that failed, the check's code as `measure`; warnings and rows about persons too."""
    each = "jsonb_each_text(s.problems) AS one(key, value)"
    if not bulk.on_postgresql():
        each = "json_each(s.problems) AS one"
    return (
        f"SELECT '{CHECK}' || one.key AS measure, s.agency_id, s.class_id, s.checked_at AS at, 0 AS good,"
        f" CAST(one.value AS bigint) AS total, {OF_A_BATCH}"
        f" FROM intake_submission s CROSS JOIN {each} WHERE s.checked_at IS NOT NULL AND NOT {_only_tried()}"
    )


def published() -> str:
    return _publicly("1", "1", "")


def published_in_time() -> str:
    in_time = "CASE WHEN d.late_working_days = 0 THEN 1 ELSE 0 END"
    return _publicly(in_time, "1", " AND d.due_on IS NOT NULL AND d.late_working_days IS NOT NULL")


def published_completely() -> str:
    only = f" AND e.content IS NOT NULL AND d.class_id IN ({_listed(_completeness().expected)})"
    return _publicly(_filled("e"), _expected("e"), only)


def upheld() -> str:
    return _changed("dispute", "upheld")


def repaired() -> str:
    return _changed("repair", "repaired")


BOARD: Mapping[str, Callable[[], str]] = {
    "timeliness": timeliness,
    "conformity": conformity,
    "completeness": completeness,
    "uniqueness": uniqueness,
    "corrections": corrections,
    "linked": linked,
}
# These take the legal day on which they are asked: what has no basis in force is in no public count.
STATISTICS: Mapping[str, Callable[[], str]] = {
    "published": published,
    "timeliness": published_in_time,
    "completeness": published_completely,
    "upheld": upheld,
    "repaired": repaired,
}


def shown(at: datetime) -> list[tuple[Any, ...]]:
    """Return agency, class and how many records show to everyone at `at`."""
    return bulk.select(
        "SELECT e.agency_id, e.class_id, COUNT(*) FROM publication_decision d JOIN ledger_entry e"
        " ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE {visible.visible_sql()} GROUP BY e.agency_id, e.class_id",
        *visible.moments(at),
    )


def asked_on(at: datetime) -> str:
    """Return what a query of `STATISTICS` takes."""
    return legal_day(at).isoformat()


def month_of(column: str) -> str:
    """Return the month of an instant by the legal day, as 2026-04."""
    if bulk.on_postgresql():
        return f"to_char({column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
    return f"strftime('%%Y-%%m', {column}, '+8 hours')"


def _publicly(good: str, total: str, more: str) -> str:
    """Return the first publication of every record that everyone can see, or could until it ended."""
    return (
        f"SELECT e.agency_id, d.class_id, d.decided_at AS at, {good} AS good, {total} AS total,"
        f" d.subject_id, d.record_id, {NO_BATCH}, e.document_number AS called, d.due_on"
        f" FROM {DECIDED}"
        f" WHERE d.outcome = 'published' AND d.audience = 'public'{more}"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision earlier"
        " WHERE earlier.subject_id = d.subject_id AND earlier.record_id = d.record_id"
        " AND earlier.outcome = 'published' AND (earlier.decided_at, earlier.id) < (d.decided_at, d.id))"
        f" AND {_known_to_all('d')} AND {in_force_sql('d.class_id')}"
    )


def _known_to_all(record: str) -> str:
    """Return the condition that by its newest decision everyone sees a record, or sees that it ended.

    One that was published and is now withheld, suspended or waiting again answers as if it were not there.
    """
    return (
        "(SELECT newest.outcome FROM publication_decision newest"
        f" WHERE newest.subject_id = {record}.subject_id AND newest.record_id = {record}.record_id"
        " ORDER BY newest.decided_at DESC, newest.id DESC LIMIT 1) IN ('published', 'ended')"
    )


def _changed(axis: str, value: str) -> str:
    return (
        f"SELECT e.agency_id, e.class_id, c.at AS at, 1 AS good, 1 AS total, c.subject_id, c.record_id,"
        f" {NO_BATCH}, e.document_number AS called, NULL AS due_on FROM ledger_statechange c"
        " CROSS JOIN ledger_entry e"  # in this order: such changes are few
        " WHERE e.subject_id = c.subject_id AND e.record_id = c.record_id"
        f" AND e.superseded_at IS NULL AND c.axis = '{axis}' AND c.value = '{value}'"
        " AND EXISTS (SELECT 1 FROM publication_decision d WHERE d.subject_id = c.subject_id"
        " AND d.record_id = c.record_id AND d.outcome = 'published' AND d.audience = 'public')"
        f" AND {_known_to_all('c')} AND {in_force_sql('e.class_id')}"
    )


def _only_tried() -> str:
    # Checked first and never confirmed: nothing of it was meant to count.
    return "(s.check_first AND s.done_at IS NULL)"


def _done() -> str:
    return "s.done_at IS NOT NULL AND s.accepted > 0"


def _queued(reason: str) -> str:
    return f"(SELECT COUNT(*) FROM intake_unlinkedrow u WHERE u.submission_id = s.id AND {reason})"


def _completeness() -> Criterion:
    return quality().criteria["completeness"]


def _expected(entry: str) -> str:
    cases = (f"WHEN '{one}' THEN {len(fields)}" for one, fields in _completeness().expected.items())
    return f"CASE {entry}.class_id {' '.join(cases)} END"


def _filled(entry: str) -> str:
    """Return how many of the expected fields stand in an entry's content.

    Canonical content holds no empty field, and a quotation mark inside a value is escaped: `"KEY":"` stands
    in it if and only if the field is filled.
    """
    cases = (
        f"WHEN '{one}' THEN {' + '.join(_stands(entry, name) for name in fields)}"
        for one, fields in _completeness().expected.items()
    )
    return f"CASE {entry}.class_id {' '.join(cases)} END"


def _stands(entry: str, name: str) -> str:
    find = "strpos" if bulk.on_postgresql() else "instr"
    return f"""CASE WHEN {find}({entry}.content, '"{name}":"') > 0 THEN 1 ELSE 0 END"""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
