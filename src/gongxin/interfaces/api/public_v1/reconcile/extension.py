"""What a client may fetch of the organisations it has found: the columns of its own table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gongxin.flows.screen import shown_organisations
from gongxin.interfaces.api.public_v1.reconcile.candidates import subject_id_in
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import PROPERTIES, property_json
from gongxin.registry.subjects.queries import Profile


def extension_json(ids: Sequence[str], wanted: Sequence[str], *, at: datetime, origin: str) -> dict[str, Any]:
    """Return the wanted values of each id; none for who does not show, as for who does not exist."""
    read = {text: found for text in ids if (found := subject_id_in(text)) is not None}
    known = shown_organisations(read.values(), at=at)
    rows = {text: _row(known.get(read[text]) if text in read else None, wanted, origin) for text in ids}
    return {"meta": [property_json(one) for one in wanted], "rows": rows}


def _row(known: Profile | None, wanted: Sequence[str], origin: str) -> dict[str, list[dict[str, str]]]:
    if known is None:
        return {one: [] for one in wanted}
    return {one: [{"str": value} for value in PROPERTIES[one].values(known, origin)] for one in wanted}
