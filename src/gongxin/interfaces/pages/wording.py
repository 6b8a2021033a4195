"""How dates, numbers and money read on a page; ISO and plain decimals stay in data."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from gongxin.core.catalogue import Citation
from gongxin.core.legal_day import SHANGHAI, legal_day
from gongxin.core.sources import sources

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The national forms give amounts in units of 10,000 yuan and say so in the column's name.
TEN_THOUSAND_YUAN = ("（万元）", " (10,000 yuan)")
NO_END = date(2099, 12, 31)  # how the forms of 2018 write "without an end"


def is_english(language: str | None) -> bool:
    return (language or "").startswith("en")


def day_in_words(on: date | datetime, *, language: str | None) -> str:
    """Return 2026年4月10日, or 10 April 2026. An instant is read as its legal day."""
    day = legal_day(on) if isinstance(on, datetime) else on
    if is_english(language):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def month_in_words(month: date, *, language: str | None) -> str:
    """Return 2026年4月, or April 2026."""
    if is_english(language):
        return f"{MONTHS[month.month - 1]} {month.year}"
    return f"{month.year}年{month.month}月"


def instant_in_words(at: datetime, *, language: str | None) -> str:
    """Return the legal day and the minute, by Beijing time."""
    local = at.astimezone(SHANGHAI)
    return f"{day_in_words(at, language=language)} {local:%H:%M}"


def written_day(value: str, *, language: str | None) -> str:
    """Return an ISO date as a page writes it; anything else comes back as it was."""
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return value
    if on == NO_END:
        return "no end" if is_english(language) else "长期"
    return day_in_words(on, language=language)


def grouped(number: int | Decimal) -> str:
    return f"{number:,}"


def in_yuan(ten_thousands: str, *, language: str | None) -> str:
    """Return an amount in 万元 as yuan in words: 0.2 becomes 2,000 元."""
    try:
        amount = Decimal(ten_thousands) * 10_000
    except InvalidOperation:
        return ten_thousands
    whole = amount == amount.to_integral_value()
    figure = grouped(int(amount)) if whole else f"{amount.normalize():,f}"
    return f"{figure} yuan" if is_english(language) else f"{figure} 元"


ARTICLE_NUMBER = re.compile(r"(\d+)((?:\(\d+\))?)")
NUMBERED_ARTICLE = re.compile(rf"{ARTICLE_NUMBER.pattern}(?: and {ARTICLE_NUMBER.pattern})*")


def article_in_words(article: str, *, language: str | None) -> str:
    """Return 第四十八条's short form 第48条, or article 48; a heading that is no number stays as it is.

    A heading in the other language's letters only is left out: the instrument's title says enough.
    """
    numbered = NUMBERED_ARTICLE.fullmatch(article)
    if numbered is None:
        return article if is_english(language) or not article.isascii() else ""
    if is_english(language):
        return f"article {article}"
    return "、".join(f"第{number}条{paragraph}" for number, paragraph in ARTICLE_NUMBER.findall(article))


def law_in_words(citation: Citation, language: str) -> str:
    """Return a law with its article, as pages cite it."""
    title = sources()[citation.source].title.in_language(language)
    named = title if is_english(language) else f"《{title}》"
    return f"{named} {article_in_words(citation.article, language=language)}".strip()


def without_unit(label: str) -> tuple[str, bool]:
    """Return a column's name without its unit, and whether that unit was 10,000 yuan."""
    for suffix in TEN_THOUSAND_YUAN:
        if label.endswith(suffix):
            return label.removesuffix(suffix), True
    return label, False
