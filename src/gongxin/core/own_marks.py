"""What we write into workbooks that come back: read as our own words, never as somebody's record.

Every such cell begins with `OURS`. A template says its class and edition in its first cell, the marked copy
names its submission in the first cell of its last sheet, and its last columns say which row a row was.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongxin.core.catalogue import Field, FieldPublication, InformationClass

OURS = "〔公信〕"
ROW_COLUMN, PROBLEM_COLUMN = f"{OURS}原行号", f"{OURS}需改正"
_TEMPLATE = re.compile(re.escape(OURS) + r"模板 ([a-z0-9-]+) (\S+)")
_BATCH = re.compile(re.escape(OURS) + r"批次 ([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class TemplateMark:
    """Which class a template was made for, and from which edition of its columns."""

    class_id: str
    edition: str


def is_ours(text: str | None) -> bool:
    """Return whether a cell was written by us."""
    return bool(text) and str(text).lstrip().startswith(OURS)


def without_ours(header: Sequence[str]) -> tuple[str, ...]:
    """Return a header without the columns we added on its right."""
    first = next((place for place, name in enumerate(header) if is_ours(name)), len(header))
    added = all(is_ours(name) or not name for name in header[first:])
    return tuple(header[:first] if added else header)


def template_fields(information_class: InformationClass) -> tuple[Field, ...]:
    """Return the columns of a template: those of the class's own form that may be kept."""
    own = set(information_class.layouts[0].columns.values())
    return tuple(
        field
        for field in information_class.fields
        if field.key in own and field.publication is not FieldPublication.NEVER_KEPT
    )


def template_mark(information_class: InformationClass) -> TemplateMark:
    """Return the mark of a template made from the class as it is: other columns or codes, another edition."""
    required = set(information_class.layouts[0].required)
    columns = "\n".join(
        f"{field.key} {field.label.zh} {field.key in required} {field.codes}"
        for field in template_fields(information_class)
    )
    return TemplateMark(
        information_class.id, f"{information_class.edition}-{zlib.crc32(columns.encode()):08x}"
    )


def template_words(mark: TemplateMark) -> str:
    return f"{OURS}模板 {mark.class_id} {mark.edition}"


def template_mark_in(texts: Iterable[str | None]) -> TemplateMark | None:
    """Return the mark of the template a file was made from, if its first rows hold one."""
    found = next(filter(None, (_TEMPLATE.match(text or "") for text in texts)), None)
    return TemplateMark(found[1], found[2]) if found else None


def batch_words(number: str) -> str:
    return f"{OURS}批次 {number}"


def batch_in(texts: Iterable[str | None]) -> str:
    """Return the number of the submission a marked copy was made of, or nothing."""
    found = next(filter(None, (_BATCH.match(text or "") for text in texts)), None)
    return found[1] if found else ""
