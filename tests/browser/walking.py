"""A reader of the demonstration province in a real browser: signing in, and a file with faults of Lin's."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page
from sending import csv_of, penalty

from bench.running import Province

FAULTY = csv_of(
    penalty(CF_WSH="示环罚〔2026〕901号"),
    penalty(CF_WSH="示环罚〔2026〕902号", CF_JDRQ="2026年13月1日"),
    penalty(CF_WSH="", CF_NR_FK="许多"),
)


@contextmanager
def reading(browser: Browser, province: Province, name: str = "") -> Iterator[BrowserContext]:
    """Yield a browser of its own, signed in as `name` of the demonstration, or of a stranger."""
    context = browser.new_context(base_url=province.address, locale="zh-CN")
    if name:
        page = context.new_page()
        sign_in(page, name, province.passwords[name])
        page.close()
    try:
        yield context
    finally:
        context.close()


OF_SUBJECTS = frozenset({"qiao", "su"})  # who act for a subject come in by another door


def sign_in(page: Page, name: str, password: str) -> None:
    door = "/my/" if name in OF_SUBJECTS else "/desk/"
    page.goto(door)
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{door}")
