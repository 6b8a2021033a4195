"""Teaching the desk an agency's own headers once, and knowing them the next time."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.column_mapping import (
    ColumnMapping,
    MappingRefused,
    check_column_mapping,
    parse_column_mapping,
)
from gongxin.core.headers import normal_row
from gongxin.core.law_files import parse_law
from gongxin.core.own_marks import template_mark
from gongxin.engine.arrangement import arrange, known_headers, looks_like_header
from gongxin.engine.likely_header import LikelyHeader, likely_header
from gongxin.engine.readers.table import FileRefused
from gongxin.flows.inherited_mapping import inherited_mapping
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of, successor_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.models import SavedMapping, Submission
from gongxin.registry.intake.queries import saved_mapping
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import SealingWriter, keyed_hash, open_sealed

Others = Callable[[], Sequence[InformationClass]]

# Larger files go to the worker unread; if their header is unknown, the refusal leads here with a part.
MOST_BYTES_READ_AT_THE_DESK = 8 * 1024 * 1024
MOST_BYTES_OF_A_MAPPING = 64 * 1024


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was saved about a header, and how the file at hand is read by it."""

    saved: SavedMapping
    mapping: ColumnMapping


def header_to_teach(
    *,
    spool: SealingWriter,
    file_name: str,
    agency: Agency,
    information_class: InformationClass,
    others: Others,
    corrects: Submission | None = None,
) -> LikelyHeader | None:
    """Return the header of an arriving file if nobody knows it: not the catalogue, not a saved mapping,
    not the submission that it corrects.

    A file that fits one of `others` is only sent to the wrong class, and one filled in on an old template of
    ours needs today's: there is nothing to teach.
    Raises FileRefused for a file that cannot be read at all.
    """
    if spool.size > MOST_BYTES_READ_AT_THE_DESK:
        return None
    with open_sealed(spool.path, home=home(), wrapped_key=spool.wrapped_key) as source:
        header = likely_header(source, filename=file_name)
        inherited = inherited_mapping(source=source, file_name=file_name, corrects=corrects)
    if inherited is not None or _is_old_template(header, information_class):
        return None
    if not _is_unknown(header.cells, information_class, others):
        return None
    return None if _saved(agency, information_class.id, header.cells) else header


def remembered_mapping(
    *, source: BinaryIO, file_name: str, agency: Agency, class_id: str
) -> Remembered | None:
    """Return what this agency once taught about the header of `source`, read from its beginning.

    Where the header stands is read anew: the next file may have one title row more, or one sheet a month.
    """
    if not SavedMapping.objects.filter(agency_id__in=agencies_of(agency), class_id=class_id).exists():
        return None
    try:
        header = likely_header(source, filename=file_name)
    except FileRefused:
        return None
    finally:
        source.seek(0)
    saved = _saved(agency, class_id, header.cells)
    if saved is None:
        return None
    mapping = parse_column_mapping(json.dumps(saved.mapping))  # JSON is YAML
    return Remembered(saved, replace(mapping, header=normal_row(header.cells)))


def read_mapping(*, spool: SealingWriter, information_class: InformationClass) -> dict[str, Any]:
    """Return the mapping written in an arriving YAML file. Raises MappingRefused."""
    if spool.size > MOST_BYTES_OF_A_MAPPING:
        raise MappingRefused(Label("对照表文件过大。", "The mapping file is too large."))
    with open_sealed(spool.path, home=home(), wrapped_key=spool.wrapped_key) as source:
        sent = source.read()
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingRefused(
            Label("对照表应为 UTF-8 编码的 YAML。", "A mapping is YAML in UTF-8.")
        ) from error
    check_column_mapping(mapping=parse_column_mapping(text), information_class=information_class)
    document: dict[str, Any] = parse_law(text)
    return document


def save_mapping(
    *,
    agency: Agency,
    information_class: InformationClass,
    header: Sequence[str],
    mapping: dict[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    """Keep how `header` is read for the class; a later word about the same header replaces it.

    Raises MappingRefused or FileRefused for a mapping under which no file of this header can pass.
    """
    parsed = parse_column_mapping(json.dumps(mapping))  # JSON is YAML
    check_column_mapping(mapping=parsed, information_class=information_class)
    arrange(header=header, information_class=information_class, mapping=parsed, others=tuple)
    with transaction.atomic():
        SavedMapping.objects.update_or_create(
            agency=agency,
            class_id=information_class.id,
            header_hash=header_hash(header),
            defaults={"mapping": mapping, "saved_at": at, "saved_by": actor.name},
            create_defaults={
                "id": fresh_id(at=at),
                "mapping": mapping,
                "saved_at": at,
                "saved_by": actor.name,
            },
        )
        write_event(
            actor=actor,
            action="mapping.saved",
            object_kind="agency",
            object_id=agency.id.hex,
            at=at,
            detail={"class": information_class.id, "columns": len(header)},
        )


def change_mapping(
    *,
    saved: SavedMapping,
    information_class: InformationClass,
    mapping: dict[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    """Read a header that is known in another way from now on. Raises as `save_mapping` does."""
    parsed = parse_column_mapping(json.dumps(mapping))  # JSON is YAML
    check_column_mapping(mapping=parsed, information_class=information_class)
    width = max((column.position or 0 for column in parsed.columns), default=0)
    arrange(header=[""] * width, information_class=information_class, mapping=parsed, others=tuple)
    with transaction.atomic():
        saved.mapping, saved.saved_at, saved.saved_by = mapping, at, actor.name
        saved.save(update_fields=["mapping", "saved_at", "saved_by"])
        write_event(
            actor=actor,
            action="mapping.saved",
            object_kind="agency",
            object_id=saved.agency_id.hex,
            at=at,
            detail={"class": information_class.id, "columns": len(parsed.columns)},
        )


def forget_mapping(*, saved: SavedMapping, actor: Actor, at: datetime) -> None:
    """Forget how a header is read: the next file that bears it is asked about again."""
    with transaction.atomic():
        write_event(
            actor=actor,
            action="mapping.forgotten",
            object_kind="agency",
            object_id=saved.agency_id.hex,
            at=at,
            detail={"class": saved.class_id, "mapping": saved.id.hex},
        )
        saved.delete()


def header_hash(header: Sequence[str]) -> str:
    """Return a keyed hash of a header: what was taken for one may have been somebody's row."""
    keyed = keyed_hash(home())
    keyed.update("\x1f".join(normal_row(header)).encode())
    return keyed.hexdigest()


def _is_unknown(header: Sequence[str], information_class: InformationClass, others: Others) -> bool:
    try:
        arrange(header=header, information_class=information_class, mapping=None, others=others)
    except FileRefused as refused:
        return refused.code != "wrong-class"
    known = (known_headers(one) for one in (information_class, *others()))
    return not any(looks_like_header(cells=header, known=headers) for headers in known)


def _is_old_template(header: LikelyHeader, information_class: InformationClass) -> bool:
    mark, now = header.template, template_mark(information_class)
    return mark is not None and mark.class_id == now.class_id and mark != now


def _saved(agency: Agency, class_id: str, header: Sequence[str]) -> SavedMapping | None:
    return saved_mapping(
        agency_id=successor_of(agency).id, class_id=class_id, header_hash=header_hash(header)
    )
