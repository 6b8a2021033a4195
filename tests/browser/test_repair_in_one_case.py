"""Qiao has the penalties of several bodies repaired in one case; each body decides its own; Sun sees none."""

import subprocess

import papers
import pytest
from browser.judged import findings
from browser.walking import reading
from playwright.sync_api import Browser, Page

from bench.running import GONGXIN, Province, environment_of

pytestmark = pytest.mark.browser

PASSWORD = "a lantern over the river 7"
BODIES = ("market", "ecology", "housing", "transport")
DECIDES = {
    "reason": "经核查，决定所要求的义务已经履行完毕，准予修复。",
    "basis": "《信用修复管理办法》",
    "remedy": "对本决定不服的，可依法申请行政复议。",
}


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own, with a clerk at every body that has fined Qiao's firm."""
    made = province_of_its_own
    for body in BODIES:
        words = ("user", "add", f"clerk-{body}", "--role", "clerk", "--agency", made.agencies[body])
        subprocess.run(
            [GONGXIN, *words, "--password-stdin"], env=environment_of(made.home), input=PASSWORD,
            text=True, check=True,
        )  # fmt: skip
        made.passwords[f"clerk-{body}"] = PASSWORD
    return made


def asked_for_all(page: Page) -> tuple[str, list[str]]:
    """Return the address of the case in which Qiao asks for all that may be repaired, and their numbers."""
    page.goto("/my/repair/")
    assert findings(page, "which records to repair") == []
    page.locator("main form button").first.click()
    numbers = [text.split()[-1] for text in page.locator("ul.rows li b").all_inner_texts()]
    assert findings(page, "the form of a repair") == []
    photo = {"name": "缴款凭证.png", "mimeType": "image/png", "buffer": papers.png()}
    page.locator("#evidence").set_input_files(photo)  # type: ignore[arg-type]
    page.locator("#name").fill("乔木")
    page.locator("#agreed").check()
    page.locator("main form button").last.click()
    page.wait_for_url("**/receipt/")
    return page.url.split("/my/cases/")[1].split("/")[0], numbers


def repaired_by(page: Page, case_id: str) -> int:
    """Let a clerk accept and repair what is theirs in the case; return how many records."""
    address = f"/desk/cases/{case_id}/"
    if page.goto(address).status == 404:  # type: ignore[union-attr]
        return 0
    while page.locator("button[value=accept]").count():
        page.locator("button[value=accept]").first.click()
        page.wait_for_url(f"**{address}")
    done = 0
    while page.locator("button[value=repair]").count():
        form = page.locator("form", has=page.locator("button[value=repair]")).first
        for name, words in DECIDES.items():
            form.locator(f"[name$='-{name}']").fill(words)
        form.locator("button[value=repair]").click()
        page.wait_for_url(f"**{address}")
        done += 1
    return done


def test_three_penalties_of_several_bodies_are_repaired_in_one_case(
    browser: Browser, province: Province
) -> None:
    with reading(browser, province, "qiao") as qiao:
        own = qiao.new_page()
        case_id, numbers = asked_for_all(own)
        assert len(numbers) >= 3
        decided = {}
        for body in BODIES:
            with reading(browser, province, f"clerk-{body}") as clerk:
                decided[body] = repaired_by(clerk.new_page(), case_id)
        assert sum(decided.values()) == len(numbers)
        assert sum(count > 0 for count in decided.values()) >= 2
        own.goto(f"/my/cases/{case_id}/")
        assert own.locator("a[href$='.pdf']").count() == len(numbers)
        assert findings(own, "a case that is decided") == []
    with reading(browser, province) as sun:
        page = sun.new_page()
        page.goto("/search/?q=乔木")
        page.locator("main a[href^='/subjects/']").first.click()
        told = page.locator("main").inner_text()
        assert not [number for number in numbers if number in told]
