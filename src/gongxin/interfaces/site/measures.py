"""The measures of the province with their law, and what was in fact done because of records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.catalogue import Label
from gongxin.core.legal_day import day_begins
from gongxin.core.lists import statutory_lists
from gongxin.core.measures import Measure, matters, measures, sectors
from gongxin.core.sources import sources
from gongxin.core.tip_offs import shown_from
from gongxin.interfaces import clock
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.permissions import requires
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
    """One measure with its law."""

    measure: Measure
    effect: Promise
    title: str


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
        "groups": [(words, list(_of(letter))) for letter, words in GROUPS],
        "lines": [_line(one) for one in counted(before=day_begins(today.replace(day=1)), least=shown_from())],
        "cases": _cases(cases(at=at)),
        "shown_from": shown_from(),
        "noindex": True,
    }
    response = render(request, "site/measures.html", context)
    not_indexed(response)  # it names organisations beside what is adverse to them
    return response


def _of(letter: str) -> Iterator[Shown]:
    for one in measures().values():
        if one.id.startswith(letter):
            yield Shown(one, EFFECTS[one.effect.value], sources()[one.basis.source].title.zh)


def _line(one: Counted) -> Line:
    return Line(_measure(one.measure), matters()[one.matter].label, _because(one.trigger), one.number)


def _cases(found: Sequence[Case]) -> list[TheCase]:
    return [
        TheCase(one, _measure(one.rule.measure), matters()[one.rule.matter].label, DONE[one.done])
        for one in found
    ]


def _measure(measure_id: str) -> Label:
    """Return what a measure is called; one that this release no longer has, by its id."""
    known = measures().get(measure_id)
    return known.label if known else Label(measure_id, measure_id)


def _because(trigger: str) -> Label:
    kind, _sep, what = trigger.partition(":")
    if kind == "list" and what in statutory_lists():
        return statutory_lists()[what].label
    if kind == "penalty" and what in sectors():
        label = sectors()[what].label
        return Label(f"行政处罚（{label.zh}）", f"penalties ({label.en})")
    return (
        Label("未履行信用承诺", "a commitment not kept") if kind == "commitment" else Label(trigger, trigger)
    )
