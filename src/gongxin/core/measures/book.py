"""The packaged law of measures, and the questions that are asked of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache

from gongxin.core.law_files import read_law
from gongxin.core.measures.document import FILES, MATTERS
from gongxin.core.measures.kinds import Matter, Measure, MeasureRule, RefusedTrigger, Sector
from gongxin.core.measures.parsing import MeasureLaw, parse_measures


class UnknownMatter(LookupError):
    """There is no such matter; `known` lists those there are."""

    def __init__(self, matter_id: str) -> None:
        self.known = tuple(matters())
        super().__init__(f"{matter_id}; known: {', '.join(self.known)}")
        self.matter_id = matter_id


class UnknownRule(LookupError):
    """No rule joins this measure, this trigger and this matter: the measure may not be taken there."""


def matters() -> Mapping[str, Matter]:
    """Return the thirteen matters, served and not. Source: law-decisions 13."""
    return _law().matters


def matter(matter_id: str) -> Matter:
    """Return one matter. Raises UnknownMatter."""
    if matter_id not in matters():
        raise UnknownMatter(matter_id)
    return matters()[matter_id]


def measures() -> Mapping[str, Measure]:
    """Return every measure of the law: headings, rows below them, those of the market and of others."""
    return _law().measures


def all_rules() -> Sequence[MeasureRule]:
    """Return every rule, whether or not it may be used."""
    return _law().rules


def rule(rule_id: str) -> MeasureRule:
    """Return one rule by `<measure>/<trigger>/<matter>`. Raises UnknownRule."""
    if rule_id not in _by_id():
        raise UnknownRule(rule_id)
    return _by_id()[rule_id]


def rules_for(
    matter_id: str, *, on: date, confirmed: Collection[str], public_body: bool = False
) -> Sequence[MeasureRule]:
    """Return the rules that may be used on a matter on a day, for a firm or for a public body as subject.

    `confirmed` are the sources that officers confirmed with their text since the release. No rules for a
    matter that is not served. Raises UnknownMatter.
    """
    matter(matter_id)
    return tuple(one for one in _by_matter()[matter_id, public_body] if one.active(on, confirmed))


@lru_cache(maxsize=4096)
def sector_of(deciding_body: str) -> str | None:
    """Return the sector of a body by its name, None for a body of no known kind: related to nothing [P]."""
    found = [(len(word), sector) for word, sector in _words() if word in deciding_body]
    return max(found, key=lambda one: one[0])[1] if found else None


def sectors() -> Mapping[str, Sector]:
    return _law().related.sectors


def related_matters(sector: str) -> Sequence[str]:
    """Return the matters that a sector's decisions are related to, none for a sector there is none of."""
    return sectors()[sector].matters if sector in sectors() else ()


def refused_trigger(trigger: str) -> RefusedTrigger | None:
    """Return what a trigger is that may found no measure, None for any other. Source: S-HN 27."""
    return _law().related.why_refused(trigger)


@lru_cache(maxsize=1)
def _law() -> MeasureLaw:
    return parse_measures({name: read_law(name) for name in (MATTERS, *FILES)})


@lru_cache(maxsize=1)
def _by_id() -> Mapping[str, MeasureRule]:
    return {one.id: one for one in all_rules()}


@lru_cache(maxsize=1)
def _by_matter() -> Mapping[tuple[str, bool], Sequence[MeasureRule]]:
    return {
        (one, public): tuple(r for r in all_rules() if (r.matter, r.public_body) == (one, public))
        for one in matters()
        for public in (False, True)
    }


@lru_cache(maxsize=1)
def _words() -> Sequence[tuple[str, str]]:
    return tuple((word, sector.id) for sector in sectors().values() for word in sector.named)
