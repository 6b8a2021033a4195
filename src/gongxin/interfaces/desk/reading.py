"""How a file was read: its sheets, the columns nobody knew, its template, the saved columns used."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.own_marks import template_mark
from gongxin.engine.keep import LAYOUT
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import SavedMapping, Submission
from gongxin.registry.intake.spool import kept_folder

MOST_NAMED = 40  # sheets or columns; the rest are counted


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet that was read; `unknown` are headers that are no column of the class."""

    name: str
    header_row: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """One sheet of which nothing was read, and why."""

    name: str
    why: Label


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sender should know of how her file was read."""

    sheets: tuple[SheetRead, ...]
    left: tuple[SheetLeft, ...]
    old_template: str
    mapping: SavedMapping | None

    @property
    def several(self) -> bool:
        return len(self.sheets) > 1

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the headers nobody knew, each once."""
        return tuple(dict.fromkeys(name for sheet in self.sheets for name in sheet.unknown if name))

    @property
    def worth_saying(self) -> bool:
        return bool(self.several or self.unknown or self.left or self.old_template or self.mapping)

    @property
    def sheets_named(self) -> tuple[SheetRead, ...]:
        return self.sheets[:MOST_NAMED]

    @property
    def left_named(self) -> tuple[SheetLeft, ...]:
        return self.left[:MOST_NAMED]


def kept_layout(submission: Submission) -> dict[str, Any]:
    """Return how the file was laid out, as kept; nothing for one that was not checked."""
    path = kept_folder(submission.id) / LAYOUT
    if not path.exists():
        return {}
    layout: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return layout


def reading_of(submission: Submission, layout: Mapping[str, Any]) -> Reading:
    """Return how the file was read, from its kept layout."""
    return Reading(
        sheets=tuple(map(_sheet, layout.get("tables", ()))),
        left=tuple(
            SheetLeft(one["sheet"], Label(one["zh"], one["en"])) for one in layout.get("left_aside", ())
        ),
        old_template=_old_template(submission, layout.get("template") or ""),
        mapping=submission.saved_mapping,
    )


def _sheet(table: Mapping[str, Any]) -> SheetRead:
    unknown = tuple(table["header"][place] for place in table["unknown"])
    return SheetRead(table["sheet"], table["header_row"], unknown)


def _old_template(submission: Submission, edition: str) -> str:
    """Return the edition of the template the file was made from, if it is not the one of its day."""
    current = template_mark(class_checked_by(submission.class_id, edition=submission.edition)).edition
    return edition if edition not in ("", current) else ""
