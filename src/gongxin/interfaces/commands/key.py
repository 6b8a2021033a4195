import argparse
import sys
from uuid import UUID

from gongxin.core.catalogue import Label
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import agency_of, operator, ready
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

PURPOSES = ("exchange", "usage-tracker", "national-site")


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="发放密钥 / issue a key")
    add.add_argument("--agency", required=True, metavar="CODE", help="单位代码 / the agency's unified code")
    add.add_argument(
        "--for",
        dest="purpose",
        choices=PURPOSES,
        default=PURPOSES[0],
        help="exchange 报送接口（缺省）；usage-tracker 门户查询谁查阅过；"
        "national-site 国家站推送申请 / which API it opens",
    )
    add.add_argument("--label", default="", help="用途 / what it is for")
    add.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")
    revoke = acts.add_parser("revoke", help="作废密钥 / revoke a key")
    revoke.add_argument("id", metavar="ID", help="密钥编号 / the key's id")


def run(args: argparse.Namespace) -> int:
    ready()
    return _add(args) if args.act == "add" else _revoke(args.id)


def _add(args: argparse.Namespace) -> int:
    from gongxin.flows.enrol import issue_key

    kept, key = issue_key(
        agency=agency_of(args.agency),
        label=args.label,
        purpose=args.purpose,
        actor=operator(),
        at=clock.now(),
    )
    if args.json:
        print_json({"id": str(kept.id), "key": key})
        return 0
    print(f"{both(Label('密钥编号', 'id of the key'))}: {kept.id}", file=sys.stderr)
    print(both(Label("密钥只显示这一次", "the key is shown this once")), file=sys.stderr)
    print(key)
    return 0


def _revoke(text: str) -> int:
    from gongxin.flows.enrol import UnknownKey, revoke_key

    try:
        ended = revoke_key(key_id=UUID(text), actor=operator(), at=clock.now())
    except (ValueError, UnknownKey) as unknown:
        raise CommandRefused(Label(f"没有编号为 {text} 的密钥", f"No key has the id {text}")) from unknown
    print(both(Label("已作废", "revoked") if ended else Label("早已作废", "was revoked before")))
    return 0
