"""Shares, scores and levels in words, the same on the desk and on the website."""

from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Label
from gongxin.core.demonstration.places import CITY, CITY_REGION, COUNTIES
from gongxin.core.quality import Level, Score, quality, tenths_of_percent
from gongxin.core.regions import region
from gongxin.interfaces.pages.states import ATTENTION, ENDED, FORCE, PLAIN

_SHAPES = {None: ATTENTION, Level.REQUIRED: PLAIN, Level.EXPECTED: FORCE, Level.EXCELLENT: FORCE}
_FICTIONAL = {CITY_REGION: CITY, **COUNTIES}


def in_page_language(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")


def percent(share: Fraction | None) -> str:
    """Return a share to a tenth of a percent, rounded down; what has no data says so."""
    if share is None:
        return _("no data")
    tenths = tenths_of_percent(share)
    return f"{tenths // 10}.{tenths % 10}%"


def points(found: Score) -> str:
    """Return a score out of a hundred, as it is read: 96.4."""
    return percent(found.value).removesuffix("%") if found.value is not None else _("no data")


def level_in_words(found: Score) -> str:
    """Return the level a score reaches, or that there is no data."""
    if found.value is None:
        return _("no data")
    label = quality().below if found.level is None else quality().level_labels[found.level]
    return in_page_language(label)


def level_shape(found: Score) -> str:
    return ENDED if found.value is None else _SHAPES[found.level]


def level_pattern(found: Score) -> str:
    return "below" if found.level is None else found.level.value


def region_in_words(code: str) -> str:
    """Return the name of a region; the demonstration's places are in no register of divisions."""
    known = region(code)
    if known is not None:
        return in_page_language(known.label)
    return _FICTIONAL.get(code, code) or _("no region stated")


def month_in_words(month: str) -> str:
    """Return 2026年4月, or 2026-04 in English."""
    if (get_language() or "").startswith("en"):
        return month
    year, number = month.split("-")
    return f"{year}年{int(number)}月"
