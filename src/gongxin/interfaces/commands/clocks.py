"""`gongxin clocks`: every clock of one record, as it stood at the end of a day. Reads only."""

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongxin.core.catalogue import Label
from gongxin.core.sources import sources
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from gongxin.core.clocks import Clock, Clocks
    from gongxin.registry.publication.clocks import ClockedRecord

LABELS = {
    "class": Label("类别", "class"),
    "publish_by": Label("最迟公示日", "publish by"),
    "publish_until": Label("公示至", "shown until"),
    "share_until": Label("共享至", "shared until"),
    "use_until": Label("使用至", "used until"),
    "repair_from": Label("可修复自", "repair from"),
    "usable_from": Label("可作依据自", "usable from"),
}
CLASSES = {
    "minor": Label("轻微", "minor"),
    "general": Label("一般", "general"),
    "serious": Label("严重", "serious"),
}
_ADDRESS = re.compile(r"/records/(?P<record>[0-9a-fA-F-]{32,36})")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "record", metavar="RECORD", help="记录编号、网址或文书号 / id, address, document number"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="所问之日，默认今日 / the day asked about; default today"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.interfaces.clock import today

    on = asked_day(args.on) if args.on else today()
    record = _found(args.record, on)
    clocks = _clocks(record, on)
    if args.json:
        print_json({name: _as_json(clock) for name, clock in clocks.by_name().items()})
    else:
        print("\n".join(_as_text(record, clocks, on)))
    return 0


def _found(text: str, on: date) -> "ClockedRecord":
    """Return the one record `text` names. Refuses a text that names none, or several."""
    from gongxin.registry.publication.clocks import clocked_record

    addresses = _addresses(text.strip())
    if len(addresses) > 1:
        raise CommandRefused(_ambiguous(text, len(addresses)), "ambiguous-record")
    record = clocked_record(*addresses[0], on=on) if addresses else None
    if record is None:
        raise CommandRefused(
            Label(
                f"没有这条记录：{text}（应为记录编号、网址，或完整的文书号）",
                f"no such record: {text} (give its id, its address or its whole document number)",
            ),
            "unknown-record",
        )
    return record


def _addresses(text: str) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of every record `text` may name."""
    from gongxin.registry.ledger.numbers import exactly_numbered
    from gongxin.registry.ledger.queries import subject_of_record

    # Of an address the record says enough; whose it is may have changed with a merge since.
    address = _ADDRESS.search(text)
    record_id = _id(address["record"] if address else text)
    subject_id = subject_of_record(record_id) if record_id else None
    if record_id is not None and subject_id is not None:
        return [(subject_id, record_id)]
    return exactly_numbered(text)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _ambiguous(text: str, count: int) -> Label:
    return Label(
        f"{count} 条记录都有文书号 {text}，请用记录编号",
        f"{count} records have the document number {text}; name one by its id",
    )


def _clocks(record: "ClockedRecord", on: date) -> "Clocks":
    from gongxin.core.kept_clocks import clocks_as_decided, clocks_before_any_decision
    from gongxin.registry.catalogue.queries import working_calendar

    if on < record.facts.decided_on:
        raise CommandRefused(
            Label(
                f"该记录的决定日期是 {record.facts.decided_on}，在 {on} 尚无期限可言",
                f"the record was decided on {record.facts.decided_on}: nothing ran for it on {on}",
            ),
            "not-yet-decided",
        )
    calendar = working_calendar()
    if not record.decisions:
        return clocks_before_any_decision(record.facts, on=on, calendar=calendar)
    return clocks_as_decided(record.facts, record.decisions, usable_on=record.usable_on, calendar=calendar)


def _as_json(clock: "Clock | None") -> dict[str, Any] | None:
    if clock is None:
        return None
    told = {
        "date": clock.on.isoformat() if clock.on else None,
        "provisional": clock.provisional,
        "rule": clock.rule,
        "source": clock.source,
    }
    return {**told, "value": clock.value} if clock.value else told


def _as_text(record: "ClockedRecord", clocks: "Clocks", on: date) -> list[str]:
    head = f"{record.document_number or record.record_id}  {on}"
    return [head, *(_line(LABELS[name], clock) for name, clock in clocks.by_name().items())]


def _line(label: Label, clock: "Clock | None") -> str:
    if clock is None:
        return f"{both(label)}: —"
    value = f"{both(CLASSES[clock.value])}  " if clock.value else ""
    provisional = "（暂计 provisional）" if clock.provisional else ""
    return f"{both(label)}: {value}{clock.on or '—'}{provisional}  {clock.rule}  {_cited(clock.source)}"


def _cited(key: str) -> str:
    known = sources().get(key)
    return f"{key} 《{known.title.zh}》" if known else key
