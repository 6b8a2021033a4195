"""What a refused act of a case reads like: what is wrong, at which field, and what would be right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases import NotAStep
from gongxin.core.cases.kinds import NotTheirStep
from gongxin.core.cases.points import AnswersDoNotFit, NothingFollows, PointsUnanswered
from gongxin.core.cases.reasons import BlankLeft
from gongxin.core.cases.repair_law import NotAGround
from gongxin.core.cases.running import NotRunning
from gongxin.flows.applicants import NotTheirSubject
from gongxin.flows.case_steps import DecidedBeforeItsRecord, NotResponsible, OnePersonTwice, WordsMissing
from gongxin.flows.copied_reply import CopiedReply
from gongxin.flows.correct import (
    AboutAnother,
    AnotherRecordThere,
    FieldsAtFault,
    NotAField,
    NothingCorrected,
    NotStanding,
)
from gongxin.flows.objection import NotOwnMatter
from gongxin.flows.source_change import ChangedSince
from gongxin.flows.steer_case import ExtendedBefore, SameBody


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words, and the field they stand at; of a point `answer` or `value`, with its place or its key."""

    words: str
    field: str = ""
    place: int = 0
    key: str = ""


_PLAIN: Mapping[type[Exception], tuple[str, Promise]] = {
    NotTheirStep: ("", gettext_lazy("This is another's to do, not yours.")),
    NotAStep: (
        "",
        gettext_lazy("This cannot be done as the case stands now. Look at what has happened below."),
    ),
    NotResponsible: ("", gettext_lazy("Another body answers for this part.")),
    NotTheirSubject: (
        "",
        gettext_lazy(
            "You do not act for this organisation, or no longer."
            " Whoever has a power of attorney shows it at the counter of the credit centre;"
            " who is named in a record that is not theirs has a form of its own."
        ),
    ),
    OnePersonTwice: (
        "",
        gettext_lazy("This takes a second person: not the one who asked for it or took it down."),
    ),
    BlankLeft: ("reason", gettext_lazy("Fill in what stands in 【】.")),
    AnswersDoNotFit: (
        "",
        gettext_lazy(
            "The answers do not lead to this decision: upheld means every point accepted, refused "
            "means every point refused, upheld in part means some of each."
        ),
    ),
    NothingFollows: (
        "follows",
        gettext_lazy("Say what follows: which value is right, or that the record is removed."),
    ),
    NotOwnMatter: (
        "ground",
        gettext_lazy(
            "The centre decides only what is its own: choose the ground, or forward it to the body "
            "that made the record."
        ),
    ),
    NotAGround: ("ground", gettext_lazy("Choose the ground.")),
    DecidedBeforeItsRecord: (
        "decided_on",
        gettext_lazy("A decision is not dated before the record it is about, nor in the future."),
    ),
    NotStanding: (
        "",
        gettext_lazy("The record was withdrawn or erased meanwhile: there is nothing to correct."),
    ),
    NotAField: ("", gettext_lazy("The class of the record has no such field that may be corrected.")),
    AboutAnother: (
        "follows",
        gettext_lazy(
            "Whom a record is about is not corrected: have it removed, and its source sends it about "
            "the right one."
        ),
    ),
    NothingCorrected: (
        "follows",
        gettext_lazy("The record says this already. Write the value that is right, or refuse the point."),
    ),
    AnotherRecordThere: (
        "follows",
        gettext_lazy("Another record of this organisation bears that number already."),
    ),
    NotRunning: (
        "",
        gettext_lazy(
            "No clock of this part can be stopped, extended or started again now: what is late stays late."
        ),
    ),
    ExtendedBefore: (
        "working_days",
        gettext_lazy("A limit is extended once, and by no more working days than the rule allows."),
    ),
    ChangedSince: (
        "",
        gettext_lazy(
            "The record says something else since this was proposed: decline it, and propose it anew."
        ),
    ),
    SameBody: ("to", gettext_lazy("The part is with this body already.")),
}
MISSING: Mapping[str, Promise] = {
    "reason": gettext_lazy("Say why."),
    "basis": gettext_lazy("Name the law and its article."),
    "remedy": gettext_lazy("Say what can be done against it."),
}
UNANSWERED = gettext_lazy("Answer this point: accepted, or refused and why.")
REFUSALS: tuple[type[Exception], ...] = (*_PLAIN, WordsMissing, CopiedReply, PointsUnanswered, FieldsAtFault)


def refusals_in_words(refused: Exception) -> Sequence[Refusal]:
    """Return what is said of a refusal, one for each place. Raises KeyError for what is none."""
    return list(_said(refused))


def _said(refused: Exception) -> Iterator[Refusal]:
    if isinstance(refused, WordsMissing):
        yield from (Refusal(str(MISSING[name]), name) for name in refused.missing)
    elif isinstance(refused, CopiedReply):
        words = _(
            "This is the same reply as in %(case)s. Write what is particular to this case, or say that it is"
            " the same: put that number into “Same answer as in case”."
        )
        yield Refusal(words % {"case": refused.earlier}, "same_as")
    elif isinstance(refused, PointsUnanswered):
        yield from (Refusal(str(UNANSWERED), "answer", place=place) for place in refused.places)
    elif isinstance(refused, FieldsAtFault):
        yield from (
            Refusal(fault.explanation.message, "value", key=fault.field or "") for fault in refused.faults
        )
    else:
        yield _plain(refused)


def _plain(refused: Exception) -> Refusal:
    field, words = next(told for kind, told in _PLAIN.items() if isinstance(refused, kind))
    return Refusal(str(words), field)
