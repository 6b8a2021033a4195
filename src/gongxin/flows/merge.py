"""Two subjects are decided to be one, by two persons; parted again by one, at once.

Entries stay where they were posted (design §7.5): a merge is a row that questions follow, so that undoing it
leaves nothing behind. What the merge shows to be a copy of a record that has ended waits for a person.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.subjects import UNIFIED
from gongxin.flows.copies_of_ended import hold_copies, release_copies
from gongxin.flows.judge import NotLive, end_judgement, refuse_merge
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.publication import showing
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import SAME, Doubt, Identifier, Judgement, Merge, Subject


class OnePersonTwice(Exception):
    """A merge takes two persons: who judged that the two are the same, and who decides."""


class NotAPair(Exception):
    """This judgement is about a row, which is linked and not merged."""


class Choice(NamedTuple):
    """Which of two is absorbed into which, and because of what: has-unified-code | older."""

    absorbed: Subject
    into: Subject
    because: str


@transaction.atomic
def merge(*, judgement: Judgement, decided_by: Actor, ground: str, at: datetime) -> Merge:
    """Let two subjects judged to be the same be one from `at` on.

    Raises NotLive unless the judgement stands and says so, NotAPair, OnePersonTwice, and whatever
    `judge.refuse_merge` raises: much may have happened since it was judged.
    """
    bulk.one_writer()
    judgement = Judgement.objects.select_related("doubt").get(id=judgement.id)
    if judgement.ended_at is not None or judgement.verdict != SAME:
        raise NotLive(judgement.id.hex)
    if judgement.by == decided_by.written:
        raise OnePersonTwice
    doubt = judgement.doubt
    if doubt.subject_id is None:
        raise NotAPair(doubt.id.hex)
    members = refuse_merge(doubt.subject_id, doubt.other_id)
    here = {one.hex for one in subject_ids_of(doubt.subject_id)}
    choice = who_is_absorbed(doubt)
    made = Merge.objects.create(
        id=fresh_id(at=at), judgement=judgement, absorbed=choice.absorbed, into=choice.into, at=at,
        proposed_by=judgement.by, decided_by=decided_by.written, ground=ground,
    )  # fmt: skip
    held = hold_copies(here, set(members) - here, ground=ground, by=decided_by, at=at)
    showing.sum_again(members)
    told = {"because": choice.because, "ground": ground, **({"held": held} if held else {})}
    _audit("subjects.merged", made, decided_by, at, told)
    return made


@transaction.atomic
def unmerge(*, merge: Merge, ground: str, actor: Actor, at: datetime) -> None:
    """Part two merged subjects at once; the judgement the merge stood on ends with it. Raises NotLive.

    What the merge held as a copy, and nobody has decided about, stands as before.
    """
    bulk.one_writer()
    members = [one.hex for one in subject_ids_of(merge.absorbed_id)]
    undone = Merge.objects.filter(id=merge.id, undone_at=None).update(
        undone_at=at, undone_by=actor.written, undo_ground=ground
    )
    if undone != 1:
        raise NotLive(merge.id.hex)
    end_judgement(merge.judgement, ground, actor, at)
    release_copies(merge, members, ground=ground, by=actor, at=at)
    showing.sum_again(members)
    _audit("merge.undone", merge, actor, at, {"ground": ground})


def who_is_absorbed(doubt: Doubt) -> Choice:
    """Return which of a pair a merge would absorb: who has a unified code survives, else the older."""
    pair = list(
        Subject.objects.filter(id__in=[doubt.subject_id, doubt.other_id]).order_by("created_at", "id")
    )
    coded = [one for one in pair if _has_unified_code(one)]
    into, because = (coded[0], "has-unified-code") if len(coded) == 1 else (pair[0], "older")
    return Choice(next(one for one in pair if one != into), into, because)


def _has_unified_code(subject: Subject) -> bool:
    """Return whether the subject, or one it absorbed, bears a unified code."""
    borne = Identifier.objects.filter(subject_id__in=subject_ids_of(subject.id), until_at=None)
    return borne.filter(scheme=UNIFIED).exists()


def _audit(action: str, merge: Merge, actor: Actor, at: datetime, detail: Mapping[str, object]) -> None:
    about = {"absorbed": merge.absorbed_id.hex, "into": merge.into_id.hex, "proposed_by": merge.proposed_by}
    write_event(
        actor=actor, action=action, object_kind="merge", object_id=merge.id.hex, at=at,
        detail={**about, **detail},
    )  # fmt: skip
