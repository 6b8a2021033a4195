"""Every way out: pages, files and letters for strangers and staff, both APIs, log, database, spool, files."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from cast import AT
from django.db import connection
from django.urls import get_resolver, resolve
from django.urls.exceptions import Resolver404
from leaks.corpus import Planted
from leaks.doors import BACK_TO_SENDER, EXCHANGE, House
from pyarrow import parquet

LINK = re.compile(r'\b(?:href|hx-get|src)="([^"#]+)"|"(/(?:api|subjects)/[^"\s]+)"')
PAPER_READER = shutil.which("pdftotext")
READERS = ("", "lin", "zhao", "auditor")
EACH = 6  # addresses asked of one route by one reader
_GAPS = re.compile(r"[ \t\u00a0\u3000\u200b-\u200d\u2060\ufeff\-‐‑–—－+]")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")
_RUN = re.compile(r"[0-9][0-9X]{9,}")
_HOME = re.compile(r"示范市[杏梅桂柳槐][^<>\s]{1,30}?室")


class Needles:
    """What must not be read anywhere, however it is written."""

    def __init__(self, texts: Iterable[Planted]) -> None:
        self.known = {planted.needle: planted for planted in texts}
        self.lengths = sorted({len(one) for one in self.known if one[0].isdigit()})

    def in_text(self, text: str) -> set[str]:
        """Return the needles that can be read in `text`."""
        found = {home for home in _HOME.findall(text) if home in self.known}
        for run in _RUN.findall(_GAPS.sub("", text.translate(_WIDE))):
            for length in self.lengths:
                found |= {run[at : at + length] for at in range(len(run) - length + 1)} & self.known.keys()
        return found

    def in_bytes(self, content: bytes) -> set[str]:
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return set().union(*(self.in_bytes(packed.read(name)) for name in packed.namelist()))
        if content[:4] == b"PAR1":
            return self.in_text(str(parquet.read_table(io.BytesIO(content)).to_pylist()))
        if content[:4] == b"%PDF":
            return self.in_text(_printed(content).replace("\n", ""))
        return self.in_text(content.decode("utf-8", "replace"))


def _printed(content: bytes) -> str:
    """Return what can be read on paper; nothing where the program that reads it is missing."""
    if PAPER_READER is None:
        return ""
    asked = [PAPER_READER, "-raw", "-", "-"]
    return subprocess.run(asked, input=content, capture_output=True, check=True).stdout.decode()


def write_letters(house: House) -> None:
    """This will have Zhao write to each agency about what is overdue, and to all."""
    zhao, on = house.client("zhao"), AT.date().isoformat()
    for agency in (house.cast.regulator, house.cast.bureau):
        zhao.post("/desk/letters/make/", {"kind": "urging", "on": on, "agency": agency.code})
    zhao.post("/desk/letters/make/", {"kind": "circular", "on": on})


def leaves(house: House, needles: Needles, folder: Path, *, readers: Iterable[str] = READERS) -> list[str]:
    """Return where a needle can be read, each place once, with one example; "" is a stranger."""
    write_letters(house)
    answers = [one for one in house.answers if not one[0].startswith(BACK_TO_SENDER)]
    found: dict[str, str] = {}
    for where, content in (*answers, *_walked(house, readers), *_kept_in(folder), *_tables()):
        for needle in needles.in_bytes(content):
            found.setdefault(where, f"{where}: {needles.known[needle]}")
    return sorted(found.values())


def _walked(house: House, readers: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for who in readers:
        client, system = house.client(who), {"Authorization": f"Bearer {house.key}"}
        begin = [f"/{route}" for route in plain_routes(get_resolver().url_patterns)]
        waiting = deque(begin if who else [*begin, EXCHANGE, "/search/?q=示范", "/api/v1/search?q=示范"])
        known, asked = set(waiting), Counter[str]()
        while waiting:
            here = waiting.popleft()
            asked[_route(here)] += 1
            if asked[_route(here)] > EACH:
                continue
            answer = client.get(here, headers=system if here.startswith("/api/exchange") else {})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            where = f"{who or 'stranger'} at {_shape(here)}"
            yield from ((where, str(dict(answer.headers)).encode()), (where, body))
            for pair in LINK.findall(body.decode("utf-8", "ignore")):
                there = urljoin(here, unescape("".join(pair)))
                if there.startswith("/") and "/language/" not in there and there not in known:
                    known.add(there)
                    waiting.append(there)


def plain_routes(patterns: Iterable[object], prefix: str = "") -> Iterator[str]:
    """Yield the addresses of the URL table that need nothing."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from plain_routes(pattern.url_patterns, address)
        elif "<" not in address and "sign-out" not in address:
            yield address


def _route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name or _shape(urlsplit(address).path)
    except Resolver404:
        return "none"


def _shape(address: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}", "…", address)


def _kept_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield f"file {_shape(str(path.relative_to(folder)))}", path.read_bytes()


def _tables() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        # The name index keeps no rows to read; what it would hold lies in the files searched beside this.
        for table in set(connection.introspection.table_names(cursor)) - {"subjects_nameindex"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            yield f"table {table}", repr(cursor.fetchall()).encode()
