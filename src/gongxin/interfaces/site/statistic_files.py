"""A statistic as a file: all its months, by class and by region, with its definition."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.quality import quality
from gongxin.core.regions import region
from gongxin.engine.export_text import Cell, csv_lines
from gongxin.interfaces.site.statistic_figures import Figure, Series, Told

FILES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
HEADER = ("month", "grouping", "key", "名称", "name", "value", "good", "total", "given")
Names = Mapping[str, tuple[str, str]]


def as_csv(found: Series, *, names: Names) -> bytes:
    """Return one line for each figure. A share or score is a part of one; what is not given is empty."""
    rows = (line for told in found.months for line in _rows(told, names))
    return b"".join(csv_lines(HEADER, rows))


def _rows(told: Told, names: Names) -> Iterator[tuple[Cell, ...]]:
    for grouping, figures in _groups(told):
        for key, figure in figures.items():
            zh, en = _named(grouping, key, names)
            counted = _counts(figure)
            yield (
                told.month, grouping, key, zh, en, _value(figure), counted.get("good"), counted.get("total"),
                "no" if figure.hidden else "yes",
            )  # fmt: skip


def as_json(found: Series, *, names: Names) -> bytes:
    """Return the statistic with its definition; what is not given is null."""
    one = found.statistic
    document = {
        "id": one.id,
        "label": _label(one.label),
        "definition": _label(one.words),
        "counted_at": found.counted_at and found.counted_at.isoformat(),
        "smallest_given": quality().smallest,
        "months": [
            {
                "month": told.month,
                **{
                    grouping: [_figure(grouping, key, figure, names) for key, figure in figures.items()]
                    for grouping, figures in _groups(told)
                },
            }
            for told in found.months
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _groups(told: Told) -> tuple[tuple[str, Mapping[str, Figure]], ...]:
    return (("all", {"all": told.whole}), ("class", told.by_class), ("region", told.by_region))


def _figure(grouping: str, key: str, figure: Figure, names: Names) -> dict[str, Any]:
    zh, en = _named(grouping, key, names)
    value = _value(figure)
    return {
        "key": key,
        "label": {"zh": zh, "en": en},
        "value": str(value) if isinstance(value, Decimal) else value,
        **_counts(figure),
        "given": not figure.hidden,
    }


def _value(figure: Figure) -> Decimal | int | None:
    value = figure.value
    return _decimal(value) if isinstance(value, Fraction) else value


def _decimal(value: Fraction) -> Decimal:
    """Return a part of one to four places, rounded down, as the pages round."""
    return Decimal(int(value * 10_000)) / 10_000


def _counts(figure: Figure) -> dict[str, int]:
    if figure.hidden or not figure.statistic.criterion:
        return {}
    return {"good": figure.counted.good, "total": figure.counted.total}


def _named(grouping: str, key: str, names: Names) -> tuple[str, str]:
    if grouping == "class":
        return names.get(key, (key, key))
    known = region(key) if grouping == "region" else None
    return ("", "") if known is None else (known.label.zh, known.label.en)


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
