"""Statutory lists: who may list whom, on which ground, until when, and when a list binds nobody yet."""

from gongxin.core.lists.instruments import (
    Begins,
    DatedCitation,
    EarlyExit,
    Ground,
    Instrument,
    NoInstrument,
    Term,
    UnknownGround,
)
from gongxin.core.lists.statutory import (
    Body,
    Effect,
    LeadsTo,
    NamesOfficer,
    Procedure,
    StatutoryList,
    Step,
)
from gongxin.core.lists.written import list_of_class, statutory_list, statutory_lists

__all__ = [
    "Begins",
    "Body",
    "DatedCitation",
    "EarlyExit",
    "Effect",
    "Ground",
    "Instrument",
    "LeadsTo",
    "NamesOfficer",
    "NoInstrument",
    "Procedure",
    "StatutoryList",
    "Step",
    "Term",
    "UnknownGround",
    "list_of_class",
    "statutory_list",
    "statutory_lists",
]
