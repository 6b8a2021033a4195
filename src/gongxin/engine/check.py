"""Checks one file against one class of the catalogue, chunk by chunk, and keeps what may be kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import polars as pl

from gongxin.core.catalogue import InformationClass, Label, Severity
from gongxin.core.column_mapping import ColumnMapping, MappingRefused, check_column_mapping
from gongxin.core.headers import normal_header, normal_row
from gongxin.core.lawbook import information_classes
from gongxin.core.own_marks import ROW_COLUMN, TemplateMark, batch_in, template_mark_in
from gongxin.engine import left_aside
from gongxin.engine.arrangement import Arrangement, arrange, known_headers, looks_like_header
from gongxin.engine.identity import Identities
from gongxin.engine.keep import Keep
from gongxin.engine.layout import layout_document
from gongxin.engine.outcome import CheckOutcome, TableFacts, Tally
from gongxin.engine.own_copy import as_sent, header_as_sent
from gongxin.engine.plan import CheckedRows, Plan, check_rows, compile_plan, kept_fields
from gongxin.engine.readers.opening import open_tables
from gongxin.engine.readers.table import (
    MOST_DAMAGED,
    Chunk,
    Damage,
    FileRefused,
    Table,
    mostly_unreadable,
)
from gongxin.engine.sent import rows_to_keep
from gongxin.engine.stream import gathered, in_order

__all__ = ["CheckOutcome", "check_file"]

_DAMAGE_AT_ONCE = 10_000


def check_file(
    source: BinaryIO,
    *,
    filename: str,
    information_class: InformationClass,
    mapping: ColumnMapping | None,
    on: date,
    keep: Path | None,
    progress: Callable[[int], None] | None = None,
    others: Callable[[], Iterable[InformationClass]] = information_classes,
) -> CheckOutcome:
    """Return the counts of checking every row of `source` as the law stands on the day `on`.

    `others` are the classes a file may have been meant for instead: those of the same edition.
    With `keep`, a folder, what may be kept is written there; without, nothing is written anywhere.
    Raises FileRefused for a file that cannot be read as the class at all.
    """
    _refuse_wrong_mapping(mapping, information_class)
    with ExitStack() as stack:
        kept = Keep(keep, kept_fields(information_class)) if keep is not None else None
        if kept is not None:
            stack.enter_context(kept)
        check = _Check(information_class, mapping, on, kept, progress, others)
        # Closed at once when the file is refused half-way: a parser in a process of its own ends with it.
        tables = stack.enter_context(
            closing(
                open_tables(
                    source,
                    filename=filename,
                    is_header=check.is_header,
                    encoding=mapping.encoding if mapping else None,
                    header_row=mapping.header_row if mapping else None,
                )
            )
        )
        for table in tables:
            check.read(table)
        return check.finish()


def _refuse_wrong_mapping(mapping: ColumnMapping | None, information_class: InformationClass) -> None:
    if mapping is None:
        return
    try:
        check_column_mapping(mapping=mapping, information_class=information_class)
    except MappingRefused as refused:
        raise FileRefused(code=refused.code, message=refused.message) from refused


@dataclass(slots=True)
class _Check:
    """One check while it runs."""

    information_class: InformationClass
    mapping: ColumnMapping | None
    on: date
    keep: Keep | None
    progress: Callable[[int], None] | None
    others: Callable[[], Iterable[InformationClass]]
    tally: Tally = field(default_factory=Tally)
    identities: Identities = field(default_factory=Identities)
    tables: list[TableFacts] = field(default_factory=list)
    damage: dict[str, Label] = field(default_factory=dict)
    damaged: list[Damage] = field(default_factory=list)
    unreadable: int = 0
    read_as: tuple[str, str | None] = ("", None)
    refused: dict[str, FileRefused] = field(default_factory=dict)  # by sheet
    skipped: tuple[str, ...] = ()
    template: TemplateMark | None = None
    batch: str = ""
    origin: int | None = None  # the column of the table being read that says which row a row was before
    plan: Plan | None = None  # of the table read last
    own_headers: frozenset[str] = field(init=False)
    other_headers: tuple[frozenset[str], ...] | None = None  # of every class, once they are asked for

    def __post_init__(self) -> None:
        self.own_headers = known_headers(self.information_class)

    def is_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row is the header: of this class by preference, else of any, to say which."""
        if self.mapping is not None and self.mapping.header is not None:
            return normal_row(header_as_sent(cells)) == self.mapping.header
        if self.mapping is not None and any(column.label for column in self.mapping.columns):
            known = {normal_header(cell) for cell in cells}
            return all(normal_header(c.label) in known for c in self.mapping.columns if c.label)
        if self.mapping is not None:
            return sum(bool(cell and cell.strip()) for cell in cells) >= len(self.mapping.columns)
        return looks_like_header(cells=cells, known=self.own_headers) or self._is_header_of_another(cells)

    def _is_header_of_another(self, cells: Sequence[str]) -> bool:
        if self.other_headers is None:
            self.other_headers = tuple(map(known_headers, self.others()))
        return any(looks_like_header(cells=cells, known=known) for known in self.other_headers)

    def read(self, table: Table) -> None:
        """This will check every row of `table`, or leave its sheet aside if it does not fit the class."""
        self.skipped = table.skipped_sheets
        self.batch = self.batch or batch_in(table.own_words)
        self.template = self.template or template_mark_in(chain.from_iterable(table.lead))
        if self.mapping is not None and self.mapping.sheet not in (None, table.sheet):
            self.refused[table.sheet] = left_aside.not_the_mapped_sheet()
            return
        if len(self.tables) == left_aside.MOST_SHEETS:
            raise left_aside.too_many_sheets()
        header = header_as_sent(table.header)
        try:
            arrangement = arrange(
                header=header,
                information_class=self.information_class,
                mapping=self.mapping,
                others=self.others,
            )
        except FileRefused as refused:
            self.refused[table.sheet] = refused
            return
        plan = self._plan_for(arrangement)
        self.read_as = (table.format, table.encoding)
        self.origin = next((at for at, name in enumerate(table.header) if name == ROW_COLUMN), None)
        self.tables.append(
            TableFacts(
                sheet=table.sheet,
                header=header,
                header_row=table.header_row,
                lead=table.lead,
                layout=arrangement.layout,
                sources=dict(arrangement.sources),
                unknown=arrangement.unknown,
                skipped_sheets=table.skipped_sheets,
            )
        )
        for item in in_order(
            gathered(self._as_sent(table)),
            lambda chunk: check_rows(plan=plan, rows=chunk.frame, plain=chunk.plain),
        ):
            if isinstance(item, Damage):
                self.damaged.append(item)
            else:
                self._take(*item, plan)
            if not isinstance(item, Damage) or len(self.damaged) >= _DAMAGE_AT_ONCE:
                self._note_damage()
                self._tell()
        self._note_damage()
        self._tell()

    def _as_sent(self, table: Table) -> Iterator[Chunk | Damage]:
        """Yield the rows of a table; of our own copy without what we set before a cell to make it text."""
        is_own = bool(table.own_words) or self.origin is not None
        return map(as_sent, table.items) if is_own else table.items

    def _plan_for(self, arrangement: Arrangement) -> Plan:
        """Return the plan for a table; the sheets of one workbook mostly share it."""
        if self.plan is None or self.plan.arrangement != arrangement:
            self.plan = compile_plan(
                information_class=self.information_class, arrangement=arrangement, on=self.on
            )
        return self.plan

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.tally.rows)

    def finish(self) -> CheckOutcome:
        """Return the counts, once the rows of the whole file have been compared with each other."""
        if not self.tables:
            raise left_aside.no_table_fits(
                tuple(self.refused.values()), self.template, self.information_class
            )
        verdict = self.identities.verdict()
        rejected = len(verdict.rejected)
        self.tally.accepted -= rejected
        self.tally.rejected += rejected
        self.tally.folded = verdict.folded.height
        self._note_repeats("unique-key", verdict.contradicting)
        self._note_repeats("folded-row", verdict.folded)
        outcome = self.tally.outcome(
            file_format=self.read_as[0],
            encoding=self.read_as[1],
            tables=tuple(self.tables),
            damage=self.damage,
            left_aside=left_aside.left_aside(self.refused, self.skipped),
            template=self.template,
            batch=self.batch,
        )
        if self.keep is not None:
            withdrawn = pl.concat([verdict.rejected, verdict.folded["place"]])
            self.keep.finish(withdrawn=withdrawn, layout=layout_document(outcome, self.information_class))
        return outcome

    def _take(self, chunk: Chunk, checked: CheckedRows, plan: Plan) -> None:
        """This will count one checked chunk and keep what may be kept of it."""
        accepted = ~(checked.person | checked.failed)
        places = pl.select(
            pl.when(accepted).then(self.tally.accepted + accepted.cast(pl.UInt32).cum_sum() - 1)
        ).to_series()
        self._remember(checked, plan, places.cast(pl.UInt32))
        out_of_scope, kept = int(checked.person.sum()), int(accepted.sum())
        self.tally.sort(
            accepted=kept, rejected=chunk.frame.height - kept - out_of_scope, out_of_scope=out_of_scope
        )
        for finding, mask in checked.hits:
            rows = chunk.frame["row"].filter(mask)
            self._note(finding.rule.code, finding.field, finding.rule.severity, chunk.sheet, rows)
        if self.keep is not None:
            keep = partial(
                _keep_rows,
                self.keep,
                chunk,
                checked,
                plan,
                table=len(self.tables),
                width=len(self.tables[-1].header),
                origin=self.origin,
            )
            self.keep.meanwhile(keep)

    def _remember(self, checked: CheckedRows, plan: Plan, places: pl.Series) -> None:
        organisations = ~checked.person
        cleaned = checked.cleaned.filter(organisations) if checked.person.any() else checked.cleaned
        rows = pl.DataFrame({"row": checked.cleaned["row"], "place": places}).filter(organisations)
        self.identities.add(
            keys=cleaned.select(plan.key),
            contents=cleaned.select(plan.content),
            rows=rows.with_columns(table=pl.lit(len(self.tables) - 1, dtype=pl.UInt16)),
        )

    def _note_damage(self) -> None:
        """This will count the damaged rows met since the last chunk, all of one code at once."""
        for sheet, code in dict.fromkeys((item.sheet, item.code) for item in self.damaged):
            found = [item for item in self.damaged if (item.sheet, item.code) == (sheet, code)]
            self.damage.setdefault(code, found[0].message)
            self.tally.sort(accepted=0, rejected=len(found), out_of_scope=0)
            rows = pl.Series("row", [item.row for item in found], dtype=pl.UInt32)
            self._note(code, None, Severity.ERROR, sheet, rows)
        self.unreadable += len(self.damaged)
        self.damaged.clear()
        if self.unreadable > max(MOST_DAMAGED, self.tally.rows // 2):
            worst = max(self.damage, key=lambda code: self.tally.problems[code])
            places = [row for _, row in self.tally.samples[worst]]
            raise mostly_unreadable(rows=places, said=self.damage[worst])

    def _note_repeats(self, kind: str, found: pl.DataFrame) -> None:
        rule = next((rule for rule in self.information_class.rules if rule.kind == kind), None)
        if rule is None or not found.height:
            return
        for (table,), rows in found.group_by("table", maintain_order=True):
            sheet = self.tables[int(str(table))].sheet
            self._note(rule.code, None, rule.severity, sheet, rows["row"])

    def _note(self, code: str, key: str | None, severity: Severity, sheet: str, rows: pl.Series) -> None:
        self.tally.count(code=code, key=key, severity=severity, sheet=sheet, rows=rows)
        if self.keep is not None:
            self.keep.add_problems(
                rows.rename("row")
                .to_frame()
                .with_columns(
                    sheet=pl.lit(sheet),
                    code=pl.lit(code),
                    field=pl.lit(key, dtype=pl.String),
                    severity=pl.lit(severity.value),
                )
            )


def _keep_rows(
    keep: Keep,
    chunk: Chunk,
    checked: CheckedRows,
    plan: Plan,
    *,
    table: int,
    width: int,
    origin: int | None,
) -> None:
    sheet = pl.lit(chunk.sheet).alias("sheet")
    accepted = ~(checked.person | checked.failed)
    keep.add_accepted(checked.cleaned.filter(accepted).with_columns(sheet))
    sent = rows_to_keep(plan=plan, rows=chunk.frame, checked=checked)
    keep.add_sent(sent.with_columns(sheet), table=table, width=width)
    if origin is not None:
        keep.add_origins(chunk.frame.select("row", sheet, pl.col(f"c{origin}").alias("origin")))
