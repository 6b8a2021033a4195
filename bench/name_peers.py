"""The peers of the names' bench. nomenklatura has an environment of its own, which bin/bench makes."""

import json
import resource
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.name_scores import Pair, scores, wrongly_one

ROOT = Path(__file__).parents[1]
_PYTHON, _SCRIPT = ROOT / ".venv-peers/bin/python", ROOT / "bench/name_peer_nomenklatura.py"
_ALGORITHMS = ("logic-v1", "logic-v2", "name-based")


def of_a_peer(pairs: Sequence[Pair], found: Sequence[float], thresholds: Iterable[float]) -> dict[str, Any]:
    """Return a peer's scores at the threshold at which its F1 on these pairs is best."""
    said = {at: [score >= at for score in found] for at in thresholds}
    best = max(said, key=lambda at: scores(pairs, said[at])["f1"])
    return {"threshold": best, **scores(pairs, said[best]), **wrongly_one(pairs, said[best])}


def nomenklatura(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the scores of nomenklatura's matchers on the same pairs, or why there are none."""
    if not _PYTHON.exists():
        return {"left_out": "no .venv-peers: requirements/peers.txt could not be installed"}
    return {algorithm: _of_an_algorithm(algorithm, pairs) for algorithm in _ALGORITHMS}


def _of_an_algorithm(algorithm: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    asked = "".join(json.dumps([pair.name, list(pair.others)]) + "\n" for pair in pairs)
    began = _childrens_seconds()
    answer = subprocess.run(
        [_PYTHON, _SCRIPT, algorithm], input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds = _childrens_seconds() - began
    found = [float(line) for line in answer.stdout.split()]
    thresholds = [at / 100 for at in range(101)]
    return {**of_a_peer(pairs, found, thresholds), "compared_per_second": round(len(pairs) / seconds)}


def _childrens_seconds() -> float:
    """Return the processor's seconds that finished children took, to start included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
