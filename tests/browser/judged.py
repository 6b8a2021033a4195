"""What axe finds serious or critical on a page, said in lines a person can act on."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

WIDTHS = (1280, 390)
# Put in by the driver, as a debugger would: the page's content policy stays as it is served.
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# What axe loads beforehand, style sheets and media, no rule that is grave asks for: a third of its time.
RUN = """async () => (await axe.run({resultTypes: ["violations"], preload: false})).violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => ({rule: one.id, help: one.help, nodes: one.nodes.slice(0, 3).map(node => node.html)}))"""


def findings(page: Page, what: str = "") -> list[str]:
    """Return the serious and critical findings on the page as it stands, at each width."""
    page.evaluate(AXE)
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        violations: list[dict[str, Any]] = page.evaluate(RUN)
        found += [
            f"{what} at {width}: {one['rule']} ({one['help']}): {' | '.join(one['nodes'])}"
            for one in violations
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            found.append(f"{what} at {width}: wider than the window")
    return found
