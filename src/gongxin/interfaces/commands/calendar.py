"""`gongxin calendar import FILE`: the yearly notice of holidays, loaded without a release."""

import argparse
from pathlib import Path

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    importing = actions.add_parser("import", help="导入一年的节假日安排 / load one year's notice (YAML)")
    importing.add_argument("file", type=Path)


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import operator, ready

    ready()
    from gongxin.core.working_days import CalendarRefused
    from gongxin.flows.confirm_law import import_calendar
    from gongxin.interfaces.clock import now

    try:
        moved = import_calendar(text=args.file.read_text(encoding="utf-8"), actor=operator(), at=now())
    except CalendarRefused as refused:
        raise CommandRefused(refused.message) from refused
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(
            Label(f"无法读取 {args.file}", f"The file {args.file} cannot be read")
        ) from error
    print(f"已导入；重算期限 {moved} 个 / imported; {moved} deadlines reckoned again")
    return 0
