"""Finds what may be one and waits for a person: rows without a subject, and two subjects of one name.

It proposes and links nothing. Nothing is proposed to whom a valid code says that it is another organisation,
and no name that may be a person's is looked for (design §1.7).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from gongxin.core.names import is_person_like, names_a_person, normalise_name
from gongxin.core.subjects import UNIFIED, conflicting
from gongxin.core.subjects.corroboration import Assessment, Identifiers, assess, corroborate
from gongxin.core.subjects.repair import agreeing, repairs
from gongxin.flows.identifiers import class_of_row, excluded, identifiers_of_row, identifiers_of_subject
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.intake.unfinished import rows_to_seek
from gongxin.registry.subjects import bulk as subjects
from gongxin.registry.subjects.candidates import candidates
from gongxin.registry.subjects.clusters import survivors
from gongxin.registry.subjects.doubts import (
    DAMAGED_CODE,
    LIKE_NAME,
    SAME_NAME,
    NewDoubt,
    last_name,
    names_compared_through,
    namesakes,
    write_doubts,
    write_namesakes,
)
from gongxin.registry.subjects.models import Doubt
from gongxin.registry.subjects.queries import Profile, profiles

ROWS, NAMES = 20, 2000  # a turn: well under a second, so that a file does not wait
OFFERED, LOOKED_AT = 3, 12
SOUGHT_AGAIN_AFTER = timedelta(days=1)  # its subject may have come into the register since

Failed = Callable[[UUID, Exception], None]


def find_some(*, at: datetime, failed: Failed) -> bool:
    """Look for the subjects of some waiting rows and namesakes of some new names; return whether any were.

    A row that breaks is told to `failed` and rests like one that was sought.
    """
    rows = rows_to_seek(not_since=at - SOUGHT_AGAIN_AFTER, limit=ROWS)
    for row in rows:
        try:
            seek(row=row, at=at)
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (one broken row must not stop the others)
            UnlinkedRow.objects.filter(id=row.id).update(sought_at=at)
            failed(row.id, failure)
    return pair_namesakes(at=at) or bool(rows)


def seek(*, row: UnlinkedRow, at: datetime) -> None:
    """Write down whom a row may be about: at most OFFERED, and nobody its codes exclude."""
    said = identifiers_of_row(row)
    found = _found(row, said, at)
    with transaction.atomic():
        UnlinkedRow.objects.filter(id=row.id).update(sought_at=at)
        _let_go(row, said, at)
        write_doubts(found, at=at)


def pair_namesakes(*, at: datetime, most: int = NAMES) -> bool:
    """Write down which subjects are namesakes of those that came last; return whether any came."""
    after, last = names_compared_through(), last_name()
    if last <= after:
        return False
    through = min(last, after + most)
    pairs = _not_one_yet(namesakes(after=after, through=through), at)
    known = profiles({one for pair in pairs for one in pair}, at=at)
    doubts = [
        NewDoubt(other=other, reason=SAME_NAME, score=1.0, subject=one)
        for one, other in pairs
        if one in known and other in known and not _blocked(known[one], known[other])
    ]
    write_namesakes(doubts, after=after, through=through, at=at)
    return True


def _not_one_yet(pairs: list[tuple[UUID, UUID]], at: datetime) -> list[tuple[UUID, UUID]]:
    """Return the pairs as those who stand for them, without the pairs that are one already."""
    stands = survivors({one.hex for pair in pairs for one in pair}, at=at)
    standing = {tuple(sorted(UUID(stands.get(one.hex, one.hex)) for one in pair)) for pair in pairs}
    return sorted((one, other) for one, other in standing if one != other)


def _blocked(one: Profile, other: Profile) -> bool:
    return conflicting([*one.identifiers, *other.identifiers]) is not None


def _found(row: UnlinkedRow, said: Identifiers, at: datetime) -> list[NewDoubt]:
    if not _may_be_sought(row):
        return []
    by_code = _by_repaired_code(row, said, at)
    by_name = [one for one in _by_name(row, said, at) if one.other not in {each.other for each in by_code}]
    return [*by_code, *by_name][:OFFERED]


def _may_be_sought(row: UnlinkedRow) -> bool:
    about_organisations = class_of_row(row).subject_kind == "organisation"
    person = is_person_like(row.name) or names_a_person(row.name)
    return about_organisations and bool(row.name.strip()) and not person


def _by_name(row: UnlinkedRow, said: Identifiers, at: datetime) -> list[NewDoubt]:
    near = [
        one for one in candidates(row.name, at=at, limit=LOOKED_AT) if one.likeness.verdict != "different"
    ]
    known = profiles([UUID(one.subject_id) for one in near], at=at)
    found = list[tuple[Assessment, NewDoubt]]()
    for one in near:
        subject = known.get(UUID(one.subject_id))
        if subject is None or subject.kind != "organisation" or subject.noindex:
            continue
        assessed = assess(one.likeness, corroborate(said, identifiers_of_subject(subject)))
        if not assessed.blocked:
            reason = SAME_NAME if normalise_name(one.name) == normalise_name(row.name) else LIKE_NAME
            found.append((assessed, NewDoubt(subject.subject_id, reason, assessed.score, row_id=row.id)))
    found.sort(key=lambda pair: (not pair[0].identified, -pair[0].score))
    return [doubt for _, doubt in found[:OFFERED]]


def _by_repaired_code(row: UnlinkedRow, said: Identifiers, at: datetime) -> list[NewDoubt]:
    """Return who bears the row's code with one character put right, and a name that agrees."""
    possible = repairs(said.unified)
    bearers = subjects.subjects_of((UNIFIED, one.code) for one in possible)
    stands = survivors(bearers.values(), at=at)
    by_code = {code: UUID(stands.get(bearer, bearer)) for (_, code), bearer in bearers.items()}
    known = profiles(by_code.values(), at=at)
    borne = {
        code: [known[one].name, *known[one].former_names]
        for code, one in by_code.items()
        if one in known and not known[one].noindex and not excluded(said, known[one])
    }
    return [
        NewDoubt(by_code[one.repair.code], DAMAGED_CODE, one.likeness.score, row_id=row.id)
        for one in agreeing(possible, name=row.name, borne=borne)
    ]


def _let_go(row: UnlinkedRow, said: Identifiers, at: datetime) -> None:
    """Let go of what was found before and a code has answered since; what a person judged stays."""
    unjudged = list(Doubt.objects.filter(row=row, judgements=None))
    known = profiles([one.other_id for one in unjudged], at=at)
    answered = [one.id for one in unjudged if excluded(said, known[one.other_id])]
    Doubt.objects.filter(id__in=answered).delete()
