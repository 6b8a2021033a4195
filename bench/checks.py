"""Checks: one at a time over HTTP at 50 a second, also while a file is ingested; and a whole file of codes.

The register holds `rows` organisations, a fifth of them on a list. The peer of the file is a plain join in
memory: the same tables read into columns, joined with the same codes, the answers written to a file.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.database import Bench, fresh_database
from bench.files import unified_code, write_penalties
from bench.ingest import submit
from bench.running import address_of, environment_of, gongxin, running

AGENCY = "11990101MB00000123"
MATTER = "policy-support"
RATE, SECONDS, WARMING = 50.0, 30.0, 5.0
INGESTED = 60_000
CHUNK = 20_000
HEADER = (
    "企业名称", "统一社会信用代码", "列入原因类型", "列入依据", "列入决定文号", "列入日期",
    "列入决定机关名称",
    "移出条件", "救济途径", "来源单位证明文号",
)  # fmt: skip


def measure(*, rows: int, database: str, folder: Path) -> dict[str, Any]:
    """Return the figures of checks over `rows` organisations, a fifth of them listed."""
    with fresh_database(database, folder / "home") as ours:
        codes = [unified_code("91", number) for number in range(rows)]
        _lay(codes)
        _list(codes, ours, folder)
        environment = environment_of(folder / "home") | {
            "GONGXIN_DATABASE_URL": ours.url, "GONGXIN_API_LIMIT_KEY": "1000000000",
            "GONGXIN_API_LIMIT_ADDRESS": "1000000000",
        }  # fmt: skip
        return {
            "database": ours.vendor,
            "organisations": rows,
            "listings": rows // 5,
            **_one_by_one(codes, environment, folder),
            **_whole_file(codes, environment, folder),
        }


def _lay(codes: list[str]) -> None:
    from django.db import transaction

    from gongxin.core.actors import Actor, ActorKind
    from gongxin.core.ids import RANDOM_BYTES, hex_ids
    from gongxin.core.names import normalise_name
    from gongxin.core.search_tokens import search_tokens
    from gongxin.flows.signing_keys import ensure_key
    from gongxin.interfaces.clock import now
    from gongxin.registry import bulk
    from gongxin.registry.subjects import bulk as subjects

    at = now()
    ensure_key(actor=Actor(ActorKind.COMMAND, "bench"), at=at)
    for start in range(0, len(codes), CHUNK):
        some = codes[start : start + CHUNK]
        ids = hex_ids(at=at, randomness=os.urandom(RANDOM_BYTES * len(some)))
        names = [f"示范{start + number}号机械有限公司" for number in range(len(some))]
        with transaction.atomic():
            subjects.add(
                subjects=[
                    subjects.NewSubject(id=one, kind="organisation", database="legal-person", region="990101")
                    for one in ids
                ],
                identifiers=[(one, "unified", code) for one, code in zip(ids, some, strict=True)],
                names=[
                    subjects.NewName(one, name, normalise_name(name), True, search_tokens(name))
                    for one, name in zip(ids, names, strict=True)
                ],
                at=bulk.instant(at),
            )


def _list(codes: list[str], ours: Bench, folder: Path) -> None:
    """List every fifth organisation by a file its body sends, and let every other list be up to date."""
    from gongxin.core.lists import statutory_lists
    from gongxin.interfaces.clock import now, today
    from gongxin.registry.intake.models import NilReturn

    file, agency = folder / "listed.csv", ours.agency(AGENCY)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(_rows(codes))
    done, _ = submit(file, class_id="abnormal-operation", agency=agency)
    if done.accepted != len(codes) // 5:
        raise AssertionError(f"{done.state}: {done.accepted} listed: {done.problems}")
    for one in statutory_lists().values():
        NilReturn.objects.create(
            id=uuid4(), agency=agency, class_id=one.class_id, month=today().replace(day=1), stated_by="bench",
            stated_at=now(),
        )  # fmt: skip


def _rows(codes: list[str]) -> Iterator[list[str]]:
    from gongxin.interfaces.clock import today

    for number in range(0, len(codes) // 5 * 5, 5):
        yield [
            f"示范{number}号机械有限公司", codes[number], "4", "《企业信息公示暂行条例》第十七条",
            f"示例异列〔2026〕{number}号", today().replace(day=1).isoformat(), "示范市市场监督管理局",
            "重新取得联系后申请移出", "六十日内申请行政复议", f"示例市监函〔2026〕{number}号",
        ]  # fmt: skip


def _one_by_one(codes: list[str], environment: dict[str, str], folder: Path) -> dict[str, Any]:
    told = json.loads(gongxin(environment, "key", "add", "--agency", AGENCY, "--json"))
    bodies = folder / "bodies.txt"
    asked = [codes[number * 7919 % len(codes)] for number in range(20_000)]
    question = {"matter": MATTER, "purpose": "审查申请", "case_number": "审〔2026〕1号"}
    lines = (json.dumps({**question, "code": code}, ensure_ascii=False) for code in asked)
    bodies.write_text("\n".join(lines), "utf-8")
    penalties = folder / "penalties.csv"
    write_penalties(penalties, rows=INGESTED)
    with running(environment, "serve", "--port", "0", "--workers", "2") as server:
        place = urlsplit(address_of(server))
        how = {
            "host": place.hostname, "port": place.port, "path": "/api/exchange/v1/checks",
            "key": told["key"], "bodies": str(bodies),
        }  # fmt: skip
        _steady(how, WARMING)
        quiet = _steady(how, SECONDS)
        words = ["submit", str(penalties), "--class", "penalty", "--agency", AGENCY]
        with running(environment, *words):
            busy = _steady(how, SECONDS / 2)
    return {
        "rate_per_second": RATE,
        **{f"check_{name}": figure for name, figure in quiet.items()},
        **{f"check_in_ingest_{name}": figure for name, figure in busy.items()},
    }


def _steady(how: dict[str, Any], seconds: float) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.steady", json.dumps({**how, "rate": RATE, "seconds": seconds})]
    done = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _whole_file(codes: list[str], environment: dict[str, str], folder: Path) -> dict[str, Any]:
    file, out, joined = folder / "codes.csv", folder / "screened.csv", folder / "joined.csv"
    file.write_text("统一社会信用代码\n" + "\n".join(codes) + "\n", "utf-8")
    began = time.perf_counter()
    told = json.loads(gongxin(environment, "screen", str(file), "--matter", MATTER, "-o", str(out), "--json"))
    ours = time.perf_counter() - began
    began = time.perf_counter()
    _joined(file, joined)
    peer = time.perf_counter() - began
    return {
        "screened": told["lines"], "verdicts": told["verdicts"], "screen_seconds": round(ours, 2),
        "join_seconds": round(peer, 2), "ratio": round(peer / ours, 3),
    }  # fmt: skip


def _joined(file: Path, out: Path) -> None:
    """Join the codes with who bears them, their listings, and the versions and decisions of those."""
    import polars as pl

    from gongxin.registry import bulk

    def table(names: str, of: str) -> pl.DataFrame:
        rows = bulk.select(f"SELECT {names} FROM {of}")
        columns = [name.rpartition(" ")[2].rpartition(".")[2] for name in names.split(", ")]
        return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)

    known = table("value, CAST(subject_id AS text) AS subject", "subjects_identifier")
    listed = table(
        "CAST(subject_id AS text) AS subject, CAST(entry_id AS text) AS entry,"
        " CAST(record_id AS text) AS record, list_id, CAST(until_on AS text) AS until_on",
        "lists_listing",
    )
    standing = table("CAST(id AS text) AS entry, kind, held_reason, content", "ledger_entry")
    decided = table("CAST(record_id AS text) AS record, outcome, CAST(use_until AS text) AS use_until",
                    "publication_decision")  # fmt: skip
    codes = pl.read_csv(file, new_columns=["value"])
    whole = (
        codes.join(known, on="value", how="left")
        .join(listed, on="subject", how="left")
        .join(standing, on="entry", how="left")
        .join(decided, on="record", how="left")
    )
    whole.select("value", "subject", "list_id", "record", "outcome").write_csv(out)
