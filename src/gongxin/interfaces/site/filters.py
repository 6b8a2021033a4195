"""Which part of a column a reader asks for: by region, by agency, by the month of the decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.periods import add_months
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.subject_words import known_region, region_in_words
from gongxin.registry.accounts.queries import agencies_named, regions_of_agencies
from gongxin.registry.publication.newest import ALL, Narrowing

LONGEST = 60
MONTH_LENGTH = len("2026-10")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for, as it can be said again in an address; `faults` name what cannot be read."""

    region: str = ""
    body: str = ""
    month: str = ""
    faults: tuple[str, ...] = ()

    @classmethod
    def asked(cls, request: HttpRequest) -> Self:
        """Return the filters of an address; a person's number or a region nobody knows is not repeated."""
        # No name holds what cannot be seen, and PostgreSQL takes no NUL even to look for one.
        body = "".join(filter(str.isprintable, " ".join(request.GET.get("body", "").split())))[:LONGEST]
        code = request.GET.get("region", "")
        month = request.GET.get("month", "").strip()[:MONTH_LENGTH]
        return cls(
            region=code if known_region(code) else "",
            body="" if is_about_a_person(body) else body,
            month=month,
            faults=tuple(_faults(code, body, month)),
        )

    def query(self) -> str:
        """Return them as the part of an address after its question mark; empty where nothing is asked."""
        asked = {"region": self.region, "body": self.body, "month": self.month}
        return urlencode({name: value for name, value in asked.items() if value})

    def narrowing(self) -> Narrowing:
        """Return which records they leave. Raises ValueError for a month that is none."""
        if not self.query():
            return ALL
        by_agency = self.region or self.body
        first = _first_day(self.month) if self.month else None
        return Narrowing(
            agencies=agencies_named(self.body, within=self.region) if by_agency else None,
            decided_from=first,
            decided_until=add_months(first, 1) if first else None,
        )


def region_choices() -> list[tuple[str, str]]:
    """Return the regions in which agencies lie, and those around them, in the order of their codes."""
    language = get_language() or ""
    codes = {code for lying in regions_of_agencies() for code in _with_its_parents(lying)}
    return [(code, region_in_words(code, language=language)) for code in sorted(codes)]


def _with_its_parents(code: str) -> Iterable[str]:
    while (found := known_region(code)) is not None:
        yield code
        code = found.parent


def _first_day(month: str) -> date:
    if len(month) != MONTH_LENGTH:
        raise ValueError(month)
    return date.fromisoformat(f"{month}-01")


def _faults(code: str, body: str, month: str) -> Iterable[str]:
    if code and not known_region(code):
        yield _("No region of today bears this code.")
    if is_about_a_person(body):
        yield _("This looks like a person's number. Nothing about private persons is held here.")
    if month and not _is_a_month(month):
        yield _("Give a month as a year and a month: 2026-10.")


def _is_a_month(text: str) -> bool:
    try:
        add_months(_first_day(text), 1)
    except ValueError:
        return False
    return True
