import argparse
import secrets
import sys

from gongxin.core.catalogue import Label
from gongxin.core.policy import Role
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import agency_of, operator, ready
from gongxin.interfaces.commands.output import CommandRefused, both

# Who signs in, at the desk or in their own place; partners come by keys.
ROLES = (
    Role.CLERK,
    Role.HEAD,
    Role.OFFICER,
    Role.REVIEWER,
    Role.AUDITOR,
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
    Role.ORGANISATION_OFFICER,
    Role.PROFESSIONAL,
)
ACTS_BY_MANDATE = frozenset({Role.ORGANISATION_OFFICER, Role.PROFESSIONAL})
_PASSWORD_BYTES = 12


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="增加用户 / add a user")
    add.add_argument("name", metavar="NAME", help="登录名 / the name to sign in with")
    add.add_argument("--role", required=True, choices=[role.value for role in ROLES], help="角色 / role")
    add.add_argument("--agency", metavar="CODE", help="所属单位代码 / unified code of the user's agency")
    add.add_argument("--display-name", default="", metavar="NAME", help="显示的姓名 / the name shown")
    add.add_argument("--email", default="", metavar="ADDRESS", help="接收通知的邮箱 / where notices go")
    add.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读密码 / read the password from stdin"
    )


def run(args: argparse.Namespace) -> int:
    ready()
    from gongxin.flows import enrol

    password = sys.stdin.readline().rstrip("\r\n") if args.password_stdin else _new_password()
    role = Role(args.role)
    try:
        enrol.add_user(
            name=args.name,
            password=password,
            role=role,
            agency=agency_of(args.agency) if args.agency else None,
            actor=operator(),
            at=clock.now(),
            display_name=args.display_name,
            email=args.email,
        )
    except enrol.UserExists as exists:
        message = Label(f"用户 {args.name} 已存在", f"A user {args.name} exists already")
        raise CommandRefused(message) from exists
    except enrol.WrongRole as wrong:
        raise CommandRefused(_about_agency(role)) from wrong
    except enrol.WeakPassword as weak:
        raise CommandRefused(Label(f"密码太弱：{weak}", f"The password is too weak: {weak}")) from weak
    if not args.password_stdin:
        print(both(Label("密码只显示这一次", "the password is shown this once")), file=sys.stderr)
        print(password)
    return 0


def _about_agency(role: Role) -> Label:
    from gongxin.flows.enrol import OF_AN_AGENCY

    if role in OF_AN_AGENCY:
        return Label(
            f"{role.value} 属于某个单位：请加 --agency", f"A {role.value} belongs to an agency: add --agency"
        )
    if role in ACTS_BY_MANDATE:
        return Label(
            f"{role.value} 代主体办事，不属于任何单位：去掉 --agency，另用 gongxin mandate grant 登记授权",
            f"A {role.value} acts for a subject and belongs to no agency: leave out --agency, and note the"
            " mandate with `gongxin mandate grant`",
        )
    return Label(
        f"{role.value} 属于信用中心：不能带 --agency",
        f"A {role.value} belongs to the centre: leave out --agency",
    )


def _new_password() -> str:
    return secrets.token_urlsafe(_PASSWORD_BYTES)
