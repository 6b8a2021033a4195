"""What a refused act of a listing reads like: what is wrong, and what would be right."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.use import WhyNotUsed
from gongxin.flows import (
    answer_listing,
    case_steps,
    consult_criteria,
    correct,
    decide_listing,
    delist_subject,
    list_subject,
    listing_rights,
    publish,
    state_beside,
)
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.registry.lists.queries import NotListed

WORDS: Mapping[type[Exception], Promise] = {
    listing_rights.NotCompetent: gettext_lazy("The law of this list does not name this body."),
    listing_rights.DecidedByAPerson: gettext_lazy("Only a person proposes or decides a listing."),
    case_steps.NotResponsible: gettext_lazy("Another body answers for this listing."),
    case_steps.OnePersonTwice: gettext_lazy("This takes a second person: not the one who proposed it."),
    case_steps.WordsMissing: gettext_lazy("Say why in words that can be read."),
    case_steps.DecidedBeforeItsRecord: gettext_lazy(
        "This day is before what it follows on, or still to come."
    ),
    list_subject.NotAnOrganisation: gettext_lazy("Only organisations stand on lists."),
    list_subject.ListInert: gettext_lazy(
        "This list binds nobody yet: an officer confirms the text it rests on first."
    ),
    list_subject.GroundGone: gettext_lazy("This ground does not hold now, or nobody has confirmed its text."),
    list_subject.NotOfSubject: gettext_lazy("A record chosen is not one of this organisation's."),
    list_subject.ListedAlready: gettext_lazy("This organisation stands on the list."),
    list_subject.ProposedAlready: gettext_lazy("A proceeding about this organisation and list is open."),
    list_subject.ClosedMeanwhile: gettext_lazy("Somebody has closed this proceeding."),
    list_subject.ToldAlready: gettext_lazy("The notice was given before."),
    answer_listing.NotTold: gettext_lazy("Nobody has been told yet."),
    answer_listing.AnsweredAlready: gettext_lazy("This was done before."),
    answer_listing.TooLate: gettext_lazy(
        "The time to ask for a hearing is over. You may still object until it is decided."
    ),
    answer_listing.NotAsked: gettext_lazy("Nobody has asked to be heard."),
    case_steps.NotToldYet: gettext_lazy(
        "The notice has not reached the subject: its time to object has not begun. Serve it first."
    ),
    decide_listing.NotHeard: gettext_lazy("The subject asked to be heard: write its hearing down first."),
    decide_listing.NoTerm: gettext_lazy("A listing decided today would be over before it begins."),
    publish.NoBasisInForce: gettext_lazy("The class of this list is not in the catalogue in force."),
    correct.AnotherRecordThere: gettext_lazy(
        "The organisation has, or had, a record of this number and day."
    ),
    state_beside.HoldsPersonalNumber: gettext_lazy("Leave persons' numbers out of it."),
    delist_subject.NoEarlyExit: gettext_lazy("The law of this list knows no exit before the end."),
    delist_subject.AskedAlready: gettext_lazy("This was asked for, and nobody has decided yet."),
    delist_subject.DecidedMeanwhile: gettext_lazy("Somebody has decided this."),
    delist_subject.FoundWrong: gettext_lazy("Somebody found this listing wrong: decide that first."),
    delist_subject.ConditionsOpen: gettext_lazy("Say that every condition is met, or refuse the exit."),
    delist_subject.NotWronged: gettext_lazy("Nothing is to be stated of this listing, or it was stated."),
    NotListed: gettext_lazy("This record is no listing any more."),
    consult_criteria.LiesOpenTooShort: gettext_lazy("Criteria lie open for thirty days at least."),
}
WHY: Mapping[WhyNotUsed, Promise] = {
    WhyNotUsed.NOT_IN_FORCE: gettext_lazy("it is not in force"),
    WhyNotUsed.NOT_DECIDED: gettext_lazy("nothing is decided about its publication"),
    WhyNotUsed.REPAIRED: gettext_lazy("it was repaired"),
    WhyNotUsed.REORGANISATION: gettext_lazy("a plan of reorganisation is being carried out"),
    WhyNotUsed.SUSPENDED: gettext_lazy("it is suspended"),
    WhyNotUsed.NOT_FINAL: gettext_lazy("review or suit is open to its subject, or pending"),
    WhyNotUsed.OVER: gettext_lazy("its time is over"),
}
REFUSED: tuple[type[Exception], ...] = (
    *WORDS,
    list_subject.RecordUnusable,
    case_steps.TooSoon,
    delist_subject.TooEarly,
    correct.FieldsAtFault,
)


def say_why_not(form: forms.Form, refused: Exception) -> None:
    """Put a refusal where it belongs on a form."""
    if isinstance(refused, correct.FieldsAtFault):
        for fault in refused.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault.explanation.message)
    else:
        form.add_error(None, in_words(refused))


def in_words(refused: Exception) -> str:
    """Return a refusal in words."""
    language = get_language() or ""
    if isinstance(refused, list_subject.RecordUnusable):
        return _("Nothing may be founded on a record chosen: %(why)s.") % {"why": WHY[refused.why]}
    if isinstance(refused, case_steps.TooSoon):
        day = day_in_words(refused.first, language=language)
        return _("The time to object runs: it may be decided from %(day)s.") % {"day": day}
    if isinstance(refused, delist_subject.TooEarly):
        if refused.first is None:
            return _("Say since when the cause is put right: the time counts from then.")
        return _("It may be left from %(day)s.") % {"day": day_in_words(refused.first, language=language)}
    return str(WORDS[type(refused)])
