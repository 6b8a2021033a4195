"""An answer as it is told and signed: in both languages, every measure with its article and record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core.catalogue import Citation, Label
from gongxin.core.checks import ListAsked, Reckoned, Verdict, WhyNot
from gongxin.core.checks.reckoning import Applying, Ground
from gongxin.core.checks.words import INCOMPLETE, UNDECIDED, remedy, verdict_label, why_label
from gongxin.core.legal_day import SHANGHAI
from gongxin.core.measures import Matter
from gongxin.core.sources import sources
from gongxin.registry.subjects.queries import Profile

Told = dict[str, Any]


def answer_about(
    subject: Profile,
    scene: Matter,
    found: Reckoned,
    asked: Sequence[ListAsked],
    *,
    check_id: UUID,
    moment: datetime,
    asked_at: datetime,
    valid_until: datetime,
    named: str,
) -> Told:
    """Return what is told about one organisation; `named` is the name the asker wrote, which only warns."""
    told: Told = {
        "id": str(check_id),
        **_head(scene, found.verdict, moment, asked_at),
        "subject": _subject(subject),
        "measures": [_measure(one) for one in found.applying],
        "records": list(_records(found.applying)),
        "lists_asked": [list_in_words(one) for one in asked],
        "valid_until": valid_until.isoformat(),
        "remedy": _label(remedy()) if found.applying else None,
    }
    if found.verdict is Verdict.CANNOT_TELL:
        why = UNDECIDED if found.undecided else INCOMPLETE
        told["why"] = {"code": why, **_label(why_label(why))}
    if named and named not in {subject.name, subject.public_name, *subject.former_names}:
        told["warnings"] = [{"code": "name-differs", **_label(_NAME_DIFFERS)}]
    return told


_NAME_DIFFERS = Label(
    "所填名称与代码所指主体的名称不同，以代码为准。",
    "The name given is not that of the subject this code means; the code decides.",
)


def answer_without_subject(
    scene: Matter,
    verdict: Verdict,
    why: WhyNot,
    *,
    check_id: UUID,
    moment: datetime,
    asked_at: datetime,
    near: Sequence[Profile],
) -> Told:
    """Return what is told where nobody could be asked about. It holds no longer than it takes to read."""
    return {
        "id": str(check_id),
        **_head(scene, verdict, moment, asked_at),
        "subject": None,
        "why": {"code": why.value, **_label(_why(scene, why))},
        "candidates": [
            {"id": str(one.subject_id), "code": one.code, "name": one.public_name} for one in near
        ],
        "measures": [],
        "records": [],
        "lists_asked": [],
        "valid_until": asked_at.isoformat(),
        "remedy": None,
    }


def _head(scene: Matter, verdict: Verdict, moment: datetime, asked_at: datetime) -> Told:
    return {
        "verdict": verdict.value,
        "label": _label(verdict_label(verdict, moment=moment_in_words(moment))),
        "matter": {"id": scene.id, **_label(scene.label)},
        "moment": moment.isoformat(),
        "asked_at": asked_at.isoformat(),
    }


def _subject(one: Profile) -> Told:
    return {"id": str(one.subject_id), "code": one.code, "name": one.public_name}


def moment_in_words(moment: datetime) -> Label:
    """Return an instant as an answer names it, by Beijing time."""
    here = moment.astimezone(SHANGHAI)
    return Label(
        f"{here.year}年{here.month}月{here.day}日{here:%H:%M}", f"{here:%H:%M} on {here.day} {here:%B %Y}"
    )


def _why(scene: Matter, why: WhyNot) -> Label:
    if scene.not_served is None:
        return why_label(why)
    told, instead = scene.not_served.why, scene.not_served.instead
    return Label(told.zh + instead.zh, f"{told.en} {instead.en}")


def _measure(one: Applying) -> Told:
    rule = one.rule
    return {
        "id": rule.measure.id,
        "rule": rule.id,
        **_label(rule.measure.label),
        "effect": rule.measure.effect.value,
        "articles": [_article(cited) for cited in (rule.citation, *rule.others)],
        "because": str(one.ground.record_id),
    }


def _article(cited: Citation) -> Told:
    return {"source": cited.source, "title": sources()[cited.source].title.zh, "article": cited.article}


def _records(applying: Sequence[Applying]) -> Sequence[Told]:
    grounds: Mapping[UUID, Ground] = {one.ground.record_id: one.ground for one in applying}
    return [
        {
            "id": str(one.record_id),
            "class": one.class_id,
            "document_number": one.document_number,
            "decided_on": one.decided_on.isoformat() if one.decided_on else None,
            "deciding_body": one.deciding_body,
        }
        for one in grounds.values()
    ]


def list_in_words(one: ListAsked) -> Told:
    """Return how a list that was asked is told: up to which day it was complete, and whether it is used."""
    return {
        "list": one.list.id,
        **_label(one.list.label),
        "complete_on": one.complete_on.isoformat() if one.complete_on else None,
        "stale": one.stale,
        "used": not one.inert,
    }


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
