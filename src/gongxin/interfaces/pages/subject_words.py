"""What a subject is, in words: its database, and the schemes of its identifiers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.demonstration.places import fictional_region
from gongxin.core.disclosure import Audience
from gongxin.core.regions import Region, region
from gongxin.interfaces.pages.wording import is_english
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.successions import Succession

DATABASES: dict[str, Promise] = {
    "legal-person": _("Legal person"),
    "other-organisation": _("Other organisation"),
    "natural-person": _("Licensed professional"),
}
SCHEMES: dict[str, Promise] = {
    "unified": _("Unified social credit code"),
    "registration": _("Registration number"),
    "organisation": _("Organisation code"),
}

# States of the registration in which it is no more.
DEREGISTERED = frozenset({"注销", "吊销", "撤销", "迁出"})
SUCCESSIONS: dict[str, Promise] = {
    "absorption": _("absorption"),
    "consolidation": _("consolidation into a new one"),
    "division": _("division"),
    "split-off": _("split-off"),
    "conversion": _("change of form"),
}


def registration_state(views: Sequence[RecordView]) -> str:
    """Return the state its newest registration gives, of records newest first; nothing where none says."""
    states = (view.fields.get("registration_state", "") for view in views if view.class_id == "registration")
    return next(states, "")


@dataclass(frozen=True, slots=True)
class ToldSuccession:
    """A succession as a page tells it; `address` is empty where nothing of the other is public."""

    is_successor: bool
    name: str
    code: str
    kind: Promise
    on: date
    address: str


def told_succession(one: Succession, *, at: datetime) -> ToldSuccession:
    """Return a succession as everyone may read it at `at`."""
    other = one.other
    shows = records_of(other.subject_id, audience=Audience.PUBLIC, at=at, known=other)
    address = reverse("site:subject", args=(other.subject_id,)) if shows else ""
    kind = SUCCESSIONS[one.kind]
    return ToldSuccession(one.is_successor, other.public_name, other.code or "", kind, one.on, address)


def identifiers_in_words(identifiers: Iterable[tuple[str, str]]) -> Iterator[tuple[Promise, str]]:
    """Yield the identifiers a reader can use, in the order of `SCHEMES`; a licence's scheme is not one."""
    for scheme, words in SCHEMES.items():
        yield from ((words, value) for known, value in identifiers if known == scheme)


def known_region(code: str) -> Region | None:
    """Return the division with this code, one of the demonstration province included."""
    return region(code) or fictional_region(code)


@lru_cache(maxsize=4096)
def region_in_words(code: str, *, language: str) -> str:
    """Return a division with those it lies in; nothing for a code no division bears today."""
    names: list[str] = []
    while (found := known_region(code)) is not None:
        names.append(found.label.in_language(language))
        code = found.parent
    return ", ".join(names) if is_english(language) else "".join(reversed(names))
