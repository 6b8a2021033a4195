"""Ten things a clerk does, each begun at the desk's front page, signed in, on a day like any other."""

import zipfile
from collections.abc import Callable

from browser.hand import Hand
from cast import QIAO, QIAO_NAME
from sending import csv_of, penalty

SEND = "nav a[href='/desk/upload/']"
WITHIN = 60


def _file(number: int, **changes: str) -> bytes:
    return csv_of(
        penalty(CF_WSH=f"示市监罚〔2026〕{number}号"),
        penalty(CF_WSH=f"示市监罚〔2026〕{number + 1}号", **changes),
    )


def _sent(hand: Hand, content: bytes) -> None:
    hand.choose_file("处罚.csv", content)
    hand.click("main form button:not(.plain)", "Send the file")
    hand.page.wait_for_url("**/desk/submissions/*/")


def take_a_file_to_its_marked_workbook(hand: Hand) -> None:
    hand.click(SEND, "Send a file")
    _sent(hand, _file(7001, CF_JDRQ="2026年13月1日"))
    marked = hand.download("a.button[href*='problems.xlsx']", "Download the marked workbook")
    assert zipfile.is_zipfile(marked)


def send_back_only_what_was_corrected(hand: Hand) -> None:
    hand.click("main a[href^='/desk/submissions/0']", "the submission")
    hand.click("a[href*='corrects=']", "Send it corrected")
    _sent(hand, csv_of(penalty(CF_WSH="示市监罚〔2026〕7002号")))
    hand.page.locator("main .inset progress").wait_for(timeout=WITHIN * 1000)


def check_a_file_before_sending_it(hand: Hand) -> None:
    hand.click(SEND, "Send a file")
    hand.click("#check_first", "Only check it")
    _sent(hand, _file(7011))
    hand.click("form[action$='/go-on/'] button", "Send the accepted rows now")
    hand.sees("撤回", within_seconds=WITHIN)


def fill_in_one_record(hand: Hand) -> None:
    hand.click("nav a[href='/desk/record/']", "Fill in one record")
    hand.click("main a[href='/desk/record/tax-a-level/']", "the class")
    _type_a_taxpayer(hand, "2025")
    hand.click("button[value=send]", "Check and send")
    hand.page.wait_for_url("**/desk/submissions/*/")


def keep_a_draft_and_come_back_to_it(hand: Hand) -> None:
    hand.click("nav a[href='/desk/record/']", "Fill in one record")
    hand.click("main a[href='/desk/record/tax-a-level/']", "the class")
    _type_a_taxpayer(hand, "2024")
    hand.click("button[value=save]", "Keep as a draft")
    hand.page.locator("a[href*='/discard/']").wait_for()
    hand.click("nav a[href='/desk/record/']", "Fill in one record")
    hand.click(
        "main table a[href*='/desk/record/'], main .rows a[href*='/desk/record/'], main ul a[href*='-']",
        "the draft",
    )
    assert hand.page.locator("#f-taxpayer_number").input_value() == QIAO


def _type_a_taxpayer(hand: Hand, year: str) -> None:
    hand.type("#f-taxpayer_number", QIAO)
    hand.type("#f-taxpayer_name", QIAO_NAME)
    hand.type("#f-year", year)
    hand.type("#f-tax_office", "示范市税务局")


def state_that_a_month_was_without_decisions(hand: Hand) -> None:
    hand.click("nav a[href='/desk/due/']", "What falls due")
    hand.click("main a[href*='/desk/nil/?class=']", "Nil return")
    hand.click("main form button", "State that there was nothing")
    hand.page.locator("a[href*='/withdraw/']").first.wait_for()


def take_a_template(hand: Hand) -> None:
    hand.click(SEND, "Send a file")
    assert zipfile.is_zipfile(hand.download("a[href='/desk/templates/penalty.xlsx']", "the template"))


def recall_a_batch_sent_by_mistake(hand: Hand) -> None:
    hand.click("main a[href^='/desk/submissions/0']", "the submission")
    hand.click("main a[href$='/recall/']", "Recall this submission")
    hand.type("main form textarea, main form input[type=text]", "报错了目录事项")
    hand.click("main form button.grave, main form button", "Recall the whole submission")
    hand.page.wait_for_url("**/desk/submissions/*/")


def print_a_confirmation_sheet(hand: Hand) -> None:
    hand.click("main a[href^='/desk/submissions/0']", "the submission")
    hand.click("main a[href$='/confirmation/']", "Confirmation sheet")
    hand.page.locator("button[data-print]").wait_for()


def find_a_record_by_its_number(hand: Hand) -> None:
    hand.click("nav a[href='/desk/find/']", "Find")
    hand.type("main input[name=q]", "示市监罚〔2026〕7001")
    hand.click("main form button", "Find")
    hand.sees("7001")


TASKS: tuple[Callable[[Hand], None], ...] = (
    take_a_file_to_its_marked_workbook,
    send_back_only_what_was_corrected,
    check_a_file_before_sending_it,
    fill_in_one_record,
    keep_a_draft_and_come_back_to_it,
    state_that_a_month_was_without_decisions,
    take_a_template,
    recall_a_batch_sent_by_mistake,
    print_a_confirmation_sheet,
    find_a_record_by_its_number,
)
