"""Which faulty rows of a checked file have come back in order since.

A marked copy sent back says of each row which row it was. Where that is not said (the sender mended her own
file), a row is known by the key of its class: document number, deciding body and whom it is about, by code
or by name. A faulty row whose key is itself at fault is then known only if the marked copy came back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gongxin.core.catalogue import InformationClass, Severity
from gongxin.engine.accepted import SUBJECT_ROLES
from gongxin.engine.document_numbers import normal_document_number
from gongxin.engine.export_text import sheet_names
from gongxin.engine.keep import ORIGINS, PROBLEMS
from gongxin.engine.report.findings import KeptCheck, open_kept, sent_batches

_PLACE = ["sheet", "row"]
_STARRED = "*"


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many rows were at fault, and which of them (sheet, row) still are."""

    faulty: int
    left: pl.DataFrame

    @property
    def left_count(self) -> int:
        return self.left.height

    @property
    def corrected(self) -> int:
        return self.faulty - self.left.height


def corrected_rows(
    folder: Path, *, corrections: Sequence[Path], information_class: InformationClass
) -> Corrected:
    """Return what the checks kept in `corrections` have left of the faulty rows of the one in `folder`."""
    check, *sent = (
        open_kept(one, information_class=information_class, language="zh") for one in (folder, *corrections)
    )
    faulty = faulty_rows(folder)
    left = faulty
    for correction in sent:
        left = _without(left, _by_origin(check, correction))
    if left.height and sent:
        left = _without(left, _by_key(check, sent))
    return Corrected(faulty.height, left)


def _without(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    return rows.join(others, on=_PLACE, how="anti", maintain_order="left")


def faulty_rows(folder: Path) -> pl.DataFrame:
    """Return the rows (sheet, row) that were rejected, in the order of the file."""
    problems = pl.read_parquet(folder / PROBLEMS)
    return problems.filter(pl.col("severity") == Severity.ERROR.value).select(_PLACE).unique().sort(_PLACE)


def origins_of(folder: Path) -> pl.DataFrame:
    """Return which row each row says it was (sheet, row, origin); none if nothing was said."""
    path = folder / ORIGINS
    empty = pl.DataFrame(schema={"row": pl.UInt32, "sheet": pl.String, "origin": pl.String})
    return pl.read_parquet(path) if path.exists() else empty


def _by_origin(check: KeptCheck, correction: KeptCheck) -> pl.DataFrame:
    """Return the rows of `check` that accepted rows of a correction say they were."""
    sheets = [table["sheet"] for table in check.layout["tables"]]
    names = {written: sheet for sheet, written in sheet_names(sheets).items()}
    said = pl.concat([rows.select(_PLACE) for rows in _accepted(correction)]).join(
        origins_of(correction.folder), on=_PLACE
    )
    # A copy of one table is that table, whatever its sheet is called by now.
    sheet = pl.lit(sheets[0]) if len(sheets) == 1 else pl.col("sheet").replace_strict(names, default=None)
    return said.select(sheet.alias("sheet"), pl.col("origin").cast(pl.UInt32).alias("row")).drop_nulls()


def _accepted(check: KeptCheck) -> Iterator[pl.DataFrame]:
    """Yield the rows of a file that were accepted, as sent: those kept and not rejected."""
    rejected = faulty_rows(check.folder)
    for batch in sent_batches(check):
        yield _without(batch, rejected)


def _by_key(check: KeptCheck, corrections: Iterable[KeptCheck]) -> pl.DataFrame:
    keys = [_keys_of(one, rows).select("key") for one in corrections for rows in _accepted(one)]
    known = pl.concat(keys).unique()
    found = [_keys_of(check, rows).join(known, on="key", how="semi") for rows in sent_batches(check)]
    return pl.concat(found).select(_PLACE).unique()


def _keys_of(check: KeptCheck, rows: pl.DataFrame) -> pl.DataFrame:
    """Return some rows as sent with each of their keys: one for every identifier of whom a row is about."""
    keys = [pl.DataFrame(schema={"sheet": pl.String, "row": pl.UInt32, "key": pl.String})]
    for table in check.layout["tables"]:
        of_table = rows.filter(pl.col("sheet") == table["sheet"])
        sources: dict[str, list[int]] = table["sources"]
        keys += [of_table.select(*_PLACE, key) for key in _keys(check.information_class, sources)]
    return pl.concat(frame.select("sheet", "row", "key") for frame in keys).drop_nulls()


def _keys(information_class: InformationClass, sources: Mapping[str, Sequence[int]]) -> Iterator[pl.Expr]:
    parts = [part for part in information_class.key if part != "subject"]
    for role in SUBJECT_ROLES:
        if sources.get(information_class.role(role) or ""):
            texts = [_part(information_class, sources, part) for part in (*parts, role)]
            yield pl.concat_str([pl.lit(role), *texts], separator="\x1f").alias("key")


def _part(information_class: InformationClass, sources: Mapping[str, Sequence[int]], part: str) -> pl.Expr:
    """Return one part of a key as it is compared; a file without the column always has the same."""
    places = sources.get(information_class.roles.get(part, part))
    if not places:
        return pl.lit("")
    text = pl.col(f"c{places[0]}").str.normalize("NFKC").str.strip_chars().str.to_uppercase()
    plain = pl.when((text != "") & ~text.str.contains(_STARRED, literal=True)).then(text)
    return normal_document_number(plain) if part == "document_number" else plain
