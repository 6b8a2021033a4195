"""The figures of checks: what answers named, and what was done, by body, by matter and by list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.legal_day import day_begins
from gongxin.core.measures import matters, measures
from gongxin.core.periods import add_months
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.publish_case import NotOffered, publish_case
from gongxin.flows.say_done import APPLIED, GRANTED, NOT_APPLIED
from gongxin.interfaces import clock
from gongxin.interfaces.desk.asking import reach
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import answer_words, drawing
from gongxin.interfaces.pages.shares import in_page_language, percent
from gongxin.interfaces.pages.trigger_words import trigger_label
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.checks.done import offered
from gongxin.registry.checks.figures import Figures, figures
from gongxin.registry.checks.models import Feedback
from gongxin.registry.subjects.queries import profiles

MONTHS, OFFERED = 12, 50
Key = Callable[[UUID | None, str, str, str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: how often named, and what was said to have been done."""

    label: str
    named: int
    applied: int
    not_applied: int
    granted: int


@requires("check.read")
def check_figures(request: HttpRequest) -> HttpResponse:
    """Show the checks of twelve months: an agency its own, the centre all. Publish a case that is offered."""
    if request.method == "POST":
        permit(request, action="check.publish-case")
        _publish(request)
        return redirect("desk:check-figures")
    may_publish = allowed(request, action="check.publish-case")
    begins = add_months(clock.today().replace(day=1), -(MONTHS - 1))
    found = _within(figures(since=day_begins(begins)), reach(request))
    verdicts = _verdicts(found)
    by_matter = _rows(found, lambda _agency, matter, _trigger, _measure: matter, _matter_names())
    context = {
        "section": "checks",
        "offered": _offered() if may_publish else [],
        "begins": begins,
        "until": clock.today() + timedelta(days=1),
        "verdicts": verdicts,
        "verdict_bars": drawing.bars([_bar(label, share, words) for label, _n, share, words in verdicts]),
        "matters": by_matter,
        "triggers": _rows(found, lambda _agency, _matter, trigger, _measure: trigger, _trigger_names(found)),
        "measures": _rows(found, lambda _agency, _matter, _trigger, measure: measure, _measure_names()),
        "agencies": _rows(
            found,
            lambda agency, _matter, _trigger, _measure: agency.hex if agency else "",
            _agency_names(found),
        ),
    }
    return desk_page(request, "desk/check_figures.html", context)


def _publish(request: HttpRequest) -> None:
    try:
        publish_case(feedback_id=UUID(request.POST.get("case", "")), actor=actor_of(request), at=clock.now())
    except (NotOffered, ValueError) as none:
        raise Http404 from none
    except OnePersonTwice:
        messages.error(request, _("Whoever offered it does not publish it: a second person does."))
    else:
        messages.success(request, _("Published while its record is shown."))


def _offered() -> list[tuple[Feedback, str, str]]:
    """Return the cases that wait for a second look, each with whom it is about and by which measure."""
    some, names = list(offered()[:OFFERED]), _measure_names()
    known = profiles({one.subject_id for one in some}, at=clock.now())
    return [
        (one, known[one.subject_id].public_name, names.get(one.rule.measure, "") if one.rule else "")
        for one in some
    ]


def _within(found: Figures, agency_ids: set[UUID] | None) -> Figures:
    if agency_ids is None:
        return found
    return Figures(
        [one for one in found.asked if one.agency_id in agency_ids],
        [one for one in found.named if one.agency_id in agency_ids],
        [one for one in found.done if one.agency_id in agency_ids],
    )


def _verdicts(found: Figures) -> list[tuple[str, int, Fraction, str]]:
    counted: Counter[str] = Counter()
    for one in found.asked:
        counted[one.verdict] += one.times
    total = counted.total()
    return [
        (
            answer_words.verdict_in_words(verdict),
            count,
            Fraction(count, total),
            percent(Fraction(count, total)),
        )
        for verdict, count in counted.most_common()
    ]


def _bar(label: str, share: Fraction, words: str) -> drawing.Bar:
    return drawing.Bar(label, share, words)


def _rows(found: Figures, key: Key, names: Mapping[str, str]) -> Sequence[Row]:
    named: Counter[str] = Counter()
    done: dict[str, Counter[str]] = {}
    for one in found.named:
        named[key(one.agency_id, one.matter, one.trigger, one.measure)] += one.times
    for said in found.done:
        done.setdefault(key(said.agency_id, said.matter, said.trigger, said.measure), Counter())[
            said.done
        ] += said.times
    rows = [_row(one, names, named, done.get(one, Counter())) for one in {*named, *done}]
    return sorted(rows, key=lambda row: (-row.named, row.label))


def _row(one: str, names: Mapping[str, str], named: Counter[str], done: Counter[str]) -> Row:
    label = names.get(one) or one or _("No rule named")
    return Row(label, named[one], done[APPLIED], done[NOT_APPLIED], done[GRANTED])


def _matter_names() -> dict[str, str]:
    return {one.id: in_page_language(one.label) for one in matters().values()}


def _measure_names() -> dict[str, str]:
    return {one.id: in_page_language(one.label) for one in measures().values()}


def _trigger_names(found: Figures) -> dict[str, str]:
    triggers = {one.trigger for one in found.named} | {one.trigger for one in found.done}
    return {one: in_page_language(trigger_label(one)) for one in triggers if one}


def _agency_names(found: Figures) -> dict[str, str]:
    ids = {one.agency_id for one in found.asked if one.agency_id}
    names = {one.id.hex: one.name for one in Agency.objects.filter(id__in=ids)}
    return {**names, "": _("The credit centre")}
