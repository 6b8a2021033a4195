"""`gongxin submit`: one file through the whole flow, here and now, with a progress bar on a terminal."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.succession import successions
from gongxin.interfaces.commands.file_refusals import file_refused, parsed_mapping, unreadable
from gongxin.interfaces.commands.output import CommandRefused, coded

if TYPE_CHECKING:
    from gongxin.registry.intake.models import Submission

CHECK_KEYS = ("rows", "accepted", "rejected", "out_of_scope", "warnings", "problems")
POST_KEYS = ("posted", "unchanged", "superseded", "unlinked", "held")
ALL_ACCEPTED, SOME_NOT = 0, 1
PIECE_BYTES = 1 << 20
BAR_CELLS = 30


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="报送文件 / the file")
    parser.add_argument("--class", dest="class_id", required=True, help="目录事项 / class of the catalogue")
    parser.add_argument("--agency", required=True, help="单位统一社会信用代码 / the agency's unified code")
    parser.add_argument("--map", type=Path, dest="mapping", help="列对应关系 / column mapping (YAML)")
    parser.add_argument("--json", action="store_true", help="机器可读 / one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    received: list[Submission] = []
    try:
        return _run(args, received)
    except Exception as error:
        from gongxin.interfaces.commands.failures import code_of, words_for

        code = code_of(error)
        if code is None or code == "unreadable-now":  # asked before anything is received
            raise
        raise _interrupted(received, code, words_for(code)) from error


def _interrupted(received: "list[Submission]", code: str, why: Label) -> CommandRefused:
    """What was committed stays; say how the rest is finished, and under which number."""
    number = str(received[-1].id) if received else None
    message = Label(
        f"{why.zh}。{f'报送批次 {number}：' if number else ''}已入库的保留；"
        "运行 gongxin worker --once 即可完成",
        f"{why.en}. {f'Submission {number}: ' if number else ''}what was committed stays; "
        "`gongxin worker --once` will finish it",
    )
    return CommandRefused(message, code, beside={"submission": number})


def _run(args: argparse.Namespace, received: "list[Submission]") -> int:
    from gongxin.interfaces.commands.database import agency_named, operator, ready

    ready()
    from gongxin.flows import lease
    from gongxin.flows.submit import advance, receive
    from gongxin.interfaces.clock import now, today
    from gongxin.registry.intake.spool import new_spool

    agency = agency_named(args.agency)
    mapping = _mapping(args.mapping, args.class_id)
    _known_class(args.class_id)
    spool = new_spool()
    try:
        _pour(args.file, spool.write)
        spool.close()
    except BaseException:
        spool.discard()
        raise
    submission = receive(
        agency=agency,
        class_id=args.class_id,
        file_name=args.file.name,
        spool=spool,
        mapping=mapping,
        idempotency_key=None,
        actor=operator(),
        at=now(),
        on=today(),
    )
    received.append(submission)
    worker = f"submit-{os.getpid()}"
    lease.claim(submission_id=submission.id, worker=worker, at=now())
    bar = _bar if sys.stderr.isatty() else None
    submission = advance(submission_id=submission.id, worker=worker, clock=now, progress=bar)
    if bar:
        print(file=sys.stderr)
    _tell_successions(submission)
    if submission.refusal_code:
        raise _refused(submission)
    print(json.dumps(report_of(submission), ensure_ascii=False) if args.json else _words(submission))
    return ALL_ACCEPTED if submission.accepted == submission.rows else SOME_NOT


def report_of(submission: "Submission") -> dict[str, Any]:
    """Return the counts of a submission under the keys that others rely on."""
    report: dict[str, Any] = {"submission": str(submission.id), "state": submission.state}
    report |= {key: getattr(submission, key) for key in (*CHECK_KEYS, *POST_KEYS)}
    if submission.successions:
        words = [one.words for one in successions(submission.successions)]
        report["successions"] = [{"zh": label.zh, "en": label.en} for label in words]
    if submission.refusal_code:
        report["refused"] = coded(
            submission.refusal_code, Label(submission.refusal_zh, submission.refusal_en)
        )
    return report


def _tell_successions(submission: "Submission") -> None:
    """Warn on stderr, so that the answer on stdout stays one object."""
    for one in successions(submission.successions):
        print(f"{one.words.zh}\n{one.words.en}", file=sys.stderr)


def _refused(submission: "Submission") -> CommandRefused:
    message = file_refused(Label(submission.refusal_zh, submission.refusal_en))
    return CommandRefused(message, submission.refusal_code, beside=report_of(submission))


def _known_class(class_id: str) -> None:
    from gongxin.core.lawbook import UnknownClass
    from gongxin.interfaces.clock import today
    from gongxin.registry.catalogue.queries import active_class

    try:
        active_class(class_id, on=today())
    except UnknownClass as unknown:
        raise CommandRefused(unknown.message, "unknown-class") from unknown


def _mapping(path: Path | None, class_id: str) -> dict[str, Any] | None:
    """Return the mapping as a plain document, refused in words if it cannot be used."""
    if path is None:
        return None
    from gongxin.core.column_mapping import parse_column_mapping
    from gongxin.core.law_files import parse_law

    text, mapping = parsed_mapping(path, lambda text: (text, parse_column_mapping(text)))
    if mapping.information_class != class_id:
        raise CommandRefused(
            Label(
                f"列对应关系是给 {mapping.information_class} 的，不是 {class_id}",
                f"The mapping is for {mapping.information_class}, not for {class_id}",
            ),
            "mapping-refused",
        )
    document: dict[str, Any] = parse_law(text)
    return document


def _pour(path: Path, write: Any) -> None:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                write(piece)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise unreadable(path) from error


def _bar(phase: str, done: int, total: int) -> None:
    name = {"check": "校验 check", "post": "入库 post"}[phase]
    filled = BAR_CELLS * done // total if total else 0
    cells = f"[{'#' * filled}{'.' * (BAR_CELLS - filled)}] {done:,}/{total:,}" if total else f"{done:,}"
    print(f"\r\x1b[K{name} {cells}", end="", file=sys.stderr, flush=True)


def _words(submission: "Submission") -> str:
    report = report_of(submission)
    counts = [f"  {label:<24}{report[key]:>12,}" for key, label in _LABELS.items()]
    problems = [f"    {code:<44}{count:>8,}" for code, count in sorted(report["problems"].items())]
    return "\n".join([f"报送批次 submission {submission.id}", *counts, *problems])


_LABELS = {
    "rows": "行数 rows",
    "accepted": "接收 accepted",
    "posted": "  新增 posted",
    "unchanged": "  未变 unchanged",
    "superseded": "  更正 superseded",
    "unlinked": "  待关联 unlinked",
    "held": "  待核实 held",
    "rejected": "退回 rejected",
    "out_of_scope": "自然人行 out of scope",
    "warnings": "提示 warnings",
}
