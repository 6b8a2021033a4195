"""A listing in a browser: Zhao proposes and gives notice, Qiao objects, Sun comments on draft criteria."""

import pytest
from browser.judged import findings
from browser.walking import reading
from playwright.sync_api import Browser, expect

from bench.running import Province
from gongxin.core.demonstration.places import MARKET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own: what is proposed here would stand in the way of others."""
    return province_of_its_own


def test_propose_tell_object(browser: Browser, province: Province) -> None:
    with reading(browser, province, "qiao") as hers:
        page = hers.new_page()
        page.goto("/my/lists/")
        code = page.request.get("/my/downloads/file.json").json()["subject"]["code"]

    with reading(browser, province, "zhao") as his:
        page = his.new_page()
        page.goto("/desk/listings/")
        page.locator("#list").select_option("abnormal-operation")
        page.locator("#who").fill(code)
        page.get_by_role("button", name="下一步").click()
        assert findings(page, "propose") == []
        page.locator("#id_reasons").fill("未公示2025年度报告，经责令仍未公示。")
        page.locator("#id_body").fill(MARKET.code)
        page.get_by_role("button", name="提出列入该主体").click()
        page.get_by_role("button", name="发出事先告知书").click()
        expect(page.locator("main")).to_contain_text("尚未送达")
        assert findings(page, "proceeding") == []
        page.goto("/desk/criteria/")
        page.locator("#id_title").fill("认定标准（稿）")
        page.locator("#id_text").fill("第一条")
        page.get_by_role("button", name="公开该草案").click()
        assert findings(page, "draft at the desk") == []

    with reading(browser, province, "qiao") as hers:
        page = hers.new_page()
        page.goto("/my/lists/")
        page.get_by_role("link", name="经营异常名录").click()
        assert findings(page, "proceeding at /my/") == []
        page.locator("#id_text").fill("已于十一月二日公示。")
        page.get_by_role("button", name="提交异议").click()
        expect(page.locator("main")).to_contain_text("名单")

    with reading(browser, province) as suns:
        page = suns.new_page()
        page.goto("/lists/drafts/")
        page.get_by_role("link", name="认定标准（稿）").click()
        assert findings(page, "draft") == []
        page.locator("#id_text").fill("建议写明期限。")
        page.get_by_role("button", name="提交意见").click()
        expect(page.locator("main")).to_contain_text("已收到")
