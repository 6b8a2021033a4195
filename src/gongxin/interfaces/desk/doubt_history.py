"""Who raised and who decided a case, when and why, from its judgements, merges and the acts about it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_words import VERDICTS
from gongxin.interfaces.desk.history import Happened
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages.history_words import ACTS, in_words
from gongxin.registry.audit.queries import events_of
from gongxin.registry.subjects.models import Doubt, Judgement, Merge
from gongxin.registry.subjects.queries import profiles


def standing_of(doubt: Doubt) -> Judgement | None:
    """Return the judgement that stands about a doubt."""
    return Judgement.objects.filter(doubt=doubt, ended_at=None).first()


def standing_of_each(doubts: Sequence[Doubt]) -> list[Judgement]:
    """Return the judgements that stand about some doubts."""
    return list(Judgement.objects.filter(doubt__in=doubts, ended_at=None))


def happened_to(case: Sequence[Doubt]) -> list[Happened]:
    """Return all that was done about a case, the first act first."""
    judged = list(Judgement.objects.filter(doubt__in=case).select_related("doubt"))
    merges = list(Merge.objects.filter(judgement__in=judged))
    objects = {("unlinked-row", one.row_id.hex) for one in case if one.row_id is not None}
    objects |= {("doubt", one.id.hex) for one in case}
    events = [one for one in events_of(objects) if one.action in ACTS]
    actors = [*(one.by for one in judged), *(one.ended_by or "" for one in judged)]
    actors += [one.decided_by for one in merges] + [one.undone_by or "" for one in merges]
    who = Who([*actors, *(f"{one.actor_kind}:{one.actor}" for one in events)])
    told = [*_judged(judged, who), *_merged(merges, who)]
    told += [
        Happened(
            one.at, in_words(ACTS, one.action), who.in_words(f"{one.actor_kind}:{one.actor}"),
            str(one.detail.get("ground", "")),
        )
        for one in events
    ]  # fmt: skip
    return sorted(told, key=lambda one: one.at)


def _judged(judged: Sequence[Judgement], who: Who) -> Iterator[Happened]:
    known = profiles({one.doubt.other_id for one in judged}, at=clock.now())
    for one in judged:
        name = known[one.doubt.other_id].name if one.doubt.other_id in known else ""
        words = _("%(verdict)s: %(name)s") % {"verdict": VERDICTS[one.verdict], "name": name}
        yield Happened(one.at, words, who.in_words(one.by), one.ground)
        if one.ended_at is not None:
            taken = _("No longer stands: %(words)s") % {"words": words}
            yield Happened(one.ended_at, taken, who.in_words(one.ended_by or ""), one.end_ground or "")


def _merged(merges: Sequence[Merge], who: Who) -> Iterator[Happened]:
    for one in merges:
        yield Happened(one.at, _("Merged"), who.in_words(one.decided_by), one.ground)
        if one.undone_at is not None:
            yield Happened(
                one.undone_at, _("Merge undone"), who.in_words(one.undone_by or ""), one.undo_ground or ""
            )
