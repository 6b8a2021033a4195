"""What the documents tell a developer to type, typed against a running sandbox; and the example client."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from exchange_system import CHECKS, FOLLOWS, NIL
from guards.source_tree import REPO
from live_sandbox import Sandbox, blocks_of, live_sandbox
from sending import penalty

from gongxin.core.demonstration.places import ECOLOGY
from gongxin.core.legal_day import legal_day
from gongxin.core.reporting import ended_months

sys.path.insert(0, str(REPO / "examples"))
import client  # a file to copy, not a package

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
PAGE = REPO / "docs/api.md"
FIRM = re.search(r"by-code/(\w{18})", PAGE.read_text("utf-8"))[1]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with live_sandbox() as found:
        yield found


@pytest.fixture
def platform(sandbox: Sandbox) -> client.Gongxin:
    return client.Gongxin(sandbox.address, sandbox.key, language="en")


def shell(lines: str, sandbox: Sandbox, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Return what bash said to the lines; it stops at the first that fails."""
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines],
        cwd=folder,
        env={**os.environ, **sandbox.environment, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def row(number: int, **changes: str) -> dict[str, str]:
    body = {"CF_CFJGDM": ECOLOGY.code, "CF_SJLYDM": ECOLOGY.code, "CF_WSH": f"示环罚〔2026〕{number}号"}
    return penalty(**{**body, **changes})


def ask(sandbox: Sandbox, address: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Return the status and the answer to one question, asked with the key."""
    request = Request(  # noqa: S310 (our own server)
        sandbox.address + address,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {sandbox.key}", "Content-Type": "application/json", **headers},
    )
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 (our own server)
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


@needs_curl
def test_ten_minutes_lead_to_the_first_submission(sandbox, tmp_path):
    said = shell("\n".join(blocks_of(PAGE)), sandbox, tmp_path)

    assert said.returncode == 0, said.stderr
    read = {path.stem: json.loads(path.read_text("utf-8")) for path in tmp_path.glob("*.json")}
    state = read["state"]
    assert (state["state"], state["rows"], state["posted"], state["rejected"]) == ("done", 2, 1, 1)
    assert read["sent"]["submission"] == read["again"]["submission"]
    assert read["refused"]["error"]["code"] == "idempotency-conflict"
    assert "CF_XDR_SHXYM.identifier" in {one["code"] for one in read["problems"]["problems"]}
    assert read["firm"]["classes"] == {"penalty": 1}
    assert read["records"]["records"][0]["document_number"].endswith("901号")
    assert read["newest"]["records"][0] != read["page2"]["records"][0]
    matched = {key: one["results"][0]["score"] for key, one in read["match"]["responses"].items()}
    assert 0.9 < matched["name"] < matched["code"] == 1
    assert {key: one["result"][0]["match"] for key, one in read["reconciled"].items()} == {
        "name": False,
        "code": True,
    }
    (row,) = read["extended"]["rows"].values()
    assert row["code"] == [{"str": FIRM}]
    assert [read[name]["state"] for name in ("nil", "withdrawn")] == ["standing", "withdrawn"]
    assert (tmp_path / "problems.xlsx").read_bytes().startswith(b"PK")
    assert [line for line in said.stdout.splitlines() if re.fullmatch(r"\d{3}", line)] == [
        "200",
        "422",
        "304",
    ]


@needs_curl
def test_a_line_that_does_not_hold_stops_the_test(sandbox, tmp_path):
    """The planted fault: an address that is none, between two that are."""
    assert shell('curl -fsS "$GONGXIN/api/v1/nothing-here"\ntrue', sandbox, tmp_path).returncode != 0


@needs_curl
def test_every_line_of_the_page_for_programs_can_be_pasted(sandbox, tmp_path, platform):
    sent = platform.send_rows([row(700)], class_id="penalty", batch="for the page")
    platform.follow(sent["submission"], every=0.2)
    subject = platform.subject_of_code(row(700)["CF_XDR_SHXYM"])["subject"]
    record = platform.records(subject["id"])[0]
    (tmp_path / "penalties.csv").write_text("CF_WSH\n1\n", "utf-8")
    _, page = ask(sandbox, "/api/")
    lines = [html.unescape(line) for line in re.findall(r'<pre class="curl" tabindex="0"><code>(.*?)<', page)]

    _, answer = ask(
        sandbox,
        "/api/exchange/v1/submissions?check_first=true",
        {"class": "penalty", "rows": [row(701)]},
        **{"Idempotency-Key": "only checked"},
    )
    waiting = json.loads(answer)["submission"]
    while platform.get(f"/api/exchange/v1/submissions/{waiting}")["checked_at"] is None:
        time.sleep(0.1)

    months = [f"{month:%Y-%m}" for month in ended_months(legal_day(datetime.now(UTC)), 2)]
    stated = json.loads(ask(sandbox, NIL, {"class": "licence", "month": months[1]})[1])

    other = json.loads(ask(sandbox, "/api/v1/search?q=%E7%A4%BA%E8%8C%83")[1])["results"][-1]
    question = {"code": subject["code"], "matter": "awards", "purpose": "the page", "case_number": "1"}
    check = json.loads(ask(sandbox, CHECKS, question)[1])["id"]

    until = str(legal_day(datetime.now(UTC)) + timedelta(days=90))
    followed = {"code": other["code"], "purpose": "the page", "basis": "art. 40", "until": until}
    follow = json.loads(ask(sandbox, FOLLOWS, followed)[1])["follow"]

    assert len(lines) == 38
    for line in lines:
        said = shell(
            line.replace("curl -s ", "curl -fsS "),
            sandbox,
            tmp_path,
            CODE=subject["code"],
            SUBJECT=subject["id"],
            RECORD=record["id"],
            SUBMISSION=waiting if "/confirm" in line else sent["submission"],
            BATCH="pasted",
            MONTH=months[0],
            NIL_RETURN=stated["nil_return"],
            NUMBER="pasted-1",
            DAY=str(legal_day(datetime.now(UTC))),
            TODAY=str(legal_day(datetime.now(UTC))),
            CHECK=check,
            CHANGED=check,
            UNTIL=until,
            FOLLOW=follow,
        )
        if "/acknowledge" in line:  # it stands: there is nothing to acknowledge
            assert "409" in said.stderr
            continue
        assert said.returncode == 0, (line, said.stderr)
        assert json.loads(said.stdout)


def test_every_answer_of_the_sandbox_says_so(sandbox):
    with urlopen(f"{sandbox.address}/api/v1/catalogue", timeout=30) as answer:  # noqa: S310
        assert answer.headers["Gongxin-Sandbox"] == "true"


def test_the_client_sends_follows_and_fetches_what_is_wrong(platform, tmp_path):
    file = tmp_path / "报送.csv"
    rows = [row(800), row(801, CF_XDR_SHXYM="123")]
    file.write_text("\n".join([",".join(rows[0]), *(",".join(one.values()) for one in rows)]), "utf-8")

    first = platform.send(file, class_id="penalty", batch="client 1")
    again = platform.send(file, class_id="penalty", batch="client 1")
    ended = platform.follow(first["submission"], every=0.2)

    assert first["submission"] == again["submission"]
    assert (ended["state"], ended["accepted"], ended["rejected"]) == ("done", 1, 1)
    problems = list(platform.problems(first["submission"]))
    assert any("CF_XDR_SHXYM" in one["code"] for one in problems)
    assert first["submission"] in {one["submission"] for one in platform.submissions()}


def test_the_client_states_that_a_month_had_nothing(platform):
    (month,) = ended_months(legal_day(datetime.now(UTC)), 1)

    said = platform.state_nil("commitment", month=f"{month:%Y-%m}")
    with pytest.raises(client.Refused) as refused:
        platform.state_nil("commitment", month="2016-01")

    assert (said["state"], said["month"]) == ("standing", f"{month:%Y-%m}")
    assert refused.value.code == "month-not-open"


def test_the_client_looks_up_and_follows_a_list_to_its_end(platform, monkeypatch):
    found = platform.search("示范")
    asked = []
    monkeypatch.setattr(
        platform, "get", lambda address: asked.append(address) or type(platform).get(platform, address)
    )

    penalties = list(platform._lines("/api/v1/records/newest?class=penalty&limit=3", "records"))

    assert found[0]["name"].startswith("示范")
    assert len({one["record"]["id"] for one in penalties}) == len(penalties) > 3
    assert len(asked) == -(-len(penalties) // 3)


def test_the_client_reads_what_it_has_from_its_own_memory(platform, monkeypatch):
    first = platform.get("/api/v1/catalogue")
    statuses = []
    asking = platform._ask
    monkeypatch.setattr(platform, "_ask", lambda request: statuses.append(asking(request)) or statuses[-1])

    assert platform.get("/api/v1/catalogue") == first
    assert [status for status, _, _ in statuses] == [304]


def test_the_client_raises_what_the_platform_refuses(platform):
    with pytest.raises(client.Refused) as refused:
        platform.subject_of_code("91990100MA0000008X")

    assert (refused.value.code, refused.value.problem["status"]) == ("not-found", 404)


def test_the_client_waits_as_long_as_it_is_told_and_gives_up_at_last(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    with live_sandbox(GONGXIN_API_LIMIT_ADDRESS="3") as slow, pytest.raises(client.Refused) as refused:
        for _ in range(8):  # more than two minutes' worth, should one end meanwhile
            client.Gongxin(slow.address).get("/api/v1/catalogue/penalty")

    assert refused.value.code == "too-many-requests"
    assert len(waited) >= client.MOST_TRIES - 1
    assert all(0 < seconds <= 60 for seconds in waited)


def test_the_client_is_a_program(sandbox):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, REPO / "examples/client.py", *words],
            env={**os.environ, **sandbox.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    (sample,) = re.findall(r"client\.py subject (\w+)", client.__doc__)
    assert json.loads(run("subject", sample).stdout.splitlines()[0])
    assert json.loads(run("search", "示范").stdout.splitlines()[0])["name"].startswith("示范")
    refused = run("subject", "91990100MA0000008X")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("not-found: ")


def test_many_requests_at_once_with_one_key_are_one_submission(sandbox):
    answers: list[tuple[int, Any]] = []
    body = {"class": "penalty", "rows": [row(number) for number in range(900, 940)]}

    def send() -> None:
        answers.append(ask(sandbox, "/api/exchange/v1/submissions", body, **{"Idempotency-Key": "at once"}))

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    counted = Counter(status for status, _ in answers)
    assert counted[202] == 1
    assert set(counted) <= {202, 200, 409}
    ids = {json.loads(said)["submission"] for status, said in answers if status < 300}
    listed = json.loads(ask(sandbox, "/api/exchange/v1/submissions?limit=200")[1])["submissions"]
    assert len(ids) == 1
    assert sum(one["submission"] in ids for one in listed) == 1
