"""A statutory list in words: its law, who may list, on which grounds, for how long, which measures follow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongxin.core.catalogue import Label
from gongxin.core.lists import Ground, Instrument, StatutoryList, Term
from gongxin.core.measures import measures
from gongxin.core.periods import Period
from gongxin.core.terms import ceiling_years
from gongxin.flows.listing_words import measures_of
from gongxin.interfaces.pages.wording import law_in_words
from gongxin.registry.catalogue.queries import confirmed_sources


@dataclass(frozen=True, slots=True)
class Told:
    """What the pages say of a list on a day, in one language. `unread`: instruments nobody has confirmed."""

    id: str
    label: str
    adverse: bool
    basis: Sequence[str]
    bodies: Sequence[str]
    grounds: Sequence[str]
    term: str
    steps: Sequence[str]
    measures: Sequence[str]
    exit: str
    conditions: Sequence[str]
    remedy: str
    inert: bool
    unread: Sequence[str]


def told_of(found: StatutoryList, *, on: date, language: str) -> Told:
    """Return a list in words, as it stands on a day."""
    confirmed = confirmed_sources()

    def said(labels: Sequence[Label]) -> list[str]:
        return [one.in_language(language) for one in labels]

    instrument = found.instrument_on(on)
    early = instrument.early_exit if instrument else None
    return Told(
        id=found.id,
        label=found.label.in_language(language),
        adverse=found.adverse,
        basis=[law_in_words(instrument.basis.citation, language)] if instrument else [],
        bodies=said([one.label for one in found.bodies]),
        grounds=[_ground(one, found, on, confirmed, language) for one in found.grounds_on(on)],
        term=_terms(instrument, found, language) if instrument else "",
        steps=said([one.label for one in found.steps]),
        measures=said([measures()[one].label for one in measures_of(found.id, on=on)]),
        exit=found.exit.in_language(language),
        conditions=said(early.conditions) if early else [],
        remedy=found.remedy.in_language(language),
        inert=found.is_inert(on, confirmed),
        unread=list(
            dict.fromkeys(law_in_words(one, language) for one in found.unconfirmed_on(on, confirmed))
        ),
    )


def _ground(ground: Ground, of: StatutoryList, on: date, confirmed: Collection[str], language: str) -> str:
    """Return a ground; one that founds no listing on a list that is used says so."""
    label = ground.label.in_language(language)
    if of.is_inert(on, confirmed) or of.accepts(ground.key, on=on, confirmed=confirmed):
        return label
    return _("%(ground)s (not in use: its basis is not confirmed)") % {"ground": label}


def _terms(instrument: Instrument, of: StatutoryList, language: str) -> str:
    """Return how long a listing lasts, and on which grounds it lasts otherwise."""
    own = [(one.label.in_language(language), one.term) for one in instrument.grounds if one.term]
    told = [f"{ground}{_(': ')}{_term(term, of)}" for ground, term in own]
    return "；".join([_term(instrument.term, of), *told])


def _term(term: Term, of: StatutoryList) -> str:
    if term.period is None:
        longest = _length(Period(years=ceiling_years()))
        return (
            _("until removed, at most %(longest)s") % {"longest": longest}
            if of.adverse
            else _("until removed")
        )
    most = _("at most %(longest)s") % {"longest": _length(term.period)}
    return (
        _("at least %(least)s, %(most)s") % {"least": _length(term.least), "most": most}
        if term.least
        else most
    )


def _length(period: Period) -> str:
    parts = (
        ngettext("%(n)s year", "%(n)s years", period.years) % {"n": period.years} if period.years else "",
        ngettext("%(n)s month", "%(n)s months", period.months) % {"n": period.months}
        if period.months
        else "",
        ngettext("%(n)s day", "%(n)s days", period.days) % {"n": period.days} if period.days else "",
    )
    return " ".join(part for part in parts if part)
