"""Days as forms of the desk take them: none so far off that nothing can be reckoned from it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongxin.interfaces import clock

EARLIEST_YEAR, YEARS_AHEAD = 1949, 2


def refuse_far_day(day: date) -> None:
    """Refuse a day before 1949 or more than two years after this one. Raises ValidationError."""
    latest = clock.today().year + YEARS_AHEAD
    if not EARLIEST_YEAR <= day.year <= latest:
        words = _("Give a day of the years %(first)s to %(last)s.")
        raise ValidationError(words % {"first": EARLIEST_YEAR, "last": latest})
