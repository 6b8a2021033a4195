"""Why a record does not show, in words: why it is held, and why it is withheld."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELD: Mapping[str, Promise] = {
    "no-code": _("No code in the row names a subject"),
    "codes-disagree": _("The codes of the row name different subjects"),
    "name-differs": _("The name is clearly different from the registered one"),
    "another-agencys-record": _("The record that stands was sent by another agency"),
    "same-record-twice": _("Another row of the file is the same record under another code"),
    "returns-after-withdrawal": _("The record was withdrawn before and comes back"),
    "returns-after-repair": _("The record was repaired before and comes back"),
    "returns-after-expiry": _("The record had ended before and comes back"),
    "returns-after-suspension": _("The record is suspended or masked and comes again"),
    "returns-after-correction": _("The number of the record was corrected, and the old one comes back"),
    "undoes-a-correction": _("The record was corrected, and the row says what was wrong before"),
}
WITHHELD: Mapping[str, Promise] = {
    "minor": _("a minor penalty, not shown by law"),
    "no-social-impact": _("without social impact, as its source states"),
    "state-or-trade-secret": _("a state or trade secret, as its source states"),
    "privacy": _("privacy, as its source states"),
    "limited-scope": _("its source opens it to some only"),
    "period-over": _("its period was over when it arrived"),
    "held-back": _("an officer decided to keep it withheld"),
    "repaired": _("it has been repaired"),
    "withdrawn": _("it was withdrawn"),
}
