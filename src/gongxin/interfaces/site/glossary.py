"""The words of these pages explained, and what each state of a record means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.interfaces.pages.states import DISPUTE, PUBLICATION, RECORD, REPAIR, State
from gongxin.interfaces.permissions import requires

Meanings = Mapping[str, Promise]

RECORD_MEANINGS: Meanings = {
    "in_force": _("The decision stands as it was recorded."),
    "corrected": _("The record was corrected; what is shown is the corrected version."),
    "withdrawn": _("The body that made it has taken it back."),
    "held": _("It waits until an officer has checked it."),
}
PUBLICATION_MEANINGS: Meanings = {
    "published": _("Everyone may read it, until the day it names."),
    "masked": _("It is shown without the parts that a ruling protects."),
    "suspended": _("It is taken down while a doubt is examined."),
    "ended": _("Its time is over, or it was repaired. Only that much is said."),
}
DISPUTE_MEANINGS: Meanings = {
    "none": _("Nobody has said that it is wrong."),
    "open": _("Someone has, and the body that made it is examining it."),
    "upheld": _("The objection was right; the record is corrected or withdrawn."),
    "refused": _("The objection was examined and the record stands."),
}
REPAIR_MEANINGS: Meanings = {
    "none": _("Repair has not been asked for."),
    "requested": _("Repair has been asked for; the body that made the record decides."),
    "refused": _("Repair was refused, with reasons; it may be asked for again."),
    "repaired": _("It has been repaired and is no longer shown or used."),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the four questions, and every answer a reader may meet."""

    question: Promise
    states: tuple[tuple[State, Promise], ...]


@requires("public.read")
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "site/glossary.html", {"section": "help", "axes": list(_axes())})


def _axes() -> Iterator[Axis]:
    yield _axis(_("Does the record stand?"), RECORD, RECORD_MEANINGS)
    yield _axis(_("Is it shown to everyone?"), PUBLICATION, PUBLICATION_MEANINGS)
    yield _axis(_("Has someone objected?"), DISPUTE, DISPUTE_MEANINGS)
    yield _axis(_("Has it been put right?"), REPAIR, REPAIR_MEANINGS)


def _axis(question: Promise, states: Mapping[str, State], meanings: Meanings) -> Axis:
    return Axis(question, tuple((states[value], meaning) for value, meaning in meanings.items()))
