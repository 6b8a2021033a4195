"""R12: a person's row leaves nothing behind: not in the database, files, logs, spool or temporary folders."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cast import REGULATOR
from homes import own_home
from openpyxl import Workbook
from sending import an_agency, csv_of, penalty

NAME, NUMBER, REPRESENTATIVE = "慕容示例", "41010519900101002X", "410105199001010011"
PERSON = penalty(
    CF_XDR_MC=NAME, CF_XDR_LB="自然人", CF_XDR_SHXYM="", CF_FRDB="", CF_XDR_ZJLX="身份证", CF_XDR_ZJHM=NUMBER,
    CF_WSH="示环罚〔2026〕71号",
)  # fmt: skip
IN_A_CODE = penalty(CF_XDR_MC=NAME, CF_XDR_SHXYM=NUMBER, CF_WSH="示环罚〔2026〕72号")
IN_TEXT = penalty(CF_SY=f"当事人的联系人身份证号{NUMBER}，已改正。", CF_WSH="示环罚〔2026〕73号")
NAMED_IN_TEXT = penalty(CF_SY=f"当事人的联系人{NAME}，身份证号{NUMBER}。", CF_WSH="示环罚〔2026〕74号")
IN_A_DOCUMENT_NUMBER = penalty(CF_FRDB=NAME, CF_WSH=NUMBER)
UNDER_A_LONG_NAME = penalty(
    CF_XDR_MC=f"{NAME}的女儿", CF_XDR_SHXYM="", CF_SJLY=NUMBER, CF_WSH="示环罚〔2026〕75号"
)
FIRM = penalty(CF_FR_ZJLX="身份证", CF_FR_ZJHM=REPRESENTATIVE, CF_XDR_ZJLX="", CF_XDR_ZJHM="")
ROWS = (FIRM, PERSON, IN_A_CODE, IN_TEXT, NAMED_IN_TEXT, IN_A_DOCUMENT_NUMBER, UNDER_A_LONG_NAME)


def text_file() -> bytes:
    ragged = f"\n{NAME},自然人,{NUMBER},多,出,来\n"
    return csv_of(*ROWS) + ragged.encode()


def workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    columns = list(dict.fromkeys(key for row in ROWS for key in row))
    sheet.append(columns)
    for row in ROWS:
        sheet.append([row.get(key, "") for key in columns])
    book.save(path)


def gongxin(*words: str, folder: Path, expected: int = 1) -> str:
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "GONGXIN_LOG_LEVEL": "DEBUG"}
    done = subprocess.run(
        [sys.executable, "-c", "from gongxin.interfaces.commands.main import main; exit(main())",
         *words],
        capture_output=True, text=True, env=environment, cwd=folder, check=False,
    )  # fmt: skip
    assert done.returncode == expected, done.stderr
    return done.stdout + done.stderr


def traces(folder: Path) -> list[str]:
    """Return where the planted person can be read: each file of `folder`, and each table's text."""
    from django.db import connection

    planted = [text.encode() for text in (NAME, NUMBER, REPRESENTATIVE)]
    found = [
        str(path) for path in folder.rglob("*")
        if path.is_file() and any(text in path.read_bytes() for text in planted)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        # The name index keeps no rows to read; what it would hold lies in the files searched above.
        for table in set(connection.introspection.table_names(cursor)) - {"subjects_nameindex"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text.decode() in repr(row) for row in cursor.fetchall() for text in planted):
                found.append(table)
    return found


@pytest.fixture
def home(django_db_blocker, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T10:00:00+08:00")
    with django_db_blocker.unblock(), own_home() as folder:
        from django.db import connection

        an_agency(REGULATOR)
        connection.close()
        yield folder


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_of_a_person_can_be_found_after_a_submission(home, kind):
    sent = home.parent / f"sent-{os.getpid()}.{kind}"
    sent.write_bytes(text_file()) if kind == "csv" else workbook(sent)
    try:
        said = gongxin("submit", str(sent), "--class", "penalty", "--agency", REGULATOR, folder=home)
    finally:
        sent.unlink()

    assert "posted" in said
    assert not any(text in said for text in (NAME, NUMBER, REPRESENTATIVE))
    assert traces(home) == []


def test_the_search_for_traces_finds_a_planted_one(home):
    (home / "home" / "left-behind.log").write_text(f"row 3: {NUMBER}")

    assert traces(home) == [str(home / "home" / "left-behind.log")]


def test_nothing_of_a_person_stays_of_a_file_without_a_header(home):
    sent = home.parent / f"headless-{os.getpid()}.csv"
    sent.write_text(f"{NAME},{NUMBER},罚款\n{NAME},{NUMBER},警告\n", "utf-8")
    try:
        said = gongxin(
            "submit", str(sent), "--class", "penalty", "--agency", REGULATOR, folder=home, expected=2
        )
    finally:
        sent.unlink()

    assert NAME not in said
    assert traces(home) == []
