"""One rule of a class in plain words: what it asks, of which columns, on what ground, what is accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.core.catalogue import Field, InformationClass, Rule
from gongxin.core.lawbook import UnknownClass
from gongxin.core.options import options_of
from gongxin.interfaces.clock import today
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.catalogue import cited
from gongxin.registry.catalogue.queries import active_class, confirmed_sources


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A column the rule looks at, and what may be written in it."""

    field: Field
    options: tuple[str, ...]


@requires("catalogue.read")
def rule_page(request: HttpRequest, class_id: str, code: str) -> HttpResponse:
    """Show one rule as the law data has it."""
    try:
        found = active_class(class_id, on=today())
    except UnknownClass as unknown:
        raise Http404 from unknown
    rule = next((one for one in found.rules if one.code == code), None)
    if rule is None:
        raise Http404
    shown = {
        "information_class": found,
        "rule": rule,
        "fields": list(_fields(rule, found)),
        "example": _example(rule, found),
        "cited": cited(rule.citation, confirmed_sources()),
        "section": "catalogue",
    }
    return render(request, "site/rule.html", shown)


def _fields(rule: Rule, information_class: InformationClass) -> Iterator[FieldAsked]:
    asked = dict.fromkeys((*rule.fields, *([rule.when.field] if rule.when else [])))
    for field in map(information_class.field, asked):
        yield FieldAsked(field, options_of(field, information_class))


def _example(rule: Rule, information_class: InformationClass) -> str:
    """Return an accepted value: the rule's own, else that of the one column it asks about."""
    if rule.example or len(rule.fields) != 1:
        return rule.example
    return information_class.field(rule.fields[0]).example
