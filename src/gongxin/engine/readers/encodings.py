"""Which encoding a text file is in, decided over the whole file before a row is read.

The order matters: UTF-8 names of an even number of characters also decode as GB18030, silently. So: byte
order mark, then strict UTF-8, then strict GB18030, never with replacement. A file that is not UTF-8 but
holds a non-ASCII line that is valid UTF-8 was glued together from two encodings; it is refused, because
either reading would quietly spoil the other half.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from gongxin.core.catalogue import Label
from gongxin.engine.readers.octets import count_lines, is_utf8
from gongxin.engine.readers.table import FileRefused

BLOCK_BYTES = 4 << 20
_SMALL_BLOCK_BYTES = 256 << 10
# A stretch this long without a line break is no table. It also bounds the memory of every later step.
LONGEST_LINE_BYTES = 512 << 10
_NAMED_LINES = 3


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """How to read the file: `codec` for Python, `name` for people, `bom` bytes to skip."""

    name: str  # utf-8 | gb18030 | utf-16
    codec: str
    bom: int


@dataclass(slots=True)
class _Tally:
    """What the lines seen so far say about the encoding."""

    lines: int = 0
    utf8_lines: list[int] = field(default_factory=list)  # the first non-ASCII lines that are valid UTF-8
    other_lines: list[int] = field(default_factory=list)  # the first that are not
    gb18030_error: int | None = None
    cut_off: int | None = None  # the last line, if it ends inside a character


def decide_encoding(source: BinaryIO, *, declared: str | None = None) -> TextEncoding:
    """Read all of `source` once and return its encoding. Raises FileRefused if there is no safe one."""
    source.seek(0)
    marked = _by_mark(source.read(4))
    found = _checked_against_mark(source, marked) if marked else _by_content(source)
    if declared is not None and not _agree(source, declared, found):
        raise FileRefused(
            code="encoding-contradicted",
            message=Label(
                f"声明的编码是 {declared}，文件实际是 {found.name}；请核对映射或重新导出文件。",
                f"The declared encoding is {declared} but the file is {found.name}; "
                "correct the mapping or export the file again.",
            ),
        )
    return found


def utf8_blocks(source: BinaryIO, encoding: TextEncoding) -> Iterator[bytes]:
    """Yield the text as UTF-8 in blocks of whole lines; the last line always ends with a line break."""
    if encoding.codec == "gb18030":
        for block in _whole_lines(_raw_blocks(source, encoding.bom)):
            yield block.decode("gb18030").encode()
    else:
        yield from _whole_lines(_unmarked_blocks(source, encoding))


def _by_mark(start: bytes) -> TextEncoding | None:
    if start.startswith(codecs.BOM_UTF8):
        return TextEncoding("utf-8", "utf-8", 3)
    if start in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        raise _unknown_encoding(1)
    if start.startswith(codecs.BOM_UTF16_LE):
        return TextEncoding("utf-16", "utf-16-le", 2)
    if start.startswith(codecs.BOM_UTF16_BE):
        return TextEncoding("utf-16", "utf-16-be", 2)
    return None


def _checked_against_mark(source: BinaryIO, marked: TextEncoding) -> TextEncoding:
    line = 1
    for block in _whole_lines(_unmarked_blocks(source, marked)):
        _refuse_long_line(block, line)
        _refuse_nul(block, line)
        if not is_utf8(block):
            bad = _first_line(block, line, lambda text: not is_utf8(text))
            raise _cut_off(bad) if _ends_inside_character(block, "utf-8") else _unknown_encoding(bad)
        line += count_lines(block)
    return marked


def _by_content(source: BinaryIO) -> TextEncoding:
    if _is_plainly_utf8(source):
        return TextEncoding("utf-8", "utf-8", 0)
    tally = _Tally()
    for block in _whole_lines(_raw_blocks(source, 0)):
        _refuse_long_line(block, tally.lines + 1)
        _refuse_nul(block, tally.lines + 1)
        _tally_block(tally, block)
        tally.lines += count_lines(block)
    return _verdict(tally)


def _is_plainly_utf8(source: BinaryIO) -> bool:
    """Return whether all of `source` is strict UTF-8 without a fault. Nearly every file is, so only then is
    nothing counted or named; and small blocks stay in memory that is warm.
    """
    return all(
        len(block) <= LONGEST_LINE_BYTES and b"\0" not in block and is_utf8(block)
        for block in _whole_lines(_raw_blocks(source, 0, size=_SMALL_BLOCK_BYTES))
    )


def _verdict(tally: _Tally) -> TextEncoding:
    if not tally.other_lines:
        return TextEncoding("utf-8", "utf-8", 0)
    if tally.cut_off is not None:
        raise _cut_off(tally.cut_off)
    if tally.utf8_lines:
        raise _mixed(tally)
    if tally.gb18030_error is not None:
        raise _unknown_encoding(tally.gb18030_error)
    return TextEncoding("gb18030", "gb18030", 0)


def _tally_block(tally: _Tally, block: bytes) -> None:
    if block.isascii():
        return
    if not is_utf8(block):
        _tally_lines(tally, block)
    elif len(tally.utf8_lines) < _NAMED_LINES:
        tally.utf8_lines.append(_first_line(block, tally.lines + 1, lambda text: not text.isascii()))


def _tally_lines(tally: _Tally, block: bytes) -> None:
    for number, line in enumerate(block.splitlines(), start=tally.lines + 1):
        if line.isascii():
            continue
        named = tally.utf8_lines if _decodes(line, "utf-8") else tally.other_lines
        if len(named) < _NAMED_LINES:
            named.append(number)
    if tally.gb18030_error is None and not _decodes(block, "gb18030"):
        tally.gb18030_error = _first_line(block, tally.lines + 1, lambda text: not _decodes(text, "gb18030"))
    _notice_cut_off(tally, block)


def _notice_cut_off(tally: _Tally, block: bytes) -> None:
    """A UTF-8 or GB18030 file whose only fault is that its last character is incomplete was cut off."""
    last = tally.lines + count_lines(block)
    only_utf8_fault = tally.other_lines == [last] and _ends_inside_character(block, "utf-8")
    only_gb18030_fault = tally.gb18030_error == last and _ends_inside_character(block, "gb18030")
    if only_utf8_fault or (only_gb18030_fault and not tally.utf8_lines):
        tally.cut_off = last


def _ends_inside_character(block: bytes, codec: str) -> bool:
    # `_whole_lines` ended the last line; a sender's own line break there is no different.
    lines = block.rstrip(b"\r\n").splitlines()
    return bool(lines) and not _decodes(lines[-1], codec) and _begins_well(lines[-1], codec)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _begins_well(data: bytes, codec: str) -> bool:
    """Return whether `data` could become valid if it went on."""
    try:
        codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _first_line(block: bytes, first: int, test: Callable[[bytes], bool]) -> int:
    """Return the number of the first line for which `test` holds (the last line if none does)."""
    number = first
    for number, line in enumerate(block.splitlines(), start=first):  # noqa: B007 (read after the loop)
        if test(line):
            break
    return number


def _raw_blocks(source: BinaryIO, start: int, *, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    source.seek(start)
    while block := _filled_block(source, size):
        yield block


def _filled_block(source: BinaryIO, size: int) -> bytes:
    """Return the next whole block: a decrypting source may give less than it is asked for."""
    block = source.read(size)
    while 0 < len(block) < size and (more := source.read(size - len(block))):
        block += more
    return block


def _unmarked_blocks(source: BinaryIO, encoding: TextEncoding) -> Iterator[bytes]:
    """Yield the bytes after the mark, UTF-16 turned to UTF-8."""
    if encoding.name != "utf-16":
        yield from _raw_blocks(source, encoding.bom)
        return
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    line = 1
    for raw in _raw_blocks(source, encoding.bom):
        block = _decoded(decoder, raw, line)
        line += count_lines(block)
        yield block
    _decoded(decoder, b"", line, final=True)


def _decoded(decoder: codecs.IncrementalDecoder, raw: bytes, line: int, *, final: bool = False) -> bytes:
    try:
        return decoder.decode(raw, final).encode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, "ignore").encode()
        raise (_cut_off if final else _unknown_encoding)(line + count_lines(before)) from error


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut at line breaks, so that every block holds whole lines and every line ends.

    A line too long is cut anyway: `decide_encoding` refuses it, and memory stays bounded.
    """
    rest = b""
    for block in blocks:
        # A CR at the very end may be half of a CRLF.
        end = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1
        if end:
            # One copy of the block and no more: fresh memory costs more than reading it.
            yield b"".join((rest, memoryview(block)[:end]))
            rest = block[end:]
            continue
        rest += block
        end = rest.rfind(b"\r", 0, -1) + 1
        if not end and len(rest) > 2 * LONGEST_LINE_BYTES:
            end = len(rest)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest if rest.endswith((b"\n", b"\r")) else rest + b"\n"


def _refuse_long_line(block: bytes, line: int) -> None:
    for start in range(0, len(block) - LONGEST_LINE_BYTES, LONGEST_LINE_BYTES):
        end = start + LONGEST_LINE_BYTES
        if block.find(b"\n", start, end) < 0 and block.find(b"\r", start, end) < 0:
            number = line + count_lines(block[:start])
            raise FileRefused(
                code="line-too-long",
                message=Label(
                    f"第 {number} 行过长（超过 512 KB），不像是表格；请检查是否缺少换行或混入了其他内容。",
                    f"Line {number} is too long (over 512 KB) for a table; "
                    "look for a missing line break or foreign content there.",
                ),
            )


def _refuse_nul(block: bytes, line: int) -> None:
    if b"\0" in block:
        number = line + count_lines(block[: block.find(b"\0")])
        raise FileRefused(
            code="nul-byte",
            message=Label(
                f"第 {number} 行含有空字节（NUL），文件已损坏或不是文本；请重新导出。",
                f"Line {number} holds a NUL byte: the file is damaged or not text; export it again.",
            ),
        )


def _mixed(tally: _Tally) -> FileRefused:
    utf8, other = (", ".join(map(str, lines)) for lines in (tally.utf8_lines, tally.other_lines))
    return FileRefused(
        code="mixed-encoding",
        message=Label(
            f"文件混用了两种编码：第 {utf8} 行是 UTF-8，第 {other} 行不是；请统一另存为 UTF-8。",
            f"The file mixes two encodings: line {utf8} is UTF-8, line {other} is not; "
            "save all of it as UTF-8.",
        ),
    )


def _unknown_encoding(line: int) -> FileRefused:
    return FileRefused(
        code="unknown-encoding",
        message=Label(
            f"第 {line} 行既不是 UTF-8 也不是 GB18030（或与文件开头的编码标记不符）；请另存为 UTF-8。",
            f"Line {line} is neither UTF-8 nor GB18030, or contradicts the mark at the start of the file; "
            "save the file as UTF-8.",
        ),
    )


def _cut_off(line: int) -> FileRefused:
    return FileRefused(
        code="cut-off",
        message=Label(
            f"文件在第 {line} 行的一个字符中间结束，很可能传输不完整；请重新导出或上传。",
            f"The file ends in the middle of a character on line {line}: it was probably cut off; "
            "export or send it again.",
        ),
    )


_SAME_AS_GB18030 = frozenset({"gbk", "gb2312", "gb18030", "cp936"})


def _agree(source: BinaryIO, declared: str, found: TextEncoding) -> bool:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return False
    name = "gb18030" if name in _SAME_AS_GB18030 else name.removesuffix("-sig")
    if name.startswith(found.name):
        return True
    return name in {"gb18030", "ascii"} and found.name == "utf-8" and not found.bom and _is_ascii(source)


def _is_ascii(source: BinaryIO) -> bool:
    return all(block.isascii() for block in _raw_blocks(source, 0))
