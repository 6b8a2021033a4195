"""What may be asked, and why a question finds no subject."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import holds_personal_number

LONGEST_PURPOSE, LONGEST_CASE_NUMBER, LONGEST_NAME = 200, 60, 128


class MomentAhead(Exception):
    """Nobody can be told today what will hold tomorrow."""


class Unfit(StrEnum):
    """Why words cannot be kept with a question."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    HIDDEN = "hidden-characters"
    PERSON = "number-of-a-person"  # it is kept for good, and its subject reads it (design 1.4)


class UnfitWords(Exception):
    """What is written with a question, or about what was done, cannot be kept as it is."""

    def __init__(self, field: str, why: Unfit) -> None:
        super().__init__(f"{field}: {why.value}")
        self.field, self.why = field, why


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

    def refuse_unfit_words(self) -> None:
        """Raise UnfitWords where purpose or case number cannot be kept."""
        if not self.purpose.strip():
            raise UnfitWords("purpose", Unfit.MISSING)
        refuse_unfit("purpose", self.purpose, longest=LONGEST_PURPOSE)
        refuse_unfit("case_number", self.case_number, longest=LONGEST_CASE_NUMBER)


def refuse_unfit(field: str, text: str, *, longest: int) -> None:
    """Raise UnfitWords where a text of a check cannot be kept: too long, of a person, or not as it looks."""
    shown = without_hidden_characters(text)
    if holds_personal_number(text) or holds_personal_number(shown):
        raise UnfitWords(field, Unfit.PERSON)
    if shown != text:
        raise UnfitWords(field, Unfit.HIDDEN)
    if len(text) > longest:
        raise UnfitWords(field, Unfit.TOO_LONG)
