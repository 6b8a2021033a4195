"""`gongxin calendar import FILE`: the yearly notice of holidays, loaded without a release."""

import argparse
from pathlib import Path

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.file_refusals import unreadable
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
        said = refused.message
        raise CommandRefused(
            Label(f"{args.file} 不是放假安排：{said.zh}", f"{args.file} is no notice of holidays: {said.en}")
        ) from refused
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(args.file, error) from error
    print(f"已导入；重算期限 {moved} 个 / imported; {moved} deadlines reckoned again")
    return 0
