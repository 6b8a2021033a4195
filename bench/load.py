"""Questions to a server over kept connections, each asked once the last is answered: `python -m bench.load`.

In a process of its own and with little in it, for the server is to have the machine: ready bytes out of a
file, bare sockets, no parsing but of the length. It says what share of the machine it took all the same.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

LEAST_ANSWER = b"HTTP/1.1 200"


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    asked_at: float = 0.0
    kind: str = ""
    answer: bytearray = field(default_factory=bytearray)


def main(host: str, port: int, path: Path, *, connections: int, seconds: float, warming: float) -> None:
    """This will ask the questions of `path` (kind, tab, body a line) in turn and print what it measured."""
    questions = [_request(host, *line.split("\t", 1)) for line in path.read_text("utf-8").splitlines()]
    turn = count()
    times: list[tuple[float, str]] = []
    selector = selectors.DefaultSelector()

    def ask(connection: _Connection) -> None:
        connection.kind, request = questions[next(turn) % len(questions)]
        connection.answer.clear()
        connection.asked_at = time.perf_counter()
        connection.socket.sendall(request)

    for _ in range(connections):
        made = _Connection(socket.create_connection((host, port)))
        made.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(made.socket, selectors.EVENT_READ, made)
        ask(made)
    _run(selector, ask, times, until=time.perf_counter() + warming)
    times.clear()
    used, began = time.process_time(), time.perf_counter()
    _run(selector, ask, times, until=began + seconds)
    took = time.perf_counter() - began
    print(json.dumps(_figures(times, took, (time.process_time() - used) / took)))


def _run(
    selector: selectors.BaseSelector,
    ask: Callable[[_Connection], None],
    times: list[tuple[float, str]],
    *,
    until: float,
) -> None:
    while time.perf_counter() < until:
        for key, _ in selector.select(timeout=1):
            connection = key.data
            connection.answer += connection.socket.recv(1 << 17)
            if _is_whole(connection.answer):
                times.append((time.perf_counter() - connection.asked_at, connection.kind))
                ask(connection)


def _request(host: str, kind: str, body: str) -> tuple[str, bytes]:
    sent = body.encode()
    head = f"POST /api/v1/match HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    return kind, f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent


def _is_whole(answer: bytearray) -> bool:
    head, split, body = answer.partition(b"\r\n\r\n")
    if not split:
        return False
    if not head.startswith(LEAST_ANSWER):
        raise AssertionError(bytes(answer).decode("utf-8", "replace"))
    said = head.lower().partition(b"content-length:")[2]
    return len(body) >= int(said.partition(b"\r\n")[0])


def _figures(times: list[tuple[float, str]], took: float, share: float) -> dict[str, Any]:
    by_kind: dict[str, list[float]] = {}
    for seconds, kind in times:
        by_kind.setdefault(kind, []).append(seconds)
    everything = sorted(seconds for seconds, _ in times)
    return {
        "requests_per_second": round(len(times) / took, 1),
        **{f"p{share}_ms": _at(everything, share) for share in (50, 95, 99)},
        "p95_ms_by_kind": {kind: _at(sorted(found), 95) for kind, found in sorted(by_kind.items())},
        "asking_took_of_one_core": round(share, 3),
    }


def _at(ordered: list[float], percent: int) -> float:
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1000, 1)


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    main(told["host"], told["port"], Path(told["questions"]), **told["how"])
