"""Ten things a citizen does, each begun at the home page."""

from collections.abc import Callable

from browser.hand import Hand


def find_a_firm_by_two_characters(hand: Hand) -> None:
    hand.type("#search", "示范")
    hand.click("form.search button", "Look up")
    hand.click("main a.walk", "the name")
    hand.sees("登记信息")


def learn_how_to_contest_a_penalty(hand: Hand) -> None:
    hand.click("section[aria-labelledby=newest-penalties] li a", "a newest penalty")
    hand.click(hand.page.locator("main").get_by_role("link", name="如何提出异议").first, "How to contest")
    hand.sees("不收费")


def learn_how_to_repair_a_penalty(hand: Hand) -> None:
    hand.click("section[aria-labelledby=newest-penalties] li a", "a newest penalty")
    hand.click("main a[href*='/help/contest/#repair']", "Steps and clocks")
    hand.sees("修复")


def see_the_penalties_of_one_region(hand: Hand) -> None:
    hand.click("nav a[href='/penalties/']", "Penalties")
    hand.click("details.narrow > summary", "Narrow this list")
    region = hand.page.locator("#region option").nth(1).get_attribute("value") or ""
    hand.choose("#region", region, "the region")
    hand.click("form.filters button", "Narrow")
    hand.page.wait_for_url("**region=*")


def read_what_a_penalty_holds_and_on_what_basis(hand: Hand) -> None:
    hand.click("nav a[href='/catalogue/']", "Catalogue")
    hand.click("main a[href='/catalogue/penalty/']", "the class")
    hand.sees("依据")


def read_a_figure_with_its_definition(hand: Hand) -> None:
    hand.click("nav a[href='/statistics/']", "Statistics")
    hand.click("main a.walk", "the figure")
    hand.page.wait_for_url("**/statistics/*/")


def read_the_site_in_english(hand: Hand) -> None:
    hand.click(".language a[hreflang=en], a[hreflang=en]", "English")
    hand.page.locator("html[lang=en]").wait_for()


def read_in_large_type(hand: Hand) -> None:
    hand.click("a[href*='/type-size/large/']", "Large type")
    hand.page.locator("a[href*='/type-size/normal/']").first.wait_for()


def learn_what_is_never_collected(hand: Hand) -> None:
    hand.click("footer a[href='/about/']", "What is shown here, and what is never collected")
    hand.sees("家庭住址")


def keep_the_permanent_address_of_a_record(hand: Hand) -> None:
    hand.type("#search", "示范")
    hand.click("form.search button", "Look up")
    hand.click("main a.walk", "the name")
    hand.click("main details.record > summary", "the record")
    hand.click("main details[open] a[href*='/records/']", "Permanent address of this record")
    hand.page.wait_for_url("**/records/*/")


TASKS: tuple[Callable[[Hand], None], ...] = (
    find_a_firm_by_two_characters,
    learn_how_to_contest_a_penalty,
    learn_how_to_repair_a_penalty,
    see_the_penalties_of_one_region,
    read_what_a_penalty_holds_and_on_what_basis,
    read_a_figure_with_its_definition,
    read_the_site_in_english,
    read_in_large_type,
    learn_what_is_never_collected,
    keep_the_permanent_address_of_a_record,
)
