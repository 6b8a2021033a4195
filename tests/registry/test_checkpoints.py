import sqlite3

import pytest

from gongxin.registry.bulk import on_postgresql
from gongxin.registry.checkpoints import Checkpoints, _cut

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(on_postgresql(), reason="PostgreSQL sees to its log by itself"),
]


@pytest.fixture
def writer(tmp_path):
    found = sqlite3.connect(tmp_path / "load.sqlite3", isolation_level=None)
    found.executescript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE rows (text)")
    yield found
    found.close()


def write(writer, rows=200):
    writer.executemany("INSERT INTO rows VALUES (?)", [("x" * 2000,)] * rows)


def test_what_a_load_wrote_moves_into_the_file_meanwhile(tmp_path, writer):
    write(writer)
    assert (tmp_path / "load.sqlite3").stat().st_size < 100_000

    with Checkpoints(str(tmp_path / "load.sqlite3")) as beside:
        beside.step()

    assert (tmp_path / "load.sqlite3").stat().st_size > 400_000


def test_a_long_load_does_not_let_the_log_grow_without_end(tmp_path, writer):
    with Checkpoints(str(tmp_path / "load.sqlite3")) as beside:
        for _ in range(40):
            write(writer, rows=50)
            beside.step()
            beside._running.result()

    # Without a step it grows to 16 MB.
    assert (tmp_path / "load.sqlite3-wal").stat().st_size < 8_000_000
    assert writer.execute("SELECT COUNT(*) FROM rows").fetchone() == (2000,)


def test_what_was_overwritten_is_read_neither_in_the_log_nor_in_the_file(tmp_path, writer):
    file = tmp_path / "load.sqlite3"
    writer.executescript("PRAGMA secure_delete=ON; INSERT INTO rows VALUES ('a word to forget')")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.executescript("BEGIN; SELECT * FROM rows")
    writer.execute("UPDATE rows SET text = ''")

    _cut(str(file))  # the reader still needs the log: nothing is broken, and nothing is cut
    kept = (tmp_path / "load.sqlite3-wal").stat().st_size
    reader.close()
    _cut(str(file))

    assert kept > 0
    assert (tmp_path / "load.sqlite3-wal").stat().st_size == 0
    assert b"a word to forget" not in file.read_bytes()


def test_without_a_write_ahead_log_it_is_idle():
    with Checkpoints("") as beside:
        beside.step()
