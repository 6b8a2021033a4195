"""The accepted rows of a check in the shape posting needs, worked out as whole columns."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pyarrow.parquet as pq

from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import CONTENT_VERSION, KEY_SEPARATOR
from gongxin.engine.document_numbers import normal_document_number
from gongxin.engine.identifiers import (
    organisation_valid,
    registration_valid,
    unified_organisation_part_valid,
    unified_valid,
)

ROW = "row"
SHEET = "sheet"
CONTENT = "content"


# Columns are worked on in large pieces: an expression costs as much for two thousand rows as for one.
PIECE_ROWS = 32_768


class AcceptedRow(NamedTuple):
    """One accepted row, as posting reads it."""

    row: int  # its number in the sender's file
    name: str | None
    operator: str | None
    checked: tuple[str | None, ...]  # what may link it: `core.subjects.LINK_COLUMNS`
    content: str  # canonical
    key_text: str  # the record's key fields in their normal form, the subject left out
    facts: tuple[str | None, ...]  # the roles asked for
    decided_on: str | None
    served_on: str | None
    document_number: str | None  # in its normal form


def sort_by_subject(path: Path, *, information_class: InformationClass) -> None:
    """This will lay the rows of `path` in the order of their subjects, in place of the file.

    Rows of one subject lie together in every index that begins with the subject; in the sender's
    order each row would touch pages of its own. Sorting again changes nothing.
    """
    frame = pl.read_parquet(path)
    piece = _Piece(frame, information_class)
    keys = [piece.value(role).fill_null("") for role in _SUBJECT_ROLES]
    sorted_path = path.with_suffix(".sorting")
    places = [column for column in (SHEET, ROW) if column in frame.columns]
    frame.sort([*keys, *places], multithreaded=True).write_parquet(
        sorted_path, compression="zstd", compression_level=1, row_group_size=PIECE_ROWS
    )
    sorted_path.replace(path)


_SUBJECT_ROLES = (
    "unified_code",
    "taxpayer_number",
    "registration_number",
    "organisation_code",
    "professional_licence",
    "subject_name",
)


def accepted_rows(
    path: Path,
    *,
    information_class: InformationClass,
    skip: int,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
) -> Iterator[AcceptedRow]:
    """Yield the rows of `path` (accepted.parquet) after the first `skip`, in order.

    `missing` says what stands in for a role of the record key that is empty.
    """
    # The next piece is read and worked out while the database is busy with this one.
    with ThreadPoolExecutor(1) as ahead:
        pieces = _pieces(path, information_class, skip)
        waiting = ahead.submit(_next_rows, pieces, fact_roles, missing)
        while rows := waiting.result():
            waiting = ahead.submit(_next_rows, pieces, fact_roles, missing)
            yield from rows


def _next_rows(
    pieces: "Iterator[_Piece]", fact_roles: Sequence[str], missing: Mapping[str, str]
) -> list[AcceptedRow]:
    piece = next(pieces, None)
    return [] if piece is None else list(piece.rows(fact_roles, missing))


def _pieces(path: Path, information_class: InformationClass, skip: int) -> "Iterator[_Piece]":
    file = pq.ParquetFile(path)
    groups, left = _groups_after(file, skip)
    for batch in file.iter_batches(batch_size=PIECE_ROWS, row_groups=groups):
        frame = pl.DataFrame(pl.from_arrow(batch))
        if left < frame.height:
            yield _Piece(frame.slice(left), information_class)
        left = max(0, left - frame.height)


def accepted_row(
    *,
    row: int,
    fields: Mapping[str, str],
    information_class: InformationClass,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
) -> AcceptedRow:
    """Return one accepted row that was kept by itself, from its fields; the same road as whole files."""
    frame = pl.DataFrame({ROW: [row], **{key: [value] for key, value in fields.items()}})
    return next(_Piece(frame, information_class).rows(fact_roles, missing))


def _groups_after(file: pq.ParquetFile, skip: int) -> tuple[list[int], int]:
    """Return the row groups that hold rows after `skip`, and how many rows to skip in the first."""
    for group in range(file.num_row_groups):
        height = file.metadata.row_group(group).num_rows
        if skip < height:
            return list(range(group, file.num_row_groups)), skip
        skip -= height
    return [], 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows as columns, read by the role a field plays in the class."""

    frame: pl.DataFrame
    information_class: InformationClass

    def rows(self, fact_roles: Sequence[str], missing: Mapping[str, str]) -> Iterator[AcceptedRow]:
        keys = [field.key for field in self.information_class.fields if field.key in self.frame.columns]
        return map(
            AcceptedRow,
            self.frame.get_column(ROW).to_list(),
            self._list(self.value("subject_name")),
            self._list(self.value("representative")),
            self._identities(),
            canonical_contents(self.frame, keys),
            self._key_texts(missing),
            self.frame.select(self.value(role).alias(role) for role in fact_roles).rows(),
            self._list(self.value("decided_on")),
            self._list(self.value("served_on")),
            self._list(self._key_part("document_number")),
        )

    def _key_texts(self, missing: Mapping[str, str]) -> list[str]:
        parts = [part for part in self.information_class.key if part != "subject"]
        shaped = [self._key_part(part).fill_null(missing.get(part, "")) for part in parts]
        if not shaped:  # one record a subject: its registration
            return [""] * self.frame.height
        return self._list(pl.concat_str(shaped, separator=KEY_SEPARATOR))

    def _identities(self) -> list[tuple[str | None, ...]]:
        """Codes that do not pass their check are left out, the placeholder too (R3)."""
        unified, taxpayer = self.value("unified_code"), self.value("taxpayer_number")
        registration, organisation = self.value("registration_number"), self.value("organisation_code")
        codes = self.frame.select(
            pl.coalesce(_if(unified_valid(unified), unified), _if(unified_valid(taxpayer), taxpayer)).alias(
                "unified"
            ),
            _if(registration_valid(registration), registration).alias("registration"),
            _if(organisation_valid(organisation), organisation).alias("organisation"),
            self.value("professional_licence").alias("licence"),
            self.value("profession").alias("profession"),
        )
        code = pl.col("unified")
        part = _if(unified_organisation_part_valid(code), code.str.slice(8, 9)).alias("part")
        return codes.with_columns(part).rows()

    def _list(self, values: pl.Expr) -> list[Any]:
        return self.frame.select(values.alias("values")).to_series().to_list()

    def value(self, role: str) -> pl.Expr:
        """Return the column that plays `role`, empty where the class or file has none."""
        key = self.information_class.roles.get(role, role)
        if key in self.frame.columns:
            return pl.col(key)
        return pl.repeat(None, pl.len(), dtype=pl.String)

    def _key_part(self, part: str) -> pl.Expr:
        value = self.value(part)
        return normal_document_number(value) if part == "document_number" else value


def _if(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(value)


def canonical_contents(frame: pl.DataFrame, keys: list[str]) -> list[str]:
    """Return each row as canonical JSON; equal, byte for byte, to `core.ledger.canonical_content`."""
    awkward = frame.select(pl.col(key).str.contains(_NEEDS_ESCAPE).any() for key in keys).row(0)
    escaped = dict(zip(keys, awkward, strict=True))
    members = [_member(key, escape=bool(escaped[key])) for key in sorted(keys)]
    fields = pl.concat_str(members, separator=",", ignore_nulls=True) if members else pl.lit("")
    content = pl.concat_str(pl.lit(f'{{"v":{CONTENT_VERSION},"fields":{{'), fields, pl.lit("}}"))
    return frame.select(content.alias(CONTENT)).get_column(CONTENT).to_list()


_NEEDS_ESCAPE = r'[\x00-\x1f"\\]'


def _member(key: str, *, escape: bool) -> pl.Expr:
    """Return `"key":"value"` for each row, null where the field is empty; the encoder escapes if it must."""
    value = pl.col(key)
    if escape:
        written = pl.struct(value).struct.json_encode().str.strip_prefix("{").str.strip_suffix("}")
    else:
        written = pl.concat_str(pl.lit(f'"{key}":"'), value, pl.lit('"'))
    return pl.when(value != "").then(written)
