"""First contentful paint of home and of a subject's page in a real browser here, and the bytes of their HTML.

Each load is cold: a browser context of its own, nothing kept of the last.
"""

import json
import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.files import COLUMNS, penalties
from bench.running import CHROMIUM, SANDBOX, Province, environment_of, gongxin, running_province

LOADS = 15
PAINTED = """() => new Promise(done => new PerformanceObserver(
    list => done(list.getEntriesByName("first-contentful-paint")[0].startTime)
).observe({type: "paint", buffered: true}))"""


def measure(*, rows: int, folder: Path) -> dict[str, Any]:
    """Return paint and bytes of home, a subject of 20 records and one of 200, beside `rows` others."""
    with running_province(folder / "home", subjects=rows) as province, sync_playwright() as playwright:
        addresses = {"home": "/"}
        for records in (20, 200):
            addresses[f"subject_{records}"] = _subject_of(records, province, folder)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SANDBOX)
        return {name: _painted(chromium, province, address) for name, address in addresses.items()}


def _subject_of(records: int, province: Province, folder: Path) -> str:
    """This will send a file of `records` penalties of one firm; return the address of its page."""
    made = list(penalties(rows=1000 + records))[-records:]
    name, code = made[0][0], made[0][2]
    rows = [[name, row[1], code, *row[3:]] for row in made]
    file = folder / f"{records}.csv"
    file.write_text("\r\n".join(",".join(row) for row in [list(COLUMNS), *rows]), "utf-8")
    environment = environment_of(province.home)
    gongxin(environment, "submit", str(file), "--class", "penalty", "--agency", province.agencies["market"])
    found = json.loads(gongxin(environment, "search", code, "--json"))
    return f"/subjects/{found['hits'][0]['id']}/"


def _painted(browser: Browser, province: Province, address: str) -> dict[str, float]:
    times, size = [], 0
    for _ in range(LOADS):
        context = browser.new_context(base_url=province.address, locale="zh-CN")
        page = context.new_page()
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            raise AssertionError(f"{address}: {answer and answer.status}")
        size = len(answer.body())
        times.append(page.evaluate(PAINTED))
        context.close()
    paint = {"paint_p50_ms": round(statistics.median(times)), "paint_worst_ms": round(max(times))}
    return {**paint, "html_kb": round(size / 1000, 1)}
