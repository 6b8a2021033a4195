"""Cuts text into records: where a row begins and ends when cells may hold line breaks.

Nearly every block is regular: every quotation mark opens or closes a cell, which whole-column arithmetic
proves at once. A block that is not is walked record by record, and what cannot be read is named by line.
A broken quotation costs its own line only; reading goes on with the next line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import polars as pl

from gongxin.core.catalogue import Label
from gongxin.engine.readers.octets import CR, LF, QUOTE, count_lines, line_breaks, octets_of
from gongxin.engine.readers.table import MOST_DAMAGED, Damage, mostly_unreadable

LONGEST_RECORD_BYTES = 1 << 20
LONGEST_RECORD_LINES = 1_000

UNCLOSED_QUOTE = Label(
    "本行有一个双引号没有配对，无法分列；请补上右引号，或把内容中的双引号写成两个。",
    "A quotation mark on this line is never closed; close it, or double a mark that is part of the text.",
)
STRAY_QUOTE = Label(
    "本行的右引号后面还有内容，无法分列；内容中的双引号应写成两个。",
    "Text follows a closing quotation mark on this line; double a mark that is part of the text.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole well-formed records. `lines` is where each that is not blank begins (UInt32); a range: every
    line of the text, blank or not, for none holds a quotation mark.
    """

    text: bytes
    lines: pl.Series | range


class Cut(NamedTuple):
    """What was found at the start of a buffer, and how many bytes and lines of it that took."""

    items: list[Piece | Damage]
    used: int
    lines: int


def cut_records(blocks: Iterator[bytes], *, delimiter: bytes, line: int) -> Iterator[Piece | Damage]:
    """Yield all of `blocks` (whole lines, the first being number `line`) as pieces and damaged lines."""
    rest = b""
    for block in filter(None, blocks):
        buffer = rest + block if rest else block
        cut = _cut_regular(buffer, delimiter=delimiter, line=line)
        if cut is None:
            cut = walk_records(buffer, delimiter=delimiter, line=line, final=False)
        yield from cut.items
        line, rest = line + cut.lines, buffer[cut.used :]
    if rest:
        yield from walk_records(rest, delimiter=delimiter, line=line, final=True).items


def _cut_regular(buffer: bytes, *, delimiter: bytes, line: int) -> Cut | None:
    """Return the whole records at the start of `buffer`, or None where a mark or a size is irregular."""
    if b'"' not in buffer and not _BLANK_LINES.fullmatch(buffer):
        lines = count_lines(buffer)
        return Cut([Piece(buffer, range(line, line + lines))], len(buffer), lines)
    octets = octets_of(buffer)
    quotes = (octets == QUOTE).arg_true()
    if not _quotes_are_regular(octets, quotes, delimiter[0]):
        return None
    breaks = line_breaks(octets)
    # A line break after an even number of marks ends a record.
    whole = (quotes.search_sorted(breaks) % 2 == 0).arg_true().cast(pl.Int64)
    ends = breaks.gather(whole).cast(pl.Int64) + 1
    starts, first_lines = ends.shift(1, fill_value=0), (whole + 1).shift(1, fill_value=0)
    used = _last(ends)
    if _is_oversized(ends - starts, whole + 1 - first_lines, rest=len(buffer) - used):
        return None
    blank = octets.gather(starts).is_in([LF, CR])
    filled = (first_lines + line).filter(~blank).cast(pl.UInt32)
    return Cut([Piece(buffer[:used], filled)] if len(filled) else [], used, _last(whole + 1))


def record_lines(piece: Piece, *, records: int) -> pl.Series:
    """Return the line on which each of the `records` of `piece` begins (UInt32). Blank lines are none."""
    if isinstance(piece.lines, pl.Series):
        return piece.lines
    lines = pl.Series(piece.lines, dtype=pl.UInt32)
    if len(lines) == records:
        return lines
    octets = octets_of(piece.text)
    starts = (line_breaks(octets).cast(pl.Int64) + 1).shift(1, fill_value=0)
    return lines.filter(~octets.gather(starts).is_in([LF, CR]))


def _last(ends: pl.Series) -> int:
    return int(ends[-1]) if len(ends) else 0


def _is_oversized(sizes: pl.Series, lines: pl.Series, *, rest: int) -> bool:
    if rest > LONGEST_RECORD_BYTES:
        return True
    if not len(sizes):
        return False
    return bool((sizes > LONGEST_RECORD_BYTES).any() or (lines > LONGEST_RECORD_LINES).any())


def _quotes_are_regular(octets: pl.Series, quotes: pl.Series, delimiter: int) -> bool:
    """Return whether every mark opens or closes a cell, or is half of a doubled one.

    By induction over the marks: the odd ones must open (after a delimiter, a line break, the start, or the
    mark before them), the even ones close (before a delimiter, a line break or the next mark).
    """
    edges = [delimiter, LF, CR, QUOTE]
    opening, closing = quotes.gather_every(2), quotes.gather_every(2, 1)
    before = octets.gather(opening.filter(opening > 0) - 1)
    after = octets.gather(closing + 1)
    return bool(before.is_in(edges).all() and after.is_in(edges).all())


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the text, a run of blank lines, or, if not `whole`, a broken line."""

    position: int
    line: int
    text: bytes
    whole: bool

    @property
    def blank(self) -> bool:
        return not self.text.strip(b"\r\n")


def each_record(buffer: bytes, *, delimiter: bytes, line: int) -> Iterator[Record]:
    """Yield what `buffer` (whole lines, the first being number `line`) holds, one by one."""
    position = 0
    while position < len(buffer):
        blank = _BLANK_LINES.match(buffer, position)
        text = blank[0] if blank else _whole_record(buffer, position, delimiter)
        record = Record(position, line, text or first_line_of(buffer, position), text is not None)
        yield record
        position += len(record.text)
        line += count_lines(record.text)


def walk_records(buffer: bytes, *, delimiter: bytes, line: int, final: bool) -> Cut:
    """Return the records of `buffer` and its damaged lines.

    Unless `final`, what could still become a record when more text arrives is left unused.
    """
    good: list[Record] = []
    damages: list[Piece | Damage] = []
    used = len(buffer)
    for record in each_record(buffer, delimiter=delimiter, line=line):
        if record.whole:
            good += [] if record.blank else [record]
        elif final or not _may_go_on(buffer, record.position, delimiter):
            damage = _quote_damage(record, delimiter)
            damages.append(damage)
            if len(damages) > MOST_DAMAGED:
                raise mostly_unreadable(rows=[damage.row], said=damage.message)
        else:
            used = record.position
            break
    text, starts = b"".join(item.text for item in good), [item.line for item in good]
    pieces: list[Piece | Damage] = [Piece(text, pl.Series(starts, dtype=pl.UInt32))] if good else []
    return Cut([*pieces, *damages], used, count_lines(buffer[:used]))


def _may_go_on(buffer: bytes, position: int, delimiter: bytes) -> bool:
    """Return whether more text could still close the quotation that is open at the end of `buffer`."""
    if len(buffer) - position > LONGEST_RECORD_BYTES:
        return False
    return _open_quote_pattern(delimiter).match(buffer, position) is not None


def _whole_record(buffer: bytes, position: int, delimiter: bytes) -> bytes | None:
    match = _record_pattern(delimiter).match(buffer, position, position + LONGEST_RECORD_BYTES)
    if match is None or (b'"' in match[0] and count_lines(match[0]) > LONGEST_RECORD_LINES):
        return None
    return match[0]


def first_line_of(buffer: bytes, position: int = 0) -> bytes:
    """Return the physical line that starts at `position`, with its line break."""
    match = _LINE.match(buffer, position)
    return match[0] if match else buffer[position:]


_BLANK_LINES = re.compile(rb"[\r\n]++")
_LINE = re.compile(rb"[^\r\n]*+(?:\r\n|\r|\n|\Z)")


@cache
def _record_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    # Possessive, so that a hostile line cannot make it try again.
    cell = _cell(delimiter)
    return re.compile(cell + b"(?:" + re.escape(delimiter) + cell + rb")*+(?:\r\n|\r|\n)")


@cache
def _closed_quote_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(_quoted_to_here(delimiter) + b'"')


@cache
def _open_quote_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(_quoted_to_here(delimiter) + rb"\Z")


def _quoted_to_here(delimiter: bytes) -> bytes:
    return b"(?:" + _cell(delimiter) + re.escape(delimiter) + rb')*+"(?:[^"]|"")*+'


def _cell(delimiter: bytes) -> bytes:
    separator = re.escape(delimiter)
    return rb'(?:"(?:[^"]|"")*+"|[^"\r\n' + separator + rb"][^\r\n" + separator + rb"]*+|)"


def _quote_damage(record: Record, delimiter: bytes) -> Damage:
    if _closed_quote_pattern(delimiter).match(record.text):
        return Damage("", record.line, "stray-quote", STRAY_QUOTE)
    return Damage("", record.line, "unclosed-quote", UNCLOSED_QUOTE)
