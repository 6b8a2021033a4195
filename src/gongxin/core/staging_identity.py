"""Which record a row as written is about, as far as its own words tell: enough to keep versions apart.

One file may say one record once. Two versions written shortly after each other therefore go into two
submissions, in order; so the reader must see that they are of one record before anything is checked.
"""

from collections.abc import Callable, Mapping
from typing import Any

from gongxin.core.catalogue import InformationClass
from gongxin.core.document_numbers import normal_form
from gongxin.core.headers import header_forms, normal_header

SUBJECT = "subject"
_SUBJECT_BY = (
    "unified_code", "taxpayer_number", "registration_number", "organisation_code", "professional_licence",
    "subject_name",
)  # fmt: skip


def identity_reader(information_class: InformationClass) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    """Return what tells of a row (header to text) of this class which record it is about."""
    roles = [part for part in information_class.key if part != SUBJECT]
    headers = {role: _headers(information_class, role) for role in (*roles, *_SUBJECT_BY)}

    def identity(row: Mapping[str, Any]) -> tuple[str, ...]:
        known = {form: str(value or "") for header, value in row.items() for form in header_forms(header)}
        said = {role: _value(known, forms) for role, forms in headers.items()}
        subject = next((said[role] for role in _SUBJECT_BY if said[role]), "")
        return (*(said[role] for role in roles), subject)

    return identity


def _headers(information_class: InformationClass, role: str) -> tuple[str, ...]:
    key = information_class.role(role) or role  # a part of a key may be a field itself
    field = next((one for one in information_class.fields if one.key == key), None)
    if field is None:
        return ()
    return tuple(normal_header(word) for word in (field.key, field.label.zh, field.label.en, *field.aliases))


def _value(known: Mapping[str, str], forms: tuple[str, ...]) -> str:
    return next((normal_form(known[form]) for form in forms if known.get(form)), "")
