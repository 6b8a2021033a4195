"""The catalogue and the calendar in force, from the documents loaded into the database."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.core.catalogue_edition import PACKAGED
from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import parse_law
from gongxin.core.lawbook import NamedLists, UnknownClass
from gongxin.core.working_days import Calendar, packaged_calendar, parse_calendar
from gongxin.registry import bulk
from gongxin.registry.catalogue.models import CalendarDocument, ClassDocument


class NoEditionInForce(Exception):
    """No edition of the catalogue is in force on this day; run `gongxin init`."""


class EditionInForce(NamedTuple):
    """Which edition is in force; its classes are parsed once for each such value."""

    id: UUID
    number: str


# Asked of the database every time, so that an activation holds at once, in every process. The packaged
# edition gives way to any that an office activated, also when a later release brings one with a later day.
NEWEST_FIRST = (
    " WHERE activated_at IS NOT NULL AND withdrawn_at IS NULL AND in_force_on <= %s"
    f" ORDER BY CASE approval WHEN '{PACKAGED}' THEN 1 ELSE 0 END, in_force_on DESC, activated_at DESC"
)


def active_edition(*, on: date) -> EditionInForce:
    """Return the newest activated edition in force on `on`. Raises NoEditionInForce."""
    found = bulk.select(f"SELECT id, number FROM catalogue_edition{NEWEST_FIRST} LIMIT 1", on.isoformat())
    if not found:
        raise NoEditionInForce(on.isoformat())
    [(edition_id, number)] = found
    return EditionInForce(bulk.as_id(edition_id), number)


def in_force_sql(column: str) -> str:
    """Return the condition that the class in `column` belongs to the edition in force on a day; takes it."""
    classes = (
        "SELECT class_id FROM catalogue_classdocument WHERE edition_id ="
        f" (SELECT id FROM catalogue_edition{NEWEST_FIRST} LIMIT 1)"
    )
    # PostgreSQL reads an array once, but a set again for each row it is compared with.
    return f"{column} = ANY (ARRAY({classes}))" if bulk.on_postgresql() else f"{column} IN ({classes})"


def active_edition_number(*, on: date) -> str:
    return active_edition(on=on).number


def active_class(class_id: str, *, on: date) -> InformationClass:
    """Return the class of the edition in force on `on`. Raises UnknownClass."""
    return _class_in(active_edition(on=on), class_id)


def active_classes(*, on: date) -> list[InformationClass]:
    """Return every class of the edition in force on `on`, in the order of their data codes."""
    return list(_classes_in_order(active_edition(on=on)))


def class_checked_by(class_id: str, *, edition: str) -> InformationClass:
    """Return the class as the edition of this number has it: what was checked under it stays so.

    Raises UnknownClass.
    """
    return _class_in(_numbered(edition), class_id)


def classes_checked_by(edition: str) -> tuple[InformationClass, ...]:
    """Return every class of the edition of this number, in the order of their data codes."""
    return _classes_in_order(_numbered(edition))


def _class_in(edition: EditionInForce, class_id: str) -> InformationClass:
    texts = _class_texts(edition)
    if class_id not in texts:
        raise UnknownClass(class_id, tuple(sorted(texts)))
    return _parsed(texts[class_id])


def _numbered(number: str) -> EditionInForce:
    [(edition_id,)] = bulk.select("SELECT id FROM catalogue_edition WHERE number = %s", number)
    return EditionInForce(bulk.as_id(edition_id), number)


def classes_by_id(*, on: date) -> Mapping[str, InformationClass]:
    """Return every class of the edition in force on `on` by its id."""
    return classes_of(active_edition(on=on))


@lru_cache(maxsize=8)
def classes_of(edition: EditionInForce) -> Mapping[str, InformationClass]:
    """Return every class of an edition by its id, in the order of their data codes."""
    return MappingProxyType({found.id: found for found in _classes_in_order(edition)})


@lru_cache(maxsize=8)
def _classes_in_order(edition: EditionInForce) -> tuple[InformationClass, ...]:
    parsed = [_parsed(text) for text in _class_texts(edition).values()]
    return tuple(sorted(parsed, key=lambda found: found.statutory.get("数据代码", found.id)))


@lru_cache(maxsize=8)
def _class_texts(edition: EditionInForce) -> dict[str, str]:
    documents = ClassDocument.objects.filter(edition_id=edition.id)
    return dict(documents.values_list("class_id", "text"))


@lru_cache(maxsize=64)
def _parsed(text: str) -> InformationClass:
    return parse_class(parse_law(text), lists=NamedLists())


def confirmed_sources() -> frozenset[str]:
    """Return the keys of the sources an officer has read in their full text since the release."""
    return frozenset(key for (key,) in bulk.select("SELECT key FROM catalogue_lawconfirmation"))


def working_calendar() -> Calendar:
    """Return the official working days: those packaged, and the notices imported since."""
    notices = tuple(CalendarDocument.objects.order_by("year").values_list("text", flat=True))
    return _calendar_with(notices)


@lru_cache(maxsize=4)
def _calendar_with(notices: tuple[str, ...]) -> Calendar:
    calendar = packaged_calendar()
    for text in notices:
        calendar = calendar.with_year(parse_calendar(text))
    return calendar
