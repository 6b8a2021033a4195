"""Everything can be done with the keyboard alone, and one always sees where one is."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from browser.walking import reading
from playwright.sync_api import Browser, Page

from bench.running import Province

pytestmark = pytest.mark.browser

OUTLINED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
FOCUSED = "() => document.activeElement.getBoundingClientRect().top"


@pytest.fixture
def page(browser: Browser, province: Province) -> Iterator[Page]:
    with reading(browser, province) as context:
        yield context.new_page()


def test_the_first_key_leads_past_the_head_to_the_content(page: Page) -> None:
    page.goto("/penalties/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_slash_goes_to_the_search_and_typing_one_there_does_not(page: Page) -> None:
    page.goto("/search/?q=示范")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("a/b")

    assert page.locator("#search").input_value() == "a/b"


def test_j_and_k_walk_the_results_and_enter_opens_one(page: Page) -> None:
    page.goto("/search/?q=示范")
    names = page.locator("[data-walk] a.walk")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")

    assert names.first.evaluate("name => name === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/subjects/*/")


def test_a_question_mark_leads_to_the_help(page: Page) -> None:
    page.goto("/penalties/")

    page.keyboard.press("?")
    page.wait_for_url("**/help/**")

    assert page.locator("h1").inner_text() == "帮助"


@pytest.mark.parametrize(
    "address", ["/", "/search/?q=示范", "/penalties/", "/help/contest/", "/desk/sign-in/"]
)
def test_each_stop_of_the_tab_key_is_seen_and_comes_in_reading_order(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.activeElement.blur()")
    tops, unseen = [], []
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # the last stop of a short page
        if not page.evaluate(OUTLINED):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        tops.append(page.evaluate(FOCUSED) + page.evaluate("window.scrollY"))

    assert unseen == []
    # Within the head the brand, the links and the choices stand on one line of unequal heights.
    assert all(after >= before - 60 for before, after in pairwise(tops)), tops


def test_an_error_takes_the_focus_or_says_itself_aloud(page: Page) -> None:
    page.goto("/desk/sign-in/")
    page.locator("#id_username").fill("nobody")
    page.locator("#id_password").fill("wrong")
    page.keyboard.press("Enter")

    page.locator("[role=alert]").wait_for()
    assert page.locator("#id_username").input_value() == "nobody"
