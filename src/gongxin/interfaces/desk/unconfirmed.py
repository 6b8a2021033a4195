"""What staff are told of terms that rest on an unconfirmed value of the law, and how to confirm it."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.sources import sources
from gongxin.core.unconfirmed import UnconfirmedValue, unconfirmed_in
from gongxin.registry.catalogue.queries import confirmed_sources


class Unconfirmed:
    """Knows what was confirmed since the release, asked of the database once for a page."""

    def __init__(self) -> None:
        self._confirmed = confirmed_sources()

    def in_words(self, *, rule: str, class_id: str, decided_on: date | None) -> list[str]:
        """Return a sentence for each thing that is still unconfirmed."""
        found = unconfirmed_in(rule=rule, class_id=class_id, decided_on=decided_on)
        return [_told(one) for one in found if one.source not in self._confirmed]


def _told(value: UnconfirmedValue) -> str:
    language = get_language() or "zh-hans"
    why = value.why.in_language(language) if value.why else _("not read in full text")
    named = {"title": sources()[value.source].title.in_language(language), "key": value.source, "why": why}
    words = (
        _("The day it is due rests on %(title)s (%(key)s), unconfirmed: %(why)s.")
        if value.of == "limit"
        else _("How long it shows rests on %(title)s (%(key)s), unconfirmed: %(why)s.")
    )
    how = _("To confirm it, run: gongxin law confirm %(key)s --text FILE")
    return f"{words % named} {how % named}"
