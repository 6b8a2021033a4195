"""What a check found, counted; no value of any row is in it."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from gongxin.core.catalogue import Label, Severity
from gongxin.core.own_marks import TemplateMark

_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class TableFacts:
    """How one table of the file was read. Places are 0-based columns of the sender's file."""

    sheet: str
    header: tuple[str, ...]
    header_row: int
    lead: tuple[tuple[str, ...], ...]
    layout: str
    sources: dict[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    skipped_sheets: tuple[str, ...] = ()

    @property
    def unknown_headers(self) -> tuple[str, ...]:
        return tuple(self.header[place] for place in self.unknown)


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A sheet of which no row was read, and why."""

    sheet: str
    code: str
    message: Label


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """The counts of a check. rows = accepted + rejected + out_of_scope; folded rows count as accepted."""

    rows: int
    accepted: int
    rejected: int
    out_of_scope: int
    warnings: int
    folded: int
    problems: dict[str, int]
    format: str
    encoding: str | None
    tables: tuple[TableFacts, ...]
    damage: dict[str, Label]  # what is said of rows that could not be read, by code
    samples: dict[str, tuple[tuple[str, int], ...]]  # the first places of each problem: sheet and row
    fields: dict[
        str, tuple[str | None, ...]
    ]  # at which fields each problem stood; None is the row as a whole
    left_aside: tuple[LeftAside, ...] = ()
    template: TemplateMark | None = None  # of the template the file was made from
    batch: str = ""  # the submission whose marked copy the file is


@dataclass(slots=True)
class Tally:
    """The counts while the file is read."""

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    out_of_scope: int = 0
    warnings: int = 0
    folded: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    fields: dict[str, dict[str | None, None]] = field(default_factory=dict)

    def count(self, *, code: str, key: str | None, severity: Severity, sheet: str, rows: pl.Series) -> None:
        """This will count one problem in each of `rows`, the sender's own row numbers, at field `key`."""
        self.fields.setdefault(code, {})[key] = None
        self.problems[code] += len(rows)
        if severity is Severity.WARNING:
            self.warnings += len(rows)
        places = self.samples.setdefault(code, [])
        places += [(sheet, row) for row in rows.head(_SAMPLES - len(places))]

    def sort(self, *, accepted: int, rejected: int, out_of_scope: int) -> None:
        """This will count rows by what becomes of them."""
        self.rows += accepted + rejected + out_of_scope
        self.accepted += accepted
        self.rejected += rejected
        self.out_of_scope += out_of_scope

    def outcome(
        self,
        *,
        file_format: str,
        encoding: str | None,
        tables: tuple[TableFacts, ...],
        damage: dict[str, Label],
        left_aside: tuple[LeftAside, ...],
        template: TemplateMark | None,
        batch: str,
    ) -> CheckOutcome:
        return CheckOutcome(
            rows=self.rows,
            accepted=self.accepted,
            rejected=self.rejected,
            out_of_scope=self.out_of_scope,
            warnings=self.warnings,
            folded=self.folded,
            problems=dict(self.problems.most_common()),
            format=file_format,
            encoding=encoding,
            tables=tables,
            damage=damage,
            samples={code: tuple(places) for code, places in self.samples.items()},
            fields={code: tuple(keys) for code, keys in self.fields.items()},
            left_aside=left_aside,
            template=template,
            batch=batch,
        )
