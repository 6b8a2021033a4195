"""The measures of the province with their law, and what was in fact done because of records."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongxin.core.catalogue import Label
from gongxin.core.legal_day import day_begins
from gongxin.core.lists import statutory_lists
from gongxin.core.measures import Measure, all_rules, matters, measures
from gongxin.core.sources import sources
from gongxin.core.tip_offs import shown_from
from gongxin.interfaces import clock
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.trigger_words import trigger_label
from gongxin.interfaces.pages.wording import law_in_words
from gongxin.interfaces.permissions import requires
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.checks.done import Case, Counted, cases, counted

GROUPS = (
    ("I", _("Incentives")),
    ("M", _("Ordinary measures")),
    ("S", _("Measures of lists of serious breach")),
)
EFFECTS = {
    "benefit": _("benefit"),
    "require": _("condition"),
    "restrict": _("restriction"),
    "own-decision": _("own decision of the user"),
    "elsewhere": _("carried out elsewhere"),
}
DONE = {"applied": _("carried out"), "granted": _("granted")}


@dataclass(frozen=True, slots=True)
class Shown:
    """One measure with its law; a row below a heading has a law for each list."""

    measure: Measure
    effect: Promise
    laws: Sequence["Law"]

    @property
    def is_heading(self) -> bool:
        return self.measure.id == self.measure.heading


@dataclass(frozen=True, slots=True)
class Law:
    """What a measure rests on, for the listings of which lists; `unread`: what keeps it from being used."""

    cited: str
    lists: Sequence[str] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """How often something was done."""

    measure: Label
    matter: Label
    because: Label
    count: int


@dataclass(frozen=True, slots=True)
class TheCase:
    """One case as it is told."""

    case: Case
    measure: Label
    matter: Label
    done: Promise


@requires("public.read")
def measures_page(request: HttpRequest) -> HttpResponse:
    """Show every measure with its law, how often each was carried out, and the cases that may be told."""
    at, today = clock.now(), clock.today()
    context = {
        "groups": [(words, list(_of(letter, today))) for letter, words in GROUPS],
        "lines": [_line(one) for one in counted(before=day_begins(today.replace(day=1)), least=shown_from())],
        "cases": _cases(cases(at=at)),
        "shown_from": shown_from(),
        "noindex": True,
    }
    response = render(request, "site/measures.html", context)
    not_indexed(response)  # it names organisations beside what is adverse to them
    return response


def _of(letter: str, on: date) -> Iterator[Shown]:
    confirmed, language = confirmed_sources(), get_language() or ""
    for one in measures().values():
        if one.id.startswith(letter):
            laws = [Law(law_in_words(law, language)) for law in (one.under, one.basis) if law]
            rows = [] if one.id == one.heading else _of_row(one, on, confirmed, language)
            yield Shown(one, EFFECTS[one.effect.value], rows or laws)


def _of_row(measure: Measure, on: date, confirmed: Collection[str], language: str) -> list[Law]:
    """Return the laws of a row, with the lists each is used for; one that does nothing that day says why."""
    lists: dict[tuple[str, str], list[str]] = {}
    for rule in (one for one in all_rules() if one.measure.id == measure.id):
        cited = "；".join(law_in_words(law, language) for law in (rule.citation, *rule.others))
        inert = rule.why_inert(on, confirmed)
        unread = sources()[inert.source].title.in_language(language) if inert and inert.source else ""
        lists.setdefault((cited, unread), []).append(_on_which(rule.trigger, on, confirmed, language))
    return [Law(cited, of, unread) for (cited, unread), of in lists.items()]


def _on_which(trigger: str, on: date, confirmed: Collection[str], language: str) -> str:
    """Return the list a rule is used for; from one that binds nobody yet nothing follows."""
    label = trigger_label(trigger).in_language(language)
    found = statutory_lists().get(trigger.removeprefix("list:"))
    return (
        gettext("%(list)s (binds nobody yet)") % {"list": label}
        if found and found.is_inert(on, confirmed)
        else label
    )


def _line(one: Counted) -> Line:
    return Line(_measure(one.measure), matters()[one.matter].label, trigger_label(one.trigger), one.number)


def _cases(found: Sequence[Case]) -> list[TheCase]:
    return [
        TheCase(one, _measure(one.rule.measure), matters()[one.rule.matter].label, DONE[one.done])
        for one in found
    ]


def _measure(measure_id: str) -> Label:
    """Return what a measure is called; one that this release no longer has, by its id."""
    known = measures().get(measure_id)
    return known.label if known else Label(measure_id, measure_id)
