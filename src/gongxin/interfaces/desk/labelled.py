from collections.abc import Mapping
from datetime import date

from gongxin.core.catalogue import Label
from gongxin.registry.catalogue.queries import active_class


def labelled_fields(*, class_id: str, fields: Mapping[str, str], on: date) -> list[tuple[Label, str]]:
    """Return the filled fields of a record in the order of its class, each with its label."""
    information_class = active_class(class_id, on=on)
    return [(field.label, fields[field.key]) for field in information_class.fields if fields.get(field.key)]
