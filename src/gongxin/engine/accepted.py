"""The accepted rows of a check in the shape posting needs, worked out as whole columns."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import iter_unpack
from typing import Any, NamedTuple

import polars as pl

from gongxin.core.catalogue import InformationClass
from gongxin.core.ids import RANDOM_BYTES, hex_ids
from gongxin.core.ledger import (
    CONTENT_VERSION,
    KEY_SEPARATOR,
    commitment,
    content_hash,
    record_key_of_text,
)
from gongxin.engine.document_numbers import normal_document_number
from gongxin.engine.identifiers import (
    organisation_valid,
    registration_valid,
    unified_organisation_part_valid,
    unified_valid,
)

ROW = "row"
CONTENT = "content"
SALT_BYTES = 16
# Whom a row is about, the surest first.
SUBJECT_ROLES = (
    "unified_code",
    "taxpayer_number",
    "registration_number",
    "organisation_code",
    "professional_licence",
    "subject_name",
)


class AcceptedRow(NamedTuple):
    """One accepted row, as posting reads it."""

    row: int  # its number in the sender's file
    name: str | None
    operator: str | None
    checked: tuple[str | None, ...]  # what may link it: `core.subjects.LINK_COLUMNS`
    content: str  # canonical
    content_hash: str
    key: str  # the record's, within its subject
    facts: tuple[str | None, ...]  # the roles asked for
    decided_on: str | None
    served_on: str | None
    document_number: str | None  # in its normal form
    entry_id: str  # of the version the row will be
    decision_id: str
    salt: bytes
    commitment: bytes  # for the public log, if this is the record's first version


def accepted_row(
    *,
    row: int,
    fields: Mapping[str, str],
    information_class: InformationClass,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
    at: datetime,
) -> AcceptedRow:
    """Return one accepted row that was kept by itself, from its fields; the same road as whole files."""
    frame = pl.DataFrame({ROW: [row], **{key: [value] for key, value in fields.items()}})
    return next(rows_of(frame, information_class, fact_roles=fact_roles, missing=missing, at=at))


def rows_of(
    frame: pl.DataFrame,
    information_class: InformationClass,
    *,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
    at: datetime,
) -> Iterator[AcceptedRow]:
    """Yield the rows of `frame` (columns of accepted.parquet), in order.

    `missing` says what stands in for a role of the record key that is empty; ids are made as of `at`.
    """
    columns = RoleColumns(frame, information_class)
    keys = [field.key for field in information_class.fields if field.key in frame.columns]
    contents = canonical_contents(frame, keys)
    hashes = [content_hash(content) for content in contents]
    ids = hex_ids(at=at, randomness=os.urandom(RANDOM_BYTES * 2 * frame.height))
    entry_ids, decision_ids = ids[: frame.height], ids[frame.height :]
    salts = [salt for (salt,) in iter_unpack(f"{SALT_BYTES}s", os.urandom(SALT_BYTES * frame.height))]
    return map(
        AcceptedRow,
        frame.get_column(ROW).to_list(),
        columns.texts("subject_name"),
        columns.texts("representative"),
        _shared(columns.identities()),
        contents,
        hashes,
        columns.record_keys(missing),
        frame.select(columns.value(role).alias(role) for role in fact_roles).rows(),
        columns.texts("decided_on"),
        columns.texts("served_on"),
        columns.document_numbers(),
        entry_ids,
        decision_ids,
        salts,
        map(commitment, salts, entry_ids, hashes),
    )


def _shared(rows: list[tuple[str | None, ...]]) -> Iterator[tuple[str | None, ...]]:
    """Yield `rows`, neighbours that are equal as one object: it is then sent to another process once."""
    last: tuple[str | None, ...] = ()
    for row in rows:
        if row != last:
            last = row
        yield last


@dataclass(frozen=True, slots=True)
class RoleColumns:
    """Some rows as columns, read by the role a field plays in the class."""

    frame: pl.DataFrame
    information_class: InformationClass

    def value(self, role: str) -> pl.Expr:
        """Return the column that plays `role`, empty where the class or file has none."""
        key = self.information_class.roles.get(role, role)
        if key in self.frame.columns:
            return pl.col(key)
        return pl.repeat(None, pl.len(), dtype=pl.String)

    def texts(self, role: str) -> list[str | None]:
        return self._list(self.value(role))

    def document_numbers(self) -> list[str | None]:
        return self._list(self._key_part("document_number"))

    def record_keys(self, missing: Mapping[str, str]) -> list[str]:
        class_id = self.information_class.id
        return [record_key_of_text(class_id, text) for text in self._key_texts(missing)]

    def identities(self) -> list[tuple[str | None, ...]]:
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

    def _key_texts(self, missing: Mapping[str, str]) -> list[str]:
        parts = [part for part in self.information_class.key if part != "subject"]
        shaped = [self._key_part(part).fill_null(missing.get(part, "")) for part in parts]
        if not shaped:  # one record a subject: its registration
            return [""] * self.frame.height
        return self._list(pl.concat_str(shaped, separator=KEY_SEPARATOR))

    def _key_part(self, part: str) -> pl.Expr:
        value = self.value(part)
        return normal_document_number(value) if part == "document_number" else value

    def _list(self, values: pl.Expr) -> list[Any]:
        return self.frame.select(values.alias("values")).to_series().to_list()


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
