"""The tables that are history refuse every change, and their guards cannot go unnoticed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, ZHAO
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from lawful_rows import a_check, a_listing, a_promise, an_evaluation
from sending import csv_of, penalty, sent
from tip_offs import told

from gongxin.core.cases import Entry, Kind, Party, Who
from gongxin.core.looks import Looker
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.registry import bulk, guarded_tables, guards
from gongxin.registry.audit.events import write_look
from gongxin.registry.audit.models import Seal
from gongxin.registry.bulk import on_postgresql
from gongxin.registry.cases.models import DecisionPaper, FalseProof, Part
from gongxin.registry.ledger.models import Fingerprint, StateChange
from gongxin.registry.letters.models import Letter
from gongxin.registry.publication import showing
from gongxin.registry.subjects.models import Doubt, Judgement, Merge, Subject, SubjectSuccession
from gongxin.registry.tip_offs.models import IdentityOpening, TipOffStep

pytestmark = pytest.mark.django_db

TABLES = [guard.table for guard in guarded_tables.APPEND_ONLY]


@pytest.fixture
def _history() -> None:
    """A row in every append-only table: a posted penalty, a look, a dispute, a fingerprint, a letter."""
    sent(csv_of(penalty()))
    subject = Subject.objects.get()
    seal = Seal.objects.create(
        id=uuid4(), subject_id=subject.id, case_number="示稽〔2026〕1号", article="稽查办法第三条",
        until_on=AT.date() + timedelta(days=9), asked_at=AT, asked_by="user:zhao",
    )  # fmt: skip
    write_look(looker=Looker(ZHAO), subject_id=subject.id, purpose="复核", at=AT, seal=seal)
    StateChange.objects.create(
        subject=subject,
        id=uuid4(),
        record_id=uuid4(),
        axis="dispute",
        value="open",
        at=AT,
        actor="x",
        ground="y",
    )
    Letter.objects.create(
        id=uuid4(), kind="circular", year=2026, number=1, as_of=AT.date(), paper={}, made_at=AT, made_by="x"
    )
    Fingerprint.objects.create(
        subject=subject, record_key="0" * 32, record_id=uuid4(), class_id="penalty", reason="withdrawn", at=AT
    )
    listed = a_listing(subject.id)
    a_promise(listed)
    a_check(listed)
    an_evaluation(listed)
    _merged(subject)
    _stepped(subject)
    tip_off = told(about=subject.id).tip_off
    TipOffStep.objects.create(
        id=uuid4(), tip_off=tip_off, place=2, kind="send", at=AT, by="user:zhao", reason=b"sealed"
    )
    IdentityOpening.objects.create(id=uuid4(), tip_off=tip_off, at=AT, by="user:wen", reason="核实奖励")


def _stepped(subject: Subject) -> None:
    """A complaint about the platform: a case with its first step and the notice of it."""
    application = Application(
        kind=Kind.PLATFORM_COMPLAINT,
        subject_id=subject.id,
        asked=[Asked(None)],
        form_id=uuid4(),
        entry=Entry.MINE,
    )
    open_case(application, who=Who(ZHAO, Party.APPLICANT), at=AT)
    part = Part.objects.get()
    FalseProof.objects.create(
        subject=subject, id=uuid4(), case_id=part.case_id, part_id=part.id, record_id=uuid4(),
        decided_on=AT.date(), until_on=AT.date() + timedelta(days=9), ground="缴款凭证系伪造", source="S-36",
        accepted_by="user:lin", at=AT, by="user:wu",
    )  # fmt: skip
    DecisionPaper.objects.create(
        subject=subject, id=uuid4(), number="修〔2026〕1-1号", outcome="repaired", case_id=part.case_id,
        record_id=uuid4(), body="示范市生态环境局", decided_on=AT.date(), paper={}, at=AT, by="user:lin",
    )  # fmt: skip


def _merged(subject: Subject) -> None:
    other = Subject.objects.create(
        id=UUID(int=2**128 - 1), kind="organisation", database="legal-person", created_at=AT
    )
    doubt = Doubt.objects.create(
        id=uuid4(), subject=subject, other=other, reason="asked", score=1, found_at=AT
    )
    judgement = Judgement.objects.create(
        id=uuid4(), doubt=doubt, verdict="same", ground="同一企业", at=AT, by="officer:Zhao"
    )
    Merge.objects.create(
        id=uuid4(), judgement=judgement, absorbed=subject, into=other, at=AT, ground="同一企业",
        proposed_by="officer:Zhao", decided_by="reviewer:Chen",
    )  # fmt: skip
    showing.sum_again([subject.id.hex])
    SubjectSuccession.objects.create(
        id=uuid4(), predecessor=subject, successor=other, kind="absorption", on=AT.date(), ground="吸收合并",
        recorded_at=AT, recorded_by="officer:Zhao",
    )  # fmt: skip


def refuses(statement: str) -> bool:
    """Return whether the database refuses a statement that would otherwise touch a row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount > 0, f"{statement} touched nothing: the test proves nothing"
    except DatabaseError as refused:
        return "append-only" in str(refused)
    return False


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        return next(iter(connection.introspection.get_table_description(cursor, table))).name


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_history_is_neither_changed_nor_deleted(table: str) -> None:
    fixed = next(guard for guard in guarded_tables.APPEND_ONLY if guard.table == table).fixed
    column = next(
        (name for name in ("class_id", "ground", "kind", "article") if name in fixed), first_column(table)
    )

    assert refuses(f"DELETE FROM {table}")
    assert refuses(f"UPDATE {table} SET {column} = {changed(table, column)}")


def changed(table: str, column: str) -> str:
    """Return an SQL value the column does not hold yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} LIMIT 1")
        (value,) = cursor.fetchone()
    return f"'{uuid4().hex}'" if len(str(value)) >= 32 else "'planted'"


@pytest.mark.usefixtures("_history")
def test_an_entry_is_superseded_once_and_never_again() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET superseded_at = '2026-12-01 00:00:00'")
        showing.sum_again(
            [bulk.hexadecimal(found) for (found,) in bulk.select("SELECT id FROM subjects_subject")]
        )

    assert refuses("UPDATE ledger_entry SET superseded_at = '2026-12-02 00:00:00'")
    assert refuses("UPDATE ledger_entry SET superseded_at = NULL")


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize(
    ("model", "end", "ground"),
    [
        (Judgement, {"ended_at": AT, "ended_by": "officer:Zhao"}, "end_ground"),
        (Merge, {"undone_at": AT, "undone_by": "officer:Zhao"}, "undo_ground"),
        (SubjectSuccession, {"ended_at": AT, "ended_by": "officer:Zhao"}, "end_ground"),
        (Seal, {"ended_at": AT, "ended_by": "officer:Zhao"}, "end_ground"),
    ],
)
def test_what_ends_says_why_once(model: type[Model], end: dict[str, object], ground: str) -> None:
    for none in ("", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            model._default_manager.update(**end, **{ground: none})

    model._default_manager.update(**end, **{ground: "误判"})
    showing.sum_again([one.hex for one in Subject.objects.values_list("id", flat=True)])

    assert refuses(f"UPDATE {model._meta.db_table} SET {ground} = 'planted'")
    assert refuses(f"UPDATE {model._meta.db_table} SET {ground} = NULL")


@pytest.mark.usefixtures("_history")
def test_a_decision_about_an_entry_of_another_subject_is_refused() -> None:
    other = Subject.objects.create(id=uuid4(), kind="organisation", database="legal-person", created_at=AT)

    with (
        pytest.raises(DatabaseError, match="carries_entry_id"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO publication_decision (subject_id, id, record_id, entry_id, class_id, outcome,"
            " reason, penalty_class, audience, provisional, rule, source, decided_at, decided_by)"
            " SELECT %s, %s, record_id, entry_id, class_id, 'pending', '', '', audience, provisional, rule,"
            " source, decided_at, decided_by FROM publication_decision",
            [other.id.hex, uuid4().hex],
        )
        connection.check_constraints()


@pytest.mark.parametrize("table", TABLES)
def test_the_system_check_notices_a_guard_that_has_gone(table: str) -> None:
    assert not _faults()

    _drop(f"{table}_keeps_update", table)

    assert [fault.id for fault in _faults()] == ["gongxin.E001"]


def test_a_guard_that_was_switched_off_counts_as_gone() -> None:
    _switch_off("ledger_entry_keeps_delete", "ledger_entry")

    assert [fault.id for fault in _faults()] == ["gongxin.E001"]


def test_installing_again_brings_a_dropped_guard_back() -> None:
    _drop("ledger_entry_keeps_update", "ledger_entry")

    guards.install()

    assert not _faults()


def _drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql() else ""))


def _switch_off(name: str, table: str) -> None:
    """PostgreSQL can switch a trigger off and leave it standing; SQLite can only drop it."""
    if not on_postgresql():
        _drop(name, table)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def _faults() -> list:  # type: ignore[type-arg]
    return [fault for fault in run_checks(databases=["default"]) if fault.id == "gongxin.E001"]
