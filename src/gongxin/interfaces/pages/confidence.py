"""How sure we are of a value of the law, in words (the tags of law-decisions)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.interfaces.pages.states import ATTENTION, FORCE, PLAIN


@dataclass(frozen=True, slots=True)
class Confidence:
    tag: str
    words: Promise
    shape: str


READ = Confidence("V", _("Read in the full text"), FORCE)
EXCERPT = Confidence("V-ex", _("Read in an excerpt; unconfirmed"), ATTENTION)
SYSTEMS = Confidence("V-impl", _("As working systems use it; unconfirmed"), ATTENTION)
COMPUTED = Confidence("C", _("Computed and checked"), FORCE)
CONFIRMED = Confidence("confirmed", _("Confirmed here against the full text"), FORCE)
RECALLED = Confidence("R", _("From memory; unconfirmed"), ATTENTION)
PRODUCT = Confidence("P", _("A rule of this platform, where the law leaves it open"), PLAIN)
KNOWN = {one.tag: one for one in (READ, EXCERPT, SYSTEMS, COMPUTED, RECALLED, PRODUCT)} | {"R?": RECALLED}


def confidence_of(tag: str, *, confirmed: bool = False) -> Confidence:
    """Return the words for a tag, or that an officer has `confirmed` what was not.

    Raises KeyError for a tag law-decisions does not name.
    """
    known = KNOWN[tag]
    return CONFIRMED if confirmed and known.shape == ATTENTION else known
