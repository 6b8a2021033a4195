"""The same moment, people, bodies and firms in every test. None of them exists: regions 9901xx are no place.

Lin enters records for the market regulator, Zhao is an officer of the centre, Qiao is the firm named in
the record; Sun, the stranger, needs nothing but a browser.
"""

from datetime import UTC, datetime

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.identifiers import organisation, unified

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # what GONGXIN_NOW says in tests
OPERATOR = Actor(ActorKind.COMMAND, "tests")
LIN = Actor(ActorKind.USER, "lin")
ZHAO = Actor(ActorKind.USER, "zhao")
PASSWORD = "a lantern over the river 7"


def code_of(first_seventeen: str) -> str:
    """Return a whole unified code from its first seventeen characters."""
    return first_seventeen + unified.check_character(first_seventeen)


def firm_code(number: int) -> str:
    """Return the code of the fictional firm `number`, its organisation part in order too."""
    part = f"MA{number:06d}"
    return code_of(f"91990100{part}{organisation.check_character(part)}")


REGULATOR, BUREAU = code_of("11990100MB0000001"), code_of("11990100MB0000002")
QIAO = firm_code(1)
QIAO_NAME = "示范乔木机械有限公司"
