"""What is said where something cannot be asked: of points, of a repair, of the further kinds of case."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.points import PointFault
from gongxin.core.cases.repair_law import COMMITMENT, PROOF
from gongxin.flows.ask_further import NotEndedYet, NothingSaid, NotRefusedBefore
from gongxin.flows.objection import PointsNotInOrder
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, NotAbout, NothingAsked
from gongxin.flows.reorganise import RulingMissing
from gongxin.flows.repair import NotEligible, PapersMissing
from gongxin.flows.take_down import NothingShown

FAULTS: Mapping[PointFault, Promise] = {
    PointFault.NO_WISH: gettext_lazy("Say whether the record is to be corrected or removed."),
    PointFault.NO_POINT: gettext_lazy("Say what is wrong: choose at least one thing."),
    PointFault.TOO_MANY: gettext_lazy("These are too many points for one objection: send a second one."),
    PointFault.UNKNOWN_FIELD: gettext_lazy("This cannot be contested here."),
    PointFault.TWICE: gettext_lazy("This stands here twice."),
    PointFault.NOTHING_CLAIMED: gettext_lazy("Say what would be right."),
    PointFault.AS_IT_STANDS: gettext_lazy("The record says this already. Say what would be right."),
    PointFault.NOTHING_SAID: gettext_lazy("Say why it is wrong."),
    PointFault.TOO_LONG: gettext_lazy("Say it in at most 2,000 characters; the papers say the rest."),
}
WHY_NOT: Mapping[WhyNot, Promise] = {
    WhyNot.NOT_ADVERSE: gettext_lazy("It is not adverse: there is nothing to repair."),
    WhyNot.OVER: gettext_lazy("It is no longer shown, shared or used: there is nothing left to repair."),
    WhyNot.NOT_DECIDED: gettext_lazy("It is not shown; whether it is has still to be decided."),
    WhyNot.NEVER_EARLY: gettext_lazy("The law shows it to its end; it ends by itself."),
    WhyNot.ASKED: gettext_lazy("Its repair is asked for already."),
    WhyNot.BARRED: gettext_lazy("Papers handed in before were found false: no repair may be asked for yet."),
}
MISSING: Mapping[str, Promise] = {
    PROOF: gettext_lazy("Hand in what shows that everything the decisions demand is done."),
    COMMITMENT: gettext_lazy("Sign the commitment letter: type your name and tick that you agree."),
}
OF_A_RULING: Mapping[str, Promise] = {
    "number": gettext_lazy("Give the number of the ruling."),
    "court": gettext_lazy("Name the court."),
    "ruled_on": gettext_lazy("A ruling is not dated in the future."),
    "evidence": gettext_lazy("Hand the ruling in: without it nothing is masked."),
}
REFUSED: Mapping[type[Exception], Promise] = {
    NothingSaid: gettext_lazy("Say what it is about."),
    NotRefusedBefore: gettext_lazy(
        "The authority has not refused an objection to this listing: object to it first."
    ),
    NotEndedYet: gettext_lazy("This record has not ended yet: it goes to the archive afterwards."),
    NotAbout: gettext_lazy("This cannot be asked about such a record."),
    AlreadyOpen: gettext_lazy("This is asked already: its case is open."),
    AnotherForm: gettext_lazy("This form was sent before, about something else. Begin anew."),
    NothingAsked: gettext_lazy("No adverse record is left that could be masked."),
    NothingShown: gettext_lazy("Say which paper shows that they act for the subject."),
}
REFUSALS: tuple[type[Exception], ...] = (
    *REFUSED, RulingMissing, NotEligible, PapersMissing, PointsNotInOrder,
)  # fmt: skip


def refusals_in_words(refused: Exception) -> Sequence[str]:
    """Return what is said of a refusal. Raises KeyError for what is none."""
    if isinstance(refused, RulingMissing):
        return [str(OF_A_RULING[name]) for name in refused.missing]
    if isinstance(refused, PapersMissing):
        return [str(MISSING[name]) for name in refused.missing]
    if isinstance(refused, PointsNotInOrder):
        return [str(FAULTS[one.fault]) for one in refused.problems]
    if isinstance(refused, NotEligible):
        told = (
            WHY_NOT.get(refused.eligible.why_not) if refused.eligible and refused.eligible.why_not else None
        )
        return [str(told or _("One of these records can no longer be repaired. Look at the list again."))]
    return [str(REFUSED[type(refused)])]
