"""What `law/checks.yaml` says with an answer."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.checks.questions import WhyNot
from gongxin.core.checks.verdicts import Verdict
from gongxin.core.law_files import read_law

INCOMPLETE, UNDECIDED = "incomplete", "undecided"  # why nobody can tell about somebody who is known


def verdict_label(verdict: Verdict, *, moment: Label) -> Label:
    """Return what an answer is called; that of `allow` never says that something is permitted."""
    told = _law()["verdicts"][verdict.value]
    return Label(told["zh"].format(moment=moment.zh), told["en"].format(moment=moment.en))


def verdict_name(verdict: str) -> Label:
    """Return an answer in a few words."""
    return Label(**_law()["names"][verdict])


def why_label(why: WhyNot | str) -> Label:
    """Return why nothing can be told."""
    return Label(**_law()["why"][str(why)])


def remedy() -> Label:
    """Return the words to hand to an applicant about whom something was found."""
    return Label(**_law()["remedy"])


@lru_cache(maxsize=1)
def _law() -> Mapping[str, Any]:
    document: Mapping[str, Any] = read_law("checks.yaml")
    return document
