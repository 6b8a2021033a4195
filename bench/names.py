"""Names: how well the labelled pairs are told apart, and how fast, beside two peers on the same pairs.

Each peer is given its best threshold on these very pairs; ours has none to choose. `--names` (a CSV, or a
folder of them) adds real pairs: of full_name and short_name, or of name and former_name. Speeds are by the
processor's seconds, so that a busy machine says nearly what a quiet one does.
"""

import csv
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from bench import name_pairs
from bench.name_peers import nomenklatura, of_a_peer
from bench.name_scores import Pair, by_kind, scores, wrongly_one
from gongxin.core.names.likeness import likeness
from gongxin.core.names.parts import kept, parse_name
from gongxin.engine.names import likeness_of_columns

PAIRS = Path(__file__).parents[1] / "tests/files/name_pairs.csv"
LEAST_SECONDS = 2.0
NEIGHBOURS = 20  # so many candidates each name is compared with in bulk
SHORT, LONG = 1_000, 10_000  # characters
WORDS = ("有限公司", "河南", "第1", "（北京）", "大")


def measure(*, rows: int, names: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001 (as every bench)
    """Return F1, false matches by kind, and speed of ours and of the peers; `rows` bounds the real pairs."""
    pairs = labelled()
    ours = [is_one(pair) for pair in pairs]
    distinct = {name for pair in pairs for name in (pair.name, *pair.others)}
    return {
        "pairs": len(pairs),
        **scores(pairs, ours),
        **wrongly_one(pairs, ours),
        "other_seed": _of_another_seed(),
        "kinds": by_kind(pairs, ours),
        "parsed_per_second": _parsed_per_second(distinct),
        "compared_per_second": _compared_per_second(pairs),
        "columns_per_second": _columns_per_second(distinct),
        "times_as_long_for_ten_times_the_name": _long_names(),
        "rapidfuzz": _rapidfuzz(pairs),
        "nomenklatura": nomenklatura(pairs),
        **({"real": _real(Path(names), rows)} if names else {}),
    }


def labelled() -> list[Pair]:
    """Return the labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [_pair(*row.values()) for row in csv.DictReader(file)]


def _pair(kind: str, label: object, name: str, other: str, aliases: str) -> Pair:
    return Pair(kind, str(label) == "1", name, (other, *filter(None, aliases.split("；"))))


def is_one(pair: Pair) -> bool:
    """Return whether any name of the other is, or may be, this one."""
    name = parse_name(pair.name)
    return any(likeness(name, parse_name(other)).verdict != "different" for other in pair.others)


def _of_another_seed() -> dict[str, Any]:
    """Return the scores on pairs of the same kinds that nobody has looked at."""
    pairs = [_pair(*row) for row in name_pairs.pairs(name_pairs.SEED + 1)]
    return scores(pairs, map(is_one, pairs))


def _parsed_per_second(names: Iterable[str]) -> int:
    wanted = list(names)
    kept.cache_clear()
    began = time.process_time()
    for name in wanted:
        parse_name(name)
    return round(len(wanted) / (time.process_time() - began))


def _compared_per_second(pairs: Sequence[Pair]) -> int:
    parsed = [(parse_name(pair.name), parse_name(pair.others[0])) for pair in pairs]
    return _rate(parsed, likeness)


def _rate(parsed: Sequence[tuple[Any, Any]], compare: Callable[[Any, Any], object]) -> int:
    done, began = 0, time.process_time()
    while time.process_time() - began < LEAST_SECONDS:
        for one, other in parsed:
            compare(one, other)
        done += len(parsed)
    return round(done / (time.process_time() - began))


def _columns_per_second(names: Iterable[str]) -> int:
    """Return how many rows of two columns are compared in a second, their names parsed within it."""
    ordered = sorted(names)
    near = [
        (name, other) for at, name in enumerate(ordered) for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
    ]
    columns = pl.Series([name for name, _ in near]), pl.Series([other for _, other in near])
    kept.cache_clear()
    began = time.process_time()
    likeness_of_columns(*columns)
    return round(len(near) / (time.process_time() - began))


def _long_names() -> float:
    """Return how many times as long ten times the name takes, of repeated words; the worst of them."""
    return round(max(_seconds(word, LONG) / _seconds(word, SHORT) for word in WORDS), 1)


def _seconds(word: str, length: int) -> float:
    """Return the median of the seconds that comparing two names of so many characters takes."""
    name, taken = word * (length // len(word)), list[float]()
    for _ in range(9):
        kept.cache_clear()
        began = time.process_time()
        likeness(parse_name(name), parse_name(name + "甲"))
        taken.append(time.process_time() - began)
    return sorted(taken)[len(taken) // 2]


def _rapidfuzz(pairs: Sequence[Pair]) -> dict[str, Any]:
    found = [max(fuzz.ratio(pair.name, other) for other in pair.others) for pair in pairs]
    texts = [(pair.name, pair.others[0]) for pair in pairs]
    return {**of_a_peer(pairs, found, range(101)), "compared_per_second": _rate(texts, fuzz.ratio)}


def _real(path: Path, rows: int) -> dict[str, Any]:
    """Return the scores on real pairs, of each file by its name."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return {file.stem: _of_a_file(file, rows) for file in files}


def _of_a_file(path: Path, rows: int) -> dict[str, Any]:
    """Compare each other name with the name its organisation bears, and with another's.

    Former names are often not alike: a register knows them, and `registered` is with both names known.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = [_names_of(row) for row in csv.DictReader(file)][:rows]
    pairs = _beside(known, known_by=1)
    registered = _beside(known, known_by=2)
    return {
        "pairs": len(pairs),
        **scores(pairs, map(is_one, pairs)),
        "registered": scores(registered, map(is_one, registered)),
        "rapidfuzz": _rapidfuzz(pairs),
        "nomenklatura": nomenklatura(pairs),
    }


def _names_of(row: dict[str, str]) -> tuple[str, str]:
    """Return the name an organisation bears, and the other it is called by."""
    return (row["full_name"], row["short_name"]) if "full_name" in row else (row["name"], row["former_name"])


def _beside(known: Sequence[tuple[str, str]], *, known_by: int) -> list[Pair]:
    one = [Pair("real", True, names[1], names[:known_by]) for names in known]
    two = [Pair("real", False, names[1], known[at - 1][:known_by]) for at, names in enumerate(known)]
    return [*one, *two]
