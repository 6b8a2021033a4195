"""Subjects as JSON."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gongxin.interfaces.api.public_v1.records import moment, subject_address
from gongxin.interfaces.pages.subject_words import SCHEMES, region_in_words
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.publication.search import Hit
from gongxin.registry.subjects.queries import Profile
from gongxin.registry.subjects.successions import Succession


def subject_json(known: Profile) -> dict[str, Any]:
    """Return who a subject is, by its public name and the identifiers anyone may use."""
    return {
        "id": known.subject_id,
        "kind": known.kind,
        "database": known.database,
        "name": known.public_name,
        "code": known.code,
        "identifiers": [
            {"scheme": scheme, "value": value} for scheme, value in known.identifiers if scheme in SCHEMES
        ],
        "former_names": known.former_names,
        "other_names": known.other_names,
        "absorbed": known.absorbed,
        "region": region_json(known.region),
        "links": links(known.subject_id),
    }


def result_json(hit: Hit, known: Profile) -> dict[str, Any]:
    return {
        "id": hit.subject_id,
        "name": hit.name,
        "code": hit.code,
        "database": known.database,
        "region": region_json(known.region),
        "former_name": hit.former_name,
        "other_name": hit.other_name,
        "links": links(known.subject_id),
    }


def region_json(code: str) -> dict[str, str]:
    return {"code": code, "name": region_in_words(code, language="zh-hans")}


def successions_json(successions: Iterable[Succession]) -> list[dict[str, Any]]:
    """Return both ways from whom and to whom rights and duties passed by law."""
    return [
        {
            "role": "successor" if one.is_successor else "predecessor",
            "id": one.other.subject_id,
            "name": one.other.public_name,
            "code": one.other.code,
            "kind": one.kind,
            "on": moment(one.on),
        }
        for one in successions
    ]


def counted(views: Iterable[RecordView]) -> dict[str, int]:
    return dict(Counter(view.class_id for view in views))


def links(subject_id: UUID) -> dict[str, str]:
    address = subject_address(subject_id)
    return {"self": address, "records": f"{address}/records", "page": f"/subjects/{subject_id}/"}
