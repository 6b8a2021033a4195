import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from laid_once import INITIALISED, copy_home, laid_home

GONGXIN = Path(sys.executable).parent / "gongxin"


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGXIN_", "DJANGO_"))}
    return {**kept, "GONGXIN_HOME": str(home), "GONGXIN_DATABASE_URL": f"sqlite:///{home}/gongxin.sqlite3"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    copy_home(made, laid_home(*INITIALISED, in_a_file=True))
    return made


def test_a_taken_port_is_told_in_one_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = subprocess.run(
            [GONGXIN, "serve", "--port", str(port)],
            env=environment(home),
            capture_output=True,
            text=True,
            check=False,
        )

    assert ended.returncode == 1
    assert f"端口 {port} 已被其他程序占用" in ended.stderr
    assert f"Port {port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_was_not_made_is_told(tmp_path: Path) -> None:
    ended = subprocess.run(
        [GONGXIN, "serve", "--port", "0"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "gongxin init" in ended.stderr


def test_it_serves_pages_and_style_and_logs_no_question(home: Path) -> None:
    server = subprocess.Popen(
        [GONGXIN, "serve", "--port", "0", "--workers", "1"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        page = _read(f"{address}search/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E5%90%8D")
        style = _read(f"{address}static/gongxin/site.css")
    finally:
        server.terminate()
        out, errors = server.communicate(timeout=30)

    assert "没有查到" in page
    assert ":root" in style
    assert "%E6" not in out + errors
    assert server.returncode == 0


QUESTION = "示范乔木".encode()
MALFORMED = {
    "characters not escaped in the address": b"GET /search/?q=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
    % QUESTION,
    "an address too long": b"GET /search/?q=%s%s HTTP/1.1\r\n\r\n" % (QUESTION, b"a" * 9000),
    "no version": b"GET /search/?q=%s\r\n\r\n" % QUESTION,
    "a version that is none": b"GET /search/?q=a HTTP/%s\r\n\r\n" % QUESTION,
    "a method that is none": b"G%sT /search/?q=a HTTP/1.1\r\n\r\n" % QUESTION,
    "a name of a header that is none": b"GET / HTTP/1.1\r\nHost: localhost\r\nX %s: 1\r\n\r\n" % QUESTION,
    "a header with a null": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\0\r\n\r\n" % QUESTION,
    "a folded header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n %s\r\n\r\n" % QUESTION,
    "a header too large": b"GET / HTTP/1.1\r\nX: %s\r\n\r\n" % (QUESTION * 9000),
    "an expectation that is none": b"GET / HTTP/1.1\r\nExpect: %s\r\n\r\n" % QUESTION,
    "a coding that is none": b"POST / HTTP/1.1\r\nTransfer-Encoding: %s\r\n\r\n" % QUESTION,
    "a chunk that is none": b"POST /search/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n%s\r\n" % QUESTION,
}
# As it stands, as bytes, as escapes of either kind, read as Latin-1.
WRITTEN = ("示", "\\xe7\\xa4\\xba", "\\u793a", "%E7%A4%BA", "ç¤º")


def test_a_request_that_is_none_leaves_neither_question_nor_asker_in_the_log(home: Path) -> None:
    server = subprocess.Popen(
        [GONGXIN, "serve", "--port", "0", "--workers", "1"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        _read(address)
        answers = {name: _ask(address, request) for name, request in MALFORMED.items()}
    finally:
        server.terminate()
        out, errors = server.communicate(timeout=30)

    assert {
        name for name, answer in answers.items() if not answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501"))
    } == set()
    assert not [written for written in (*WRITTEN, "/search/", "127.0.0.1") if written in out + errors]
    assert "InvalidRequestLine" in errors


def _ask(address: str, request: bytes) -> bytes:
    port = int(address.rstrip("/").rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return line.recv(4096)


def _read(address: str) -> str:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own server)
                return str(answer.read().decode())
        except ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
