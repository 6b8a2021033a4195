"""What a command says when the database, the disk or the told time fails it: two plain lines, and 2."""

import argparse
import errno
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.utils import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from gongxin.interfaces import clock
from gongxin.interfaces.commands import identify, submit
from gongxin.interfaces.commands import main as program

ROW = "Failing row contains (乔某)"
FAILURES = [
    OperationalError(ROW),
    InterfaceError(ROW),
    DatabaseError(ROW),
    OSError(errno.ENOSPC, ROW),
    OSError(errno.EDQUOT, ROW),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda error: type(error).__name__)
def test_a_failure_from_outside_is_two_plain_lines(
    failure: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(args: argparse.Namespace) -> int:
        raise failure

    monkeypatch.setattr(identify, "run", fail)

    assert program.main(["identify", "12345"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 2
    assert ROW not in said.err


@pytest.mark.parametrize("bug", [ProgrammingError(ROW), OSError(errno.EIO, ROW), KeyError(ROW)])
def test_a_bug_is_still_seen_as_one(bug: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(args: argparse.Namespace) -> int:
        raise bug

    monkeypatch.setattr(identify, "run", fail)

    with pytest.raises(type(bug)):
        program.main(["identify", "12345"])


@pytest.mark.parametrize("known", [True, False])
def test_a_sending_cut_short_tells_its_number_and_how_it_is_finished(
    known: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(args: argparse.Namespace, received: list[Any]) -> int:
        if known:
            received.append(SimpleNamespace(id="0a1b"))
        raise OperationalError(ROW)

    monkeypatch.setattr(submit, "_run", fail)

    assert program.main(["submit", "a.csv", "--class", "penalty", "--agency", "1", "--json"]) == 2
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["submission"] == ("0a1b" if known else None)
    assert told["error"]["code"] == "database-unavailable"
    assert "gongxin worker --once" in said.err
    assert ("0a1b" in said.err) is known
    assert len(said.err.splitlines()) == 2
    assert ROW not in said.err + said.out


@pytest.mark.parametrize("told", ["garbage", "2026-02-30", "2026-11-23T10:00:00", "0001-01-01"])
def test_a_now_that_cannot_be_read_is_said_so(
    told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGXIN_NOW", told)
    monkeypatch.setattr(identify, "run", lambda args: clock.today() and 0)

    assert program.main(["identify", "12345"]) == 2
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 2
    assert told in said.err


def test_the_first_day_of_the_calendar_is_no_instant() -> None:
    for text in ("0001-01-01", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59+00:00"):
        with pytest.raises(clock.UnreadableNow):
            clock.instant(text)
