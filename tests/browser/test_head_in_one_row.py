"""At 1,280 pixels the links of the head stand in one row, in both languages and for everyone."""

import pytest
from browser.walking import reading
from playwright.sync_api import Browser, Page

from bench.running import Province

pytestmark = pytest.mark.browser

MIDDLES = """parts => parts.map(one => {
    const box = one.getBoundingClientRect();
    return Math.round((box.top + box.bottom) / 2);
})"""


def middles(page: Page, parts: str) -> list[int]:
    """Return how far down the middle of each part lies, in pixels."""
    found: list[int] = page.eval_on_selector_all(parts, MIDDLES)
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
# The longest words at which one can be: there they are bold, and wider still.
@pytest.mark.parametrize(
    ("who", "address"), [("", "/catalogue/"), ("lin", "/desk/record/"), ("zhao", "/desk/doubts/")]
)
def test_the_links_of_the_head_stand_in_one_row(
    browser: Browser, province: Province, who: str, address: str, language: str
) -> None:
    with reading(browser, province, who) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"/language/{language}/?next={address}")

        links = middles(page, ".head nav > ul > li")
        parts = middles(page, ".head .page > *")

    assert len(links) > 5
    assert len(set(links)) == 1
    # The desk has more doors than fit beside the name: they have a line of their own.
    assert who or max(parts) - min(parts) <= 1
