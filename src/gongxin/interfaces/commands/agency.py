import argparse
import re

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import failures, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.leaks import holds_personal_number
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import agency_named, operator, ready
from gongxin.interfaces.commands.output import CommandRefused

FICTIONAL_REGIONS = "9901"  # of no place; what lies there is a demonstration


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="登记单位 / register an agency")
    add.add_argument("code", metavar="CODE", help="统一社会信用代码 / its unified code")
    add.add_argument("name", metavar="NAME", help="单位全称 / its full name")
    add.add_argument("--region", default="", metavar="R", help="六位行政区划代码 / six-digit region code")
    add.add_argument("--phone", default="", help="公开联系电话 / telephone shown to the public")
    add.add_argument("--address", default="", help="公开地址 / address shown to the public")
    add.add_argument("--hours", default="", help="办公时间 / office hours")
    succeed = acts.add_parser("succeed", help="登记承继关系（更名、合并）/ record who succeeds an agency")
    succeed.add_argument("old", metavar="OLD", help="原单位代码 / code of the agency that is no more")
    succeed.add_argument("new", metavar="NEW", help="承继单位代码 / code of its successor")
    succeed.add_argument(
        "--instead", action="store_true", help="更正登记错的承继单位 / in place of one recorded wrongly"
    )


def run(args: argparse.Namespace) -> int:
    return _succeed(args) if args.act == "succeed" else _add(args)


def _succeed(args: argparse.Namespace) -> int:
    ready()
    from gongxin.flows.succeed import SucceededByAnother, WouldBeItsOwnSuccessor, succeed_agency

    old, new = agency_named(args.old), agency_named(args.new)
    try:
        succeed_agency(agency=old, successor=new, actor=operator(), at=clock.now(), instead=args.instead)
    except WouldBeItsOwnSuccessor as ring:
        message = Label(
            f"{new.name}（{new.code}）本身由 {old.name}（{old.code}）承继，不能再反过来承继",
            f"{new.name} ({new.code}) is itself succeeded by {old.name} ({old.code})",
        )
        raise CommandRefused(message, "own-successor") from ring
    except SucceededByAnother as other:
        now = other.successor
        message = Label(
            f"{old.name} 已登记由 {now.name}（{now.code}）承继；登记有误的用 --instead 更正",
            f"{old.name} is succeeded by {now.name} ({now.code}); correct a mistake with --instead",
        )
        raise CommandRefused(message, "succeeded-by-another") from other
    print(f"{old.code}  {old.name}  ->  {new.code}  {new.name}")
    return 0


def _add(args: argparse.Namespace) -> int:
    code = _checked_code(args.code)
    region = _checked_region(args.region)
    _refuse_personal_numbers(args.phone, args.address, args.hours)
    ready()
    _refuse_real_agency_in_a_sandbox(region)
    from gongxin.flows.enrol import AgencyExists, register_agency

    try:
        agency = register_agency(
            code=code,
            name=args.name,
            region=region,
            telephone=args.phone,
            address=args.address,
            office_hours=args.hours,
            demonstration=region.startswith(FICTIONAL_REGIONS),
            actor=operator(),
            at=clock.now(),
        )
    except AgencyExists as exists:
        message = Label(f"单位 {code} 已经登记", f"Agency {code} is registered already")
        raise CommandRefused(message) from exists
    print(f"{agency.code}  {agency.name}")
    return 0


def _refuse_real_agency_in_a_sandbox(region: str) -> None:
    from django.conf import settings

    if settings.SANDBOX and not region.startswith(FICTIONAL_REGIONS):
        raise CommandRefused(
            Label(
                f"沙箱中只能登记虚构单位（区划 {FICTIONAL_REGIONS}xx）",
                f"A sandbox takes fictional agencies only (regions {FICTIONAL_REGIONS}xx)",
            )
        )


def _checked_code(text: str) -> str:
    code = normalise_code(text)
    reason = unified.reason(code)
    if reason is not None:
        why = failures.LABELS[reason]
        raise CommandRefused(
            Label(
                f"{text} 不是统一社会信用代码：{why.zh}",
                f"{text} is not a unified social credit code: {why.en}",
            )
        )
    return code


def _checked_region(text: str) -> str:
    if text and not re.fullmatch(r"[0-9]{6}", text):
        raise CommandRefused(
            Label(f"行政区划代码应为六位数字：{text}", f"A region code is six digits: {text}")
        )
    return text


def _refuse_personal_numbers(*shown: str) -> None:
    """The leak gate would stop every public page that names the agency."""
    if any(holds_personal_number(text) for text in shown):
        raise CommandRefused(
            Label(
                "公开的联系方式不得含个人号码（如手机号），请填写单位的号码",
                "A public contact may not hold a person's number, such as a mobile: give the office's own",
            )
        )
