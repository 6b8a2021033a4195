"""What is refused about follows."""

from gongxin.core.catalogue import Label
from gongxin.core.follows import LONGEST_MONTHS
from gongxin.interfaces.api.refused import Refused


def unknown_code() -> Refused:
    return Refused(
        422, "unknown-subject", Label("没有这一代码的组织。", "No organisation is known under this code.")
    )


def no_consent() -> Refused:
    return Refused(
        422,
        "no-consent",
        Label(
            "非国家机关关注主体，须经其授权：请写明授权书编号（consent）。",
            "Who is no organ of the state follows with the organisation's consent: give its number.",
        ),
    )


def end_not_open() -> Refused:
    return Refused(
        422,
        "end-not-open",
        Label(
            f"until 须晚于今日，至多 {LONGEST_MONTHS} 个月。",
            f"`until` lies after today, {LONGEST_MONTHS} months on at most.",
        ),
    )


def followed_already() -> Refused:
    return Refused(
        409,
        "followed-already",
        Label("本单位已在关注该主体。", "The agency follows this organisation already."),
    )


def not_sealed() -> Refused:
    return Refused(
        409,
        "not-sealed",
        Label("该案没有已批准的密封。", "No approved seal stands over this case."),
    )


def words_of_a_person(field: str) -> Refused:
    return Refused(
        422,
        "words-of-a-person",
        Label(f"{field} 会被保存，不得含有个人号码。", f"{field} is kept and may hold no person's number."),
    )


def no_such_follow() -> Refused:
    """Return the one answer for what is not there and for what is another agency's."""
    return Refused(404, "no-such-follow", Label("没有这一关注。", "There is no such follow."))


def follow_ended() -> Refused:
    return Refused(409, "follow-ended", Label("该关注已经终止。", "This follow has ended already."))
