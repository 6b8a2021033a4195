"""An objection in a browser without scripts: Qiao objects, Zhao forwards, Lin upholds, Sun reads it."""

from contextlib import ExitStack

import pytest
from browser.judged import findings
from browser.walking import sign_in
from playwright.sync_api import Browser, Page, expect

from bench.running import Province

pytestmark = pytest.mark.browser

MARK = "异议处理中"
PHOTOGRAPH = {"name": "../../决定书.png", "mimeType": "application/x-msdownload"}


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own: the case opened here would stand in the way of others."""
    return province_of_its_own


class People:
    """Everybody at a browser of their own. It runs scripts only where axe, which is one, judges the page."""

    def __init__(self, browser: Browser, province: Province, stack: ExitStack) -> None:
        self._browser, self._province, self._stack = browser, province, stack

    def page(self, name: str = "", *, judged: bool = False) -> Page:
        context = self._browser.new_context(
            base_url=self._province.address, locale="zh-CN", java_script_enabled=judged
        )
        context.set_default_timeout(90_000)  # four browsers at once on a busy machine
        self._stack.callback(context.close)
        page = context.new_page()
        if name:
            sign_in(page, name, self._province.passwords[name])
        return page


def test_object_answer_uphold(browser: Browser, province: Province) -> None:
    import papers

    with ExitStack() as stack:
        people = People(browser, province, stack)
        qiao, sun = people.page("qiao"), people.page()
        record, public = _choose_a_penalty(qiao)
        _object(qiao, record, {**PHOTOGRAPH, "buffer": papers.png()})
        sun.goto(public)
        expect(sun.locator("main")).to_contain_text(MARK)

        zhao = people.page("zhao", judged=True)
        case = _open_from_the_list(zhao)
        zhao.locator("button[value=forward]").click()
        expect(zhao.locator(".happened")).to_contain_text("转送来源单位")

        lin = people.page("lin", judged=True)
        lin.goto(case)
        _uphold(lin)

        sun.goto(public)
        expect(sun.locator("main")).to_contain_text("2,000 元")
        expect(sun.locator("main")).not_to_contain_text(MARK)
        qiao.goto("/my/cases/")
        expect(qiao.locator("main")).to_contain_text("异议成立")


def _choose_a_penalty(qiao: Page) -> tuple[str, str]:
    """Return the address of one of the firm's penalties of Lin's body, its own and the public one."""
    qiao.goto("/my/classes/penalty/")
    links = qiao.locator("main a[href^='/my/records/']")
    for address in dict.fromkeys(links.evaluate_all("all => all.map(one => one.getAttribute('href'))")):
        qiao.goto(address)
        public = qiao.locator("main a[href*='/records/'][href^='/subjects/']")
        if "市场监督管理局" in qiao.locator("main").inner_text() and public.count():
            return address, public.first.get_attribute("href") or ""
    raise LookupError("no penalty of the demonstration's market regulator")


def _object(qiao: Page, record: str, photograph: dict[str, object]) -> None:
    qiao.goto(f"{record}object/")
    qiao.locator("#wish-correct").check()
    qiao.locator("input[name=field][value=CF_NR_FK]").check()
    qiao.get_by_role("button", name="下一步").click()
    qiao.locator("textarea[name=claimed-CF_NR_FK]").fill("0.2")
    qiao.locator("textarea[name=said-CF_NR_FK]").fill("决定书上是两千元，见照片。")
    qiao.locator("input[type=file]").set_input_files(photograph)  # type: ignore[arg-type]
    qiao.get_by_role("button", name="提交异议").click()
    qiao.wait_for_url("**/receipt/")


def _open_from_the_list(zhao: Page) -> str:
    zhao.goto("/desk/cases/")
    zhao.locator("main table a").first.click()
    expect(zhao.locator("main")).to_contain_text("决定书上是两千元，见照片。")
    expect(zhao.locator("main")).to_contain_text("决定书.png")
    assert findings(zhao, "a case of the centre") == []
    return zhao.url


def _uphold(lin: Page) -> None:
    lin.locator("button[value=uphold]").click()
    expect(lin.locator(".summary-of-faults")).to_contain_text("请说明理由")
    expect(lin.locator(".summary-of-faults")).to_contain_text("请逐项答复")
    assert findings(lin, "a case with faults") == []
    lin.locator("input[name='p1-answer_1'][value=accepted]").check()
    lin.locator("input[name='p1-change'][value=clerical]").check()
    lin.locator("textarea[name='p1-reason']").fill("经核对决定书原件，罚款应为两千元，录入时多写一位。")
    lin.locator("button[value=uphold]").click()
    expect(lin.locator(".happened")).to_contain_text("异议成立")
    assert findings(lin, "a case that was decided") == []
