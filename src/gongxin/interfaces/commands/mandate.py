"""Who may act for whom: noted on the paper shown, ended at once, listed."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongxin.core.catalogue import Label
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import operator, ready
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from gongxin.registry.accounts.models import User
    from gongxin.registry.mandates.models import Mandate

KINDS = ("legal-representative", "power-of-attorney", "professional")


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    grant = acts.add_parser("grant", help="登记授权 / let a user act for a subject")
    grant.add_argument("user", metavar="USER", help="登录名 / the name they sign in with")
    grant.add_argument("code", metavar="CODE", help="主体代码 / the subject's code, or its id")
    grant.add_argument("--kind", required=True, choices=KINDS, help="授权种类 / kind of mandate")
    grant.add_argument("--ground", required=True, metavar="PAPER", help="出示的凭据 / the paper shown")
    grant.add_argument("--from", dest="from_on", type=_day, metavar="DATE", help="起始日 / first day")
    grant.add_argument(
        "--until", dest="until_on", type=_day, metavar="DATE", help="终止日（不含） / the day it ends"
    )
    revoke = acts.add_parser("revoke", help="终止授权 / end a mandate at once")
    revoke.add_argument("id", type=UUID, metavar="ID", help="授权编号 / the mandate's id, from `list`")
    revoke.add_argument("--reason", required=True, metavar="WORDS", help="理由 / why")
    listed = acts.add_parser("list", help="列出授权 / list mandates")
    listed.add_argument("code", nargs="?", metavar="CODE", help="主体代码 / of this subject only")
    listed.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    ready()
    acts = {"grant": _grant, "revoke": _revoke, "list": _list}
    return acts[args.act](args)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text}: 2026-11-28") from wrong


def _grant(args: argparse.Namespace) -> int:
    from gongxin.flows import grant_mandate

    at = clock.now()
    user, subject_id = _user(args.user), _subject(args.code, at)
    try:
        mandate = grant_mandate.grant(
            user=user,
            subject_id=subject_id,
            kind=args.kind,
            ground=args.ground,
            from_on=args.from_on or clock.today(),
            until_on=args.until_on,
            actor=operator(),
            at=at,
        )
    except grant_mandate.DayMissing as missing:
        raise CommandRefused(
            Label(
                "授权委托书须有终止日，且晚于起始日：请加 --until",
                "A power of attorney ends on a day after its first: add --until",
            )
        ) from missing
    except grant_mandate.MandateStands as stands:
        raise CommandRefused(
            Label(f"{args.user} 对该主体已有授权", f"{args.user} may act for this subject already")
        ) from stands
    except grant_mandate.WrongHolder as wrong:
        raise CommandRefused(_wrong_holder()) from wrong
    print(mandate.id)
    return 0


def _wrong_holder() -> Label:
    return Label(
        "organisation-officer 代组织办事，professional 只就本人：用户、授权种类与主体不相符",
        "An organisation-officer acts for an organisation, a professional for themselves: user, kind and"
        " subject do not go together",
    )


def _revoke(args: argparse.Namespace) -> int:
    from gongxin.flows import grant_mandate

    try:
        grant_mandate.revoke(mandate_id=args.id, reason=args.reason, actor=operator(), at=clock.now())
    except grant_mandate.NoSuchMandate as none:
        raise CommandRefused(
            Label(f"没有编号为 {args.id} 的有效授权", f"No mandate {args.id} stands")
        ) from none
    return 0


def _list(args: argparse.Namespace) -> int:
    from gongxin.registry.mandates.queries import every_mandate
    from gongxin.registry.subjects.clusters import subject_ids_of

    at = clock.now()
    only = subject_ids_of(_subject(args.code, at), at=at) if args.code else None
    found = [_as_document(one, at) for one in every_mandate(only)]
    if args.json:
        print_json(found)
    else:
        print("\n".join(_lines(found, at)))
    return 0


def _lines(found: Sequence[dict[str, Any]], at: datetime) -> Iterator[str]:
    from gongxin.registry.subjects.queries import profiles

    subjects = profiles({UUID(one["subject"]) for one in found}, at=at)
    yield "  ".join(both(heading) for heading in _COLUMNS.values())
    for one in found:
        subject = subjects.get(UUID(one["subject"]))
        said = {
            **one,
            "subject": f"{subject.name} {subject.code or ''}".strip() if subject else one["subject"],
            "kind": both(_KINDS[one["kind"]]),
            "standing": both(_STANDINGS[one["standing"]]),
        }
        yield "  ".join(str(said[key] or "—") for key in _COLUMNS)


_COLUMNS = {
    "id": Label("授权编号", "id"),
    "user": Label("用户", "user"),
    "subject": Label("主体", "subject"),
    "kind": Label("种类", "kind"),
    "from_on": Label("起始日", "from"),
    "until_on": Label("终止日", "until"),
    "standing": Label("状态", "state"),
    "ground": Label("凭据", "paper"),
}
_KINDS = {
    "legal-representative": Label("法定代表人", "legal representative"),
    "power-of-attorney": Label("授权委托", "power of attorney"),
    "professional": Label("本人", "the person themselves"),
}
_STANDINGS = {"standing": Label("有效", "stands"), "ended": Label("已终止", "ended")}


def _as_document(mandate: "Mandate", at: datetime) -> dict[str, Any]:
    from gongxin.registry.mandates.queries import stands

    return {
        "id": str(mandate.id),
        "user": mandate.user.username,
        "subject": str(mandate.subject_id),
        "kind": mandate.kind,
        "ground": mandate.ground,
        "from_on": mandate.from_on.isoformat(),
        "until_on": mandate.until_on.isoformat() if mandate.until_on else None,
        "revoked_at": mandate.revoked_at.isoformat() if mandate.revoked_at else None,
        "standing": "standing" if stands(mandate, at=at) else "ended",
    }


def _user(name: str) -> "User":
    from gongxin.registry.accounts.models import User

    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandRefused(
            Label(
                f"没有用户 {name}；用 gongxin user add 增加",
                f"There is no user {name}; add one with `gongxin user add`",
            )
        )
    return found


def _subject(code: str, at: datetime) -> UUID:
    """Return the subject a code or an id names. Refuses one that is not known."""
    from gongxin.registry.subjects.models import Subject
    from gongxin.registry.subjects.queries import subject_of_code

    found = subject_of_code(code, at=at)
    if found is None:
        try:
            subject_id = UUID(code)
        except ValueError:
            subject_id = None
        found = (
            Subject.objects.filter(id=subject_id).values_list("id", flat=True).first() if subject_id else None
        )
    if found is None:
        raise CommandRefused(
            Label(f"没有代码为 {code} 的主体", f"No subject bears the code {code}"), "unknown-subject"
        )
    return found
