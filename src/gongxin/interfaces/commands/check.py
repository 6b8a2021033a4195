"""`gongxin check`: what is wrong with a file, before it is sent. No database, nothing left behind."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.file_refusals import file_refused, parsed_mapping, unreadable
from gongxin.interfaces.commands.output import CommandRefused, both, coded, print_json

if TYPE_CHECKING:
    from gongxin.core.catalogue import InformationClass
    from gongxin.core.column_mapping import ColumnMapping
    from gongxin.engine.outcome import CheckOutcome

COUNTS = ("rows", "accepted", "rejected", "out_of_scope", "warnings")
ALL_ACCEPTED, SOME_NOT = 0, 1
_ROOM = 3  # times the file: what is kept is packed and takes less
_EXPLAINED = 10  # problems explained on a terminal, the most frequent first
_LABELS = {
    "rows": "行数 rows",
    "accepted": "接收 accepted",
    "rejected": "退回 rejected",
    "out_of_scope": "自然人行 out of scope",
    "warnings": "提示 warnings",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="报送文件 / the file")
    parser.add_argument("--class", dest="class_id", required=True, metavar="CLASS", help="目录事项 / class")
    parser.add_argument(
        "--map", type=Path, dest="mapping", metavar="MAP", help="列对应关系 / column mapping (YAML)"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")
    parser.add_argument(
        "--problems", type=Path, metavar="OUT", help="问题数据另存为 .xlsx、.csv 或 .json / write the report"
    )


def run(args: argparse.Namespace) -> int:
    from gongxin.engine.readers.table import FileRefused
    from gongxin.interfaces.commands.failures import code_of

    if args.problems is not None and args.problems.suffix not in {".xlsx", ".csv", ".json"}:
        raise CommandRefused(
            Label("--problems 须以 .xlsx、.csv 或 .json 结尾", "--problems ends in .xlsx, .csv or .json"),
            "wrong-usage",
        )
    information_class = _information_class(args.class_id)
    mapping = _mapping(args.mapping)
    try:
        with _private_folder(args.file, wanted=args.problems is not None) as keep:
            outcome = _check(args.file, information_class, mapping, keep)
            if args.problems is not None and keep is not None:
                _write_report(args.problems, keep, information_class)
    except OSError as error:
        if code_of(error) is not None:  # a full disk has words of its own
            raise
        raise CommandRefused(_could_not(error), "not-finished") from error
    except FileRefused as refused:
        raise _refused(refused.code, refused.message) from refused
    if args.json:
        print_json(_as_json(outcome))
    else:
        print(_as_text(outcome, information_class))
    return ALL_ACCEPTED if outcome.accepted == outcome.rows else SOME_NOT


def _check(
    path: Path, information_class: "InformationClass", mapping: "ColumnMapping | None", keep: Path | None
) -> "CheckOutcome":
    from gongxin.engine.check import check_file
    from gongxin.interfaces.clock import today

    try:
        source = path.open("rb")
    except OSError as error:
        raise unreadable(path) from error
    with source, _progress_line() as progress:
        return check_file(
            source,
            filename=path.name,
            information_class=information_class,
            mapping=mapping,
            on=today(),
            keep=keep,
            progress=progress,
        )


def _information_class(class_id: str) -> "InformationClass":
    from gongxin.core.lawbook import UnknownClass, information_class

    try:
        return information_class(class_id)
    except UnknownClass as unknown:
        raise CommandRefused(unknown.message, "unknown-class") from unknown


def _mapping(path: Path | None) -> "ColumnMapping | None":
    from gongxin.core.column_mapping import parse_column_mapping

    return None if path is None else parsed_mapping(path, parse_column_mapping)


@contextmanager
def _private_folder(file: Path, *, wanted: bool) -> Iterator[Path | None]:
    """Give a folder only this user can read, and erase it afterwards. None if none is `wanted`."""
    if not wanted:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="gongxin-check-", dir=_memory(file)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory(file: Path) -> Path | None:
    """Return a place in memory if the machine has one with room for what is kept of `file`."""
    memory = Path("/dev/shm")  # noqa: S108 (only private folders are made in it)
    needed = _ROOM * file.stat().st_size if file.exists() else 0
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > needed
    return memory if roomy else None


def _could_not(error: OSError) -> Label:
    said = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return Label(f"没有完成：{said}{where}", f"Not finished: {said}{where}")


def _write_report(path: Path, keep: Path, information_class: "InformationClass") -> None:
    from gongxin.engine.report import open_report

    file_format = path.suffix.removeprefix(".")
    with (
        open_report(keep, information_class=information_class, file_format=file_format) as report,
        path.open("wb") as out,
    ):
        shutil.copyfileobj(report, out)


def _refused(code: str, message: Label) -> CommandRefused:
    nothing = {**dict.fromkeys(COUNTS, 0), "problems": {}, "refused": coded(code, message)}
    return CommandRefused(file_refused(message), code, beside=nothing)


def _as_json(outcome: "CheckOutcome") -> dict[str, Any]:
    return {
        **{name: getattr(outcome, name) for name in COUNTS},
        "problems": outcome.problems,
        "folded": outcome.folded,
        "format": outcome.format,
        "encoding": outcome.encoding,
        "tables": [
            {
                "sheet": table.sheet,
                "header_row": table.header_row,
                "layout": table.layout,
                "unknown_headers": list(table.unknown_headers),
                "skipped_sheets": list(table.skipped_sheets),
            }
            for table in outcome.tables
        ],
    }


def _as_text(outcome: "CheckOutcome", information_class: "InformationClass") -> str:
    lines = [f"{_LABELS[name]:<24}{getattr(outcome, name):>12,}" for name in COUNTS]
    for table in outcome.tables:
        if table.unknown_headers:
            lines.append(f"不认识的列 unknown columns: {'、'.join(map(_plain, table.unknown_headers))}")
        if table.skipped_sheets:
            lines.append(f"未读的工作表 sheets not read: {'、'.join(map(_plain, table.skipped_sheets))}")
    rules = {rule.code: rule.message for rule in information_class.rules} | outcome.damage
    for code, count in list(outcome.problems.items())[:_EXPLAINED]:
        lines += ["", f"{code}  × {count:,}  {_where(outcome, code)}"]
        lines += [f"    {rules[code].zh}", f"    {rules[code].en}"] if code in rules else []
    left = len(outcome.problems) - _EXPLAINED
    if left > 0:
        lines += ["", both(Label(f"另有 {left} 种问题，见 --problems", f"{left} more kinds: see --problems"))]
    return "\n".join(lines)


def _where(outcome: "CheckOutcome", code: str) -> str:
    places = outcome.samples.get(code, ())
    rows = "、".join(f"{_plain(sheet)}!{row}" if sheet else str(row) for sheet, row in places)
    return f"(行 rows: {rows}{' …' if outcome.problems[code] > len(places) else ''})"


def _plain(text: str) -> str:
    """Return a sender's text without anything a terminal would obey."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)


@contextmanager
def _progress_line() -> Iterator[Callable[[int], None] | None]:
    """Give what counts rows on a terminal, and clear its line in the end; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda rows: print(f"\r\x1b[K校验 check {rows:,}", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
