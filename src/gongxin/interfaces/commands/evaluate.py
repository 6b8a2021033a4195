"""`gongxin evaluate`: applies an evaluation scheme to every organisation on record as of a day."""

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.evaluation import NoSchemeInForce, UnknownScheme, UnknownVeto, rows_named, scheme_of
from gongxin.interfaces import clock
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from uuid import UUID

    from gongxin.flows.evaluate_subjects import Run
    from gongxin.registry.supervision.facts import Act

ACT_COLUMNS = ("code", "act", "document_number")
NAMED_AT_ONCE = 2_000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="评价办法代号 / the id of the scheme")
    parser.add_argument(
        "--on", metavar="DATE", help="截至哪一日，默认今天 / as of which day, today unless given"
    )
    parser.add_argument(
        "--acts",
        type=Path,
        metavar="FILE.csv",
        help="一票否决情形：code,act,document_number，决定须已归集 / acts that alone decide, on record here",
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will evaluate, keep the results and tell how many got which grade."""
    from gongxin.interfaces.commands.database import ready

    ready()
    found = _evaluated(args)
    if args.json:
        print_json(_as_json(found))
    else:
        print("\n".join(_in_words(found)))
    return 0


def _evaluated(args: argparse.Namespace) -> "Run":
    from gongxin.flows.evaluate_subjects import DayAhead, evaluate_subjects
    from gongxin.interfaces.commands.database import operator

    on = asked_day(args.on) if args.on else clock.today()
    try:
        return evaluate_subjects(
            scheme_id=args.scheme, on=on, actor=operator(), at=clock.now(),
            acts=_acts(args.acts) if args.acts else None, progress=None if args.json else _progress,
        )  # fmt: skip
    except (UnknownScheme, NoSchemeInForce) as refused:
        raise scheme_refused(refused) from refused
    except UnknownVeto as unknown:
        known = "、".join(scheme_of(args.scheme).vetoes) or "—"
        said = Label(f"该办法没有情形 {unknown}。现有：{known}", f"No act {unknown} here. Known: {known}")
        raise CommandRefused(said, "unknown-act") from unknown
    except DayAhead as ahead:
        said = Label("评价日期在将来：请到时再评", "The day lies ahead: evaluate when it has come")
        raise CommandRefused(said, "day-ahead") from ahead


def scheme_refused(refused: UnknownScheme | NoSchemeInForce) -> CommandRefused:
    """Return in words why a scheme cannot be used."""
    if isinstance(refused, UnknownScheme):
        known = "、".join(refused.known)
        said = Label(
            f"没有评价办法 {refused.scheme_id}。现有：{known}",
            f"There is no scheme {refused.scheme_id}. Known: {known}",
        )
        return CommandRefused(said, "unknown-scheme", beside={"known": list(refused.known)})
    said = Label(f"该日没有有效的评价办法：{refused}", f"No instrument orders it that day: {refused}")
    return CommandRefused(said, "no-scheme-in-force")


def _acts(path: Path) -> "Mapping[UUID, Sequence[Act]]":
    from gongxin.registry.subjects.queries import subject_of_code
    from gongxin.registry.supervision.facts import Act

    found: dict[UUID, list[Act]] = {}
    for number, row in enumerate(_rows(path), start=2):
        subject_id = subject_of_code(row["code"].strip(), at=clock.now())
        if subject_id is None:
            said = Label(f"第 {number} 行：没有这一代码的主体", f"Row {number}: no subject has this code")
            raise CommandRefused(said, "unknown-subject")
        act = Act(row["act"].strip(), row["document_number"].strip())
        found.setdefault(subject_id, []).append(act)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    from gongxin.interfaces.commands.file_refusals import unreadable

    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            read = csv.DictReader(text, restval="")
            if not set(ACT_COLUMNS) <= set(read.fieldnames or ()):
                said = Label(
                    f"表头应有 {'、'.join(ACT_COLUMNS)}", f"The header must have {', '.join(ACT_COLUMNS)}"
                )
                raise CommandRefused(said, "wrong-header")
            return list(read)
    except OSError as error:
        raise unreadable(path) from error
    except UnicodeDecodeError as error:
        said = Label(f"{path} 不是 UTF-8 文本", f"{path} is no UTF-8 text")
        raise CommandRefused(said, "unreadable-file") from error


def _progress(_phase: str, done: int) -> None:
    print(f"{both(Label('已评价', 'evaluated'))} {done:,}", file=sys.stderr)


def _as_json(found: "Run") -> dict[str, Any]:
    made = found.evaluation
    return {
        "evaluation": made.id.hex,
        "scheme": made.scheme,
        "edition": made.edition,
        "on": made.on.isoformat(),
        "again": found.again,
        "counts": dict(found.counts),
        "without_result": found.unrated,
        "acts_without_record": found.acts_without_record,
        "organisations": list(_organisations(found)),
    }


def _organisations(found: "Run") -> Iterator[dict[str, Any]]:
    from itertools import islice
    from uuid import UUID

    from gongxin.registry.subjects.queries import profiles
    from gongxin.registry.supervision.queries import results_of

    made = found.evaluation
    results = results_of(made)
    while some := list(islice(results, NAMED_AT_ONCE)):
        known = profiles({UUID(one.subject_id) for one in some}, at=made.at)
        for one in some:
            profile = known[UUID(one.subject_id)]
            yield {
                "subject": one.subject_id,
                "code": profile.code,
                "name": profile.name,
                "grade": one.grade,
                "rows": [
                    {
                        "key": row.row,
                        "label": {"zh": row.label.zh, "en": row.label.en},
                        "source": row.citation.source,
                        "unconfirmed": row.unconfirmed,
                    }
                    for row in rows_named(made.scheme, made.edition, one.rows)
                ],
                "records": list(one.records),
            }


def _in_words(found: "Run") -> Iterator[str]:
    made, scheme = found.evaluation, scheme_of(found.evaluation.scheme)
    yield f"{both(scheme.label)}  {made.edition}  {made.on}  {made.id.hex}"
    if found.again:
        yield both(Label("与上次结果相同，未重复保存", "the same as before; nothing was written"))
    for grade, count in found.counts.items():
        yield f"  {both(scheme.grades[grade].label)}: {count:,}"
    yield f"  {both(Label('无评价结果', 'without a result'))}: {found.unrated:,}"
    if found.acts_without_record:
        said = Label("所列情形的决定未归集，未采用", "acts whose decision is not on record, not used")
        yield f"  {both(said)}: {found.acts_without_record:,}"
