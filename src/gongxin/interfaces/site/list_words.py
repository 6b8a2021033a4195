"""A statutory list in words: its law, who may list, on which grounds, for how long, which measures follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongxin.core.catalogue import Citation, Label
from gongxin.core.lists import StatutoryList
from gongxin.core.measures import measures
from gongxin.core.sources import sources
from gongxin.flows.listing_words import measures_of
from gongxin.interfaces.pages.wording import article_in_words, is_english
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
        grounds=said([one.label for one in found.grounds_on(on)]),
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


def law_in_words(citation: Citation, language: str) -> str:
    """Return a law with its article, as pages cite it."""
    title = sources()[citation.source].title.in_language(language)
    named = title if is_english(language) else f"《{title}》"
    return f"{named} {article_in_words(citation.article, language=language)}".strip()
