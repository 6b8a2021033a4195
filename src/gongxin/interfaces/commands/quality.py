"""`gongxin quality rebuild`: count the quality board and the public statistics again."""

import argparse

from gongxin.core.catalogue import Label
from gongxin.core.quality import is_month
from gongxin.interfaces.commands.output import CommandRefused, print_json


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="重新统计数据质量 / count the figures again")
    rebuild.add_argument("--month", metavar="YYYY-MM", help="只统计一个月 / this month only")
    rebuild.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    if args.month is not None and not is_month(args.month):
        zh, en = (
            f"不是月份：{args.month}（应如 2026-04）",
            f"no such month: {args.month} (write 2026-04)",
        )
        raise CommandRefused(Label(zh, en), "no-such-month")
    from gongxin.interfaces.commands.database import operator, ready

    ready()
    from gongxin.flows.quality import rebuild
    from gongxin.interfaces import clock

    months = rebuild(month=args.month, actor=operator(), clock=clock.now)
    if args.json:
        print_json({"months": months})
    else:
        print(f"已统计 {len(months)} 个月 / counted {len(months)} months")
    return 0
