"""Triggers that make the append-only tables append-only, and references that carry their subject.

Django drops triggers silently when it remakes a table on SQLite, so they are installed after every
migrate, and a system check asserts that they stand.
"""

from dataclasses import dataclass

from django.db import connection

from gongxin.registry.bulk import on_postgresql


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """A table whose rows never change, but for `once`: columns that may go once from or to empty."""

    table: str
    filled_once: tuple[str, ...] = ()  # empty -> value, once
    emptied_once: tuple[str, ...] = ()  # value -> empty, once
    fixed: tuple[str, ...] = ()  # the columns that must stay; all others are in the two lists above


@dataclass(frozen=True, slots=True)
class Carried:
    """A reference that carries its subject: (subject_id, column) must be a row of `target`."""

    table: str
    column: str
    target: str


ENTRY_FIXED = (
    "subject_id", "id", "record_id", "record_key", "class_id", "edition", "adverse", "kind",
    "content_hash", "decided_on", "served_on", "usable_from", "document_number", "held_reason",
    "ground", "evidence_file", "proposed_by", "decided_by", "agency_id", "submission_id", "row",
    "recorded_at",
)  # fmt: skip
APPEND_ONLY = (
    AppendOnly(
        "ledger_entry",
        filled_once=("superseded_at", "erased_at"),
        emptied_once=("content", "salt"),
        fixed=ENTRY_FIXED,
    ),
    AppendOnly("publication_decision"),
    AppendOnly("ledger_fingerprint"),
    AppendOnly("ledger_statechange"),
    AppendOnly("catalogue_classdocument", fixed=("id", "edition_id", "class_id", "text", "text_hash")),
    AppendOnly("audit_auditevent"),
    AppendOnly("audit_look"),
    AppendOnly(
        "audit_seal",
        filled_once=("approved_at", "approved_by", "from_on", "ended_at", "ended_by", "end_ground"),
        fixed=(
            "id",
            "first_id",
            "subject_id",
            "agency_id",
            "case_number",
            "article",
            "until_on",
            "asked_at",
            "asked_by",
        ),
    ),
    AppendOnly("letters_letter"),
    AppendOnly("tip_offs_identityopening"),
    AppendOnly(
        "tip_offs_tipoffstep",
        emptied_once=("reason", "agency_id"),
        fixed=("id", "tip_off_id", "place", "kind", "at", "by"),
    ),
    AppendOnly(
        "notices_notice",
        filled_once=("paper",),
        fixed=("subject_id", "id", "kind", "agency_id", "record_id", "case_id", "facts", "at", "by"),
    ),
    AppendOnly("cases_step"),
    AppendOnly("cases_decisionpaper"),
    AppendOnly(
        "cases_falseproof",
        filled_once=("lifted_at", "lifted_by", "lift_ground"),
        fixed=(
            "subject_id",
            "id",
            "case_id",
            "part_id",
            "record_id",
            "decided_on",
            "until_on",
            "ground",
            "source",
            "accepted_by",
            "at",
            "by",
        ),
    ),
    AppendOnly(
        "subjects_judgement",
        filled_once=("ended_at", "ended_by", "end_ground"),
        fixed=("id", "doubt_id", "verdict", "ground", "at", "by"),
    ),
    AppendOnly(
        "subjects_merge",
        filled_once=("undone_at", "undone_by", "undo_ground"),
        fixed=("id", "judgement_id", "absorbed_id", "into_id", "at", "proposed_by", "decided_by", "ground"),
    ),
    AppendOnly(
        "subjects_subjectsuccession",
        filled_once=("ended_at", "ended_by", "end_ground"),
        fixed=(
            "id",
            "predecessor_id",
            "successor_id",
            "kind",
            "on",
            "ground",
            "recorded_at",
            "recorded_by",
        ),
    ),
    AppendOnly(
        "log_act",
        filled_once=("position", "public_sequence"),
        emptied_once=("salt",),
        fixed=("id", "at", "kind", "subject_id", "object_id", "commitment", "hidden"),
    ),
)
CARRIED = (
    Carried("publication_decision", "entry_id", "ledger_entry"),
    Carried("notices_delivery", "notice_id", "notices_notice"),
    Carried("cases_step", "notice_id", "notices_notice"),  # no step without its notice
    Carried("cases_step", "part_id", "cases_part"),
    Carried("cases_clock", "part_id", "cases_part"),
    Carried("cases_point", "part_id", "cases_part"),
    Carried("cases_falseproof", "part_id", "cases_part"),
)


# A record once repaired is never published again, whoever decides (law-decisions 15; issue: measured).
NEVER_AGAIN = "publication_decision_never_after_repair"
_REPAIRED = "c.axis = 'repair' AND c.value = 'repaired'"


def install() -> None:
    """Install every trigger and carried reference; running it again changes nothing."""
    with connection.cursor() as cursor:
        for statement in _postgresql() if on_postgresql() else _sqlite():
            cursor.execute(statement)


def missing() -> list[str]:
    """Return the names of guards that do not stand."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        " UNION SELECT conname FROM pg_constraint"
        if on_postgresql()
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(set(_names()) - standing)


def _names() -> list[str]:
    changes = [f"{guard.table}_keeps_{act}" for guard in APPEND_ONLY for act in ("update", "delete")]
    return changes + [f"{carried.table}_carries_{carried.column}" for carried in CARRIED] + [NEVER_AGAIN]


def _forbidden_change(guard: AppendOnly) -> str:
    """Return the SQL condition under which an update of `guard`'s table must be refused."""
    if not guard.fixed:
        return "1 = 1"
    same = "IS DISTINCT FROM" if on_postgresql() else "IS NOT"
    fixed = [f"NEW.{name} {same} OLD.{name}" for name in _quoted(guard.fixed)]
    filled = [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} {same} OLD.{name})" for name in _quoted(guard.filled_once)
    ]
    emptied = [
        f"(NEW.{name} IS NOT NULL AND NEW.{name} {same} OLD.{name})" for name in _quoted(guard.emptied_once)
    ]
    return " OR ".join(fixed + filled + emptied)


def _quoted(names: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in names]


def _sqlite() -> list[str]:
    statements = []
    for guard in APPEND_ONLY:
        refuse = f"SELECT RAISE(ABORT, '{guard.table} is append-only')"
        for act, condition in (("update", _forbidden_change(guard)), ("delete", "1 = 1")):
            name = f"{guard.table}_keeps_{act}"
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {guard.table}"
                f" WHEN {condition} BEGIN {refuse}; END",
            ]
    for carried in CARRIED:
        name = f"{carried.table}_carries_{carried.column}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE INSERT ON {carried.table} WHEN NOT EXISTS (SELECT 1 FROM"
            f" {carried.target} WHERE subject_id = NEW.subject_id AND id = NEW.{carried.column})"
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ]
    return [
        *statements,
        f"DROP TRIGGER IF EXISTS {NEVER_AGAIN}",
        f"CREATE TRIGGER {NEVER_AGAIN} BEFORE INSERT ON publication_decision WHEN NEW.outcome = 'published'"
        " AND EXISTS (SELECT 1 FROM ledger_statechange c WHERE c.subject_id = NEW.subject_id"
        f" AND c.record_id = NEW.record_id AND {_REPAIRED})"
        f" BEGIN SELECT RAISE(ABORT, '{NEVER_AGAIN}'); END",
    ]


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    ]
    for guard in APPEND_ONLY:
        for act, condition in (("update", _forbidden_change(guard)), ("delete", "true")):
            name = f"{guard.table}_keeps_{act}"
            when = "" if condition in {"true", "1 = 1"} else f" WHEN ({condition})"
            statements += [
                f"DROP TRIGGER IF EXISTS {name} ON {guard.table}",
                f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {guard.table} FOR EACH ROW{when}"
                " EXECUTE FUNCTION refuse_change()",
            ]
    for carried in CARRIED:
        name = f"{carried.table}_carries_{carried.column}"
        statements += [
            f"ALTER TABLE {carried.table} DROP CONSTRAINT IF EXISTS {name}",
            f"ALTER TABLE {carried.table} ADD CONSTRAINT {name} FOREIGN KEY (subject_id, {carried.column})"
            f" REFERENCES {carried.target} (subject_id, id) DEFERRABLE INITIALLY DEFERRED",
        ]
    return [
        *statements,
        # Once for a statement, not for a row: a posting brings decisions by the thousand.
        "CREATE OR REPLACE FUNCTION refuse_after_repair() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM fresh d JOIN ledger_statechange c ON c.subject_id = d.subject_id"
        f" AND c.record_id = d.record_id WHERE d.outcome = 'published' AND {_REPAIRED})"
        f" THEN RAISE EXCEPTION '{NEVER_AGAIN}'; END IF; RETURN NULL; END $$",
        f"DROP TRIGGER IF EXISTS {NEVER_AGAIN} ON publication_decision",
        f"CREATE TRIGGER {NEVER_AGAIN} AFTER INSERT ON publication_decision REFERENCING NEW TABLE AS fresh"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_after_repair()",
    ]
