"""What may be asked, and why a question finds no subject."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MomentAhead(Exception):
    """Nobody can be told today what will hold tomorrow."""


class WhyNot(StrEnum):
    """Why no subject could be asked about."""

    NO_CODE = "no-code"  # a name alone never says who is meant (design §1.7)
    BAD_CODE = "code-fails-its-check"
    UNKNOWN = "unknown-subject"
    PERSON = "a-person"
    NOT_SERVED = "scene-not-served"


@dataclass(frozen=True, slots=True)
class Question:
    """What an approval system asks. `code` decides who is meant; `name` only warns."""

    code: str
    matter: str
    moment: datetime
    purpose: str
    case_number: str
    name: str = ""
    request_key: str = ""
