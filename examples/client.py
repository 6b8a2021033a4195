#!/usr/bin/env python3
"""A client of Gongxin's APIs in one file, with nothing but Python's standard library.

    export GONGXIN=http://127.0.0.1:8000 KEY=gx_…
    python3 client.py search 机械
    python3 client.py subject 91990102MAJ4T04W01
    python3 client.py newest licence
    python3 client.py send penalties.csv --class penalty --batch 2026-11-penalties-1

It waits where it is told to (Retry-After), asks again with the ETag of what it has, follows lists to
their end, and sends a batch again under its own name without doubling it. Copy it and change it.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

ENDED = {"done", "refused", "recalled", "stopped"}
WAITS = {409, 429, 503}  # with Retry-After: the same question is answered later
MOST_TRIES = 8

Answer = dict[str, Any]


class Refused(Exception):
    """The platform said no; `problem` is its problem+json."""

    def __init__(self, problem: Answer) -> None:
        super().__init__(f"{problem.get('title')}: {problem.get('detail')}")
        self.problem = problem
        self.code: str = problem.get("error", {}).get("code", "")


class Gongxin:
    """One platform, asked with one key or with none."""

    def __init__(self, origin: str, key: str = "", language: str = "zh") -> None:
        self._origin = origin.rstrip("/")
        self._headers = {"Accept-Language": language}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._known: dict[str, tuple[str, Answer]] = {}  # address: its ETag, and what it answered

    def search(self, text: str) -> list[Answer]:
        """Return the organisations found on the first page; there are more if the answer is capped."""
        found: list[Answer] = self.get(f"/api/v1/search?{urlencode({'q': text})}")["results"]
        return found

    def subject_of_code(self, code: str) -> Answer:
        return self.get(f"/api/v1/subjects/by-code/{quote(code, safe='')}")

    def records(self, subject_id: str) -> list[Answer]:
        found: list[Answer] = self.get(f"/api/v1/subjects/{subject_id}/records")["records"]
        return found

    def newest(self, class_id: str) -> Iterator[Answer]:
        return self._lines(f"/api/v1/records/newest?{urlencode({'class': class_id})}", "records")

    def send(self, file: Path, *, class_id: str, batch: str) -> Answer:
        """Send a file as it is. The same batch sent again, after a lost line, is the same submission."""
        boundary = uuid4().hex
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="class"\r\n\r\n{class_id}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        return self._send(body, f"multipart/form-data; boundary={boundary}", batch)

    def send_rows(self, rows: list[dict[str, str]], *, class_id: str, batch: str) -> Answer:
        body = json.dumps({"class": class_id, "rows": rows}, ensure_ascii=False).encode()
        return self._send(body, "application/json", batch)

    def submissions(self) -> Iterator[Answer]:
        return self._lines("/api/exchange/v1/submissions", "submissions")

    def follow(self, submission_id: str, *, every: float = 2.0) -> Answer:
        """Wait until a submission has come to its end, and return what became of its rows."""
        while True:
            found = self.get(f"/api/exchange/v1/submissions/{submission_id}")
            if found["state"] in ENDED:
                return found
            time.sleep(every)

    def problems(self, submission_id: str) -> Iterator[Answer]:
        return self._lines(f"/api/exchange/v1/submissions/{submission_id}/problems?limit=500", "problems")

    def state_nil(self, class_id: str, *, month: str) -> Answer:
        """State that nothing of a class was decided in a month such as 2026-10. Said again, it stands."""
        body = json.dumps({"class": class_id, "month": month}).encode()
        return self._post("/api/exchange/v1/nil-returns", body, {"Content-Type": "application/json"})

    def get(self, address: str) -> Answer:
        """Return the answer at `address`; what has not changed is not sent again."""
        etag, known = self._known.get(address, ("", {}))
        headers = {"If-None-Match": etag} if etag else {}
        status, sent, said = self._ask(Request(self._origin + address, headers=self._headers | headers))  # noqa: S310
        if status == 304:
            return known
        answer: Answer = json.loads(said)
        if sent.get("ETag"):
            self._known[address] = sent["ETag"], answer
        return answer

    def _lines(self, address: str | None, name: str) -> Iterator[Answer]:
        """Yield the lines of a list, page by page, to its end."""
        while address:
            page = self.get(address)
            yield from page[name]
            address = page["next"]

    def _send(self, body: bytes, content_type: str, batch: str) -> Answer:
        headers = {"Content-Type": content_type, "Idempotency-Key": batch}
        return self._post("/api/exchange/v1/submissions", body, headers)

    def _post(self, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        request = Request(self._origin + address, data=body, headers=self._headers | headers)  # noqa: S310
        answer: Answer = json.loads(self._ask(request)[2])
        return answer

    def _ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        for tries_left in reversed(range(MOST_TRIES)):
            try:
                with urlopen(request, timeout=60) as answer:  # noqa: S310 (the address is ours)
                    return answer.status, dict(answer.headers), answer.read()
            except HTTPError as error:
                if error.code == 304:
                    return 304, {}, b""
                waits = error.headers.get("Retry-After") if error.code in WAITS else None
                if waits is None or not tries_left:
                    raise Refused(_problem(error.read(), error.code)) from error
                time.sleep(float(waits))
        raise AssertionError("the last try answers or is refused")


def _problem(said: bytes, status: int) -> Answer:
    try:
        problem: Answer = json.loads(said)
    except ValueError:
        problem = {"title": "No answer of the platform", "status": status, "detail": ""}
    return problem


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask Gongxin, or send to it.")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("search").add_argument("text")
    acts.add_parser("subject").add_argument("code")
    acts.add_parser("newest").add_argument("class_id")
    send = acts.add_parser("send")
    send.add_argument("file", type=Path)
    send.add_argument("--class", dest="class_id", required=True)
    send.add_argument("--batch", required=True, help="your own name of this batch; keep it to send again")
    asked = parser.parse_args()
    platform = Gongxin(os.environ.get("GONGXIN", "http://127.0.0.1:8000"), os.environ.get("KEY", ""))
    try:
        for line in _act(platform, asked):
            print(json.dumps(line, ensure_ascii=False))
    except Refused as refused:
        print(f"{refused.code}: {refused}", file=sys.stderr)
        return 1
    return 0


def _act(platform: Gongxin, asked: argparse.Namespace) -> Iterator[Answer]:
    if asked.act == "search":
        yield from platform.search(asked.text)
    elif asked.act == "newest":
        yield from platform.newest(asked.class_id)
    elif asked.act == "subject":
        found = platform.subject_of_code(asked.code)["subject"]
        yield found
        yield from platform.records(found["id"])
    else:
        sent = platform.send(asked.file, class_id=asked.class_id, batch=asked.batch)
        ended = platform.follow(sent["submission"])
        yield ended
        if ended["checked_at"]:
            yield from platform.problems(sent["submission"])


if __name__ == "__main__":
    sys.exit(main())
