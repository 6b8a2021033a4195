"""The inputs of the one-record form: each field of the class as the control that suits it, as filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Field, InformationClass, Severity
from gongxin.core.one_record import asked_fields
from gongxin.core.written_lists import JOINT
from gongxin.engine.one_record import Fault

LONG = 200  # characters a field may take from which it is given several lines
PREFIX, OTHER = "f-", "-other"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One field as the page shows it. `saved` is what the draft says where it says something else."""

    field: Field
    kind: str  # line | lines | one | several
    value: str
    required: bool
    hint: str
    options: Sequence[Option]
    other: str  # the sender's own words after 其他-
    faults: Sequence[Fault]
    saved: str | None

    @property
    def name(self) -> str:
        return PREFIX + self.field.key

    @property
    def is_wrong(self) -> bool:
        return any(fault.severity is not Severity.WARNING for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that stand under one heading of the catalogue."""

    heading: str
    inputs: Sequence[Input]


def posted_values(posted: QueryDict, information_class: InformationClass) -> dict[str, str]:
    """Return what was filled in, by field, as one text each."""
    return {field.key: _posted(posted, field) for field in asked_fields(information_class)}


def inputs_of(
    information_class: InformationClass,
    values: Mapping[str, str],
    *,
    faults: Iterable[Fault] = (),
    saved: Mapping[str, str] | None = None,
) -> list[Group]:
    """Return the form's inputs, filled with `values`, under the headings of the class."""
    found = list(faults)
    groups: dict[str, list[Input]] = {}
    for field in asked_fields(information_class):
        shown = _input(information_class, field, values.get(field.key, ""), found, saved or {})
        groups.setdefault(field.group, []).append(shown)
    english = (get_language() or "").startswith("en")  # the headings of the catalogue are Chinese only
    return [Group("" if english else heading, inputs) for heading, inputs in groups.items()]


def _input(
    information_class: InformationClass,
    field: Field,
    value: str,
    faults: Sequence[Fault],
    saved: Mapping[str, str],
) -> Input:
    return Input(
        field=field,
        kind=_kind(field),
        value=value,
        required=field.key in information_class.layouts[0].required,
        hint=_hint(field),
        options=_options(field, value) if field.codes else (),
        other=_own_words(field, value),
        faults=[fault for fault in faults if fault.field == field.key],
        saved=saved.get(field.key),
    )


def _kind(field: Field) -> str:
    if field.codes:
        return "several" if field.type == "list" else "one"
    is_long = field.free_text or (field.max_length or 0) > LONG
    return "lines" if field.type == "text" and field.identifier is None and is_long else "line"


def _hint(field: Field) -> str:
    if field.type == "date":
        return _("Any usual writing of a date: 2026-3-12, 2026/03/12, 20260312, 2026年3月12日")
    if not field.example or field.codes:
        return ""
    return _("For example: %(example)s") % {"example": field.example}


def _posted(posted: QueryDict, field: Field) -> str:
    sent = [value.replace("\r\n", "\n") for value in posted.getlist(PREFIX + field.key)]
    if not field.codes:
        return sent[0] if sent else ""
    words = posted.get(f"{PREFIX}{field.key}{OTHER}", "").strip().replace(JOINT, "，")
    if not words or not field.open_codes:
        return JOINT.join(filter(None, sent))
    opening = field.open_codes[0]
    return JOINT.join([*(value for value in sent if value and value != opening), f"{opening}-{words}"])


def _parts(field: Field, value: str) -> list[str]:
    """Return the accepted values named in `value`, and whatever else stands there as it is."""
    aliases = field.code_aliases or {}
    return [aliases.get(part, part) for part in value.split(JOINT) if part]


def _own_words(field: Field, value: str) -> str:
    for part in _parts(field, value):
        for opening in field.open_codes:
            if part.startswith(f"{opening}-"):
                return part.removeprefix(f"{opening}-")
    return ""


def _options(field: Field, value: str) -> list[Option]:
    parts = _parts(field, value)
    chosen = {_opening(field, part) for part in parts}
    known = [Option(code, _words(field, code), code in chosen) for code in field.codes]
    # A value the catalogue does not accept stays to be seen, and the check says that it is none.
    unknown = [Option(part, part, chosen=True) for part in parts if _opening(field, part) not in field.codes]
    return [*known, *unknown]


def _opening(field: Field, part: str) -> str:
    return next((code for code in field.open_codes if part.startswith(f"{code}-")), part)


def _words(field: Field, code: str) -> str:
    """Return how people call a value; one that is a bare sign goes by its first Chinese name."""
    if not code.isascii() or (get_language() or "").startswith("en"):
        return code
    return next((name for name, meant in (field.code_aliases or {}).items() if meant == code), code)
