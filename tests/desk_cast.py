"""The cast at the desk, on a loaded catalogue: Lin the clerk, Zhao the officer, an auditor, another clerk."""

import os
from dataclasses import dataclass
from functools import cache

from cast import AT, BUREAU, OPERATOR, PASSWORD, REGULATOR, code_of
from django.contrib.auth.hashers import make_password

from gongxin.core.ids import RANDOM_BYTES, new_id
from gongxin.core.policy import Role
from gongxin.flows.enrol import register_agency
from gongxin.flows.load_law import load_packaged_law
from gongxin.registry.accounts.models import Agency, User

FIRM = code_of("91990100MA0000001")
OTHER_FIRM = code_of("91990100MA0000002")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: Lin enters for the regulator, Wu for the bureau, Zhao works at the credit centre."""

    regulator: Agency
    bureau: Agency
    lin: User
    wu: User
    zhao: User
    auditor: User


def desk_cast() -> Cast:
    """Return the people of the desk, on a database with the law loaded."""
    load_packaged_law(actor=OPERATOR, at=AT)
    regulator = _agency(REGULATOR, "示范市市场监督管理局")
    bureau = _agency(BUREAU, "示范市生态环境局")
    return Cast(
        regulator=regulator,
        bureau=bureau,
        lin=_user("lin", Role.CLERK, regulator),
        wu=_user("wu", Role.CLERK, bureau),
        zhao=_user("zhao", Role.OFFICER, None),
        auditor=_user("auditor", Role.AUDITOR, None),
    )


def _agency(code: str, name: str) -> Agency:
    return register_agency(
        code=code, name=name, region="990100", actor=OPERATOR, at=AT, telephone="0990-1000001"
    )


def _user(name: str, role: Role, agency: Agency | None) -> User:
    return User.objects.create(
        id=new_id(at=AT, randomness=os.urandom(RANDOM_BYTES)),
        username=name,
        password=_hashed(),
        role=role.value,
        agency=agency,
    )


@cache
def _hashed() -> str:
    """Return the password as it is kept, made once: it is slow by design."""
    return make_password(PASSWORD)


def tax_list(*rows: tuple[str, str, str, str]) -> bytes:
    """Return a file of A-level taxpayers: number, name, year, office. The smallest class there is."""
    lines = ["纳税人识别号,纳税人名称,评价年度,税务机关", *(",".join(row) for row in rows)]
    return "\r\n".join(lines).encode("gb18030")


GOOD_ROW = (FIRM, "示范甲机械有限公司", "2025", "示范市税务局")
