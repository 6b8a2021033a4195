from collections.abc import Mapping
from datetime import date

from gongxin.core.catalogue import Label
from gongxin.registry.catalogue.queries import classes_by_id


def labelled_fields(*, class_id: str, fields: Mapping[str, str], on: date) -> list[tuple[Label, str]]:
    """Return the filled fields of a record in the order of its class, each with its label."""
    information_class = classes_by_id(on=on).get(class_id)
    if information_class is None:  # it has left the edition in force: no words for its fields are law
        return [(Label(key, key), value) for key, value in fields.items() if value]
    return [(field.label, fields[field.key]) for field in information_class.fields if fields.get(field.key)]
