from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.registry.catalogue.queries import classes_by_id


def labelled_fields(*, class_id: str, fields: Mapping[str, str], on: date) -> list[tuple[Label, str]]:
    """Return the filled fields of a record in the order of its class, each with its label."""
    information_class = classes_by_id(on=on).get(class_id)
    if information_class is None:  # it has left the edition in force: no words for its fields are law
        return [(Label(key, key), value) for key, value in fields.items() if value]
    return [(field.label, fields[field.key]) for field in information_class.fields if fields.get(field.key)]


class Labels:
    """What the fields of one class are called in the reader's language."""

    def __init__(self, class_id: str, *, on: date) -> None:
        language = get_language() or "zh-hans"
        known = classes_by_id(on=on).get(class_id)
        self._words = {one.key: one.label.in_language(language) for one in known.fields} if known else {}

    def place(self, key: str) -> int:
        """Return where the field stands in its class; unknown ones come last."""
        return list(self._words).index(key) if key in self._words else len(self._words)

    def of(self, key: str) -> str:
        """Return the field's label; its key where its class has left the edition in force."""
        return self._words.get(key, key)
