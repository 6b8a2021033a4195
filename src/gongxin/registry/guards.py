"""Triggers that make the append-only tables append-only, and references that carry their subject.

Django drops triggers silently when it remakes a table on SQLite, so they are installed after every
migrate, and a system check asserts that they stand.
"""

from django.db import connection

from gongxin.registry.bulk import on_postgresql
from gongxin.registry.guarded_tables import APPEND_ONLY, CARRIED, AppendOnly

# A measure rests on a row of the law that was read, and on the matter asked about (law-decisions 10, 11).
ON_ITS_MATTER = "checks_applied_on_its_matter"
_LAWFUL = (
    "SELECT 1 FROM checks_measurerule r JOIN checks_check c ON c.subject_id = NEW.subject_id"
    " AND c.id = NEW.check_id AND c.matter = r.matter WHERE r.id = NEW.rule_id AND r.active"
)
# A record once repaired is never published again, whoever decides (law-decisions 15; issue: measured).
NEVER_AGAIN = "publication_decision_never_after_repair"
_REPAIRED = "c.axis = 'repair' AND c.value = 'repaired'"

# No body's late payment is found grave before a notice has reached it, and its time to object is over
# (law-decisions 14 [P]).
AFTER_NOTICE = "commitments_gravedelay_after_notice"
_UNHEARD = (
    "NEW.decided_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notices_delivery d WHERE d.subject_id ="
    " NEW.subject_id AND d.notice_id = NEW.prior_notice_id AND d.served_at < NEW.objections_ended_at)"
)


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
    return (
        changes
        + [f"{carried.table}_carries_{carried.column}" for carried in CARRIED]
        + [NEVER_AGAIN, ON_ITS_MATTER]
        + ([AFTER_NOTICE] if on_postgresql() else [f"{AFTER_NOTICE}_{act}" for act in ("insert", "update")])
    )


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
            f"CREATE TRIGGER {name} BEFORE INSERT ON {carried.table}"
            f" WHEN NEW.{carried.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
            f" {carried.target} WHERE subject_id = NEW.subject_id AND id = NEW.{carried.column})"
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ]
    for act in ("insert", "update"):
        statements += [
            f"DROP TRIGGER IF EXISTS {AFTER_NOTICE}_{act}",
            f"CREATE TRIGGER {AFTER_NOTICE}_{act} BEFORE {act.upper()} ON commitments_gravedelay"
            f" WHEN {_UNHEARD} BEGIN SELECT RAISE(ABORT, '{AFTER_NOTICE}'); END",
        ]
    return [
        *statements,
        f"DROP TRIGGER IF EXISTS {NEVER_AGAIN}",
        f"CREATE TRIGGER {NEVER_AGAIN} BEFORE INSERT ON publication_decision WHEN NEW.outcome = 'published'"
        " AND EXISTS (SELECT 1 FROM ledger_statechange c WHERE c.subject_id = NEW.subject_id"
        f" AND c.record_id = NEW.record_id AND {_REPAIRED})"
        f" BEGIN SELECT RAISE(ABORT, '{NEVER_AGAIN}'); END",
        f"DROP TRIGGER IF EXISTS {ON_ITS_MATTER}",
        f"CREATE TRIGGER {ON_ITS_MATTER} BEFORE INSERT ON checks_applied WHEN NOT EXISTS ({_LAWFUL})"
        f" BEGIN SELECT RAISE(ABORT, '{ON_ITS_MATTER}'); END",
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
        "CREATE OR REPLACE FUNCTION refuse_other_matter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT EXISTS ({_LAWFUL}) THEN RAISE EXCEPTION '{ON_ITS_MATTER}'; END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {ON_ITS_MATTER} ON checks_applied",
        f"CREATE TRIGGER {ON_ITS_MATTER} BEFORE INSERT ON checks_applied"
        " FOR EACH ROW EXECUTE FUNCTION refuse_other_matter()",
        "CREATE OR REPLACE FUNCTION refuse_unheard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_UNHEARD} THEN RAISE EXCEPTION '{AFTER_NOTICE}'; END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {AFTER_NOTICE} ON commitments_gravedelay",
        f"CREATE TRIGGER {AFTER_NOTICE} BEFORE INSERT OR UPDATE ON commitments_gravedelay"
        " FOR EACH ROW EXECUTE FUNCTION refuse_unheard()",
    ]
