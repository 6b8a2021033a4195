"""Qiao in a real browser: an objection answered and upheld, three penalties in one case, who looked."""

import re
from collections.abc import Iterator

import pytest
from browser.judged import findings
from browser.walking import reading
from playwright.sync_api import Browser, Page, expect

from bench.running import Province

pytestmark = pytest.mark.browser
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc00000"
    "030101000e6f2ba10000000049454e44ae426082"
)
PAPER = {"name": "缴款凭证.png", "mimeType": "image/png", "buffer": PNG}


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own: a case opened here would change what others see in theirs."""
    return province_of_its_own


@pytest.fixture
def qiao(browser: Browser, province: Province) -> Iterator[Page]:
    with reading(browser, province, "qiao") as context:
        yield context.new_page()


def test_qiao_has_three_penalties_repaired_in_one_case_and_takes_one_back(qiao: Page) -> None:
    qiao.goto("/my/")
    qiao.locator("main a.button[href='/my/repair/']").first.click()
    for place, box in enumerate(qiao.locator("input[name=record]").all()):
        box.set_checked(place < 3)
    qiao.get_by_role("button", name="就所选信息继续").click()
    assert findings(qiao, "the application") == []
    qiao.locator("#evidence").set_input_files(PAPER)  # type: ignore[arg-type]
    qiao.locator("#name").fill("乔某")
    qiao.locator("#agreed").check()
    qiao.get_by_role("button", name="签署并提交申请").click()
    expect(qiao.get_by_role("heading", level=1)).to_contain_text("修〔")
    assert findings(qiao, "the receipt") == []
    qiao.get_by_role("link", name="查看办件").click()
    assert findings(qiao, "the case") == []
    expect(qiao.locator("main .tag", has_text="待受理")).to_have_count(3)
    qiao.get_by_role("link", name="撤回申请").click()
    assert findings(qiao, "taking back") == []
    for box in qiao.locator("input[name=part]").all()[1:]:
        box.uncheck()
    qiao.get_by_role("button", name="撤回所选事项").click()
    expect(qiao.locator("main .tag", has_text="待受理")).to_have_count(2)


def test_qiao_objects_the_centre_forwards_and_the_body_upholds(
    browser: Browser, province: Province, qiao: Page
) -> None:
    qiao.goto("/my/classes/penalty/")
    qiao.locator("main a[href^='/my/records/']").first.click()
    record = qiao.url
    qiao.get_by_role("link", name="对这条信息提出异议").click()
    qiao.get_by_label("罚款金额（万元）").check()
    qiao.get_by_role("button", name="下一步").click()
    assert findings(qiao, "the objection") == []
    qiao.get_by_label("正确的内容").fill("0.05")
    qiao.get_by_label("为什么有误").fill("处罚决定书写的是五百元")
    qiao.locator("#evidence").set_input_files(PAPER)  # type: ignore[arg-type]
    qiao.get_by_role("button", name="提交异议").click()
    expect(qiao.get_by_role("heading", level=1)).to_contain_text("异〔")
    case = qiao.url.rstrip("/").split("/")[-2]
    qiao.goto(record)
    expect(qiao.locator("main .tags").first).to_contain_text("异议")
    with reading(browser, province, "zhao") as context:
        _forward(context.new_page(), f"/desk/cases/{case}/")
    with reading(browser, province, "lin") as context:
        _uphold(context.new_page(), f"/desk/cases/{case}/")
    qiao.goto("/my/cases/")
    expect(qiao.get_by_role("main")).to_contain_text("异议成立")
    qiao.goto(record)
    expect(qiao.get_by_role("main")).to_contain_text("500 元")


def test_qiao_sees_who_looked_and_why(browser: Browser, province: Province, qiao: Page) -> None:
    qiao.goto("/my/classes/penalty/")
    number = re.search(r"示\S+罚〔\d+〕\d+号", qiao.inner_text("main"))
    assert number is not None
    with reading(browser, province, "zhao") as context:
        page = context.new_page()
        page.goto(f"/desk/find/?q={number[0]}")
        history = page.locator("a[href$='/history/']").first.get_attribute("href") or ""
        page.goto(history)
        page.locator("#id_purpose").select_option("audit")
        page.locator("main form button").click()
    qiao.goto("/my/looks/")

    expect(qiao.get_by_role("main")).to_contain_text("审计")
    assert findings(qiao, "who looked") == []


def _forward(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button[name=act][value=forward]").click()
    expect(page.get_by_role("main")).to_contain_text("来源单位核查中")


def _uphold(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("input[name=p1-answer_1][value=accepted]").check()
    page.locator("input[name=p1-follows][value=correction]").check()
    page.locator("input[name=p1-change][value=clerical]").check()
    page.locator("[name=p1-reason]").fill("经核查，处罚决定书记载为五百元，录入有误。")
    page.locator("[name=p1-basis]").fill("河南省社会信用条例第四十一条")
    page.locator("[name=p1-remedy]").fill("可依法申请行政复议或者提起行政诉讼。")
    page.locator("button[name=act][value=uphold]").click()
    expect(page.get_by_role("main")).to_contain_text("异议成立")
