"""A marked copy that comes back: the rows and headers in it as they were before we wrote them."""

from collections.abc import Sequence
from dataclasses import replace

from gongxin.core.own_marks import without_ours
from gongxin.engine.export_text import rows_as_sent, text_as_sent
from gongxin.engine.readers.table import Chunk, Damage


def header_as_sent(header: Sequence[str]) -> tuple[str, ...]:
    """Return a header without the columns we added; of a copy that has them, each label as it was sent."""
    own = without_ours(header)
    return own if len(own) == len(header) else tuple(map(text_as_sent, own))


def as_sent(item: Chunk | Damage) -> Chunk | Damage:
    """Return some rows of a copy as they were sent: no cell is to change by going out and coming back."""
    return replace(item, frame=rows_as_sent(item.frame)) if isinstance(item, Chunk) else item
