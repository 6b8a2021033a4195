"""What is known of organisations for a scheme: the level their body gave, and penalties that may be used.

Asked once for thousands of organisations. Only what founds a measure counts (`registry.checks.grounds`): no
penalty before review and suit are over, nothing repaired, suspended or withdrawn.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.core.checks import Ground
from gongxin.core.disclosure import Outcome
from gongxin.core.evaluation import Facts, scheme_named, year_counted
from gongxin.core.ledger import Kind, content_fields, record_state
from gongxin.core.measures import list_trigger, penalty_trigger
from gongxin.core.scheme_text import Scheme
from gongxin.registry.checks.grounds import grounds_of
from gongxin.registry.ledger.queries import Version, versions_as_of
from gongxin.registry.publication.taken import UNDECIDED, Taken, newest_decisions
from gongxin.registry.publication.usable import IN_FORCE

EVALUATION = "evaluation"
NO_LONGER = frozenset({Outcome.SUSPENDED.value, Outcome.ENDED.value})


class Act(NamedTuple):
    """An act that alone decides, as its body found it: its key, and the number of the decision on record."""

    key: str
    document_number: str


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one organisation, and the records they come from.

    `of_the_trade`: it has a level in force, or a usable penalty of the sector, of whatever year [P]. Nothing
    says of anybody else that the scheme is theirs.
    """

    facts: Facts
    level_from: tuple[UUID, ...]
    penalties: tuple[UUID, ...]
    acts: tuple[UUID, ...]
    of_the_trade: bool

    @property
    def records(self) -> tuple[UUID, ...]:
        """Return the records, each once."""
        return tuple(dict.fromkeys((*self.acts, *self.level_from, *self.penalties)))


class _Level(NamedTuple):
    written: str
    record_id: UUID
    given_on: date


def facts_of(
    scheme: Scheme,
    clusters: Mapping[UUID, Sequence[UUID]],
    *,
    on: date,
    at: datetime,
    acts: Mapping[UUID, Sequence[Act]],
) -> Iterator[tuple[UUID, Known]]:
    """Yield each organisation with its facts; `clusters` says under which ids it was posted to."""
    ids = [one for posted in clusters.values() for one in posted]
    grounds = grounds_of(ids, at=at)
    taken = newest_decisions(grounds, at)
    levels = _levels(scheme, ids, grounds, on, at)
    for one, posted in clusters.items():
        own = [ground for found in posted for ground in grounds.get(found, ())]
        given = [level for found in posted for level in levels.get(found, ())]
        yield one, _known(scheme, own, given, taken, on, acts.get(one, ()))


def _known(
    scheme: Scheme,
    grounds: Sequence[Ground],
    given: Sequence[_Level],
    taken: Mapping[UUID, Taken],
    on: date,
    acts: Sequence[Act],
) -> Known:
    of_sector = _of_sector(scheme, grounds)
    penalties = _counted(of_sector, on)
    serious = sum(taken.get(one.record_id, UNDECIDED).penalty_class == "serious" for one in penalties)
    level = max(given, key=lambda one: (one.given_on, one.record_id), default=None)
    named = {act.document_number: act.key for act in acts}
    found = {one.record_id: named[one.document_number] for one in penalties if one.document_number in named}
    return Known(
        facts=Facts(
            imported_level=level.written if level else "",
            general=len(penalties) - serious,
            serious=serious,
            vetoes=frozenset(found.values()),
        ),
        level_from=(level.record_id,) if level else (),
        penalties=tuple(sorted(one.record_id for one in penalties)),
        acts=tuple(sorted(found)),
        of_the_trade=level is not None or bool(of_sector),
    )


def _of_sector(scheme: Scheme, grounds: Iterable[Ground]) -> list[Ground]:
    trigger = penalty_trigger(scheme.sector)
    return [one for one in grounds if one.trigger == trigger]


def _counted(penalties: Iterable[Ground], on: date) -> list[Ground]:
    """Return the penalties of the year that counts."""
    first, past = year_counted(on)
    return [one for one in penalties if one.decided_on is not None and first <= one.decided_on < past]


def _levels(
    scheme: Scheme,
    ids: Sequence[UUID],
    grounds: Mapping[UUID, Sequence[Ground]],
    on: date,
    at: datetime,
) -> dict[UUID, list[_Level]]:
    """Return the levels given to each: by a record of the evaluation, else by a list that carries them."""
    found: dict[UUID, list[_Level]] = {}
    evaluated = versions_as_of(ids, at, class_id=EVALUATION)
    decisions = newest_decisions({one.subject_id for one in evaluated}, at, class_id=EVALUATION)
    for version in evaluated:
        level = _of_evaluation(scheme, version, decisions, on)
        if level is not None:
            found.setdefault(version.subject_id, []).append(level)
    for subject_id, level in _of_lists(scheme, grounds, at):
        found.setdefault(subject_id, []).append(level)  # without a day: any record of an evaluation is newer
    return found


def _of_evaluation(
    scheme: Scheme, version: Version, decisions: Mapping[UUID, Taken], on: date
) -> _Level | None:
    fields = content_fields(version.content) if version.content else {}
    state = record_state(kind=Kind(version.kind), held=bool(version.held_reason), erased=version.erased)
    if state.value not in IN_FORCE or scheme_named(fields.get("scheme", "")) is not scheme:
        return None
    if decisions.get(version.record_id, UNDECIDED).outcome in NO_LONGER:
        return None
    given_on = date.fromisoformat(fields["evaluated_on"])
    if not given_on <= on < date.fromisoformat(fields["valid_until"]):
        return None
    return _Level(fields["grade"], version.record_id, given_on)


def _of_lists(
    scheme: Scheme, grounds: Mapping[UUID, Sequence[Ground]], at: datetime
) -> Iterator[tuple[UUID, _Level]]:
    """Yield the levels of listings in force."""
    for list_id, unwritten in scheme.lists.items():
        listed = {
            one.record_id: subject_id
            for subject_id, own in grounds.items()
            for one in own
            if one.trigger == list_trigger(list_id)
        }
        for version in versions_as_of(set(listed.values()), at, class_id=list_id):
            if version.record_id in listed:
                written = content_fields(version.content).get("level") if version.content else None
                yield version.subject_id, _Level(written or unwritten, version.record_id, date.min)
