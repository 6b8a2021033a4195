"""Scores pairs of names as an algorithm of nomenklatura does: a pair a line in, a score a line out.

Run by the Python of `.venv-peers`: `python name_peer_nomenklatura.py logic-v2`.
"""

import json
import sys

from followthemoney import EntityProxy
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig


def company(key: str, names: list[str]) -> EntityProxy:
    return EntityProxy.from_dict({"id": key, "schema": "Company", "properties": {"name": names}})


def main() -> None:
    matcher, config = get_algorithm(sys.argv[1]), ScoringConfig.defaults()
    for at, line in enumerate(sys.stdin):
        name, others = json.loads(line)
        # What it reads of a company it keeps under its key, so that each needs one of its own.
        print(matcher.compare(company(f"one-{at}", [name]), company(f"other-{at}", others), config).score)


if __name__ == "__main__":
    main()
