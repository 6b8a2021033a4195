"""What somebody who holds the receipt may hear of a tip-off: how it stands and what was found."""

from dataclasses import dataclass
from datetime import date

from gongxin.core.tip_offs import Act
from gongxin.registry.tip_offs.models import TipOff
from gongxin.registry.tip_offs.queries import steps_of, tip_off_of_receipt
from gongxin.registry.tip_offs.sealed import hash_of_code, reason_in


@dataclass(frozen=True, slots=True)
class Standing:
    """How a tip-off stands. `answer` is what the agency wrote when it answered last."""

    tip_off: TipOff
    answer: str


def standing_of(*, number: str, code: str, on: date) -> Standing | None:
    """Return how the tip-off stands whose receipt this is; None for a wrong one and for one that is past."""
    tip_off = tip_off_of_receipt(number, hash_of_code(code))
    if tip_off is None or (tip_off.erase_on is not None and tip_off.erase_on <= on):
        return None
    return Standing(tip_off, answer_in(tip_off) if tip_off.outcome else "")


def answer_in(tip_off: TipOff) -> str:
    """Return what the agency wrote when it answered last; nothing if it never did."""
    answers = [step for step in steps_of(tip_off) if step.kind == Act.ANSWER.value]
    return reason_in(answers[-1]) if answers else ""
