"""The keys that sign answers: shown, or the one in use retired and another made."""

import argparse
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import operator, ready
from gongxin.interfaces.commands.output import both, print_json

if TYPE_CHECKING:
    from gongxin.registry.checks.models import SigningKey


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, help_text in (("show", "查看 / show them"), ("renew", "更换 / retire it and make another")):
        act = acts.add_parser(name, help=help_text)
        act.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    ready()
    from gongxin.flows.signing_keys import renew_key
    from gongxin.registry.checks.keys import public_keys

    if args.act == "renew":
        renew_key(actor=operator(), at=clock.now())
    keys = [_told(one) for one in public_keys()]
    if args.json:
        print_json({"keys": keys})
    else:
        print("\n".join(_line(one) for one in keys))
    return 0


def _told(one: "SigningKey") -> dict[str, Any]:
    return {
        "id": one.id,
        "algorithm": one.algorithm,
        "made_at": one.made_at.isoformat(),
        "retired_at": one.retired_at.isoformat() if one.retired_at else None,
        "retired_by": one.retired_by,
    }


def _line(one: dict[str, Any]) -> str:
    retired = one["retired_at"]
    state = (
        f"{both(Label('已停用', 'retired'))} {retired}" if retired else both(Label("正在签名", "signs now"))
    )
    return f"{one['id']}  {one['made_at']}  {state}"
