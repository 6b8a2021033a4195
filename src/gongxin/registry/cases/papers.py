"""Where the papers of cases lie: each sealed under a key of its own, named by its id, never by its name."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from gongxin.registry.cases.models import Evidence
from gongxin.registry.sealing import SealingWriter, open_sealed

_ARRIVING = "arriving"


class PaperGone(Exception):
    """The bytes of this paper were erased, or are not as long as what was handed in."""


def home() -> Path:
    return Path(settings.GONGXIN_HOME)


def new_paper() -> SealingWriter:
    """Return a writer for one arriving paper."""
    return SealingWriter(_folder() / f"{secrets.token_hex(16)}.{_ARRIVING}", home=home())


def path_of(evidence_id: UUID) -> Path:
    return _folder() / evidence_id.hex


def content_of(writer: SealingWriter) -> bytes:
    """Return what a closed writer sealed, in clear; only for what is known to be small."""
    with open_sealed(writer.path, home=home(), wrapped_key=writer.wrapped_key) as opened:
        return opened.read()


def keep(writer: SealingWriter, evidence_id: UUID) -> None:
    """Let an arrived paper lie where its row will say."""
    writer.path.rename(path_of(evidence_id))


def open_paper(row: Evidence) -> BinaryIO:
    """Open the bytes of a paper in clear, in memory only. Raises PaperGone."""
    if row.erased_at is not None or not path_of(row.id).exists():
        raise PaperGone(row.id.hex)
    opened = open_sealed(path_of(row.id), home=home(), wrapped_key=bytes(row.wrapped_key))
    if opened.seek(0, os.SEEK_END) != row.size_bytes:
        opened.close()
        raise PaperGone(row.id.hex)
    opened.seek(0)
    return opened


def erase_abandoned_papers(*, older_than_seconds: float, now_seconds: float) -> int:
    """Erase papers that belong to no case: their form was never accepted; return how many."""
    found = [path for path in _old_ones(now_seconds - older_than_seconds) if not _is_kept(path)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _old_ones(before_seconds: float) -> Iterator[Path]:
    return (path for path in _folder().glob("*") if path.stat().st_mtime < before_seconds)


def _is_kept(path: Path) -> bool:
    if path.suffix:
        return False
    return Evidence.objects.filter(id=UUID(path.name), erased_at=None).exists()


def _folder() -> Path:
    return home() / "evidence"
