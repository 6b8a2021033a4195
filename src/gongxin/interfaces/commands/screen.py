"""`gongxin screen`: asks about every code of a file at once, as one check would about one."""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.engine.collecting import nothing_collected
from gongxin.interfaces.commands.check_subject import NO_KEY, unknown_matter
from gongxin.interfaces.commands.output import CommandRefused, both, print_json
from gongxin.interfaces.commands.whole_file import refuse_same_file, whole_file

if TYPE_CHECKING:
    from gongxin.core.checks import Verdict
    from gongxin.flows.screen_subjects import Screening

HEADER = (
    "代码 code",
    "结果 verdict",
    "说明 label",
    "措施 measures",
    "记录 records",
    "原因 why",
    "主体 subject",
    "原因说明 why in words",
    "事项 matter",
    "截至 moment",
)
IN_A_FILE = {"no-code": "no-code-in-a-file"}  # nobody of a like name is proposed there
CODE_COLUMNS = ("统一社会信用代码", "社会信用代码", "信用代码", "code", "uscc", "unified_code")
PHASES = {
    "reading": Label("读取登记", "reading the register"),
    "reckoning": Label("核查", "reckoning"),
    "noting": Label("记录查询", "noting who was asked about"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="代码文件 / a table, or one code a line")
    parser.add_argument("--matter", required=True, metavar="M", help="事项 / the matter")
    parser.add_argument("--code", metavar="COL", help="代码所在列 / the column of codes")
    parser.add_argument("--purpose", default="批量核查", metavar="TEXT", help="用途 / the purpose")
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="OUT.csv", help="结果 / the results")


def run(args: argparse.Namespace) -> int:
    from gongxin.core.checks.questions import UnfitWords
    from gongxin.core.measures import UnknownMatter
    from gongxin.interfaces.commands.database import ready

    refuse_same_file(args.file, args.out)
    ready()
    from gongxin.flows.screen_subjects import SceneNotServed
    from gongxin.registry.checks.keys import NoSigningKey

    try:
        told = _screened(args)
    except UnknownMatter as unknown:
        raise unknown_matter(unknown) from unknown
    except UnfitWords as unfit:
        said = Label(
            "用途会告知被查询的主体，须写明，不得含个人号码或隐藏字符，最多200字",
            "Those asked about read it: needed, no person's number, nothing hidden, at most 200 characters",
        )
        raise CommandRefused(said, "unfit-purpose") from unfit
    except NoSigningKey as no_key:
        raise CommandRefused(NO_KEY, "no-signing-key") from no_key
    except SceneNotServed as unserved:
        raise CommandRefused(unserved.why, "scene-not-served") from unserved
    print_json(told) if args.json else print("\n".join(_summary(told)))
    return 0


@nothing_collected()
def _screened(args: argparse.Namespace) -> dict[str, Any]:
    """Ask about every code, write the answers, and return what is signed of them."""
    from gongxin.core.looks import Looker
    from gongxin.flows.check_subject import signed_answer
    from gongxin.flows.screen_subjects import screen, statement
    from gongxin.interfaces import clock
    from gongxin.interfaces.commands.database import operator

    at = clock.now()
    screening = screen(
        _codes(args), matter_id=args.matter, purpose=args.purpose, looker=Looker(operator()),
        at=at, progress=None if args.json else _progress,
    )  # fmt: skip
    written = _write(args.out, screening)
    told = statement(screening, lines=written.lines, digest=written.digest, at=at)
    return {**told, "signature": signed_answer(told)}


def _codes(args: argparse.Namespace) -> list[str]:
    """Return the codes of the file: of a column, or one a line."""
    from gongxin.engine.number_list import column_in
    from gongxin.engine.readers.table import FileRefused
    from gongxin.interfaces.commands.file_refusals import file_refused, unreadable

    try:
        source = args.file.open("rb")
    except OSError as error:
        raise unreadable(args.file) from error
    with source:
        lines = _plain_lines(args.file) if args.code is None else None
        if lines is not None:
            return lines
        headers = CODE_COLUMNS if args.code is None else (args.code,)
        try:
            return list(column_in(source, filename=args.file.name, headers=headers))
        except FileRefused as refused:
            raise CommandRefused(file_refused(refused.message), refused.code) from refused


def _plain_lines(path: Path) -> list[str] | None:
    """Return the lines of a text that has one code a line and no header; None for anything else."""
    from gongxin.registry.subjects.queries import keys_in

    try:
        with path.open(encoding="utf-8-sig") as text:
            first = text.readline().strip()
            if not keys_in(first):
                return None
            return [first, *(line.strip() for line in text)]
    except UnicodeDecodeError:
        return None


@dataclass(frozen=True, slots=True)
class _Written:
    lines: int
    digest: str


def _write(out: Path, screening: "Screening") -> _Written:
    from gongxin.engine.export_text import csv_lines_of_safe

    digest, lines = hashlib.sha256(), 0
    try:
        with whole_file(out) as file:
            for piece in csv_lines_of_safe(chain([HEADER], _cells(screening))):
                digest.update(piece)
                file.write(piece)
    except OSError as error:
        said = Label(f"无法写入 {out}：{error.strerror}", f"{out} cannot be written: {error.strerror}")
        raise CommandRefused(said, "unwritable-file") from error
    lines = screening.counts.total()
    return _Written(lines, digest.hexdigest())


def _cells(screening: "Screening") -> Iterator[tuple[str, ...]]:
    from gongxin.core.legal_day import SHANGHAI
    from gongxin.core.measures import matter
    from gongxin.engine.export_text import safe_text
    from gongxin.flows.check_words import moment_in_words

    asked = matter(screening.matter).label.zh, screening.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    in_words = lru_cache(maxsize=None)(partial(_in_words, moment=moment_in_words(screening.at)))
    for code, subject_id, (verdict, why, measures, records) in screening.lines:
        label, why_label = in_words(verdict, why)
        yield (
            safe_text(code).replace("\0", ""), verdict.value, label, "；".join(measures), "；".join(records),
            why, subject_id, why_label, *asked,
        )  # fmt: skip


def _in_words(verdict: "Verdict", why: str, *, moment: Label) -> tuple[str, str]:
    """Return what an answer is called as of its moment, and why nothing can be told; there are few."""
    from gongxin.core.checks.words import verdict_label, why_label

    told_why = why_label(IN_A_FILE.get(why, why)).zh if why else ""
    return verdict_label(verdict, moment=moment).zh, told_why


def _progress(phase: str, done: int, total: int) -> None:
    counted = f" {done:,}/{total:,}" if total else ""
    print(f"{both(PHASES[phase])}{counted}", file=sys.stderr)


def _summary(told: dict[str, Any]) -> Iterator[str]:
    from gongxin.core.checks.words import verdict_name

    yield f"{told['lines']:,} · sha256 {told['sha256']}"
    for verdict, count in told["verdicts"].items():
        yield f"  {both(verdict_name(verdict))}: {count:,}"
    for one in told["lists_asked"]:
        yield f"  {one['zh']} / {one['en']}: {one['complete_on'] or '—'}"
