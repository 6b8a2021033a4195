"""Writes the labelled pairs of names: `python -m bench.name_pairs tests/files/name_pairs.csv`.

Hard pairs, made from public parts (places, characters, trades, legal forms) with one seed: what they measure
is the hard cases, not a population. A label says whether both names are of one organisation; `aliases` are
the former names on the register of the second. Another seed makes other pairs of the same kinds.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import name_bodies, name_damage, name_firms
from bench.name_makers import Drawing, Pair

SEED = 20261127
MANY, FEW = 500, 220  # of each kind: those that have a floor of their own, and the rest
WITH_A_FLOOR = frozenset(("one_character_of_the_brand", "branch_and_parent", "bank_and_branch"))
MAKERS: tuple[tuple[type[Drawing], tuple[str, ...], tuple[str, ...]], ...] = (
    (name_firms.Firms, name_firms.ONE, name_firms.TWO),
    (name_bodies.Bodies, name_bodies.ONE, name_bodies.TWO),
    (name_damage.Damages, name_damage.ONE, name_damage.TWO),
)


def pairs(seed: int = SEED) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield (kind, label, name, other, aliases), kind by kind."""
    for maker, one, two in MAKERS:
        making = maker(seed)
        for kinds, label in ((one, 1), (two, 0)):
            for kind in kinds:
                make: Callable[[], Pair] = getattr(making, kind)
                for _ in range(MANY if kind in WITH_A_FLOOR else FEW):
                    yield (kind, label, *make())


def main(path: str) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "label", "name", "other", "aliases"])
        writer.writerows(pairs())


if __name__ == "__main__":
    main(sys.argv[1])
