"""A whole platform of its own, as an office runs it: website and worker in processes, one real browser."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cast import PASSWORD
from laid_once import INITIALISED, PROVINCE, copy_home, laid_home, server
from own_database import own_database
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.running import CHROMIUM, GONGXIN, SANDBOX, Province, address_of, answering_province, running
from gongxin.core.demonstration.places import TAX


@dataclass
class Platform:
    """Where the website answers."""

    address: str


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    like = laid_home(*INITIALISED)
    with own_database(like) as url:
        home = tmp_path_factory.mktemp("platform")
        copy_home(home, like)
        environment = {**os.environ, "GONGXIN_HOME": str(home), "GONGXIN_DATABASE_URL": url}
        environment["DJANGO_SETTINGS_MODULE"] = "gongxin.project.settings"
        del environment["GONGXIN_NOW"]
        _prepare(environment)
        with running(environment, "serve", "--port", "0") as server, running(environment, "worker"):
            yield Platform(address_of(server))


def _prepare(environment: dict[str, str]) -> None:
    for words in (
        ("agency", "add", TAX.code, TAX.name, "--region", TAX.region, "--phone", TAX.telephone),
        ("user", "add", "lin", "--role", "clerk", "--agency", TAX.code, "--password-stdin"),
    ):
        subprocess.run([GONGXIN, *words], env=environment, input=PASSWORD, text=True, check=True)


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """The demonstration province, laid once for every file that only looks at pages."""
    with own_province(tmp_path_factory.mktemp("province")) as made:
        yield made


@pytest.fixture(scope="module")
def province_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A copy of the demonstration province for a file that changes what others would see in theirs."""
    with own_province(tmp_path_factory.mktemp("province")) as made:
        yield made


@contextmanager
def own_province(home: Path) -> Iterator[Province]:
    if server():
        pytest.skip("pages look the same on PostgreSQL: they are walked on SQLite only")
    copy_home(home, laid_home(*PROVINCE, in_a_file=True))
    with answering_province(home) as made:
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
