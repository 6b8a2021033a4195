"""Zhao works the review queue by the keyboard alone; without scripts the same forms do it by mouse."""

from collections.abc import Iterator

import pytest
from browser.judged import findings
from browser.walking import reading
from playwright.sync_api import Browser, Page

from bench.running import Province

pytestmark = pytest.mark.browser

WITHIN = 60_000


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own: what is decided here others would miss."""
    return province_of_its_own


@pytest.fixture
def zhao(browser: Browser, province: Province) -> Iterator[Page]:
    with reading(browser, province, "zhao") as context:
        yield context.new_page()


def queue(page: Page) -> None:
    """Wait until the worker has found something, and open the oldest."""
    for _ in range(60):
        page.goto("/desk/doubts/?reason=damaged-code")
        if page.locator("main a.button").count():
            return
        page.wait_for_timeout(1000)


def test_a_row_is_decided_and_undone_by_keys_alone(zhao: Page) -> None:
    queue(zhao)
    zhao.locator("main a.button").focus()
    zhao.keyboard.press("Enter")
    zhao.wait_for_url("**/desk/doubts/*/?**")
    case = zhao.url

    zhao.keyboard.press("s")
    assert zhao.locator("#verdict-same").is_checked()
    assert zhao.evaluate("document.activeElement.name") == "suggested"
    zhao.keyboard.press("Space")
    zhao.keyboard.press("Enter")
    zhao.locator("[data-undo]").wait_for()
    assert "decided=" in zhao.url
    assert findings(zhao, "just decided") == []

    zhao.keyboard.press("u")
    zhao.wait_for_url(case)
    assert zhao.locator("#verdict-same").count() == 1
    assert findings(zhao, "undone") == []


def test_j_and_k_go_on_and_back(zhao: Page) -> None:
    queue(zhao)
    zhao.goto("/desk/doubts/")
    zhao.locator("main a.button").click()
    zhao.locator("a[data-next]").wait_for()
    first = zhao.url

    zhao.keyboard.press("j")
    zhao.wait_for_url(lambda url: url != first)
    assert zhao.locator("#verdict-same").count() == 1
    zhao.keyboard.press("k")
    zhao.wait_for_url(first)
    assert zhao.url == first


def test_keys_typed_into_a_field_are_letters_and_can_be_turned_off(zhao: Page) -> None:
    queue(zhao)
    zhao.locator("main a.button").click()
    zhao.locator("#id_ground").fill("")
    zhao.locator("#id_ground").press_sequentially("dsc")
    assert zhao.locator("#id_ground").input_value() == "dsc"
    assert not zhao.locator("#verdict-different").is_checked()

    zhao.locator("[data-keys]:visible").click()
    zhao.locator("h1").click()
    zhao.keyboard.press("d")
    assert not zhao.locator("#verdict-different").is_checked()
    zhao.locator("[data-keys]:visible").click()
    zhao.locator("h1").click()
    zhao.keyboard.press("d")
    assert zhao.locator("#verdict-different").is_checked()


def test_a_pair_is_proposed_without_scripts_and_confirmed_by_a_second_person(
    browser: Browser, province: Province, zhao: Page
) -> None:
    queue(zhao)
    with reading(browser, province, "zhao") as signed_in:
        state = signed_in.storage_state()
    plain = browser.new_context(
        base_url=province.address, locale="zh-CN", java_script_enabled=False, storage_state=state
    )
    page = plain.new_page()
    page.goto("/desk/doubts/")
    page.locator("td a, th a, .lead-cell a").filter(has_text="岚桥机械制造").first.click()
    page.locator("#verdict-same").check()
    page.locator("#id_ground").fill("核对历史登记档案，系同一企业")
    page.locator("#decision button").first.click()
    page.locator("[data-undo]").wait_for()
    plain.close()

    with reading(browser, province, "wen") as context:
        second = context.new_page()
        second.goto("/desk/doubts/?standing=proposed")
        second.locator("main a.button").click()
        assert findings(second, "a proposed merge") == []
        second.locator("#id_ground").fill("复核无误")
        second.get_by_role("button", name="确认合并").click()
        second.locator("[data-undo]").wait_for()
        second.get_by_role("link", name="返回查看").click()
        assert "已于" in second.locator("main").inner_text()
        assert findings(second, "a merged pair") == []
