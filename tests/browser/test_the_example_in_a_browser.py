"""A clerk uploads the real example in a real browser, and a stranger finds a firm by two characters."""

import pytest
from cast import PASSWORD
from guards.source_tree import REPO
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

EXAMPLE = REPO / "examples/tax-a-level-2018.gb18030.csv"
MAPPING = REPO / "examples/tax-a-level-2018.map.yaml"
WITHIN_SECONDS = 60


def test_lin_uploads_the_example_and_sun_finds_a_firm_by_two_characters(
    page: Page, page_without_scripts: Page, complaints: list[str]
) -> None:
    _lin_signs_in(page)
    _lin_sends_the_example(page)
    _sun_finds_a_bookshop(page)
    _sun_finds_a_bookshop(page_without_scripts)

    assert complaints == []


def _lin_signs_in(page: Page) -> None:
    page.goto("/desk/")
    page.locator("#id_username").fill("lin")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


def _lin_sends_the_example(page: Page) -> None:
    page.goto("/desk/upload/")
    page.locator("#class").select_option("tax-a-level")
    page.locator("#file").set_input_files(EXAMPLE)
    page.locator("details > summary").first.click()
    page.locator("#map").set_input_files(MAPPING)
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/submissions/*/")

    # The page asks for news by itself until the worker is done: 996 of 1,000 rows pass.
    main = page.locator("main")
    expect(main).to_contain_text("撤回这个批次", timeout=WITHIN_SECONDS * 1000)
    expect(main).to_contain_text("996")
    expect(main).to_contain_text("1,000")
    expect(main).to_contain_text("duplicate-key")


def _sun_finds_a_bookshop(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/")
    page.locator("input[name=q]").first.fill("新华")
    page.locator("input[name=q]").first.press("Enter")
    page.get_by_role("link", name="佳木斯市新华书店有限公司").click()

    expect(page.locator("h1")).to_contain_text("佳木斯市新华书店有限公司")
    expect(page.locator("body")).to_contain_text("2018")
    expect(page.locator("body")).to_contain_text("佳木斯市向阳区税务局")
