"""Asking for repair: as many records as may be, in one case; those whose day has not come wait in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.cases import Entry
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.repair_law import COMMITMENT, Signature
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import holds_personal_number, mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, NewEvidence
from gongxin.flows.repair import (
    Eligible,
    NotEligible,
    PapersMissing,
    ask_for_repair,
    eligible_of,
    letter_to_sign,
)
from gongxin.interfaces.pages.asking_words import MISSING, WHY_NOT, refusals_in_words
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.evidence import handed_in, room
from gongxin.interfaces.site.my.forms import form_id_of, typed_before
from gongxin.interfaces.site.my.objection import NUMBER
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.catalogue.queries import classes_by_id


@dataclass(frozen=True, slots=True)
class Choice:
    """One adverse record in the list: whether it may be chosen, and in words from when or why not."""

    record_id: UUID
    kind: str
    document_number: str
    body: str
    may_choose: bool
    waits: bool
    words: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the second page, and what is to be put right."""

    name: str = ""
    agreed: bool = False
    statement: str = ""
    faults: Sequence[str] = ()


@acting("case.ask")
def repair_page(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Offer what may be repaired; show the letter about what was chosen; send it."""
    choices = choices_of(acts)
    before = typed_before(request)
    asked = request.POST if request.method == "POST" else before or request.GET
    chosen = [one for one in choices if one.record_id.hex in asked.getlist("record") and one.may_choose]
    if not chosen:
        context = {"section": "file", "choices": choices, "asked": bool(asked)}
        return my_page(request, acts, "my/repair_choose.html", context)
    if request.method != "POST":
        return _form(request, acts, chosen, _unsigned(before))
    typed = _typed(request.POST)
    if not typed.faults:
        found = _sent(request, acts, chosen, typed)
        if isinstance(found, UUID):
            return redirect("my:receipt", found)
        typed = Typed(typed.name, typed.agreed, typed.statement, found)
    return _form(request, acts, chosen, typed)


def choices_of(acts: Acting) -> list[Choice]:
    """Return every adverse record of who acts and whether it may be repaired, those that may first."""
    words = OwnWords(classes_by_id(on=legal_day(acts.at)), today=legal_day(acts.at))
    found = [_choice(one, words) for one in eligible_of(acts.subject_id, at=acts.at)]
    return sorted(found, key=lambda one: (not one.may_choose, one.waits))


def _sent(request: HttpRequest, acts: Acting, chosen: Sequence[Choice], typed: Typed) -> UUID | Sequence[str]:
    """Open the case and return its id, or what is to be put right."""
    handed = handed_in(request, at=acts.at)
    if handed.refused:
        return handed.refused
    try:
        return _asked(request, acts, chosen, typed, handed.kept)
    except (PapersMissing, NotEligible) as refused:
        return refusals_in_words(refused)
    except AlreadyOpen:
        return [str(WHY_NOT[WhyNot.ASKED])]
    except AnotherForm:
        return [_("This form was sent before, about something else. Begin anew.")]


def _asked(
    request: HttpRequest,
    acts: Acting,
    chosen: Sequence[Choice],
    typed: Typed,
    evidence: Sequence[NewEvidence],
) -> UUID:
    case = ask_for_repair(
        subject_id=acts.subject_id,
        record_ids=[one.record_id for one in chosen],
        form_id=form_id_of(request.POST),
        entry=Entry.MINE,
        statement=typed.statement,
        commitment=Signature(typed.name, typed.agreed),
        evidence=evidence,
        who=acts.who,
        at=acts.at,
        language=get_language() or "zh-hans",
    )
    return case.id


def _form(request: HttpRequest, acts: Acting, chosen: Sequence[Choice], typed: Typed) -> HttpResponseBase:
    ids = [one.record_id for one in chosen]
    letter = letter_to_sign(acts.subject_id, ids, at=acts.at, language=get_language() or "zh-hans")
    title, *paragraphs = letter.split("\n")
    sent_before = request.POST.get("form_id", "")
    context = {
        "section": "file",
        "chosen": chosen,
        "waiting": [one for one in chosen if one.waits],
        "letter_title": title,
        "letter": paragraphs,
        "typed": typed,
        "form_id": sent_before or uuid4().hex,
        "room": room(),
        "papers_lost": bool(sent_before),
    }
    return my_page(request, acts, "my/repair.html", context, status=422 if typed.faults else 200)


def _typed(sent: QueryDict) -> Typed:
    name, statement = (without_hidden_characters(sent.get(one, "")).strip() for one in ("name", "statement"))
    name, statement = name[:60], statement[:2000]
    faults = [str(NUMBER)] if holds_personal_number(f"{name}\n{statement}") else []
    agreed = sent.get("agreed") == "on"
    if not (name and agreed):
        faults.append(str(MISSING[COMMITMENT]))
    return Typed(mask_personal_numbers(name), agreed, mask_personal_numbers(statement), faults)


def _unsigned(before: QueryDict | None) -> Typed:
    """Return what was typed before the session ended; to sign the letter the box is ticked anew."""
    if before is None:
        return Typed()
    typed = _typed(before)
    return Typed(typed.name, agreed=False, statement=typed.statement)


def _choice(one: Eligible, words: OwnWords) -> Choice:
    return Choice(
        record_id=one.record_id,
        kind=words.kind(one.class_id),
        document_number=one.document_number,
        body=one.deciding_body or one.responsible,
        may_choose=one.may_be_asked,
        waits=one.why_not is WhyNot.TOO_EARLY,
        words=" ".join(_said(one)),
        elsewhere=one.elsewhere.note.in_language(get_language() or "zh-hans") if one.elsewhere else "",
    )


def _said(one: Eligible) -> Iterator[str]:
    day = day_in_words(one.from_on, language=get_language()) if one.from_on else ""
    if one.why_not is WhyNot.TOO_EARLY:
        yield _("From %(day)s on. Chosen now, it waits inside the case and begins on that day by itself.") % {
            "day": day
        }
    elif one.why_not is not None:
        yield str(WHY_NOT[one.why_not])
    elif day:
        yield _("Since %(day)s.") % {"day": day}
    else:
        yield _("Now.")
