"""Name search over many names: two to eight characters cut out of them, ordered answers, and codes.

`--names FILE` takes real names (name, code, … tab-separated with a header, gzip); without it the
names are generated and fictional. Names are loaded as registrations through the ordinary ingest.
"""

import gzip
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.database import fresh_database
from bench.files import penalties
from bench.ingest import submit

AGENCY = "11990101MB00000123"
QUERIES = 2000
COMMON = ("有限公司", "公司", "有限", "科技", "贸易", "建筑", "责任公司", "股份有限公司")


def measure(*, rows: int, database: str, names: str, folder: Path) -> dict[str, Any]:
    """Return the figures of searching `rows` names."""
    known, file = registrations(names, rows, folder)
    with fresh_database(database, folder / "home") as ours:
        done, seconds = submit(file, class_id="registration", agency=ours.agency(AGENCY))
        samples = random.Random(7).sample(known, min(QUERIES, len(known)))
        cut = [_cut(name, number) for number, (name, _) in enumerate(samples)]
        return {
            "database": ours.vendor,
            "names": done.posted,
            "loaded_rows_per_second": round(done.rows / seconds),
            **{f"name_{key}": value for key, value in _timed(_search, cut).items()},
            **{f"code_{key}": value for key, value in _timed(_search, [code for _, code in samples]).items()},
            "common_ms": {query: _timed(_search, [query] * 5)["max_ms"] for query in COMMON},
        }


def registrations(names: str, rows: int, folder: Path) -> tuple[list[tuple[str, str]], Path]:
    """Return `rows` names with their codes, and the file that registers them."""
    file = folder / "registrations.csv"
    known = list(islice(_known_names(names, rows), rows))
    file.write_text(
        "主体名称,统一社会信用代码\n" + "".join(f"{name},{code}\n" for name, code in known), "utf-8"
    )
    return known, file


def _known_names(path: str, rows: int) -> Iterator[tuple[str, str]]:
    """Yield names and codes: those of the file at `path`, or fictional ones, about `rows` of them."""
    return _real(path) if path else _fictional(rows)


def _real(path: str) -> Iterator[tuple[str, str]]:
    """Yield names and codes that a registration can hold; the file has cells that no CSV should."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            name, code = line.split("\t", 2)[:2]
            if name.isprintable() and '"' not in name and "," not in name and len(code) == 18:
                yield name, code


def _fictional(rows: int) -> Iterator[tuple[str, str]]:
    seen = set()
    for row in penalties(rows=rows * 20):
        if row[2] not in seen:
            seen.add(row[2])
            yield row[0], row[2]


def _cut(name: str, number: int) -> str:
    """Return two to eight neighbouring characters of a name."""
    length = 2 + number % 7
    start = random.Random(number).randrange(max(1, len(name) - length + 1))
    return name[start : start + length]


def _search(text: str) -> None:
    from gongxin.interfaces.clock import now
    from gongxin.registry.publication.search import search

    search(text, at=now())


def _timed(ask: Callable[[str], None], queries: list[str]) -> dict[str, float]:
    for query in queries[:50]:
        ask(query)
    times = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
        "max_ms": round(times[-1], 2),
    }
