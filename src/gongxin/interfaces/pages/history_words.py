"""The stored words of a record's history, as a sheet for a court says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "original": _("First sent"),
    "resend": _("Sent again by its source, changed"),
    "clerical": _("Clerical correction"),
    "substantive": _("Correction of substance"),
    "withdrawal": _("Withdrawn"),
    "certified": _("Certified by its source"),
}
OUTCOMES: Mapping[str, Promise] = {
    "pending": _("Waits for an officer"),
    "published": _("Published"),
    "withheld": _("Not published"),
    "suspended": _("Suspended"),
    "ended": _("Publication ended"),
}
REASONS: Mapping[str, Promise] = {
    "minor": _("minor penalty"),
    "no-social-impact": _("no social impact"),
    "state-or-trade-secret": _("state or trade secret"),
    "privacy": _("privacy"),
    "held-back": _("decided by an officer"),
    "withdrawn": _("record withdrawn"),
    "wrong-listing": _("the listing was found wrong, to be confirmed"),
    "repaired": _("record repaired"),
    "limited-scope": _("opened to some only by its source"),
    "rule-changed": _("ended by the rule now in force"),
}
PENALTY_CLASSES: Mapping[str, Promise] = {
    "minor": _("minor"),
    "general": _("general"),
    "serious": _("serious"),
}
ACTS: Mapping[str, Promise] = {
    "submission.received": _("File received"),
    "submission.checked": _("File checked"),
    "submission.confirmed": _("Posting confirmed by the sender"),
    "submission.posted": _("File posted"),
    "submission.stopped": _("Work stopped by a fault of ours"),
    "submission.set-going": _("Work set going again"),
    "submission.recall-begun": _("Recall asked for"),
    "submission.recalled": _("File recalled"),
    "row.linked": _("Row linked to its subject by an officer"),
    "row.unlinked": _("Row taken back from its subject; it waits again"),
    "row.dismissed": _("Row dismissed"),
    "doubt.raised": _("Asked whether the two are one"),
    "publication.decided": _("Publication decided by an officer"),
    "publication.rule-changed": _("Decided again by the rule that took over"),
    "record.withdrawn": _("Record withdrawn"),
}


def in_words(words: Mapping[str, Promise], stored: str) -> str:
    """Return the words for a stored value; one without words stays as it is."""
    return str(words.get(stored, stored))
