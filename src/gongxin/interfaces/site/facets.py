"""The facets of a list of results, as links with counts: what kind of subject, and where it is.

Not what is held about it: a link to those with a penalty would be a list of them, and one to those with
a licence would leave it (decision 13).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from gongxin.core.regions import is_within
from gongxin.interfaces.pages.subject_words import DATABASES, known_region
from gongxin.registry.publication.search import Facets, Narrowing

MANY = 12  # regions offered at once: the fullest


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a facet: its words, how many it leaves, where it leads, whether it holds now."""

    words: str | Promise
    number: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    kinds: tuple[Choice, ...]
    regions: tuple[Choice, ...]


def asked_narrowing(request: HttpRequest) -> Narrowing:
    """Return the facets of an address; what nobody knows is not asked."""
    database, region = request.GET.get("kind", ""), request.GET.get("region", "")
    return Narrowing(
        database=database if database in DATABASES else "", region=region if known_region(region) else ""
    )


def query_of(text: str, narrowing: Narrowing) -> str:
    """Return the part of an address after its question mark that asks for `text`, narrowed."""
    asked = {"q": text, "kind": narrowing.database, "region": narrowing.region}
    return urlencode({name: value for name, value in asked.items() if value})


def facets_in_words(facets: Facets, narrowing: Narrowing, text: str) -> Shown:
    """Return the facets that narrow anything; one that holds now is kept, with a way out of it."""
    return Shown(tuple(_kinds(facets, narrowing, text)), tuple(_regions(facets, narrowing, text)))


def _kinds(facets: Facets, narrowing: Narrowing, text: str) -> Iterator[Choice]:
    if len(facets.databases) < 2 and not narrowing.database:
        return
    for database, words in DATABASES.items():
        number = facets.databases.get(database, 0)
        if number:
            query = query_of(text, Narrowing(database, narrowing.region))
            yield Choice(words, number, query, chosen=database == narrowing.database)


def _regions(facets: Facets, narrowing: Narrowing, text: str) -> Iterator[Choice]:
    here = narrowing.region
    counted = _by_division(facets.regions, here)
    fullest = sorted(counted, key=lambda code: (-counted[code], code))[:MANY]
    if here:
        inside = sum(number for code, number in facets.regions.items() if is_within(code, here))
        yield _region(here, inside, narrowing, text)
    elif all(counted[code] == sum(facets.regions.values()) for code in fullest):
        return  # what leaves everything narrows nothing
    for code in fullest:
        yield _region(code, counted[code], narrowing, text)


def _region(code: str, number: int, narrowing: Narrowing, text: str) -> Choice:
    found = known_region(code)
    words = found.label.in_language(get_language() or "") if found else code
    query = query_of(text, Narrowing(narrowing.database, code))
    return Choice(words, number, query, chosen=code == narrowing.region)


def _by_division(regions: Mapping[str, int], here: str) -> dict[str, int]:
    """Return the counts by prefecture, or by county inside the division asked for or the only one met."""
    by_prefecture = _summed(regions, {code: _prefecture(code) for code in regions})
    around = here or (next(iter(by_prefecture)) if len(by_prefecture) == 1 else "")
    if not around:
        return by_prefecture
    return _summed(regions, {code: code for code in regions if is_within(code, around) and code != around})


def _summed(regions: Mapping[str, int], places: Mapping[str, str]) -> dict[str, int]:
    counted = Counter[str]()
    for code, place in places.items():
        if place:
            counted[place] += regions[code]
    return counted


def _prefecture(code: str) -> str:
    """Return the division under the province in which a region lies; nothing for one nobody knows."""
    found = known_region(code)
    if found is None:
        return ""
    above = known_region(found.parent) if found.level == "county" else None
    return above.code if above is not None and above.level == "prefecture" else code
