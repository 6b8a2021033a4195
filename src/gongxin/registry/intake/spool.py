"""Where arriving bytes lie sealed until they are checked, and where the kept rows lie afterwards."""

import os
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from gongxin.registry.intake.models import Submission
from gongxin.registry.sealing import SealingWriter, open_sealed


def home() -> Path:
    return Path(settings.GONGXIN_HOME)


def new_spool() -> SealingWriter:
    """Return a writer for one arriving file, sealed under a fresh one-time key."""
    return SealingWriter(home() / "spool" / f"{secrets.token_hex(16)}.arriving", home=home())


def spool_path(submission_id: UUID) -> Path:
    return home() / "spool" / submission_id.hex


class SpoolCutShort(Exception):
    """The sealed file is not as long as what arrived."""


def open_spool(submission: Submission) -> BinaryIO:
    """Open the bytes of a received submission in clear, in memory only. Raises SpoolCutShort."""
    if submission.spool_key is None:
        raise FileNotFoundError(f"the spool of {submission.id} was erased")
    source = open_sealed(spool_path(submission.id), home=home(), wrapped_key=bytes(submission.spool_key))
    # Each block proves itself; that none is missing at the end only the length can tell.
    if source.seek(0, os.SEEK_END) != submission.file_bytes:
        source.close()
        raise SpoolCutShort(str(submission.id))
    source.seek(0)
    return source


def erase_spool(submission_id: UUID) -> None:
    spool_path(submission_id).unlink(missing_ok=True)


def kept_folder(submission_id: UUID) -> Path:
    """Return where the kept rows and problems of a checked submission lie."""
    return home() / "kept" / submission_id.hex


def fresh_folder(submission_id: UUID) -> Path:
    """Return an empty folder for a check to fill; what a killed check left there is removed."""
    folder = home() / "kept" / f"{submission_id.hex}.checking"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def keep(submission_id: UUID, folder: Path) -> None:
    """Make a filled folder the submission's kept one."""
    kept = kept_folder(submission_id)
    shutil.rmtree(kept, ignore_errors=True)
    folder.rename(kept)


def erase_abandoned(*, older_than_seconds: float, now_seconds: float) -> int:
    """Erase spool files no submission will ever read; return how many."""
    waiting = {
        spool_path(found).name
        for found in Submission.objects.filter(state="received").values_list("id", flat=True)
    }
    abandoned = [
        path
        for path in (home() / "spool").glob("*")
        if path.name not in waiting and now_seconds - path.stat().st_mtime > older_than_seconds
    ]
    for path in abandoned:
        path.unlink(missing_ok=True)
    return len(abandoned)
