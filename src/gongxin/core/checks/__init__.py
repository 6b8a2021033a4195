"""What is answered to who asks whether something may be granted to an organisation."""

from gongxin.core.checks.questions import MomentAhead, Question, Unfit, UnfitWords, WhyNot, refuse_unfit
from gongxin.core.checks.reckoning import (
    Applying,
    Ground,
    ListAsked,
    Reckoned,
    lists_asked,
    lists_of,
    reckon,
    valid_until,
)
from gongxin.core.checks.verdicts import Verdict
from gongxin.core.late_payment import is_public_body

__all__ = [
    "Applying",
    "Ground",
    "ListAsked",
    "MomentAhead",
    "Question",
    "Reckoned",
    "Unfit",
    "UnfitWords",
    "Verdict",
    "WhyNot",
    "is_public_body",
    "lists_asked",
    "lists_of",
    "reckon",
    "refuse_unfit",
    "valid_until",
]
