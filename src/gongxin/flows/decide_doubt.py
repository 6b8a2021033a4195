"""An officer decides a doubtful link: a judgement, and what follows from it at once.

A row judged the same as a subject is posted as its record. Two subjects judged the same are only proposed
to be one: a second person decides (`flows.merge`). Everything can be undone.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.flows.judge import Absorbed, NotLive, judge, take_back
from gongxin.flows.link import link_row, unlink_row
from gongxin.flows.merge import unmerge
from gongxin.registry import bulk
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import SAME, Doubt, Judgement, Merge


class OneAtATime(Exception):
    """A row can be the same as one subject only: choose which."""


@transaction.atomic
def decide(*, doubts: Sequence[Doubt], verdict: str, ground: str, actor: Actor, at: datetime) -> None:
    """Judge these doubts, all of one row or one of two subjects; "same" posts the row as the subject's.

    Raises OneAtATime, and whatever `flows.judge` and `flows.link` raise: then nothing is done.
    """
    bulk.one_writer()
    if verdict == SAME and len(doubts) != 1:
        raise OneAtATime
    for doubt in doubts:
        judge(doubt=doubt, verdict=verdict, ground=ground, actor=actor, at=at)
        if verdict == SAME and doubt.row_id is not None:
            _refuse_absorbed(doubt.other_id)
            row = UnlinkedRow.objects.select_related("submission").get(id=doubt.row_id)
            link_row(row=row, subject_id=doubt.other_id, ground=ground, actor=actor, at=at)


@transaction.atomic
def undo(*, doubt: Doubt, ground: str, actor: Actor, at: datetime) -> None:
    """Take back what stands of a doubt: the merge, the posted row, the judgement. It waits again.

    Raises NotLive where nothing stands, and whatever `flows.link.unlink_row` raises.
    """
    bulk.one_writer()
    standing = Judgement.objects.select_related("doubt").filter(doubt=doubt, ended_at=None).first()
    if standing is None:
        raise NotLive(doubt.id.hex)
    merged = Merge.objects.filter(judgement=standing, undone_at=None).first()
    if merged is not None:
        unmerge(merge=merged, ground=ground, actor=actor, at=at)
        return
    if standing.verdict == SAME and doubt.row is not None:
        unlink_row(row=doubt.row, subject_id=doubt.other_id, ground=ground, actor=actor, at=at)
    take_back(judgement=standing, ground=ground, actor=actor, at=at)


def _refuse_absorbed(subject_id: UUID) -> None:
    survivor, *_ = subject_ids_of(subject_id)
    if survivor != subject_id:
        raise Absorbed([survivor])
