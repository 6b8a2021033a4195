"""Lin fills in one record in a real browser: fill, be told, put right, sent; and the session that ends."""

import pytest
from cast import PASSWORD, QIAO, QIAO_NAME
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WITHIN_SECONDS = 60


@pytest.mark.parametrize("fixture", ["page", "page_without_scripts"])
def test_lin_fills_in_a_record_is_told_what_is_wrong_puts_it_right_and_it_is_posted(
    request: pytest.FixtureRequest, fixture: str, complaints: list[str]
) -> None:
    page: Page = request.getfixturevalue(fixture)
    _lin_signs_in(page)
    _fill_in(page, code="123", year="2025" if fixture == "page" else "2024")

    page.get_by_role("button", name="校验并报送").click()
    expect(page.locator("[role=alert]")).to_contain_text("纳税人识别号")
    page.locator("[role=alert] a").first.click()
    expect(page.locator("#f-taxpayer_name")).to_have_value(QIAO_NAME)
    page.locator("#f-taxpayer_number").fill(QIAO)
    page.get_by_role("button", name="校验并报送").click()

    page.wait_for_url("**/desk/submissions/*/")
    expect(page.locator("main")).to_contain_text("撤回这一条", timeout=WITHIN_SECONDS * 1000)
    # The answer 422 to a form with a fault is told to the console; nothing else may be.
    assert [said for said in complaints if "422" not in said] == []


def test_what_lin_typed_is_there_after_her_session_ended(page: Page) -> None:
    _lin_signs_in(page)
    _fill_in(page, code=QIAO, year="2023")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="校验并报送").click()
    expect(page.locator("main")).to_contain_text("登录已过期")
    _give_password(page)

    expect(page.locator("#f-taxpayer_number")).to_have_value(QIAO)
    expect(page.locator("#f-year")).to_have_value("2023")
    page.get_by_role("button", name="校验并报送").click()
    page.wait_for_url("**/desk/submissions/*/")
    sent = page.url
    page.go_back()
    expect(page).to_have_url(sent)
    expect(page.locator("main")).to_contain_text("这份表已经报送过")


def _lin_signs_in(page: Page) -> None:
    page.goto("/desk/")
    _give_password(page)
    page.wait_for_url("**/desk/")


def _give_password(page: Page) -> None:
    page.locator("#id_username").fill("lin")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def _fill_in(page: Page, *, code: str, year: str) -> None:
    page.goto("/desk/record/")
    page.get_by_role("link", name="纳税信用A级纳税人").click()
    page.locator("#f-taxpayer_number").fill(code)
    page.locator("#f-taxpayer_name").fill(QIAO_NAME)
    page.locator("#f-year").fill(year)
    page.locator("#f-level").select_option("A") if page.locator("select#f-level").count() else None
