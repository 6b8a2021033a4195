"""One record filled in by hand: what is asked, what is known beforehand, and the line it becomes."""

import json
from collections.abc import Mapping

from gongxin.core.catalogue import Field, FieldPublication, InformationClass

_NAMED_AFTER_SENDER = {
    "deciding_body": "name",
    "source_body": "name",
    "deciding_body_code": "code",
    "source_body_code": "code",
}
_CALLED_BY = ("subject_name", "document_number")


def asked_fields(information_class: InformationClass) -> tuple[Field, ...]:
    """Return the fields of the class's own form, in its order, but for those that are never kept.

    A file may bring a person's document and have it cut; whoever is asked for it would only wonder why.
    """
    own = frozenset(information_class.layouts[0].columns.values())
    return tuple(
        field
        for field in information_class.fields
        if field.key in own and field.publication is not FieldPublication.NEVER_KEPT
    )


def known_beforehand(
    information_class: InformationClass, *, agency_name: str, agency_code: str
) -> dict[str, str]:
    """Return what is filled in for the sender: its own name and code as the deciding and source body."""
    own = {"name": agency_name, "code": agency_code}
    found = ((information_class.role(role), own[what]) for role, what in _NAMED_AFTER_SENDER.items())
    return {key: value for key, value in found if key is not None}


def record_line(information_class: InformationClass, values: Mapping[str, str]) -> bytes:
    """Return the record as a file of one line of JSON; the same values are the same bytes."""
    filled = {field.key: values.get(field.key) or None for field in asked_fields(information_class)}
    return json.dumps(filled, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def differing(mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return what `theirs` says wherever it is not what `mine` says; nothing said is the empty text."""
    return {
        key: theirs.get(key, "") for key in {**theirs, **mine} if mine.get(key, "") != theirs.get(key, "")
    }


def called(information_class: InformationClass, values: Mapping[str, str]) -> str:
    """Return by what people know a half-filled record: its subject's name or its document number."""
    keys = filter(None, map(information_class.role, _CALLED_BY))
    return next(filter(None, (values.get(key, "").strip() for key in keys)), "")
