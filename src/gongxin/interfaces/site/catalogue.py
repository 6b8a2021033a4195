"""The catalogue: what is collected, on what basis, and what a row must look like."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.catalogue import Citation, Field, FieldPublication, InformationClass, Layout, Rule
from gongxin.core.lawbook import UnknownClass
from gongxin.core.sources import Source, sources
from gongxin.interfaces.clock import today
from gongxin.interfaces.pages.confidence import Confidence, confidence_of
from gongxin.interfaces.pages.subject_words import SCHEMES
from gongxin.interfaces.permissions import requires
from gongxin.registry.catalogue.queries import active_class, active_classes, confirmed_sources

TYPES: dict[str, Promise] = {
    "text": gettext_lazy("Text"),
    "date": gettext_lazy("Date"),
    "number": gettext_lazy("Number"),
    "code": gettext_lazy("One of these"),
    "list": gettext_lazy("One or more of these"),
}
PUBLICATION: dict[FieldPublication, Promise] = {
    FieldPublication.PUBLIC: gettext_lazy("To everyone"),
    FieldPublication.MASKED: gettext_lazy("To everyone, masked"),
    FieldPublication.INTERNAL: gettext_lazy("To the subject and the auditor only"),
    FieldPublication.NEVER_KEPT: gettext_lazy("Never kept"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its instrument, where `law/sources.yaml` has it."""

    citation: Citation
    source: Source | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FieldRow:
    field: Field
    required: bool
    form: str
    publication: Promise


@dataclass(frozen=True, slots=True)
class RuleRow:
    rule: Rule
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class LayoutTable:
    """One accepted arrangement: which headers a column may carry."""

    layout: Layout
    columns: tuple[tuple[Field, tuple[str, ...]], ...]


@requires("catalogue.read")
def catalogue_page(request: HttpRequest) -> HttpResponse:
    confirmed = confirmed_sources()
    classes = [(one, [cited(basis, confirmed) for basis in one.basis]) for one in active_classes(on=today())]
    shown = {"classes": classes, "section": "catalogue"}
    return render(request, "site/catalogue.html", shown)


@requires("catalogue.read")
def class_page(request: HttpRequest, class_id: str) -> HttpResponse:
    """Show one class whole: the ten elements, fields, rules, basis, forms."""
    try:
        found = active_class(class_id, on=today())
    except UnknownClass as unknown:
        raise Http404 from unknown
    confirmed = confirmed_sources()
    shown = {
        "information_class": found,
        "statutory": found.statutory.items(),
        "basis": [cited(one, confirmed) for one in found.basis],
        "fields": [_field_row(field, found) for field in found.fields],
        "rules": [RuleRow(rule, cited(rule.citation, confirmed)) for rule in found.rules],
        "layouts": [_layout_table(layout, found.fields) for layout in found.layouts],
        "section": "catalogue",
    }
    return render(request, "site/class.html", shown)


def cited(citation: Citation | None, confirmed: Collection[str]) -> Cited | None:
    """Return a citation with how sure it is; `confirmed` are the sources an officer has confirmed since."""
    if citation is None:
        return None
    confidence = confidence_of(citation.confidence, confirmed=citation.source in confirmed)
    return Cited(citation, sources().get(citation.source), confidence)


def _field_row(field: Field, information_class: InformationClass) -> FieldRow:
    required = bool(information_class.layouts) and field.key in information_class.layouts[0].required
    return FieldRow(field, required, "，".join(_form(field)), PUBLICATION[field.publication])


def _form(field: Field) -> Iterator[str]:
    """Yield what a value must look like, in words."""
    yield str(TYPES[field.type])
    if field.max_length is not None:
        yield _("at most %(count)s characters") % {"count": field.max_length}
    if field.digits is not None and field.precision is not None:
        yield _("at most %(count)s decimals") % {"count": field.precision}
    if field.identifier is not None and field.identifier in SCHEMES:
        yield str(SCHEMES[field.identifier])


def _layout_table(layout: Layout, fields: Sequence[Field]) -> LayoutTable:
    headers: dict[str, list[str]] = {}
    for header, key in layout.columns.items():
        headers.setdefault(key, []).append(header)
    for key, joined in layout.joins.items():
        headers.setdefault(key, []).extend(joined)
    return LayoutTable(layout, tuple((one, tuple(headers[one.key])) for one in fields if one.key in headers))
