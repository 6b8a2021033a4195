"""What a request about a nil return says: which class and month, or why it is taken back."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import RawPostDataException

from gongxin.core.catalogue import Label
from gongxin.core.leaks import holds_personal_number
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.bodies import LONGEST_REASON, SHORTEST_REASON

MONTH_LENGTH = len("2026-10")
STATEMENT = Label('{"class": 事项, "month": "2026-10"}', '{"class": id, "month": "2026-10"}')
REASON = Label('{"reason": 理由}', '{"reason": text}')


@dataclass(frozen=True, slots=True)
class Statement:
    """Of which class nothing was decided, and in which month, by its first day."""

    class_id: str
    month: date


def statement_of(request: HttpRequest) -> Statement:
    """Return what is stated. Raises Refused for a body that does not say it."""
    said = object_of(request, STATEMENT)
    class_id, month = said.get("class"), said.get("month")
    if not isinstance(class_id, str) or not isinstance(month, str) or len(month) != MONTH_LENGTH:
        raise refusals.unreadable_body(STATEMENT)
    try:
        return Statement(class_id, date.fromisoformat(f"{month}-01"))
    except ValueError as no_month:
        raise refusals.unreadable_body(STATEMENT) from no_month


def reason_of(request: HttpRequest) -> str:
    """Return why, in one line. Raises Refused for no reason, and for one that holds a person's number."""
    reason = object_of(request, REASON).get("reason")
    if not isinstance(reason, str):
        raise refusals.unreadable_body(REASON)
    line = " ".join(reason.split())
    if not SHORTEST_REASON <= len(line) <= LONGEST_REASON or not line.isprintable():
        raise refusals.no_reason(SHORTEST_REASON, LONGEST_REASON)
    if holds_personal_number(line):
        raise refusals.reason_of_a_person()
    return line


def object_of(request: HttpRequest, form: Label) -> dict[str, Any]:
    """Return the JSON object a request sends. Raises Refused for another body, saying the `form`."""
    try:
        said = json.loads(request.body)
    except RequestDataTooBig as big:
        raise refusals.too_large() from big
    except (ValueError, RecursionError, RawPostDataException) as unreadable:
        raise refusals.unreadable_body(form) from unreadable
    if not isinstance(said, dict):
        raise refusals.unreadable_body(form)
    return said
