"""Template filters for dates, numbers and labels in the page's language."""

from datetime import date, datetime

from django import template
from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.interfaces.pages import wording

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    return "" if value is None else wording.day_in_words(value, language=get_language())


@register.filter
def month(value: date | None) -> str:
    return "" if value is None else wording.month_in_words(value, language=get_language())


@register.filter
def instant(value: datetime | None) -> str:
    return "" if value is None else wording.instant_in_words(value, language=get_language())


@register.filter
def grouped(value: int) -> str:
    return wording.grouped(value)


@register.filter
def label(value: Label) -> str:
    return value.in_language(get_language() or "zh-hans")


@register.filter
def article(value: str) -> str:
    return wording.article_in_words(value, language=get_language())
