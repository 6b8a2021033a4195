"""What `check` and `submit` refuse alike before a row is read: the same words, the same codes."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused

T = TypeVar("T")


def unreadable(
    path: Path, error: Exception | None = None, *, code: str = "unreadable-file"
) -> CommandRefused:
    """Return the refusal of a file that is not there, may not be read, or is no UTF-8 where it must be."""
    if isinstance(error, UnicodeDecodeError):
        return CommandRefused(Label(f"{path} 不是 UTF-8 编码的文本", f"{path} is not UTF-8 text"), code)
    return CommandRefused(Label(f"无法读取文件 {path}", f"The file {path} cannot be read"), code)


def file_refused(message: Label) -> Label:
    """Return what is said of a file that cannot be read as a table of its class at all."""
    return Label(f"文件未被接收：{message.zh}", f"The file is refused: {message.en}")


def parsed_mapping(path: Path, parse: Callable[[str], T]) -> T:
    """Return the column mapping at `path`. Refuses, in words, one that cannot be read or used."""
    from gongxin.core.column_mapping import MappingRefused

    try:
        return parse(path.read_text(encoding="utf-8"))
    except MappingRefused as refused:
        raise CommandRefused(refused.message, "mapping-refused") from refused
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error, code="unreadable-mapping") from error
