"""Records as JSON: what is shown, with its four axes, or the tombstone of what has ended."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from gongxin.core.catalogue import Citation, InformationClass, Label
from gongxin.core.disclosure import Visibility
from gongxin.core.sources import sources
from gongxin.registry.publication.queries import RecordView


def words(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def moment(value: date | datetime | None) -> str | None:
    """Return a day, or an instant in UTC to the millisecond ending in Z, written as the exchange API does."""
    instant = value.astimezone(UTC) if isinstance(value, datetime) else value
    return None if instant is None else str(DjangoJSONEncoder().default(instant))


def basis(citation: Citation) -> dict[str, Any]:
    return {
        "source": citation.source,
        "title": source_title(citation.source),
        "article": citation.article,
        "confidence": citation.confidence,
    }


def source_title(key: str) -> dict[str, str] | None:
    known = sources().get(key)
    return None if known is None else words(known.title)


class Alike(NamedTuple):
    """What every record of one class says alike."""

    label: dict[str, str]
    basis: list[dict[str, Any]]


def alike(information_class: InformationClass) -> Alike:
    return Alike(words(information_class.label), [basis(citation) for citation in information_class.basis])


def records_json(
    views: Sequence[RecordView], classes: Mapping[str, InformationClass]
) -> list[dict[str, Any]]:
    """Return records as the schema says. What a class says is put in words once, not for each of hundreds."""
    shared = {class_id: alike(classes[class_id]) for class_id in {view.class_id for view in views}}
    return [record_json(view, shared[view.class_id]) for view in views]


def record_json(view: RecordView, shared: Alike) -> dict[str, Any]:
    """Return a record, or its tombstone, as the schema says."""
    if view.visibility is not Visibility.SHOWN:
        return {
            "id": view.record_id,
            "visibility": "tombstone",
            **_axes(view),
            "ended_at": moment(view.ended_at),
        }
    return {
        "id": view.record_id,
        "visibility": "shown",
        "class_id": view.class_id,
        "class_label": shared.label,
        "adverse": view.adverse,
        **_axes(view),
        "document_number": view.document_number,
        "decided_on": moment(view.decided_on),
        "deciding_body": view.deciding_body,
        "fields": view.fields,
        "statement": view.statement,
        "agency": _agency(view),
        "basis": shared.basis,
        "term": _term(view),
        **_ends(view),
        "recorded_at": moment(view.recorded_at),
        "links": _links(view),
    }


def _axes(view: RecordView) -> dict[str, str]:
    return {
        "record": view.record,
        "publication": view.publication,
        "dispute": view.dispute,
        "repair": view.repair,
    }


def _agency(view: RecordView) -> dict[str, str]:
    return {
        "code": view.agency_code,
        "name": view.agency_name,
        "telephone": view.agency_telephone,
        "address": view.agency_address,
    }


def _term(view: RecordView) -> dict[str, Any]:
    return {
        "rule": view.rule,
        "source": view.source,
        "title": source_title(view.source),
        "provisional": view.provisional,
    }


def _ends(view: RecordView) -> dict[str, str | None]:
    return {
        "publish_from": moment(view.publish_from),
        "publish_until": moment(view.publish_until),
        "share_until": moment(view.share_until),
        "use_until": moment(view.use_until),
        "repairable_from": moment(view.repairable_from),
    }


def _links(view: RecordView) -> dict[str, str]:
    subject = subject_address(view.subject_id)
    return {
        "self": f"{subject}/records/{view.record_id}",
        "page": f"/subjects/{view.subject_id}/records/{view.record_id}/",
        "subject": subject,
        "information_class": f"/api/v1/catalogue/{view.class_id}",
    }


def subject_address(subject_id: UUID) -> str:
    return f"/api/v1/subjects/{subject_id}"
