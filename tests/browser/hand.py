"""A reader's hand: it clicks, chooses and types, and counts what was clicked."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page


@dataclass
class Hand:
    """Counts a click for each link, button, list and file field used. Typing is not counted."""

    page: Page
    clicks: int = 0
    steps: list[str] = field(default_factory=list)

    def click(self, what: str | Locator, words: str) -> None:
        self._counted(words)
        (self.page.locator(what).first if isinstance(what, str) else what).click()

    def choose_file(self, name: str, content: bytes) -> None:
        self._counted("the file field")
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("#file").set_input_files(file)  # type: ignore[arg-type]

    def choose(self, what: str, value: str, words: str) -> None:
        self._counted(words)
        self.page.locator(what).first.select_option(value)

    def download(self, what: str, words: str) -> Path:
        self._counted(words)
        with self.page.expect_download() as waited:
            self.page.locator(what).first.click()
        got: Download = waited.value
        return Path(got.path())

    def type(self, what: str, text: str) -> None:
        self.page.locator(what).first.fill(text)

    def sees(self, text: str, *, within_seconds: int = 30) -> None:
        self.page.locator("main", has_text=text).wait_for(timeout=within_seconds * 1000)

    def _counted(self, words: str) -> None:
        self.clicks += 1
        self.steps.append(words)
