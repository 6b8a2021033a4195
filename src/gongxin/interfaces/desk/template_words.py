"""What a template says of a column: its name, how it is written, where it comes from."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Field, InformationClass
from gongxin.core.options import options_of
from gongxin.engine.report.findings import PRODUCT, cited


def heading(field: Field, *, needed: bool) -> str:
    """Return the column's name with its code: both are known, and the file stays readable."""
    name = field.label.in_language(_language())
    named = name if name == field.key else f"{name}（{field.key}）"
    return f"*{named}" if needed else named


def hint(field: Field, information_class: InformationClass, *, needed: bool) -> str:
    """Return the few words shown beside a cell."""
    said = [
        _("must be filled") if needed else _("may be empty"),
        _form(field, information_class, all_of=False),
    ]
    if field.example:
        said.append(_("for example: %(example)s") % {"example": field.example})
    return "\n".join(said)


def form_in_words(field: Field, information_class: InformationClass) -> str:
    """Return what may be written in a column."""
    return _form(field, information_class, all_of=True)


def source_in_words(field: Field) -> str:
    """Return where the column comes from; what the product decided for itself is nothing to cite."""
    if field.citation is None or field.citation.source == PRODUCT:
        return ""
    return cited(field.citation, _language())


def _form(field: Field, information_class: InformationClass, *, all_of: bool) -> str:
    options = options_of(field, information_class)
    if options:
        return _options(field, options, all_of=all_of)
    if field.type == "date":
        return _("a date, such as 2026/03/12")
    if field.type == "number":
        return _number(field)
    if field.identifier is not None:
        return _("every letter and digit as on the certificate")
    if field.max_length is not None:
        return _("text of at most %(most)d characters") % {"most": field.max_length}
    return _("text")


def _options(field: Field, options: tuple[str, ...], *, all_of: bool) -> str:
    said = _("one or more of the list, joined by ；") if field.type == "list" else _("one of the list")
    if field.open_codes:
        said += _(", or %(open)s-… with your own words") % {"open": field.open_codes[0]}
    return f"{said}：{'、'.join(options)}" if all_of else said


def _number(field: Field) -> str:
    if field.precision:
        return _("a number, digits only, at most %(count)d decimals") % {"count": field.precision}
    return _("a number, digits only")


def _language() -> str:
    return get_language() or "zh-hans"
