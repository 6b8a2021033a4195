"""An officer's word about two that may be one: same, different, or cannot tell. One word stands at a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.subjects import Key, conflicting
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.clusters import clusters_of, subject_ids_of
from gongxin.registry.subjects.doubts import ASKED
from gongxin.registry.subjects.models import DIFFERENT, SAME, Doubt, Identifier, Judgement, Subject


class NotAnOrganisation(Exception):
    """Only organisations are ever one: a professional is merged with nobody."""


class MergedAlready(Exception):
    """The two are one already; only undoing a merge parts them."""


class RowDecided(Exception):
    """The row has been linked or dismissed; nothing is left to doubt."""


class SaidAlready(Exception):
    """This very verdict stands already."""


class NotLive(Exception):
    """Somebody has ended this judgement, or undone this merge, already."""


class CodesConflict(Exception):
    """Valid codes say that the two are two organisations. No likeness and no person overrules that."""

    def __init__(self, one: Key, other: Key) -> None:
        super().__init__(f"{':'.join(one)} {':'.join(other)}")
        self.codes = one, other


class JudgedDifferent(Exception):
    """Somebody judged that one of these and one of those are different; that must be taken back first."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.id.hex)
        self.judgement = judgement


class Absorbed(Exception):
    """One of the two was absorbed by another since: it is its survivor that must be judged."""

    def __init__(self, survivors: Sequence[UUID]) -> None:
        super().__init__(" ".join(one.hex for one in survivors))
        self.survivors = survivors


@transaction.atomic
def doubt_pair(*, subject_id: UUID, other_id: UUID, actor: Actor, at: datetime) -> Doubt:
    """Return the doubt whether two subjects are one: found before, or raised now because `actor` asks.

    Raises whatever `refuse_merge` raises of the pair: no doubt is raised that could not end as the same.
    """
    bulk.one_writer()
    first, second = sorted((subject_id, other_id))
    refuse_merge(first, second)
    doubt, fresh = Doubt.objects.get_or_create(
        subject_id=first,
        other_id=second,
        defaults={"id": fresh_id(at=at), "reason": ASKED, "score": 1, "found_at": at},
    )
    if fresh:
        _audit("doubt.raised", doubt, actor, at, {})
    return doubt


@transaction.atomic
def judge(*, doubt: Doubt, verdict: str, ground: str, actor: Actor, at: datetime) -> Judgement:
    """Let `verdict` stand about a doubt, instead of whatever other verdict stood.

    Raises SaidAlready; RowDecided or MergedAlready for what is settled; for "same" whatever `refuse_merge`
    raises of the pair.
    """
    bulk.one_writer()
    _refuse_settled(doubt)
    standing = Judgement.objects.filter(doubt=doubt, ended_at=None).first()
    if standing is not None and standing.verdict == verdict:
        raise SaidAlready(standing.id.hex)
    if verdict == SAME and doubt.subject_id is not None:
        refuse_merge(doubt.subject_id, doubt.other_id, instead_of=standing)
    if standing is not None:
        end_judgement(standing, ground, actor, at)
    judgement = Judgement.objects.create(
        id=fresh_id(at=at), doubt=doubt, verdict=verdict, ground=ground, at=at, by=actor.written
    )
    told = {"judgement": judgement.id.hex, "verdict": verdict, "ground": ground}
    _audit("doubt.judged", doubt, actor, at, told)
    return judgement


@transaction.atomic
def take_back(*, judgement: Judgement, ground: str, actor: Actor, at: datetime) -> None:
    """Let a judgement stand no longer; the doubt waits again. Raises NotLive, MergedAlready, RowDecided."""
    bulk.one_writer()
    _refuse_settled(judgement.doubt)
    end_judgement(judgement, ground, actor, at)
    told = {"judgement": judgement.id.hex, "verdict": judgement.verdict, "ground": ground}
    _audit("judgement.taken-back", judgement.doubt, actor, at, told)


def end_judgement(judgement: Judgement, ground: str, actor: Actor, at: datetime) -> None:
    """End a judgement, and say why, inside the running transaction. Raises NotLive."""
    ended = Judgement.objects.filter(id=judgement.id, ended_at=None).update(
        ended_at=at, ended_by=actor.written, end_ground=ground
    )
    if ended != 1:
        raise NotLive(judgement.id.hex)


def refuse_merge(one: UUID, other: UUID, *, instead_of: Judgement | None = None) -> list[str]:
    """Return all (hexadecimal) who would be one if these two were.

    Raises NotAnOrganisation, MergedAlready, Absorbed, CodesConflict, JudgedDifferent; the whole cluster of
    each is asked. A judgement to be replaced, `instead_of`, is no obstacle.
    """
    refuse_persons(one, other)
    clusters = clusters_of([one.hex, other.hex])
    here, there = (clusters.get(found.hex, [found.hex]) for found in (one, other))
    if here == there:
        raise MergedAlready(one.hex)
    if (here[0], there[0]) != (one.hex, other.hex):
        raise Absorbed([UUID(here[0]), UUID(there[0])])
    members = [*here, *there]
    if found := conflicting(codes_of(members)):
        raise CodesConflict(*found)
    _refuse_judged_different(here, there, instead_of)
    return members


def codes_of(subject_ids: Sequence[str]) -> list[Key]:
    """Return the codes these subjects (hexadecimal) bear now."""
    borne = Identifier.objects.filter(subject_id__in=subject_ids, until_at=None)
    return list(borne.values_list("scheme", "value"))


def refuse_persons(*subject_ids: UUID) -> None:
    """Raise NotAnOrganisation unless all are organisations."""
    organisations = Subject.objects.filter(id__in=subject_ids, kind="organisation").count()
    if organisations != len(set(subject_ids)):
        raise NotAnOrganisation(" ".join(one.hex for one in subject_ids))


def _refuse_judged_different(here: list[str], there: list[str], instead_of: Judgement | None) -> None:
    """Raise JudgedDifferent if a verdict stands that parts someone here from someone there."""
    members = [UUID(one) for one in (*here, *there)]
    standing = Judgement.objects.filter(
        verdict=DIFFERENT, ended_at=None, doubt__subject_id__in=members, doubt__other_id__in=members
    ).select_related("doubt")
    for judgement in standing:
        if judgement == instead_of:
            continue
        pair = {_hexadecimal(judgement.doubt.subject_id), judgement.doubt.other_id.hex}
        if len(pair & set(here)) == 1:
            raise JudgedDifferent(judgement)


def _refuse_settled(doubt: Doubt) -> None:
    if doubt.row_id is not None:
        if UnlinkedRow.objects.get(id=doubt.row_id).state != "open":
            raise RowDecided(doubt.row_id.hex)
    elif doubt.subject_id is not None and doubt.other_id in subject_ids_of(doubt.subject_id):
        raise MergedAlready(doubt.id.hex)


def _hexadecimal(found: UUID | None) -> str:
    return found.hex if found else ""


def _audit(action: str, doubt: Doubt, actor: Actor, at: datetime, detail: dict[str, str]) -> None:
    about = {"row": _hexadecimal(doubt.row_id), "subject": _hexadecimal(doubt.subject_id)}
    about = {name: found for name, found in about.items() if found} | {"other": doubt.other_id.hex}
    write_event(
        actor=actor, action=action, object_kind="doubt", object_id=doubt.id.hex, at=at,
        detail={**about, **detail},
    )  # fmt: skip
