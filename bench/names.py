"""Names: how well the labelled pairs are told apart, and how fast, beside rapidfuzz on the same pairs.

The peer is given its best threshold on these very pairs; ours has none to choose. `--names FILE` (CSV with
full_name and short_name) adds real pairs of one organisation, each beside one of two.
"""

import csv
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from gongxin.core.names.likeness import likeness
from gongxin.core.names.parts import parse_name

PAIRS = Path(__file__).parents[1] / "tests/files/name_pairs.csv"
LEAST_SECONDS = 2.0


class Pair(NamedTuple):
    kind: str
    is_one: bool
    name: str
    others: tuple[str, ...]  # the name now, and former ones


def measure(*, rows: int, names: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001 (as every bench)
    """Return F1, false matches by kind, and speed of ours and of the peer; `rows` bounds the real pairs."""
    pairs = labelled()
    ours = [is_one(pair) for pair in pairs]
    distinct = {name for pair in pairs for name in (pair.name, *pair.others)}
    return {
        "pairs": len(pairs),
        **_scores(pairs, ours),
        "one_character_brand_false": _share(pairs, ours, "one_character_of_the_brand"),
        "branch_as_parent": _share(pairs, ours, "branch_and_parent"),
        "parsed_per_second": _parsed_per_second(distinct),
        "compared_per_second": _compared_per_second(pairs),
        "rapidfuzz": _peer(pairs),
        **({"real": _real(Path(names), rows)} if names else {}),
    }


def labelled() -> list[Pair]:
    """Return the labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                row["kind"],
                row["label"] == "1",
                row["name"],
                (row["other"], *filter(None, row["aliases"].split("；"))),
            )
            for row in csv.DictReader(file)
        ]


def is_one(pair: Pair) -> bool:
    """Return whether any name of the other is, or may be, this one."""
    name = parse_name(pair.name)
    return any(likeness(name, parse_name(other)).verdict != "different" for other in pair.others)


def _scores(pairs: Sequence[Pair], said: Iterable[bool]) -> dict[str, float]:
    told = list(zip((pair.is_one for pair in pairs), said, strict=True))
    right, wrong, missed = (told.count(kind) for kind in ((True, True), (False, True), (True, False)))
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "f1": round(2 * right / max(1, 2 * right + wrong + missed), 4),
    }


def _share(pairs: Sequence[Pair], said: Sequence[bool], kind: str) -> float:
    of_kind = [one for pair, one in zip(pairs, said, strict=True) if pair.kind == kind]
    return round(sum(of_kind) / max(1, len(of_kind)), 4)


def _parsed_per_second(names: Iterable[str]) -> int:
    wanted = list(names)
    parse_name.cache_clear()
    began = time.perf_counter()
    for name in wanted:
        parse_name(name)
    return round(len(wanted) / (time.perf_counter() - began))


def _compared_per_second(pairs: Sequence[Pair]) -> int:
    parsed = [(parse_name(pair.name), parse_name(pair.others[0])) for pair in pairs]
    return _rate(parsed, likeness)


def _rate(parsed: Sequence[tuple[Any, Any]], compare: Callable[[Any, Any], object]) -> int:
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < LEAST_SECONDS:
        for one, other in parsed:
            compare(one, other)
        done += len(parsed)
    return round(done / (time.perf_counter() - began))


def _peer(pairs: Sequence[Pair]) -> dict[str, float]:
    scores = [max(fuzz.ratio(pair.name, other) for other in pair.others) for pair in pairs]
    tried = ({"threshold": at, **_scores(pairs, [score >= at for score in scores])} for at in range(101))
    best = max(tried, key=lambda found: found["f1"])
    texts = [(pair.name, pair.others[0]) for pair in pairs]
    return {**best, "compared_per_second": _rate(texts, fuzz.ratio)}


def _real(path: Path, rows: int) -> dict[str, Any]:
    """Return the scores on real pairs: a short name with its full name, and with another firm's."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = [(row["full_name"], row["short_name"]) for row in csv.DictReader(file)][:rows]
    one = [Pair("real", True, short, (full,)) for full, short in known]
    two = [Pair("real", False, short, (known[at - 1][0],)) for at, (_, short) in enumerate(known)]
    pairs = [*one, *two]
    return {"pairs": len(pairs), **_scores(pairs, map(is_one, pairs)), "rapidfuzz": _peer(pairs)}
