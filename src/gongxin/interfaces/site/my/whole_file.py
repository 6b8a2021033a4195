"""Everything held about a subject as one document: complete, with the keys that docs/my.md describes.

Who sent, decided or looked is told as a body, never as a person.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from gongxin.core.cases.kinds import number_in_words
from gongxin.core.disclosure import Audience
from gongxin.core.lists import list_of_class
from gongxin.flows.notice_words import notices_in_words
from gongxin.interfaces.site.my.acting import Acting
from gongxin.interfaces.site.my.cases import is_of_another
from gongxin.interfaces.site.my.held import Held, held_about
from gongxin.registry.audit.looks import LookTold, looks_at
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.cases.queries import (
    cases_of,
    clocks_of,
    evidence_of,
    parts_of,
    points_of,
    steps_of_case,
)
from gongxin.registry.cases.statements import statements_of
from gongxin.registry.intake.coverage import Covered, coverage
from gongxin.registry.ledger.history import PastVersion, Step, steps_by_record, versions_by_record
from gongxin.registry.mandates.queries import every_mandate, stands
from gongxin.registry.notices.models import Notice
from gongxin.registry.notices.queries import notices_to, opened_among
from gongxin.registry.publication.history import PastDecision, decisions_by_record
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.publication.usable import held_from_use
from gongxin.registry.subjects.absorbed import absorbed_among

VERSION = 1  # of these keys
ALL = 1_000_000


def whole_file(acts: Acting, held: Held | None = None) -> dict[str, Any]:
    """Return everything held about who acts, as it stands at this moment."""
    held = held or held_about(acts)
    return {
        "version": VERSION,
        "as_of": said(acts.at),
        "subject": _subject(acts),
        "records": _records(acts, held),
        "cases": [_case(one) for one in cases_of(acts.subject_ids)],
        "statements": _statements(acts),
        "notices": _notices(acts),
        "looks": [_look(one) for one in all_looks(acts)],
        "mandates": _mandates(acts),
        "coverage": [_covered(one) for one in coverage(at=acts.at)],
    }


def said(value: datetime | date | None) -> str | None:
    return None if value is None else value.isoformat()


def all_looks(acts: Acting) -> Sequence[LookTold]:
    return looks_at(acts.subject_ids, audience=Audience.SUBJECT, at=acts.at, limit=ALL).looks


def _subject(acts: Acting) -> dict[str, Any]:
    known = acts.known
    return {
        "id": str(known.subject_id),
        "kind": known.kind,
        "database": known.database,
        "name": known.name,
        "code": known.code,
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in known.identifiers],
        "former_names": list(known.former_names),
        "other_names": list(known.other_names),
        "region": known.region,
        "absorbed": [
            {
                "id": str(one.subject_id),
                "names": list(one.names),
                "identifiers": [{"scheme": scheme, "value": value} for scheme, value in one.identifiers],
                "merged_at": said(one.merged_at),
            }
            for one in absorbed_among(acts.subject_ids, at=acts.at)
        ],
    }


def _records(acts: Acting, held: Held) -> list[dict[str, Any]]:
    versions = versions_by_record(acts.subject_ids)
    decisions = decisions_by_record(acts.subject_ids)
    steps = steps_by_record(acts.subject_ids)
    use_held_by = held_from_use(acts.subject_ids)
    return [
        {
            **_record(view),
            # A suit does not halt a listing.
            **_use(view, None if list_of_class(view.class_id) else use_held_by.get(view.record_id)),
            "versions": [_version(one) for one in versions.get(view.record_id, ())],
            "decisions": [_decision(one) for one in decisions.get(view.record_id, ())],
            "steps": [_step(one) for one in steps.get(view.record_id, ())],
        }
        for view in held.views
    ]


def _record(view: RecordView) -> dict[str, Any]:
    plain = (
        "class_id", "adverse", "document_number", "deciding_body", "agency_code", "agency_name",
        "agency_telephone", "agency_address", "record", "publication", "dispute", "repair", "reason",
        "held_reason", "penalty_class", "rule", "source", "provisional", "statement",
    )  # fmt: skip
    days = (
        "decided_on", "publish_from", "publish_until", "share_until", "use_until", "repairable_from",
        "due_on", "recorded_at", "ended_at",
    )  # fmt: skip
    return {
        "id": str(view.record_id),
        **{name: getattr(view, name) for name in plain},
        **{name: said(getattr(view, name)) for name in days},
        "fields": view.fields,
    }


def _use(view: RecordView, held_by: str | None) -> dict[str, Any]:
    """Return from when something may be founded on a record; no day while a review or a suit is open."""
    return {"usable_from": None if held_by else said(view.usable_from), "use_held_by": held_by}


def _version(one: PastVersion) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "edition": one.edition,
        "sent_by": one.agency_name,
        "document_number": one.document_number,
        "decided_on": said(one.decided_on),
        "served_on": said(one.served_on),
        "held_reason": one.held_reason,
        "ground": one.ground,
        "fields": one.fields,
        "content_hash": one.content_hash,
        "recorded_at": said(one.recorded_at),
        "superseded_at": said(one.superseded_at),
        "erased_at": said(one.erased_at),
    }


def _decision(one: PastDecision) -> dict[str, Any]:
    plain = ("outcome", "reason", "penalty_class", "audience", "provisional", "rule", "source")
    days = ("publish_from", "publish_until", "share_until", "use_until", "repairable_from", "due_on")
    told = {name: getattr(one, name) for name in plain}
    return {**told, **{name: said(getattr(one, name)) for name in days}, "decided_at": said(one.decided_at)}


def _step(one: Step) -> dict[str, Any]:
    return {"axis": one.axis, "value": one.value, "at": said(one.at)}


def _case(case: Case) -> dict[str, Any]:
    steps = steps_of_case(case)
    clocks = clocks_of(case)
    return {
        "id": str(case.id),
        "number": number_in_words(case.kind, case.year, case.number),
        "kind": case.kind,
        "entry": case.entry,
        "opened_at": said(case.opened_at),
        "closed_at": said(case.closed_at),
        "statement": "" if is_of_another(case) else case.statement,
        "commitment": case.commitment,
        "evidence": [
            {
                "name": one.name,
                "media_type": one.media_type,
                "size_bytes": one.size_bytes,
                "sha256": one.digest,
            }
            for one in ([] if is_of_another(case) else evidence_of(case))
        ],
        "parts": [_part(one) for one in parts_of(case)],
        "steps": [
            {
                "part": str(one.part_id),
                "act": one.act,
                "at": said(one.at),
                "by": one.party,
                "body": one.agency.name if one.agency else None,
                "reason": one.reason,
                "basis": one.basis,
                "remedy": one.remedy,
            }
            for one in steps
        ],
        "clocks": [
            {
                "part": str(one.part_id),
                "limit": one.limit,
                "responsible": one.responsible.name if one.responsible else None,
                "begun_on": said(one.begun_on),
                "due_on": said(one.due_on),
                "ended": one.ended,
                "ended_at": said(one.ended_at),
            }
            for one in clocks
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "id": str(part.id),
        "record": str(part.record_id) if part.record_id else None,
        "state": part.state,
        "responsible": part.responsible.name if part.responsible else None,
        "waits_until": said(part.waits_until),
        "outcome": part.outcome,
        "reason": part.reason,
        "basis": part.basis,
        "remedy": part.remedy,
        "decided_on": said(part.decided_on),
        "points": [
            {
                "field": one.field,
                "held": one.held,
                "claimed": one.claimed,
                "said": one.said,
                "answer": one.answer,
                "answer_text": one.answer_text,
            }
            for one in points_of(part)
        ],
    }


def _statements(acts: Acting) -> list[dict[str, Any]]:
    return [
        {
            "record": str(one.record_id),
            "text": one.text,
            "at": said(one.at),
            "withdrawn_at": said(one.withdrawn_at),
        }
        for one in statements_of(acts.subject_ids)
    ]


def _notices(acts: Acting) -> list[dict[str, Any]]:
    told = notices_to(acts.subject_ids, limit=ALL)
    texts = notices_in_words(told, language=get_language() or "zh-hans")
    opened = opened_among(told)
    return [
        _notice(one, text.title, text.paragraphs, opened=one.id in opened)
        for one, text in zip(told, texts, strict=True)
    ]


def _notice(notice: Notice, title: str, paragraphs: Sequence[str], *, opened: bool) -> dict[str, Any]:
    return {
        "id": str(notice.id),
        "kind": notice.kind,
        "at": said(notice.at),
        "record": str(notice.record_id) if notice.record_id else None,
        "case": str(notice.case_id) if notice.case_id else None,
        "title": title,
        "paragraphs": list(paragraphs),
        "opened": opened,
    }


def _look(one: LookTold) -> dict[str, Any]:
    return {
        "at": said(one.at),
        "body": one.body,
        "body_code": one.body_code,
        "role": one.role,
        "purpose": one.purpose,
        "case_number": one.case_number,
    }


def _mandates(acts: Acting) -> list[dict[str, Any]]:
    return [
        {
            "holder": one.user.display_name or one.user.username,
            "kind": one.kind,
            "ground": one.ground,
            "from_on": said(one.from_on),
            "until_on": said(one.until_on),
            "revoked_at": said(one.revoked_at),
            "stands": stands(one, at=acts.at),
        }
        for one in every_mandate(acts.subject_ids)
    ]


def _covered(one: Covered) -> dict[str, Any]:
    return {
        "agency_code": one.agency_code,
        "agency_name": one.agency_name,
        "class_id": one.class_id,
        "complete_on": said(one.complete_on),
    }
