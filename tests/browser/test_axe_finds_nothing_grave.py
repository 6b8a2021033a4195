"""Every page of the URL table, as stranger, clerk, officer and auditor, wide and narrow: axe is content."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from browser.addresses import Walk, every_route, walk
from browser.judged import findings
from browser.walking import FAULTY, reading
from interfaces.pages.test_every_page_can_be_read import Page as PlainPage
from own_edition import own_edition, shorter_offices
from playwright.sync_api import Browser, Page

from bench.running import Province

pytestmark = pytest.mark.browser

# What a walk along links never shows as a page, and why.
EXCUSED = {
    "site:language": "sets the language and sends the reader back",
    "desk:mapping": "answers a sent form; the page itself is the upload's answer to an unknown header",
    "desk:progress": "a piece of a submission's page, while it moves",
    "desk:go-on": "answers a sent form of a submission that waits after its check",
    "site:emblem": "a picture, where the institution has one",
    "site:colours": "a style sheet, where the institution has its own colour",
    "desk:duty-cancel": "answers a sent form of a day on the rota",
    "desk:substitution-end": "answers a sent form of a substitute",
    "desk:edition-keep": "answers a sent form: the edition whose changes were just shown",
    "desk:succession-end": "a ground, once a succession was recorded",
    "desk:mandate-revoke": "answers a sent form: a mandate ended at the counter",
    "desk:commitment": "a promise, once one was made to the body of whoever looks",
    "desk:promise": "for the head of a body alone; the form of /my/commitments/, which is walked",
    "my:evidence": "a paper that was handed in, as a file",
    "my:paper": "a decision as a file, once there is one",
    "my:case": "a case, once one was opened: tests/browser/test_own_place.py",
    "my:receipt": "a receipt, once a case was opened: tests/browser/test_own_place.py",
    "my:case-withdraw": "asks before a case is taken back: tests/browser/test_own_place.py",
    "my:statement-withdraw": "answers a sent form: a statement taken back",
    "desk:tip-off-identity": "who gave a tip-off, for the reviewer alone; tried below",
    "desk:case": "a case, once one was opened: tests/browser/test_object_answer_uphold.py",
    "desk:case-paper": "a paper that was handed in, as a file",
    "desk:case-person": "who asked without being the subject, for the reviewer alone",
    "desk:counter-person": "a record chosen at the counter; tried below",
    "desk:false-papers": "a ground, once papers were found false",
    "desk:case-decision": "a decision as a file, once one was made",
    "desk:sample": "a draw, once one was made: tests/interfaces/desk/test_follows_and_samples.py",
    "desk:letter": "a letter as a file, once one was made",
    "desk:listing": "a proceeding, once one was proposed: tests/browser/test_listing_proposed.py",
    "desk:listing-propose": "asks for a list and a code: tests/browser/test_listing_proposed.py",
    "desk:listing-in-force": "a listing, once an organisation was asked about",
    "desk:listing-exit": "an exit, once one was asked for",
    "desk:criteria-draft": "a draft, once one was published: tests/browser/test_listing_proposed.py",
    "site:criteria-draft": "a draft, once one was published: tests/browser/test_listing_proposed.py",
    "my:proceeding": "a proceeding, once its subject was told: tests/browser/test_listing_proposed.py",
    "my:leave-list": "asks how conditions are met, once one stands on a list",
    "my:rehabilitation": "answers a sent form: a statement beside a list",
    "desk:set-going": "answers a sent form of a submission that our fault has stopped",
}
ALSO = (
    "/verify/ABCD-EFGH-JKLM-NPQR/",
    "/search/?q=示范",
    "/search/?q=查无此名",
    "/search/?q=示",
    "/search/?q=13800138000",
    "/help/contest/",
)
AT_THE_DESK = ("/desk/counter/?q=示范", "/desk/find/?q=示范", "/desk/find/?q=示环罚", "/desk/find/?q=示市监")
READERS = {"": "/", "lin": "/desk/", "zhao": "/desk/", "shen": "/desk/", "qiao": "/my/", "su": "/my/"}


@pytest.fixture(scope="module")
def walks(browser: Browser, province: Province) -> dict[str, Walk]:
    found = {}
    for name, under in READERS.items():
        with reading(browser, province, name) as context:
            if not name:
                _give_a_tip_off(context.new_page())
            if name == "lin":
                _send_a_file_with_faults(context.new_page())
                _keep_a_draft(context.new_page())
                _state_that_there_was_nothing(context.new_page())
                _teach_columns(context.new_page())
                _ask_checks(context.new_page())
            if name == "zhao":
                _write_a_letter_and_note_a_duty(context.new_page())
                _load_an_edition(context.new_page())
                _ask_for_a_seal(context.new_page())
                _send_a_persons_form_empty(context.new_page())
            also: tuple[str, ...] = () if under == "/my/" else AT_THE_DESK
            also = also if name else (*ALSO, *_a_class_of_a_subject(context.new_page()))
            found[name] = walk(context, province.address, under=under, also=also)
    return found


def _a_class_of_a_subject(page: Page) -> list[str]:
    """Return the page of one class of a subject: it is linked only where records are many."""
    page.goto("/search/?q=示范")
    subject = page.locator("main a[href^='/subjects/']").first.get_attribute("href")
    return [f"{subject}registration/"]


def _give_a_tip_off(page: Page) -> None:
    """Tell of a firm found by its name, with a mistake first; ask what became of it."""
    page.goto("/tip-offs/?q=示范")
    page.locator("main a[href^='/tip-offs/about/']").first.click()
    page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.locator("[role=alert]").wait_for()
    assert findings(page, "a tip-off sent empty") == []
    page.locator("#id_matter").select_option("environment")
    page.locator("#id_text").fill("每天夜里两点向河里排放没有处理的污水，已经有一个月。")
    page.locator("#id_name").fill("石榴花")
    page.get_by_role("button", name="递交举报").click()
    codes = page.locator("dd.code").all_text_contents()
    assert findings(page, "the receipt of a tip-off") == []
    page.goto("/tip-offs/outcome/")
    page.locator("#id_number").fill(codes[0])
    page.locator("#id_code").fill(codes[1])
    page.get_by_role("button", name="查询办理状态").click()
    page.locator("main dl.summary").wait_for()
    assert findings(page, "what became of a tip-off") == []


def _teach_columns(page: Page) -> None:
    """Send a file whose columns nobody knows, and say what they are."""
    page.goto("/desk/upload/?class=tax-a-level")
    file = {"name": "甲.csv", "mimeType": "text/csv", "buffer": "甲列,乙列,丙列,丁列\n1,2,3,4\n".encode()}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form button").first.click()
    assert findings(page, "unknown columns") == []
    for place, key in enumerate(("taxpayer_number", "taxpayer_name", "year", "tax_office"), start=1):
        page.locator(f"#field-{place}").select_option(key)
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url("**/desk/upload/**")
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form button").first.click()
    page.locator("a[href*='/saved-mappings/']").first.wait_for()


def _ask_checks(page: Page) -> None:
    """Ask about nobody, about one firm, and about two at once."""
    page.goto("/search/?q=示范")
    code = re.findall(r"\b91[0-9A-Z]{16}\b", page.locator("main").inner_text())[0]
    page.goto("/desk/checks/")
    page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.locator("[role=alert]").wait_for()
    assert findings(page, "a check asked empty") == []
    for codes in (f"{code}\n123", code):
        page.goto("/desk/checks/")
        page.locator("#id_codes").fill(codes)
        page.locator("#id_matter").select_option("tendering")
        page.locator("#id_purpose").fill("评标")
        page.locator("#id_case_number").fill("标〔2026〕7号")
        page.get_by_role("button", name="核查").click()
        page.locator("main h2, main table").first.wait_for()
        assert findings(page, f"the answer about {codes}") == []


def _state_that_there_was_nothing(page: Page) -> None:
    page.goto("/desk/nil/")
    page.locator("main form select").first.select_option(index=1)
    page.locator("main form select").last.select_option(index=1)
    page.locator("main form button").first.click()
    page.locator("a[href*='/withdraw/']").first.wait_for()


def _send_a_file_with_faults(page: Page) -> None:
    page.goto("/desk/upload/?class=penalty")
    page.locator("#file").set_input_files({"name": "报送.csv", "mimeType": "text/csv", "buffer": FAULTY})
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/submissions/*/")
    page.locator("a[href*='problems.']").first.wait_for()


def _write_a_letter_and_note_a_duty(page: Page) -> None:
    page.goto("/desk/letters/")
    today = page.locator("#circular-on").input_value()
    page.get_by_role("button", name="出具通报").click()
    page.locator("a[href$='.docx']").first.wait_for()
    page.goto("/desk/duty/")
    for prefix, people in (("duty", {"user": "wen"}), ("away", {"absent": "zhao", "substitute": "wen"})):
        for name, account in people.items():
            page.locator(f"#id_{prefix}-{name}").select_option(label=account)
        for name in ("from_on", "last_on"):
            page.locator(f"#id_{prefix}-{name}").fill(today)
        page.locator(f"button[value={'duty' if prefix == 'duty' else 'substitute'}]").click()
        page.locator("form[action*='/desk/duty/']").nth(0 if prefix == "duty" else 1).wait_for()


def _load_an_edition(page: Page) -> None:
    page.goto("/desk/editions/")
    documents = own_edition(classes={"tax-a-level": shorter_offices()}, drop=("honour",))
    files = [
        {"name": name, "mimeType": "text/yaml", "buffer": text.encode()} for name, text in documents.items()
    ]
    page.locator("#file").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="查看有哪些变化").click()
    page.get_by_role("button", name="装载这一版次").wait_for()
    assert findings(page, "what an edition changes") == []
    page.get_by_role("button", name="装载这一版次").click()
    page.get_by_role("button", name="启用这一版次").wait_for()
    assert findings(page, "an edition loaded") == []


def _ask_for_a_seal(page: Page) -> None:
    page.goto("/desk/find/?q=示范")
    page.locator("main a[href^='/desk/subjects/']").first.click()
    code = page.locator("main .code").first.inner_text()
    page.goto("/desk/seals/")
    page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.locator("[role=alert]").wait_for()
    assert findings(page, "a seal asked for without saying anything") == []
    said = {"code": code, "case_number": "示稽〔2026〕7号", "article": "《示范稽查条例》第三条"}
    for name, text in said.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("#id_until_on").fill(str(date.today() + timedelta(days=30)))  # noqa: DTZ011
    page.locator("main form button").click()
    page.get_by_role("button", name="不予批准，查阅不封存").wait_for()


def _send_a_persons_form_empty(page: Page) -> None:
    """Open the counter's form of a person who is not the subject of a record, and send it empty."""
    page.goto("/penalties/")
    record = page.locator("main a[href*='/records/']").first.get_attribute("href") or ""
    _, _, subject_id, _, record_id, *_ = urlsplit(record).path.split("/")
    page.goto(f"/desk/counter/{subject_id}/not-me/{record_id}/")
    assert findings(page, "a person at the counter") == []
    page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.locator("[role=alert]").wait_for()
    assert findings(page, "a person's form sent empty") == []


def _open_for_audit(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#id_purpose").select_option("audit")
    page.locator("main form button").click()
    page.locator("[data-print]").wait_for()


def _keep_a_draft(page: Page) -> None:
    page.goto("/desk/record/penalty/")
    page.locator("#f-CF_XDR_MC").fill("示范乔木机械有限公司")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name="删除这份草稿").wait_for()


@pytest.mark.parametrize("name", READERS)
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, province: Province, walks: dict[str, Walk], name: str
) -> None:
    found = []
    with reading(browser, province, name) as context:
        page = context.new_page()
        for address in walks[name].addresses():
            page.goto(address)
            found += findings(page, address)

    assert found == []


@pytest.mark.parametrize("name", READERS)
def test_every_page_can_be_read_without_style_and_script(walks: dict[str, Walk], name: str) -> None:
    texts = walks[name].texts
    found = [f"{address}: {fault}" for address in texts for fault in PlainPage(texts[address]).judged()]

    assert found == [], "\n".join(found)


def test_axe_finds_nothing_serious_on_what_a_form_answers(browser: Browser, province: Province) -> None:
    found = []
    with reading(browser, province) as context:
        page = context.new_page()
        page.goto("/desk/sign-in/")
        page.locator("#id_username").fill("nobody")
        page.locator("#id_password").fill("wrong")
        page.locator("main form button").click()
        found += findings(page, "a wrong password")
        page.goto("/nowhere/")
        found += findings(page, "an address that leads nowhere")
        _give_a_tip_off(page)
    with reading(browser, province, "lin") as context:
        page = context.new_page()
        page.goto("/desk/upload/")
        page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
        page.locator("[role=alert]").wait_for()
        found += findings(page, "a form sent empty")
        page.goto("/desk/record/penalty/")
        page.get_by_role("button", name="校验并报送").click()
        page.locator("[role=alert]").wait_for()
        found += findings(page, "a record sent empty")
    with reading(browser, province, "zhao") as context:
        page = context.new_page()
        page.goto("/desk/find/?q=示市监")
        history = page.locator("a[href$='/history/']").first.get_attribute("href") or ""
        _open_for_audit(page, history)
        found += findings(page, "the history of a record")
        _open_for_audit(page, f"/desk/subjects/{history.split('/')[3]}/")
        found += findings(page, "a file as it stood")
    with reading(browser, province, "wen") as context:
        page = context.new_page()
        page.goto("/desk/tip-offs/")
        page.locator("a[href^='/desk/tip-offs/']").first.click()
        page.get_by_role("link", name="查看举报人").click()
        found += findings(page, "who gave a tip-off, asked")
        page.locator("#id_ground").fill("核实奖励领取人")
        page.locator("main form button").click()
        page.locator("main dl.summary").wait_for()
        found += findings(page, "who gave a tip-off")

    assert found == []


def test_every_address_is_walked_or_excused(walks: dict[str, Walk]) -> None:
    unmet = unwalked(every_route(), walks.values())
    assert unmet == [], unmet


def unwalked(routes: dict[str, str], walks) -> list[str]:
    met = {route for one in walks for route in (*one.pages, *one.no_pages)}
    return sorted(name for name in routes if name not in met and name not in EXCUSED)


def test_no_link_leads_to_nothing(walks: dict[str, Walk]) -> None:
    broken = [said for one in walks.values() for said in one.broken]
    assert broken == [], broken


def test_an_address_nobody_walked_is_named() -> None:
    routes = {"site:home": "", "desk:planted": "desk/<uuid:id>/planted/"}

    assert unwalked(routes, [Walk(pages={"site:home": ["/"]})]) == ["desk:planted"]


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<h1>a</h1><main><input type=text></main>", "label"),
        ("<main><h1>a</h1><p style='color:#bbb;background:#fff'>pale</p></main>", "color-contrast"),
        ("<main><h1>a</h1><div style='width:2000px'>wide</div></main>", "wider than the window"),
    ],
)
def test_a_planted_fault_is_found(browser: Browser, planted: str, rule: str) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang=en><title>planted</title>{planted}")

    assert any(rule in said for said in findings(page))
    page.close()
