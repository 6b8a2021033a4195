"""The editions loaded: which there are, where each stands on a day, and what each would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongxin.core.catalogue import InformationClass
from gongxin.core.catalogue_edition import NOT_YET_APPROVED
from gongxin.registry.catalogue.models import Edition
from gongxin.registry.catalogue.queries import EditionInForce, NoEditionInForce, active_edition, classes_of


class UnknownEdition(LookupError):
    """No edition of this number was loaded."""


class Standing(StrEnum):
    """Where an edition stands on a day."""

    UNAPPROVED = "unapproved"
    LOADED = "loaded"  # approved, waiting for an officer
    OVERTAKEN = "overtaken"  # approved, and its day came before anybody activated it
    TO_COME = "to-come"  # activated, its day lies ahead
    IN_FORCE = "in-force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"  # activated, and taken back before its day


@dataclass(frozen=True, slots=True)
class KnownEdition:
    edition: Edition
    standing: Standing


def edition_numbered(number: str) -> Edition:
    """Return the edition of this number. Raises UnknownEdition."""
    found = Edition.objects.filter(number=number).first()
    if found is None:
        raise UnknownEdition(number)
    return found


def editions(*, on: date) -> list[KnownEdition]:
    """Return every edition loaded, that with the latest day first, as it stands on a day."""
    found = Edition.objects.order_by("-in_force_on", "-loaded_at")
    in_force = _in_force(on)
    return [KnownEdition(one, _standing(one, in_force, on)) for one in found]


def standing_of(edition: Edition, *, on: date) -> Standing:
    return _standing(edition, _in_force(on), on)


def edition_before(day: date) -> EditionInForce | None:
    """Return the edition in force on the eve of a day, as activated by now: what one of that day changes."""
    try:
        return active_edition(on=day - timedelta(days=1))
    except NoEditionInForce:
        return None


def classes_of_edition(edition: Edition) -> Mapping[str, InformationClass]:
    """Return every class of an edition by its id, whether it is in force or not."""
    return classes_of(EditionInForce(edition.id, edition.number))


def _in_force(on: date) -> str:
    try:
        return active_edition(on=on).number
    except NoEditionInForce:
        return ""


def _standing(edition: Edition, in_force: str, on: date) -> Standing:
    if edition.approval in NOT_YET_APPROVED:
        return Standing.UNAPPROVED
    if edition.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if edition.activated_at is None:
        return Standing.LOADED if edition.in_force_on > on else Standing.OVERTAKEN
    if edition.number == in_force:
        return Standing.IN_FORCE
    return Standing.TO_COME if edition.in_force_on > on else Standing.REPLACED
