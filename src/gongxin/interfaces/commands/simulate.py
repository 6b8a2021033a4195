"""A synthetic province through its days, in a place of its own: every clock kept or missed."""

import argparse
import os
import sys
import tempfile
from datetime import date, timedelta
from typing import Any

from gongxin.core.cases.kinds import limit_label, state_label
from gongxin.core.catalogue import Label
from gongxin.core.lawbook import edition
from gongxin.core.legal_day import day_begins
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

MOST_DAYS = 800
HOW = {  # how a limit ended
    "kept": Label("按时", "kept"),
    "missed": Label("逾期", "missed"),
    "void": Label("无须再办", "void"),
    "running": Label("在办", "running"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=7, metavar="S", help="随机种子 / seed of the dice")
    parser.add_argument("--from", dest="begins", required=True, metavar="DATE", help="第一天 / the first day")
    last = f"最后一天，不早于 {edition().in_force_from} / the last day, not before the catalogue is in force"
    parser.add_argument("--to", dest="ends", required=True, metavar="DATE", help=last)
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will live through the days in a temporary home that is gone afterwards; yours is not touched.

    Returns 1 if anything showed that may not.
    """
    begins, ends = asked_day(args.begins), asked_day(args.ends)
    if not begins <= ends <= begins + timedelta(days=MOST_DAYS):
        raise CommandRefused(
            Label(
                f"起止日期应先后有序，且不超过{MOST_DAYS}天",
                f"The last day comes after the first, and at most {MOST_DAYS} days lie between",
            )
        )
    _refuse_days_without_catalogue(ends)
    with tempfile.TemporaryDirectory(prefix="gongxin-simulation-") as home:
        report = _lived(home, seed=args.seed, begins=begins, ends=ends)
    if args.json:
        print_json(report)
    else:
        print(_in_words(report))
    return int(bool(report["shown_after_its_end"] or report["shown_after_repair"]))


def _lived(home: str, *, seed: int, begins: date, ends: date) -> dict[str, Any]:
    os.environ.pop("GONGXIN_DATABASE_URL", None)
    os.environ["GONGXIN_HOME"] = home
    from gongxin.interfaces.commands.init import make_ready

    make_ready()
    from gongxin.interfaces.commands.simulated_province import province
    from gongxin.interfaces.commands.simulated_report import report_of

    lived = province(seed=seed, begins=begins, at=day_begins(begins))
    days = (ends - begins).days + 1
    for count in range(days):
        on = begins + timedelta(days=count)
        lived.live(on)
        if on.day == 1 or on == ends:
            print(f"[{count + 1}/{days}] {on}  记录 records {lived.records}", file=sys.stderr)
    return report_of(lived, ends=ends)


def _refuse_days_without_catalogue(ends: date) -> None:
    """Refuse days on which nothing may be collected at all: a province without records proves nothing."""
    first = edition().in_force_from
    if ends < first:
        words = Label(
            f"这些日子没有目录生效，不得归集信息；最早可用的一天是 {first}",
            f"No catalogue is in force then, so nothing is collected; the first usable day is {first}",
        )
        raise CommandRefused(words, "no-catalogue-in-force")


def _body(name: str) -> str:
    return "信用中心 centre" if name == "centre" else name


def _in_words(report: dict[str, Any]) -> str:
    limits = [
        f"  {both(limit_label(limit))}  "
        + "  ".join(f"{both(HOW[how])} {count}" for how, count in counts.items())
        for limit, counts in report["limits"].items()
    ]
    missed = [
        f"  {one['case']}  {both(limit_label(one['limit']))}  {_body(one['answers'])}"
        f"  {one['due_on']} -> {one['ended_on']}"
        for one in report["clocks"]
        if one["ended"] == "missed"
    ]
    return "\n".join(
        [
            f"{report['from']} .. {report['to']}  seed {report['seed']}",
            *(
                [f"无目录生效的天数 days without a catalogue in force {report['days_without_catalogue']}"]
                if report["days_without_catalogue"]
                else []
            ),
            f"记录 records {report['records']}  办件 cases {report['cases']}",
            "结果 outcomes: "
            + "  ".join(f"{both(state_label(how))} {count}" for how, count in report["outcomes"].items()),
            f"中止 fell silent {report['fell_silent']}  报上级 told above {report['told_above']}",
            f"到期仍公示 shown after its end {len(report['shown_after_its_end'])}"
            f"  修复后再现 shown after repair {len(report['shown_after_repair'])}",
            "期限 limits:",
            *limits,
            f"逾期 missed: {len(missed)}",
            *missed,
        ]
    )
