import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

GONGXIN = Path(sys.executable).parent / "gongxin"


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGXIN_", "DJANGO_"))}
    return {**kept, "GONGXIN_HOME": str(home), "GONGXIN_DATABASE_URL": f"sqlite:///{home}/test.sqlite3"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    subprocess.run([GONGXIN, "init"], env=environment(made), check=True, capture_output=True)
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
