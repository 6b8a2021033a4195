"""Questions at a steady rate, each measured from when it was due: `python -m bench.steady JSON`.

In a process of its own. A server that falls behind is not asked more slowly: the wait counts.
"""

import http.client
import json
import sys
import threading
import time
from itertools import count
from pathlib import Path

CONNECTIONS = 8


def main(*, host: str, port: int, path: str, key: str, bodies: str, rate: float, seconds: float) -> None:
    """This will ask for `seconds` at `rate` a second and print the figures."""
    asked = Path(bodies).read_text("utf-8").splitlines()
    turn, times, wrong = count(), [], []
    lock, began = threading.Lock(), time.perf_counter() + 0.5

    def work() -> None:
        connection = http.client.HTTPConnection(host, port, timeout=30)
        head = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        while True:
            with lock:
                number = next(turn)
            due = began + number / rate
            if due - began > seconds:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("POST", path, asked[number % len(asked)].encode(), head)
            answer = connection.getresponse()
            answer.read()
            took = (time.perf_counter() - due) * 1000
            (times if answer.status in {200, 201} else wrong).append(took)

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    shares = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    figures = {name: round(times[int(len(times) * share)], 2) for name, share in shares.items()}
    print(json.dumps({**figures, "answers": len(times), "refused": len(wrong)}))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
