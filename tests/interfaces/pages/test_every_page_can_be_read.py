"""What a reader with a keyboard, a screen reader or a phone needs of every public page."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongxin.core.lawbook import edition

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/",
    "/search/?q=乔木",
    "/search/?q=查无此名",
    "/search/?q=13800138000",
    "/mine/",
    "/about/",
    "/help/",
    "/help/words/",
    "/help/contest/",
    "/tip-offs/",
    "/tip-offs/?q=乔木",
    "/tip-offs/?q=查无此名",
    "/tip-offs/outcome/",
    "{tip_off}",
    "/licences/",
    "/penalties/",
    "/penalties/?region=410000&body=局&month=2026-10",
    "/penalties/?month=october",
    "/search/?q=（）",
    "/search/?q=乔木&region=410000",
    "{subject}penalty/",
    "/catalogue/",
    "/api/",
    "/api/problems/",
    *(f"/catalogue/{class_id}/" for class_id in edition().classes),
    "{subject}",
    "{record}",
    "/nowhere/",
)
LABELLED = {"input", "select", "textarea"}


class Page(HTMLParser):
    """Gathers what can be wrong with a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.fields: list[str] = []
        self.labels: set[str] = set()
        self.targets: list[str] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.counts: list[int] = []  # heads of the tables, buttons of the forms that are open
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang", "")
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label":
            self.labels.add(found.get("for", ""))
        if tag in LABELLED and found.get("type") not in {"hidden", "submit"}:
            self.fields.append(found.get("id", "?"))
        if tag == "a" and found.get("href", "").startswith("#"):
            self.targets.append(found["href"][1:])
        if tag == "img" and "alt" not in found:
            self.faults.append("a picture without words")
        if "style" in found or any(name.startswith("on") for name in found):
            self.faults.append(f"style or script inside <{tag}>")
        if tag in {"table", "form"}:
            self.counts.append(0)
        if tag in {"th", "button"} and self.counts:
            self.counts[-1] += 1
        for name in ("src", "href", "action"):
            if found.get(name, "").startswith(("http:", "https:", "//")):
                self.faults.append(f"something from elsewhere: {found[name]}")

    def handle_endtag(self, tag):
        if tag in {"table", "form"} and self.counts and not self.counts.pop():
            self.faults.append({"table": "a table without heads", "form": "a form without a button"}[tag])

    def judged(self) -> list[str]:
        faults = list(self.faults)
        if self.language not in {"zh-Hans", "en"}:
            faults.append("no language")
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            faults.append(f"headings do not begin with one h1: {self.headings}")
        if any(after > before + 1 for before, after in zip(self.headings, self.headings[1:], strict=False)):
            faults.append(f"a heading skips a level: {self.headings}")
        if len(set(self.ids)) < len(self.ids):
            faults.append("an id stands twice")
        faults += [f"no label for {field}" for field in self.fields if field not in self.labels]
        faults += [f"#{target} leads nowhere" for target in self.targets if target not in self.ids]
        return faults


def weight_of_the_frame() -> int:
    """Return the bytes of what every page brings along: its sheet of style, its script, its mark."""
    names = ("gongxin/site.css", "gongxin/keys.js", "gongxin/mark.svg")
    return sum(Path(finders.find(name)).stat().st_size for name in names)


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    return request.param


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_can_be_read(sun, fined, address, language):
    subject = f"/subjects/{fined.subject_id}/"
    asked = address.format(
        subject=subject,
        record=f"{subject}records/{fined.record_id}/",
        tip_off=f"/tip-offs/about/{fined.subject_id}/",
    )
    sun.get(f"/language/{language}/")

    response = sun.get(asked)

    assert Page(response.text).judged() == []
    assert len(response.content) + weight_of_the_frame() < 100_000
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<h1>a</h1><h3>b</h3>", "skips a level"),
        ("<h1>a</h1><h1>b</h1>", "one h1"),
        ("<h1>a</h1><input id=x>", "no label"),
        ("<h1>a</h1><img src=x>", "without words"),
        ("<h1>a</h1><p style='color:red'>", "style or script"),
        ("<h1>a</h1><script src='https://cdn.example/x.js'>", "from elsewhere"),
        ("<h1>a</h1><p id=x><p id=x>", "stands twice"),
        ("<h1>a</h1><a href='#y'>", "leads nowhere"),
        ("<h1>a</h1><table><tr><td>b</td></tr></table>", "without heads"),
        ("<h1>a</h1><form><p>b</p></form>", "without a button"),
    ],
)
def test_the_judge_sees_a_planted_fault(planted, fault):
    assert any(fault in said for said in Page(f'<html lang="en">{planted}').judged())


def test_the_sheet_of_style_stays_small_and_loads_nothing():
    sheet = Path(finders.find("gongxin/site.css")).read_text(encoding="utf-8")

    assert len(sheet.encode()) < 20_000
    assert "@import" not in sheet
    assert "url(" not in sheet


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "#ffffff"),
        ("soft", "#ffffff"),
        ("soft", "ground"),
        ("brand", "#ffffff"),
        ("brand", "brand-pale"),
        ("force", "force-pale"),
        ("attention", "attention-pale"),
        ("ended", "ended-pale"),
        ("disputed", "disputed-pale"),
        ("wrong", "wrong-pale"),
    ],
)
def test_every_colour_can_be_read_on_its_ground(ink, ground):
    sheet = Path(finders.find("gongxin/site.css")).read_text(encoding="utf-8")
    colours = dict(
        pair.strip().removeprefix("--").split(": ")
        for pair in sheet.split(":root {", 1)[1].split("}", 1)[0].split(";")
        if pair.strip()
    )

    light, dark = sorted((_luminance(colours.get(one, one)) for one in (ink, ground)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5
