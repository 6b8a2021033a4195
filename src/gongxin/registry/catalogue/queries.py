"""The catalogue and the calendar in force, from the documents loaded into the database."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import parse_law
from gongxin.core.lawbook import NamedLists, UnknownClass
from gongxin.core.working_days import Calendar, packaged_calendar, parse_calendar
from gongxin.registry.catalogue.models import CalendarDocument, ClassDocument, Edition, LawConfirmation


class NoEditionInForce(Exception):
    """No edition of the catalogue is in force on this day; run `gongxin init`."""


def active_edition(*, on: date) -> Edition:
    """Return the newest activated edition in force on `on`. Raises NoEditionInForce."""
    edition = (
        Edition.objects.filter(activated_at__isnull=False, in_force_on__lte=on)
        .order_by("-in_force_on", "-activated_at")
        .first()
    )
    if edition is None:
        raise NoEditionInForce(on.isoformat())
    return edition


def active_edition_number(*, on: date) -> str:
    return active_edition(on=on).number


def active_class(class_id: str, *, on: date) -> InformationClass:
    """Return the class of the edition in force on `on`. Raises UnknownClass."""
    edition = active_edition(on=on)
    known = _class_texts(edition.id, edition.loaded_at)
    if class_id not in known:
        raise UnknownClass(class_id, tuple(sorted(known)))
    return _parsed(known[class_id])


def active_classes(*, on: date) -> list[InformationClass]:
    """Return every class of the edition in force on `on`, in the order of their data codes."""
    edition = active_edition(on=on)
    parsed = [_parsed(text) for text in _class_texts(edition.id, edition.loaded_at).values()]
    return sorted(parsed, key=lambda found: found.statutory.get("数据代码", found.id))


@lru_cache(maxsize=8)
def _class_texts(edition_id: UUID, loaded_at: datetime) -> dict[str, str]:  # noqa: ARG001 (part of the key)
    documents = ClassDocument.objects.filter(edition_id=edition_id)
    return dict(documents.values_list("class_id", "text"))


@lru_cache(maxsize=64)
def _parsed(text: str) -> InformationClass:
    return parse_class(parse_law(text), lists=NamedLists())


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


def confirmed_keys() -> frozenset[str]:
    """Return the keys of the law an officer has confirmed against its full text."""
    return frozenset(LawConfirmation.objects.values_list("key", flat=True))
