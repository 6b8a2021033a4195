"""A file that a command writes: whole or not at all, and never onto the file it reads."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused


def refuse_same_file(read: Path, written: Path) -> None:
    """Refuse to write onto what is read, by whatever path or link it is named."""
    try:
        same = read.samefile(written)
    except OSError:
        return  # one of them is not there
    if same:
        said = Label(
            f"结果会覆盖所读的文件 {read}：请用 -o 指定另一个文件",
            f"The results would overwrite the file that is read, {read}: name another file with -o",
        )
        raise CommandRefused(said, "wrong-usage")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place once all is written. Raises OSError.

    Until then, and whatever fails, what stands at `path` stays as it was.
    """
    if path.exists() and not path.is_file():  # a pipe or a terminal holds nothing to keep
        with path.open("wb") as out:
            yield out
        return
    path = path.resolve()  # a link stays a link
    part = path.with_name(f".{token_hex(8)}.part")
    try:
        with part.open("xb") as out:
            if path.exists():
                path.open("ab").close()  # one that may not be written is not replaced either
                shutil.copymode(path, part)
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
