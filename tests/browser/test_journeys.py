"""Ten tasks of a clerk and ten of a citizen in a real browser, in as many clicks as docs/journeys.md says."""

from collections.abc import Callable, Iterator

import pytest
from browser import citizens_tasks, clerks_tasks
from browser.hand import Hand
from browser.walking import reading
from guards.source_tree import REPO
from playwright.sync_api import Browser, Page

from bench.running import Province

pytestmark = pytest.mark.browser

TOLD = (REPO / "docs/journeys.md").read_text("utf-8") if (REPO / "docs/journeys.md").exists() else ""
MOST = {"take_a_file_to_its_marked_workbook": 4, "learn_how_to_contest_a_penalty": 3}


@pytest.fixture(scope="module")
def province(province_of_its_own: Province) -> Province:
    """A province of its own: what others send in theirs would change what is chosen beforehand here."""
    return province_of_its_own


@pytest.fixture
def citizen(browser: Browser, province: Province) -> Iterator[Page]:
    with reading(browser, province) as context:
        page = context.new_page()
        page.goto("/")
        yield page


@pytest.fixture(scope="module")
def lin(browser: Browser, province: Province) -> Iterator[Page]:
    """Lin, who sent a file of penalties the day before: the class she sends is known."""
    with reading(browser, province, "lin") as context:
        yield context.new_page()


@pytest.mark.parametrize("task", citizens_tasks.TASKS, ids=lambda task: task.__name__)
def test_a_citizen_does_it_in_the_clicks_told(citizen: Page, task: Callable[[Hand], None]) -> None:
    _done(task, Hand(citizen))


@pytest.mark.parametrize("task", clerks_tasks.TASKS, ids=lambda task: task.__name__)
def test_a_clerk_does_it_in_the_clicks_told(lin: Page, task: Callable[[Hand], None]) -> None:
    lin.goto("/desk/")
    _done(task, Hand(lin))


def _done(task: Callable[[Hand], None], hand: Hand) -> None:
    task(hand)

    assert hand.clicks <= MOST.get(task.__name__, hand.clicks)
    assert line(task.__name__, hand.steps) in TOLD


def line(task: str, steps: list[str]) -> str:
    """Return the line of docs/journeys.md that says so."""
    words = task.replace("_", " ").capitalize()
    return f"| {words} | {len(steps)} | {' → '.join(steps)} |"


def test_a_click_more_than_told_is_noticed() -> None:
    assert line("take_a_template", ["Send a file", "the template", "another"]) not in TOLD
