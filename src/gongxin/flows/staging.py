"""The staging-table door: rows an agency's database wrote become ordinary submissions; receipts go back.

Reading is one transaction: the submission is promised, each row has its receipt, the rows are emptied,
the cursor moves. Whatever dies in between, all of it happened or nothing did.
"""

import json
import logging
from collections.abc import Callable, Container, Sequence
from datetime import date, datetime
from itertools import accumulate, takewhile
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import IntegerField
from django.db.models.expressions import Func
from django.db.models.functions import Left

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.identifiers import unified
from gongxin.core.lawbook import UnknownClass
from gongxin.core.leaks import holds_personal_number
from gongxin.core.staging import Operation, Outcome, take
from gongxin.core.staging_identity import identity_reader
from gongxin.core.submissions import BY_STAGING
from gongxin.flows.lease import Progress, Stopped
from gongxin.flows.submit import IdempotencyConflict, receive
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agency_named
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.checkpoints import empty_log
from gongxin.registry.intake.models import StagingCursor, StagingReceipt, StagingRecord, Submission
from gongxin.registry.intake.spool import new_spool

log = logging.getLogger(__name__)
Readable = tuple[StagingRecord, dict[str, Any]]  # a row and its fields
Failed = Callable[[str, Exception], None]  # told whose rows failed, and of what
BATCH = 500  # no write lock over a quarter of a second
MOST_HELD_BYTES = 8 * 1024 * 1024  # of payloads at once
LONGEST_PAYLOAD = 512 * 1024  # as a row of any file
NOT_TAKEN = {
    "unknown-agency": Label("没有登记这个单位代码。", "No agency is registered under this code."),
    "unknown-class": Label("没有这个目录事项。", "There is no such class of the catalogue."),
    "unknown-operation": Label("操作应为 add 或 replace。", "The operation must be add or replace."),
    "withdraw-elsewhere": Label(
        "撤回须说明理由，请在工作台撤回整个批次，或者与信用中心联系；本行未办理。",
        "A withdrawal needs its reason: recall the batch at the desk, or ask the credit centre."
        " Nothing was done.",
    ),
    "not-an-object": Label("内容不是一个 JSON 对象。", "The payload is not one JSON object."),
    "too-long": Label("内容过长。", "The payload is too long."),
    "number-used": Label(
        "已有一个批次使用了这组序号，内容与此不同；本行未办理，请以新的序号重新写入。",
        "A submission of another content bears these numbers. Nothing was done: write it again under a new"
        " number.",
    ),
    "too-late": Label(
        "序号小于已读序号，可能覆盖较新的内容，未办理；请以新的序号重新写入。",
        "Its number is below what was read and could undo a newer word. Nothing was done: write it again"
        " under a new number.",
    ),
}


def read_some(
    *, actor: Actor, at: datetime, on: date, failed: Failed, resting: Container[str] = (),
    progress: Progress | None = None,
) -> bool:  # fmt: skip
    """This will read one batch of each sender whose rows allow it; return whether anything was read.

    Senders in `resting` are left for now. What breaks in one sender's rows is undone and told to `failed`;
    the others' are read. `progress` is called between two senders and may raise Stopped.
    """
    waiting = StagingRecord.objects.filter(read_at=None).values_list("agency_code", flat=True)
    senders = sorted(code for code in set(waiting.distinct()) if code not in resting)
    read = False
    for place, agency_code in enumerate(senders):
        if progress is not None:
            progress("staging", place, len(senders))
        try:
            read = _read_one(agency_code, actor, at, on) or read
        except (OperationalError, InterfaceError, Stopped):
            raise
        except Exception as failure:  # noqa: BLE001 (one sender's rows must not stop the others')
            failed(agency_code, failure)
    if read:
        empty_log()  # or the payloads could be read there
    return read


def _read_one(agency_code: str, actor: Actor, at: datetime, on: date) -> bool:
    with transaction.atomic():
        bulk.one_writer()  # no two workers read one sender
        if not _can_be_a_bodys(agency_code):
            return _let_go(agency_code, actor, at)
        return _read(agency_code, actor, at, on)


def _can_be_a_bodys(code: str) -> bool:
    looks_so = unified.is_valid(code.upper()) and not holds_personal_number(code)
    return looks_so or Agency.objects.filter(code=code).exists()


def _let_go(agency_code: str, actor: Actor, at: datetime) -> bool:
    """Delete rows under what is no body's code: a receipt would keep it, and it may be a person's number."""
    count, _ = StagingRecord.objects.filter(agency_code=agency_code).delete()
    log.warning("staging table: %d rows under what is no body's code were deleted", count)
    write_event(
        actor=actor, action="staging.nobodys-rows-deleted", object_kind="staging", object_id="", at=at,
        detail={"rows": count},
    )  # fmt: skip
    return True


def _read(agency_code: str, actor: Actor, at: datetime, on: date) -> bool:
    cursor, _ = StagingCursor.objects.get_or_create(agency_code=agency_code)
    rows = StagingRecord.objects.filter(agency_code=agency_code, read_at=None)
    rows = rows.order_by("sequence").defer("payload")  # of any length: measured before it is loaded
    if cursor.read_through is not None:
        late = list(rows.filter(sequence__lte=cursor.read_through)[:BATCH])
        if late:
            _close(late, [_refused(row, "too-late", at, Outcome.TOO_LATE) for row in late], at)
            return True
    # One submission of a sender at a time: two workers could post a newer version before an older one.
    if StagingReceipt.objects.filter(agency_code=agency_code, outcome=Outcome.RECEIVED.value).exists():
        return False
    found = list(rows[:BATCH])
    if not found:
        return False
    taken = take(
        read_through=cursor.read_through,
        present=[row.sequence for row in found],
        waiting_since=cursor.waiting_since,
        at=at,
    )
    before = (cursor.read_through, cursor.waiting_since)
    cursor.waiting_since = taken.waiting_since
    if taken.gap is not None:
        _tell_gap(agency_code, taken.gap, actor, at)
    run = _take(agency_code, found[: taken.count], actor, at, on) if taken.count else 0
    if run:
        cursor.read_through = found[run - 1].sequence
    if before != (cursor.read_through, cursor.waiting_since):
        cursor.save()
    return bool(run)


def _take(agency_code: str, rows: Sequence[StagingRecord], actor: Actor, at: datetime, on: date) -> int:
    """Send the first rows that can go into one submission, answer what cannot be sent; return how many."""
    run = list(takewhile(lambda row: row.class_id == rows[0].class_id, rows))
    try:
        agency, information_class = agency_named(agency_code), active_class(run[0].class_id, on=on)
    except (UnknownAgency, UnknownClass) as unknown:
        code = "unknown-agency" if isinstance(unknown, UnknownAgency) else "unknown-class"
        _close(run, [_refused(row, code, at) for row in run], at)
        return len(run)
    good, receipts = _sorted_out(_loaded(run), information_class, at)
    read = run[: len(good) + len(receipts)]
    if good:
        receipts += _sent(agency, good, actor, at, on)
    _close(read, receipts, at)
    return len(read)


def _sent(
    agency: Agency, good: Sequence[Readable], actor: Actor, at: datetime, on: date
) -> list[StagingReceipt]:
    try:
        submission = _send(agency, good, actor, at, on)
    except IdempotencyConflict:
        return [_refused(row, "number-used", at) for row, _ in good]
    return [_received(row, submission, line, at) for line, (row, _) in enumerate(good, start=1)]


def _loaded(run: Sequence[StagingRecord]) -> list[StagingRecord]:
    """Return as many of the first rows as may be held at once, one at least, with their payloads.

    Of a payload that is too long only as much is loaded as shows that it is.
    """
    these = StagingRecord.objects.filter(agency_code=run[0].agency_code)
    numbers = [row.sequence for row in run]
    sizes = dict(these.filter(sequence__in=numbers).values_list("sequence", _Octets("payload")))
    fits = [held <= MOST_HELD_BYTES for held in accumulate(sizes[number] for number in numbers)]
    held = list(run[: max(1, fits.count(True))])
    start = Left("payload", LONGEST_PAYLOAD + 1)
    texts = dict(these.filter(sequence__in=numbers[: len(held)]).values_list("sequence", start))
    for row in held:
        row.payload = texts[row.sequence]
    return held


class _Octets(Func):
    """The length of a text in bytes, which PostgreSQL knows without reading it."""

    function = "octet_length"
    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # SQLite has this since 3.43 only; letters are near enough.
        return self.as_sql(compiler, connection, function="length", **context)


def _sorted_out(
    run: Sequence[StagingRecord], information_class: InformationClass, at: datetime
) -> tuple[list[Readable], list[StagingReceipt]]:
    """Return the rows that can be sent together, with their fields, and the answers to those that cannot.

    They end before the second version of a record: one file may say one record once.
    """
    identity, met = identity_reader(information_class), set[tuple[str, ...]]()
    good, receipts = list[Readable](), list[StagingReceipt]()
    for row in run:
        fault, fields = _fault(row), _fields(row)
        if fault or fields is None:
            receipts.append(_refused(row, fault, at))
            continue
        record = identity(fields)
        if any(record) and record in met:
            break
        met.add(record)
        good.append((row, fields))
    return good, receipts


def _fault(row: StagingRecord) -> str:
    if row.operation == Operation.WITHDRAW_REQUEST:
        return "withdraw-elsewhere"
    if row.operation not in {Operation.ADD, Operation.REPLACE}:
        return "unknown-operation"
    if len(row.payload) > LONGEST_PAYLOAD:
        return "too-long"
    return "" if _fields(row) is not None else "not-an-object"


def _fields(row: StagingRecord) -> dict[str, Any] | None:
    try:
        fields = json.loads(row.payload)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) and fields else None


def _send(agency: Agency, rows: Sequence[Readable], actor: Actor, at: datetime, on: date) -> Submission:
    first, last = rows[0][0], rows[-1][0]
    numbers = f"{first.sequence}-{last.sequence}"
    sent = [fields for _, fields in rows]
    keys = list(dict.fromkeys(key for fields in sent for key in fields))
    spool = new_spool()
    try:
        for fields in sent:
            # ASCII, so that half a character in somebody's text cannot stop the others' rows.
            spool.write(json.dumps({key: fields.get(key) for key in keys}).encode() + b"\n")
        spool.close()
        return receive(
            agency=agency, class_id=first.class_id, file_name=f"staging-{numbers}.jsonl", spool=spool,
            mapping=None, idempotency_key=f"{BY_STAGING}{agency.code}-{numbers}", actor=actor, at=at, on=on,
        )  # fmt: skip
    except BaseException:
        spool.discard()
        raise


def _received(row: StagingRecord, submission: Submission, line: int, at: datetime) -> StagingReceipt:
    return StagingReceipt(
        agency_code=row.agency_code, sequence=row.sequence, submission=submission, row=line,
        outcome=Outcome.RECEIVED.value, written_at=at,
    )  # fmt: skip


def _refused(
    row: StagingRecord, code: str, at: datetime, outcome: Outcome = Outcome.REFUSED
) -> StagingReceipt:
    words = NOT_TAKEN[code]
    return StagingReceipt(
        agency_code=row.agency_code, sequence=row.sequence, outcome=outcome.value, codes=code,
        words=f"{words.zh}\n{words.en}", written_at=at,
    )  # fmt: skip


def _close(rows: Sequence[StagingRecord], receipts: Sequence[StagingReceipt], at: datetime) -> None:
    """Write the receipts and empty what was read; of a row that was not taken only its number stays.

    Any text can stand in its class and operation: nobody has found that they name one.
    """
    StagingReceipt.objects.bulk_create(receipts)
    sent = {receipt.sequence for receipt in receipts if receipt.submission_id is not None}
    rest = {row.sequence for row in rows} - sent
    read = StagingRecord.objects.filter(agency_code=rows[0].agency_code)
    read.filter(sequence__in=sent).update(payload="", read_at=at)
    read.filter(sequence__in=rest).update(payload="", class_id="", operation="", read_at=at)


def _tell_gap(agency_code: str, gap: tuple[int, int], actor: Actor, at: datetime) -> None:
    log.warning("staging table of %s: numbers %d to %d never came and were passed over", agency_code, *gap)
    write_event(
        actor=actor, action="staging.gap-passed", object_kind="staging", object_id=agency_code, at=at,
        detail={"first": gap[0], "last": gap[1]},
    )  # fmt: skip
