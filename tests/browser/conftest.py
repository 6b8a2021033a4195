"""A whole platform of its own, as an office runs it: website and worker in processes, one real browser."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cast import PASSWORD
from own_database import own_database
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.running import CHROMIUM, GONGXIN, SANDBOX, Province, address_of, running, running_province
from gongxin.core.demonstration.places import TAX


@dataclass
class Platform:
    """Where the website answers."""

    address: str


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with own_database() as url:
        home = tmp_path_factory.mktemp("platform")
        environment = {**os.environ, "GONGXIN_HOME": str(home), "GONGXIN_DATABASE_URL": url}
        environment["DJANGO_SETTINGS_MODULE"] = "gongxin.project.settings"
        del environment["GONGXIN_NOW"]
        _prepare(environment)
        with running(environment, "serve", "--port", "0") as server, running(environment, "worker"):
            yield Platform(address_of(server))


def _prepare(environment: dict[str, str]) -> None:
    for words in (
        ("init",),
        ("agency", "add", TAX.code, TAX.name, "--region", TAX.region, "--phone", TAX.telephone),
        ("user", "add", "lin", "--role", "clerk", "--agency", TAX.code, "--password-stdin"),
    ):
        subprocess.run([GONGXIN, *words], env=environment, input=PASSWORD, text=True, check=True)


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """The demonstration province, laid once for every file that only looks at pages."""
    if os.environ.get("GONGXIN_TEST_DATABASE_URL"):
        pytest.skip("pages look the same on PostgreSQL: they are walked on SQLite only")
    with running_province(tmp_path_factory.mktemp("province")) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one file of tests: while it runs, Django refuses to open a connection in this process."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: Chromium is not on this machine, the pages were not tried in one")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SANDBOX)
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: errors of scripts, breaches of the content policy, strange hosts."""
    return []


@pytest.fixture
def page(browser: Browser, platform: Platform, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=platform.address, locale="zh-CN")
    yield _watched(context, platform, complaints)
    context.close()


@pytest.fixture
def page_without_scripts(browser: Browser, platform: Platform, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=platform.address, locale="zh-CN", java_script_enabled=False)
    yield _watched(context, platform, complaints)
    context.close()


def _watched(context: BrowserContext, platform: Platform, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda sent: None if sent.url.startswith(platform.address) else complaints.append(sent.url),
    )
    return page
