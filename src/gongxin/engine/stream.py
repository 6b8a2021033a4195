"""Feeds the checker: small chunks are put together, and one is checked while the next is read."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import polars as pl

from gongxin.engine.readers.table import Chunk, Damage

# Large enough that setting up the column expressions costs nothing, small enough for a gigabyte of
# memory with several chunks under way.
_ROWS = 40_000
_BYTES = 48 << 20
_UNDER_WAY = 3

Result = TypeVar("Result")


def gathered(items: Iterable[Chunk | Damage]) -> Iterator[Chunk | Damage]:
    """Yield `items` with neighbouring chunks of one sheet put together. Damage may overtake a chunk."""
    waiting: list[Chunk] = []
    rows = size = 0
    for item in items:
        if isinstance(item, Damage):
            yield item
            continue
        waiting.append(item)
        rows, size = rows + item.frame.height, size + int(item.frame.estimated_size())
        if rows >= _ROWS or size >= _BYTES:
            yield _joined(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield _joined(waiting)


def in_order(
    items: Iterable[Chunk | Damage], work: Callable[[Chunk], Result]
) -> Iterator[tuple[Chunk, Result] | Damage]:
    """Yield each chunk with what `work` makes of it, in order, while the reader goes on reading."""
    with ThreadPoolExecutor(1) as pool:
        under_way: deque[tuple[Chunk, Future[Result]]] = deque()
        for item in items:
            if isinstance(item, Damage):
                yield item
                continue
            under_way.append((item, pool.submit(work, item)))
            if len(under_way) >= _UNDER_WAY:
                yield _done(under_way.popleft())
        while under_way:
            yield _done(under_way.popleft())


def _joined(chunks: list[Chunk]) -> Chunk:
    if len(chunks) == 1:
        return chunks[0]
    frame = pl.concat([chunk.frame for chunk in chunks], rechunk=True)
    return Chunk(chunks[0].sheet, frame, all(chunk.plain for chunk in chunks))


def _done(task: tuple[Chunk, Future[Result]]) -> tuple[Chunk, Result]:
    chunk, future = task
    return chunk, future.result()
