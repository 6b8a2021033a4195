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
    """The purpose or the case number of a question cannot be kept as it is."""

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
        for field, text, longest in (
            ("purpose", self.purpose, LONGEST_PURPOSE),
            ("case_number", self.case_number, LONGEST_CASE_NUMBER),
        ):
            why = _unfit(text, longest)
            if why is not None:
                raise UnfitWords(field, why)


def _unfit(text: str, longest: int) -> Unfit | None:
    shown = without_hidden_characters(text)
    if holds_personal_number(text) or holds_personal_number(shown):
        return Unfit.PERSON
    if shown != text:
        return Unfit.HIDDEN
    return Unfit.TOO_LONG if len(text) > longest else None
