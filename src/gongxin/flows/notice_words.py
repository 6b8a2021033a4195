"""A notice as it reads: its facts looked up and put in words, and the paper it becomes when it is first read.

What a notice about a record says is drawn from the version and the decision that held when it was written;
both are append-only, so it says the same whenever it is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from gongxin.core.cases.repair_law import decided_elsewhere
from gongxin.core.catalogue import Label
from gongxin.core.disclosure import Outcome
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.notices import (
    REPAIR_NOTICE,
    NoticeText,
    facts_in_words,
    notice_day,
    notice_text,
    reference_words,
)
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.queries import profiles

LANGUAGES = ("zh-hans", "en")
ABOUT_A_RECORD = ("record.", "publication.", REPAIR_NOTICE)  # how their kinds begin
Address = tuple[UUID, UUID]  # subject and record


class _Known(NamedTuple):
    """What was recorded and decided about the records of some notices, the oldest first."""

    versions: Mapping[Address, Sequence[Entry]]
    decisions: Mapping[Address, Sequence[Decision]]
    body_fields: Mapping[str, str]  # of a class: the field that names the deciding body


def notice_in_words(notice: Notice, *, language: str) -> NoticeText:
    """Return a notice as it reads in a language: as its paper has it, if it was read or sent before."""
    return notices_in_words([notice], language=language)[0]


def notices_in_words(notices: Sequence[Notice], *, language: str) -> list[NoticeText]:
    """Return notices as they read in a language, in their order."""
    known = _known_of([one for one in notices if one.paper is None])
    labels = _class_labels(notices)
    return [_text(one, known, labels, language) for one in notices]


def freeze(notices: Sequence[Notice]) -> None:
    """Keep these notices as they read now, in both languages, inside the running transaction: once."""
    fresh = [one for one in notices if one.paper is None]
    if not fresh:
        return
    texts = {language: notices_in_words(fresh, language=language) for language in LANGUAGES}
    names = _names(fresh)
    for place, one in enumerate(fresh):
        one.paper = _paper(one, {language: texts[language][place] for language in LANGUAGES}, names)
        Notice.objects.filter(subject_id=one.subject_id, id=one.id, paper__isnull=True).update(
            paper=one.paper
        )


def printed(notice: Notice, *, language: str) -> dict[str, Any]:
    """Return what stands on the paper of a notice whose paper was kept."""
    kept = notice.paper or {}
    text = _text(notice, _Known({}, {}, {}), {}, language)
    return {
        "institution": kept["institution"],
        "addressed": kept["addressed"],
        "day": notice_day(date.fromisoformat(kept["day"]), language=language),
        "title": text.title,
        "paragraphs": list(text.paragraphs),
        "reference": reference_words(notice.id.hex, language=language),
    }


def _paper(notice: Notice, texts: Mapping[str, NoticeText], names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "institution": settings.IDENTITY.institution,
        "addressed": notice.agency.name if notice.agency else names.get(notice.subject_id, ""),
        "day": legal_day(notice.at).isoformat(),
        **{
            language: {"title": text.title, "paragraphs": list(text.paragraphs)}
            for language, text in texts.items()
        },
    }


def _text(notice: Notice, known: _Known, labels: Mapping[str, Label], language: str) -> NoticeText:
    if notice.paper is not None:
        kept = notice.paper["en" if language.startswith("en") else "zh-hans"]
        return NoticeText(kept["title"], tuple(kept["paragraphs"]))
    facts = {**_facts_of_record(notice, known), **notice.facts}
    words = facts_in_words(facts, language=language, class_labels=labels)
    return notice_text(notice.kind, words, language=language)


def _facts_of_record(notice: Notice, known: _Known) -> dict[str, Any]:
    if notice.record_id is None or not notice.kind.startswith(ABOUT_A_RECORD):
        return {}
    address = (notice.subject_id, notice.record_id)
    version = _last(known.versions.get(address, ()), "recorded_at", notice.at)
    decision = _last(known.decisions.get(address, ()), "decided_at", notice.at)
    said = {**(_said_by_version(version) if version else {}), **(_decided(decision) if decision else {})}
    return {
        **said,
        **(_repaired_by(version, known) if version and decision and _may_be_repaired(decision) else {}),
    }


def _repaired_by(version: Entry, known: _Known) -> dict[str, str]:
    """Return who decides about repair, and where it is asked for if not here: as the page of repair says."""
    field = known.body_fields.get(version.class_id, "")
    elsewhere = decided_elsewhere(content_fields(version.content).get(field) or version.agency.name)
    if elsewhere is None:
        return {"repairer": version.agency.name}
    return {"repairer_elsewhere": version.agency.name, "elsewhere": elsewhere.key}


def _said_by_version(version: Entry) -> dict[str, str]:
    return {
        "class": version.class_id,
        "document_number": version.document_number,
        "decided_on": version.decided_on.isoformat() if version.decided_on else "",
        "agency": version.agency.name,
    }


def _decided(decision: Decision) -> dict[str, str]:
    withheld = decision.outcome == Outcome.WITHHELD
    shown = decision.outcome == Outcome.PUBLISHED
    until = legal_day(decision.publish_until).isoformat() if decision.publish_until else ""
    repairable = decision.repairable_from
    later = decision.share_until is not None and decision.share_until > decision.decided_at
    shared = decision.share_until if later else None
    return {
        "penalty_class": decision.penalty_class,
        "why": decision.reason if withheld else "",
        "ended_on": legal_day(decision.decided_at).isoformat() if decision.outcome == Outcome.ENDED else "",
        "source": decision.source if shown else "",
        "shown_until": until if shown else "",
        "shared_until": legal_day(shared).isoformat() if withheld and shared else "",
        "repairable_from": repairable.isoformat() if repairable and _may_be_repaired(decision) else "",
    }


def _may_be_repaired(decision: Decision) -> bool:
    """Return whether repair would end anything early, also of what is shared and not shown."""
    early = decision.repairable_from
    if early is None or decision.outcome == Outcome.PUBLISHED:
        return early is not None
    until = decision.share_until if decision.outcome == Outcome.WITHHELD else None
    return until is not None and until > decision.decided_at and early < legal_day(until)


def _last(rows: Sequence[Any], name: str, at: datetime) -> Any:
    return next((row for row in reversed(rows) if getattr(row, name) <= at), None)


def _known_of(notices: Iterable[Notice]) -> _Known:
    about = [one for one in notices if one.record_id and one.kind.startswith(ABOUT_A_RECORD)]
    wanted = {
        "subject_id__in": {one.subject_id for one in about},
        "record_id__in": {one.record_id for one in about},
    }
    versions = Entry.objects.filter(**wanted).select_related("agency").defer("salt")
    decisions = Decision.objects.filter(**wanted)
    return _Known(
        _by_address(versions.order_by("recorded_at", "id")) if about else {},
        _by_address(decisions.order_by("decided_at", "id")) if about else {},
        _body_fields(about),
    )


def _body_fields(notices: Sequence[Notice]) -> dict[str, str]:
    if not notices:
        return {}
    classes = classes_by_id(on=legal_day(max(one.at for one in notices)))
    return {class_id: found.role("deciding_body") or "" for class_id, found in classes.items()}


def _by_address(rows: Iterable[Any]) -> dict[Address, list[Any]]:
    found: dict[Address, list[Any]] = {}
    for row in rows:
        found.setdefault((row.subject_id, row.record_id), []).append(row)
    return found


def _class_labels(notices: Sequence[Notice]) -> dict[str, Label]:
    if not notices:
        return {}
    classes = classes_by_id(on=legal_day(max(one.at for one in notices)))
    return {class_id: found.label for class_id, found in classes.items()}


def _names(notices: Sequence[Notice]) -> dict[UUID, str]:
    found = profiles({one.subject_id for one in notices}, at=max(one.at for one in notices))
    return {subject_id: one.name for subject_id, one in found.items()}
