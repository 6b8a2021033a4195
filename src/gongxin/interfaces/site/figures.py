"""The three figures of the front page, with the moment they were counted."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.registry.publication.figures import public_figures

FIGURES: dict[str, Promise] = {
    "subjects": _("Organisations with something shown"),
    "licences": _("Licences shown now"),
    "penalties": _("Penalties shown now"),
}
# Counting a whole province takes seconds: it may take a fiftieth of the time, and a small one is not kept.
SHARE = 50
QUICK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Figure:
    words: Promise
    number: int


@dataclass(frozen=True, slots=True)
class Counted:
    figures: tuple[Figure, ...]
    at: datetime
    fresh_until: float  # by the process's own steady clock

    def is_fresh(self) -> bool:
        return time.monotonic() < self.fresh_until


class Counter:
    """Counts when asked, by one visitor at a time; the others are told the last count and its moment."""

    def __init__(self, count: Callable[..., dict[str, int]]) -> None:
        self._count = count
        self._counting = threading.Lock()
        self._last: Counted | None = None

    def figures(self, *, at: datetime) -> Counted:
        last = self._last
        if last is not None and (last.is_fresh() or self._counting.locked()):
            return last
        with self._counting:
            # Whoever waited here for the first count has it now.
            last = self._last
            return last if last is not None and last.is_fresh() else self._counted(at)

    def _counted(self, at: datetime) -> Counted:
        began = time.monotonic()
        numbers = self._count(at=at)
        took = time.monotonic() - began
        found = tuple(Figure(words, numbers[key]) for key, words in FIGURES.items())
        counted = Counted(found, at, time.monotonic() + took * SHARE)
        self._last = counted if took > QUICK_SECONDS else None
        return counted


counter = Counter(public_figures)
