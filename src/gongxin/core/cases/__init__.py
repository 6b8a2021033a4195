"""What a case is: its kinds and their steps (`law/cases.yaml`), and how its clocks run."""

from gongxin.core.cases.acting import NO_WORDS, THE_DAY, Who, Words
from gongxin.core.cases.kinds import Entry, Kind, KindOfCase, NotAStep, Party, Step, kind_of_case
from gongxin.core.cases.running import Running, extended, paused, resumed, started

__all__ = [
    "NO_WORDS",
    "THE_DAY",
    "Entry",
    "Kind",
    "KindOfCase",
    "NotAStep",
    "Party",
    "Running",
    "Step",
    "Who",
    "Words",
    "extended",
    "kind_of_case",
    "paused",
    "resumed",
    "started",
]
