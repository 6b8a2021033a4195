"""Pictures of the main pages of the demonstration province: narrow, wide and in print, into docs/screens/."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.running import CHROMIUM, SANDBOX, Province, running_province

FOLDER = Path(__file__).parents[1] / "docs/screens"
WIDTHS = (390, 1280)
TALLEST = 2400  # pixels of a page that are shown; what stands below looks like what stands above
COLOURS = "64"
GONE = 410
PENALTY_NUMBERS = ("示市监罚", "示环罚", "示交罚", "示建罚")
FAULTY_ROWS = (
    "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM",
    "示范乔木机械有限公司,法人及非法人组织,{code},乔某,示市监罚〔2026〕901号,未按规定公示,逾期未公示年度报告。,《企业信息公示暂行条例》第十七条,罚款,罚款人民币贰万元,2,2026年13月1日,2099/12/31,示范市市场监督管理局,{agency},示范市市场监督管理局,{agency}",
    "示范乔木机械有限公司,法人及非法人组织,91990100MA000000XX,乔某,,未按规定公示,逾期未公示年度报告。,《企业信息公示暂行条例》第十七条,罚款,罚款,许多,2026-10-12,2099/12/31,示范市市场监督管理局,{agency},示范市市场监督管理局,{agency}",
)  # fmt: skip
PUBLIC = {
    "home": "/",
    "results": "/search/?q=示范",
    "no-results": "/search/?q=查无此名",
    "licences": "/licences/",
    "penalties": "/penalties/",
    "catalogue": "/catalogue/",
    "class": "/catalogue/penalty/",
    "statistics": "/statistics/",
    "statistic": "/statistics/published/",
    "help": "/help/",
    "contest": "/help/contest/",
    "about": "/about/",
    "api": "/api/",
    "mine": "/mine/",
    "lists": "/lists/",
    "list": "/lists/abnormal-operation/",
    "measures": "/measures/",
    "commitments": "/commitments/",
    "case-figures": "/cases/",
    "not-found": "/nowhere/",
    "sign-in": "/desk/sign-in/",
}
CLERK = {
    "clerk-home": "/desk/",
    "upload": "/desk/upload/",
    "form-choose": "/desk/record/",
    "form": "/desk/record/penalty/",
    "due": "/desk/due/",
    "nil": "/desk/nil/",
    "contact": "/desk/agency/",
    "submissions": "/desk/submissions/",
    "reconciliation": "/desk/reconciliation/",
    "cases": "/desk/cases/",
    "checks": "/desk/checks/",
}
OWN = {
    "own": "/my/",
    "own-repair": "/my/repair/",
    "own-looks": "/my/looks/",
    "own-messages": "/my/messages/",
    "own-lists": "/my/lists/",
}
OFFICER = {
    "morning": "/desk/",
    "board": "/desk/board/",
    "held": "/desk/held/",
    "unlinked": "/desk/unlinked/",
    "doubts": "/desk/doubts/",
    "editions": "/desk/editions/",
    "overdue": "/desk/overdue/",
    "find": "/desk/find/?q=示市监",
    "letters": "/desk/letters/",
    "duty": "/desk/duty/",
}


def main(only: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gongxin-screens-") as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SANDBOX)
        with running_province(Path(folder) / "home", subjects=120) as province:
            for name, page in _pages(chromium, province, set(only)):
                _picture(page, name)
    print(f"{sum(one.stat().st_size for one in FOLDER.glob('*.png')) / 1e6:.1f} MB in {FOLDER}")
    return 0


def _pages(browser: Browser, province: Province, only: set[str]) -> Iterator[tuple[str, Page]]:
    """Yield each page as it stands, under its name."""
    readers: tuple[tuple[str, dict[str, str], Callable[[Page, Province], dict[str, str]]], ...] = (
        ("", PUBLIC, _of_a_subject),
        ("lin", CLERK, _of_a_submission),
        ("zhao", OFFICER, _of_a_record),
        ("qiao", OWN, _of_nothing),
    )
    for who, plain, found in readers:
        context = browser.new_context(base_url=province.address, locale="zh-CN")
        page = _signed_in(context, province, who)
        for name, address in {**plain, **found(page, province)}.items():
            answer = page.goto(address) if not only or name in only else None
            if answer is None or (answer.status == 404 and name != "not-found"):
                continue
            if name == "history-sheet":
                _open_sheet(page)
            yield name, page
        context.close()


def _signed_in(context: BrowserContext, province: Province, who: str) -> Page:
    page = context.new_page()
    if who:
        door = "/my/" if who == "qiao" else "/desk/"
        page.goto(door)
        page.locator("#id_username").fill(who)
        page.locator("#id_password").fill(province.passwords[who])
        page.locator("main form button").click()
        page.wait_for_url(f"**{door}")
    return page


def _of_nothing(_page: Page, _province: Province) -> dict[str, str]:
    return {}


def _of_a_subject(page: Page, _province: Province) -> dict[str, str]:
    """Return the newest penalty and its subject."""
    page.goto("/penalties/")
    record = page.locator("main a[href^='/subjects/']").first.get_attribute("href") or "/"
    return {"subject": "/".join(record.split("/")[:3]) + "/", "record": record}


def _of_a_submission(page: Page, province: Province) -> dict[str, str]:
    agency = province.agencies["market"]
    rows = "\n".join(FAULTY_ROWS).format(code=agency, agency=agency).encode()
    page.goto("/desk/upload/?class=penalty")
    page.locator("#file").set_input_files({"name": "九月处罚.csv", "mimeType": "text/csv", "buffer": rows})
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/submissions/*/")
    page.locator("a[href*='problems.']").first.wait_for(timeout=60_000)
    here = page.url.removeprefix(province.address)
    return {"submission": here, "confirmation": f"{here}confirmation/", "recall": f"{here}recall/"}


def _of_a_record(page: Page, _province: Province) -> dict[str, str]:
    histories = _histories(page, "示市监")
    found = {"history": histories[0], "history-sheet": histories[0]} if histories else {}
    page.goto("/desk/held/")
    held = page.locator("main a[href*='/desk/held/']")
    if held.count():
        found["held-case"] = held.first.get_attribute("href") or ""
    page.goto("/desk/doubts/?reason=same-name")
    doubts = page.locator("main table a[href*='/desk/doubts/']")
    if doubts.count():
        found["doubt"] = doubts.first.get_attribute("href") or ""
    gone = next(_ended(page), None)
    return found | ({"ended": gone} if gone else {})


def _histories(page: Page, number: str) -> list[str]:
    page.goto(f"/desk/find/?q={number}")
    return [one.get_attribute("href") or "" for one in page.locator("main a[href$='/history/']").all()]


def _ended(page: Page) -> Iterator[str]:
    """Yield where bookmarks lead whose penalty is no longer shown."""
    for number in PENALTY_NUMBERS:
        for address in _histories(page, number):
            *_, subject, record, _, _ = address.split("/")  # …/SUBJECT/RECORD/history/
            public = f"/subjects/{subject}/records/{record}/"
            if page.request.get(public).status == GONE:
                yield public


def _open_sheet(page: Page) -> None:
    """Give a purpose, as whoever reads a history must."""
    page.locator("#id_purpose").select_option("court")
    page.locator("#id_case_number").fill("（2026）示01行初12号")
    page.locator("main form button").first.click()
    page.locator("#versions").wait_for()


def _picture(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        path = FOLDER / f"{name}-{width}.png"
        page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        _smaller(path)
    if shutil.which("pdftoppm"):
        sheet = FOLDER / f"{name}.pdf"
        page.pdf(path=sheet, format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
        subprocess.run(
            ["pdftoppm", "-r", "70", "-l", "1", "-singlefile", "-png", sheet, FOLDER / f"{name}-print"],
            check=True,
        )
        sheet.unlink()
        _smaller(FOLDER / f"{name}-print.png")


def _smaller(path: Path) -> None:
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", COLOURS, path], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
