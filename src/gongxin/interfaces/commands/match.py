"""`gongxin match`: whom of the register the rows of a spreadsheet may be meant for. Links nothing."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused, both, print_json
from gongxin.interfaces.commands.whole_file import refuse_same_file, whole_file

if TYPE_CHECKING:
    from gongxin.flows.screen import Screened

HEADER = (
    "行 row", "名称 name", "代码 code", "结果 outcome", "得分 score", "登记名称 registered name",
    "登记代码 registered code", "主体 subject", "提示 warning", "建议代码 proposed code",
    "同样近似的主体数 equally alike", "其他同样近似者 others as alike", "理由 reasons",
)  # fmt: skip
OUTCOMES = {
    "code": Label("代码一致", "by its code"),
    "same": Label("可视为相同", "as good as the same"),
    "possibly": Label("可能，须由人判断", "possibly: a person decides"),
    "none": Label("未找到", "none found"),
    "person": Label("自然人，不比对", "a person, not looked up"),
    "empty": Label("没有名称", "no name"),
    "damaged": Label("此行无法读取", "the row cannot be read"),
}
SAME = Label("名称一致", "the same name")  # the normal forms are equal
WARNINGS = {
    "code-not-valid": Label("代码校验不通过", "the code fails its check"),
    "code-not-known": Label("登记中没有此代码", "no subject bears this code"),
    "name-differs": Label("名称与登记名称明显不同", "the name clearly differs"),
    "blocked-by-code": Label("名称相近者另有代码，不予匹配", "those of like names bear other codes"),
}
LEAST, MOST = 0.5, 1.0
KEPT = 100_000  # answers about distinct rows


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="表格 / a table: CSV, workbook, …")
    parser.add_argument("--name", required=True, metavar="COL", help="名称所在列 / the column of names")
    parser.add_argument("--code", metavar="COL", help="代码所在列 / the column of codes")
    parser.add_argument(
        "--threshold", type=float, default=LEAST, metavar="T", help="最低得分 0.5–1 / least score"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="OUT.csv", help="结果 / the results")


def run(args: argparse.Namespace) -> int:
    from gongxin.engine.readers.table import FileRefused
    from gongxin.interfaces.commands.database import ready

    if not LEAST <= args.threshold <= MOST:
        said = Label("--threshold 须在 0.5 与 1 之间", "--threshold lies between 0.5 and 1")
        raise CommandRefused(said, "wrong-usage")
    if not all(column.strip() for column in (args.name, "-" if args.code is None else args.code)):
        raise CommandRefused(Label("列名不能为空", "The name of a column is empty"), "wrong-usage")
    _refuse_other_tables(args.out)
    refuse_same_file(args.file, args.out)
    ready()
    counted: Counter[str] = Counter()
    try:
        _write(args, counted)
    except FileRefused as refused:
        raise CommandRefused(_words(refused.code, refused.message, args), refused.code) from refused
    counts = {outcome: counted[outcome] for outcome in OUTCOMES}
    if args.json:
        print_json({"rows": counted.total(), "outcomes": counts})
    else:
        print("\n".join(f"{both(OUTCOMES[outcome])}: {count}" for outcome, count in counts.items() if count))
    return 0


def _refuse_other_tables(out: Path) -> None:
    """Refuse a name that promises another kind of table: some programs then cannot open it."""
    if out.suffix.lower() not in {"", ".csv"}:
        said = Label(
            f"结果是 CSV，-o 的文件名须以 .csv 结尾：{out}", f"The results are CSV; -o ends in .csv: {out}"
        )
        raise CommandRefused(said, "wrong-usage")


def _words(code: str, message: Label, args: argparse.Namespace) -> Label:
    from gongxin.interfaces.commands.file_refusals import file_refused

    if code != "no-header":
        return file_refused(message)
    columns = "、".join(filter(None, (args.name, args.code)))
    return Label(f"表中没有这些列：{columns}", f"The table has no such columns: {columns}")


def _write(args: argparse.Namespace, counted: "Counter[str]") -> None:
    from gongxin.engine.export_text import csv_lines

    lines = csv_lines(HEADER, _screened(args, counted))
    try:
        with whole_file(args.out) as out:
            out.writelines(lines)
    except OSError as error:
        said = Label(
            f"无法写入 {args.out}：{error.strerror}", f"{args.out} cannot be written: {error.strerror}"
        )
        raise CommandRefused(said, "unwritable-file") from error


def _screened(args: argparse.Namespace, counted: "Counter[str]") -> Iterator[list[Any]]:
    """Yield the line of each row as it is screened: a table of any length takes no more room."""
    from gongxin.core.leaks import mask_personal_numbers
    from gongxin.flows.screen import screen
    from gongxin.interfaces.clock import now

    # A name that comes again is sought once, and the register is asked as it is when the command begins.
    sought = lru_cache(maxsize=KEPT)(partial(screen, at=now(), threshold=args.threshold))
    for row, name, code in _rows(args):
        if isinstance(name, Label):
            counted["damaged"] += 1
            yield [row, "", "", both(OUTCOMES["damaged"]), *[""] * 8, name.zh]
            continue
        found = sought(name=name, code=code)
        counted[found.outcome] += 1
        # What may be a person's is not written down again.
        given = ("", "") if found.outcome == "person" else (name, code)
        yield [
            row,
            *map(mask_personal_numbers, given),
            both(_outcome(found)),
            f"{found.score:.2f}" if found.score else "",
            found.name,
            found.code,
            found.subject_id,
            both(WARNINGS[found.warning]) if found.warning else "",
            found.repair.code if found.repair else "",
            len(found.equals) + 1 if found.reasons else "",
            "；".join(found.equals),
            "；".join(words.zh for words in _why(found)),
        ]


def _outcome(found: "Screened") -> Label:
    from gongxin.core.names.reasons import SAME_NAME

    return SAME if found.outcome == "same" and SAME_NAME in found.reasons else OUTCOMES[found.outcome]


def _why(found: "Screened") -> Iterator[Label]:
    from gongxin.core.names.reasons import words_of

    yield from (words_of(reason) for reason in found.reasons)
    yield from (one.words for one in found.corroborations)
    if found.repair:
        yield found.repair.words


def _rows(args: argparse.Namespace) -> Iterator[tuple[int, str | Label, str]]:
    """Yield row number, name and code of each row of every sheet that has the columns.

    Instead of a name it says what is wrong with a row that cannot be read.
    """
    from gongxin.engine.readers.opening import open_tables
    from gongxin.engine.readers.table import Damage
    from gongxin.interfaces.commands.file_refusals import unreadable

    wanted = {args.name, args.code} - {None}
    try:
        source = args.file.open("rb")
    except OSError as error:
        raise unreadable(args.file) from error
    with source:
        for table in open_tables(source, filename=args.file.name, is_header=wanted.issubset):
            name_at = _place(table.header, args.name)
            code_at = _place(table.header, args.code) if args.code else None
            for item in table.items:
                if isinstance(item, Damage):
                    yield item.row, item.message, ""
                    continue
                rows, frame = item.frame["row"], item.frame
                names = frame[f"c{name_at}"].fill_null("")
                codes = [""] * len(rows) if code_at is None else frame[f"c{code_at}"].fill_null("")
                yield from zip(rows, names, codes, strict=True)


def _place(header: Sequence[str], column: str) -> int:
    if header.count(column) > 1:
        said = Label(
            f"表中有不止一列名为“{column}”，请改名后再比对",
            f"More than one column is called “{column}”: rename those that are not meant",
        )
        raise CommandRefused(said, "ambiguous-column")
    return header.index(column)
