"""A subject's records by class: the first of each opened in place, the others on pages of their own.

A page is to stay light on a weak line, whether a subject has three records or two thousand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongxin.core.catalogue import InformationClass
from gongxin.interfaces.site.record_words import ClassWords, Telling
from gongxin.registry.publication.queries import RecordView

FIRST_VIEW = 20  # records opened in place on a subject's page, all classes together
HEAVIEST = 60_000  # bytes of what they say; the frame around them takes the rest of 100 KB
FRAME = 900  # of one record's own markup
CLIPPED = 300  # characters of one field in place; its own page says the whole
# As a reader looks for them; what the catalogue adds comes after, by its data code.
ORDER = (
    "licence",
    "penalty",
    "honour",
    "aeo",
    "demonstration-firm",
    "serious-violation",
    "court-enforcement",
    "major-tax-violation",
    "wage-arrears",
    "procurement-ban",
    "work-safety",
    "overloading",
    "customs-dishonest",
    "abnormal-operation",
    "commitment",
    "evaluation",
    "tax-a-level",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one class: how many, on which days, and the newest of them told."""

    class_id: str
    kind: str
    adverse: bool
    total: int
    days: tuple[date, ...]
    tellings: tuple[Telling, ...]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.tellings)


def by_class(
    views: Iterable[RecordView], classes: Mapping[str, InformationClass]
) -> dict[str, list[RecordView]]:
    """Return `views` by class, in the order of a page."""
    found: dict[str, list[RecordView]] = {}
    for view in views:
        found.setdefault(view.class_id, []).append(view)
    return {class_id: found[class_id] for class_id in sorted(found, key=lambda one: _place(classes[one]))}


def groups_of(
    found: Mapping[str, Sequence[RecordView]], classes: Mapping[str, InformationClass], *, today: date
) -> list[Group]:
    """Return the groups of a subject's page, each with its fair share of what is opened in place."""
    shares = fair_shares([len(views) for views in found.values()], most=FIRST_VIEW)
    whole = max(sum(shares), 1)
    return [
        _group(classes[class_id], views, share, HEAVIEST * share // whole, today)
        for (class_id, views), share in zip(found.items(), shares, strict=True)
    ]


def fair_shares(counts: Sequence[int], *, most: int) -> list[int]:
    """Return how many of each count fit into `most` together: the small ones whole, the rest alike."""
    shares = [0] * len(counts)
    left = most
    for waiting, at in enumerate(sorted(range(len(counts)), key=lambda one: counts[one])):
        shares[at] = min(counts[at], max(left // (len(counts) - waiting), 1))
        left -= shares[at]
    return shares


def _group(
    information_class: InformationClass, views: Sequence[RecordView], share: int, heaviest: int, today: date
) -> Group:
    words = ClassWords(information_class)
    tellings = (words.tell(view, today=today, clipped=CLIPPED) for view in views[:share])
    return Group(
        class_id=information_class.id,
        kind=words.kind,
        adverse=information_class.adverse,
        total=len(views),
        days=tuple(view.decided_on for view in views if view.decided_on is not None),
        tellings=tuple(_light(tellings, heaviest)),
    )


def _light(tellings: Iterable[Telling], heaviest: int) -> Iterator[Telling]:
    """Yield the first of `tellings`, and more while together they stay under `heaviest` bytes."""
    weight = 0
    for number, telling in enumerate(tellings):
        said = (
            telling.heading,
            telling.ends,
            telling.remedy,
            telling.repair,
            telling.view.statement,
            *sum(telling.facts, ()),
        )
        weight += FRAME + sum(len(text.encode()) for text in said)
        if number and weight > heaviest:
            return
        yield telling


def _place(information_class: InformationClass) -> tuple[int, str]:
    place = ORDER.index(information_class.id) if information_class.id in ORDER else len(ORDER)
    return place, information_class.statutory.get("数据代码", information_class.id)
