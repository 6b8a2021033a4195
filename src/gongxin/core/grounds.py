"""Why somebody did something, in words that are kept: how long they are, and what they may not hold."""

from gongxin.core.catalogue import Label
from gongxin.core.leaks import holds_personal_number

SHORTEST, LONGEST = 4, 200  # characters


def ground_problem(ground: str) -> Label | None:
    """Return what is wrong with a ground as given, None if it may be kept."""
    if not SHORTEST <= len(ground.strip()) <= LONGEST:
        return Label(
            f"请写明理由，{SHORTEST} 至 {LONGEST} 个字符", f"Say why, in {SHORTEST} to {LONGEST} characters"
        )
    if holds_personal_number(ground):
        return Label(
            "理由中含有个人证件号码、电话等，请删去", "The ground holds a person's number: leave it out"
        )
    return None
