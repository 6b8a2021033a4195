"""The steps that nobody takes: they come by themselves with a day. The worker asks for them every minute."""

from datetime import datetime

from gongxin.core.actors import Actor
from gongxin.flows.reckon_clocks import tell_above_of_late
from gongxin.flows.repair_days import ripen_due
from gongxin.flows.silence import fall_silent_due


def take_steps_of_the_day(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Let repairs begin whose day has come, what is unanswered fall silent, and what is late be told above.

    Each is a transaction of its own; taken again at once it does nothing. Return how many of each.
    """
    return {
        "ripened": ripen_due(at=at),
        "fell-silent": fall_silent_due(at),
        "told-above": tell_above_of_late(actor=actor, at=at),
    }
