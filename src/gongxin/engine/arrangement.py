"""Which column of a file is which field: by the form that fits its headers, or by a saved mapping."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongxin.core.catalogue import InformationClass, Label, Layout
from gongxin.core.column_mapping import ColumnMapping
from gongxin.core.headers import header_forms, normal_header
from gongxin.engine.readers.table import FileRefused


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the columns of one table are read. Places are 0-based."""

    layout: str
    sources: Mapping[str, tuple[int, ...]]  # field key -> columns, joined by ； if several
    constants: Mapping[str, str]
    required: tuple[str, ...]
    unknown: tuple[int, ...]  # columns that are no field of the class and were not set aside

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.sources, *self.constants)


@dataclass(frozen=True, slots=True)
class _Fit:
    layout: Layout
    arrangement: Arrangement
    missing: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        return not self.missing, sum(map(len, self.arrangement.sources.values()))


def arrange(
    *,
    header: Sequence[str],
    information_class: InformationClass,
    mapping: ColumnMapping | None,
    others: Callable[[], Iterable[InformationClass]],
) -> Arrangement:
    """Return how `header` is read for the class: by `mapping`, else by the form that fits best.

    Raises FileRefused: `wrong-class` naming the class that would fit, `missing-column` naming what
    is not there, `duplicate-column` where two columns say they are the same field.
    """
    if mapping is not None:
        return _mapped(header, information_class, mapping)
    fit = _best_fit(header, information_class)
    if fit.missing:
        raise _misfit(header, information_class, fit, others())
    if fit.twice:
        raise _refused_columns(
            "duplicate-column", "有两列对应同一项", "two columns are the same field", fit.twice
        )
    return fit.arrangement


def looks_like_header(*, cells: Sequence[str], known: frozenset[str]) -> bool:
    """Return whether a row is a header by `known_headers`: half its words, two at least, are known."""
    forms = [header_forms(cell) for cell in cells if cell and cell.strip()]
    needed = max(2, (len(forms) + 1) // 2)
    return sum(any(form in known for form in forms_of) for forms_of in forms) >= needed


def _best_fit(header: Sequence[str], information_class: InformationClass) -> _Fit:
    fits = [_fit(header, layout) for layout in information_class.layouts]
    return max(fits, key=lambda fit: fit.rank)


def _fit(header: Sequence[str], layout: Layout) -> _Fit:
    columns = {normal_header(name): key for name, key in layout.columns.items()}
    joined = {normal_header(part): key for key, parts in layout.joins.items() for part in parts}
    sources: dict[str, list[int]] = {}
    single: Counter[str] = Counter()
    unknown = []
    for place, name in enumerate(header):
        key = _meaning(name, {**joined, **columns})
        if key is None:
            unknown.append(place)
            continue
        sources.setdefault(key, []).append(place)
        single[key] += _meaning(name, joined) is None
    return _Fit(
        layout=layout,
        arrangement=Arrangement(
            layout=layout.id,
            sources={key: tuple(places) for key, places in sources.items()},
            constants={},
            required=layout.required,
            unknown=tuple(unknown),
        ),
        missing=tuple(key for key in layout.required if key not in sources),
        twice=tuple(key for key, count in single.items() if count > 1),
    )


def _meaning(header: str, known: Mapping[str, str]) -> str | None:
    """Return the field a header means: by its whole text, else by its parts if they agree."""
    whole, *parts = header_forms(header) or ("",)
    meant = {known[part] for part in parts if part in known}
    return known.get(whole) or (meant.pop() if len(meant) == 1 else None)


@lru_cache(maxsize=256)
def known_headers(information_class: InformationClass) -> frozenset[str]:
    """Return every header any layout of a class knows, in normal form."""
    return frozenset(
        normal_header(name)
        for layout in information_class.layouts
        for name in (*layout.columns, *(part for parts in layout.joins.values() for part in parts))
    )


def _misfit(
    header: Sequence[str], information_class: InformationClass, fit: _Fit, others: Iterable[InformationClass]
) -> FileRefused:
    rivals = [(_best_fit(header, other), other) for other in others if other.id != information_class.id]
    best, other = max(rivals, key=lambda rival: rival[0].rank, default=(fit, information_class))
    if best.rank > fit.rank and best.rank[1] > 1:
        return FileRefused(
            code="wrong-class",
            message=Label(
                f"文件不像“{information_class.label.zh}”，而像“{other.label.zh}”（{other.id}）。请核对所选事项。",
                f"The file does not look like “{information_class.label.en}” but like “{other.label.en}” "
                f"({other.id}). Check the class chosen.",
            ),
        )
    return missing_columns(information_class, fit.missing)


def missing_columns(information_class: InformationClass, missing: Sequence[str]) -> FileRefused:
    """Return the refusal of a file without columns it must have, each named as people know it."""
    labels = [information_class.field(key).label for key in missing]
    zh = "、".join(f"{label.zh}（{key}）" for label, key in zip(labels, missing, strict=True))
    en = ", ".join(f"{label.en} ({key})" for label, key in zip(labels, missing, strict=True))
    return FileRefused(
        code="missing-column",
        message=Label(
            f"缺少必填的列：{zh}。请补上，或用对照表说明哪一列是它。",
            f"Columns that must be there are missing: {en}. Add them, or name their columns in a mapping.",
        ),
    )


def _refused_columns(code: str, zh: str, en: str, keys: Sequence[str]) -> FileRefused:
    return FileRefused(code=code, message=Label(f"{zh}：{'、'.join(keys)}。", f"{en}: {', '.join(keys)}."))


def _mapped(
    header: Sequence[str], information_class: InformationClass, mapping: ColumnMapping
) -> Arrangement:
    places = {normal_header(name): place for place, name in reversed(list(enumerate(header)))}
    sources: dict[str, list[int]] = {}
    for column in mapping.columns:
        place = _place(places, len(header), column.wanted)
        if place is None:
            raise _refused_columns(
                "mapping-misfit",
                "文件没有对照表所说的列",
                "the file lacks a mapped column",
                [str(column.wanted)],
            )
        sources.setdefault(column.field, []).append(place)
    used = {place for places_of in sources.values() for place in places_of}
    aside = {_place(places, len(header), entry) for entry in mapping.ignore}
    layout = _least_missing(information_class, {*sources, *(mapping.constants or {})})
    return Arrangement(
        layout=layout.id,
        sources={key: tuple(places_of) for key, places_of in sources.items()},
        constants=dict(mapping.constants or {}),
        required=layout.required,
        unknown=tuple(place for place in range(len(header)) if place not in used | aside),
    )


def _place(places: Mapping[str, int], width: int, wanted: str | int) -> int | None:
    if isinstance(wanted, int):
        return wanted - 1 if wanted <= width else None
    return places.get(normal_header(wanted))


def _least_missing(information_class: InformationClass, filled: set[str]) -> Layout:
    missing = {
        layout.id: [key for key in layout.required if key not in filled]
        for layout in information_class.layouts
    }
    layout = min(information_class.layouts, key=lambda layout: len(missing[layout.id]))
    if missing[layout.id]:
        raise missing_columns(information_class, missing[layout.id])
    return layout
