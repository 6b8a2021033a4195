"""What a request about checks says: who is asked about, on which matter, as of when; and what was done."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from gongxin.core.catalogue import Label
from gongxin.core.checks import Question
from gongxin.core.checks.questions import LONGEST_NAME
from gongxin.flows.say_done import DONE, Done
from gongxin.interfaces.api.exchange_v1 import check_refusals, refusals
from gongxin.interfaces.api.exchange_v1.bodies import MOST_SUBJECTS
from gongxin.interfaces.api.exchange_v1.statements import object_of
from gongxin.interfaces.clock import UnreadableNow, moment_asked

LONGEST = 4000  # of any text; what may be kept of it is judged where it is kept
QUESTION = Label(
    '{"code", "name"（可省略）, "matter", "at"（日期或带时区的时刻，可省略）, "purpose", "case_number"}；'
    '或以 "subjects": [{"code", "name"}] 代替 "code"，最多 100 个',
    '{"code", "name" (optional), "matter", "at" (a day, or an instant with its zone; optional), "purpose",'
    ' "case_number"}, or "subjects": [{"code", "name"}] in place of "code", up to 100',
)
ACKNOWLEDGED = Label('{"change": 变动编号}，可省略', '{"change": id of the change}, or nothing')
FEEDBACK = Label(
    '{"done": "applied"、"not-applied" 或 "granted", "done_on": 日期, "rule"（可省略）, "note"（可省略）}',
    '{"done": "applied", "not-applied" or "granted", "done_on": day, "rule" (optional), "note" (optional)}',
)


def questions_of(request: HttpRequest, *, key: str, now: datetime) -> tuple[Sequence[Question], bool]:
    """Return what is asked, and whether of several subjects at once. Raises Refused for another body."""
    said = object_of(request, QUESTION)
    several = "subjects" in said
    subjects = _subjects(said) if several else [said]
    moment, matter = _moment(said, now), _text(said, "matter", QUESTION)
    purpose, case_number = _text(said, "purpose", QUESTION), _text(said, "case_number", QUESTION)
    questions = [
        Question(
            code=_text(one, "code", QUESTION, needed=False), name=_name(one), matter=matter, moment=moment,
            purpose=purpose, case_number=case_number,
            request_key=_request_key(key, place if several else None),
        )
        for place, one in enumerate(subjects)
    ]  # fmt: skip
    return questions, several


def _subjects(said: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    subjects = said["subjects"]
    if not isinstance(subjects, list) or not subjects or "code" in said:
        raise refusals.unreadable_body(QUESTION)
    if len(subjects) > MOST_SUBJECTS:
        raise check_refusals.too_many_subjects(len(subjects), MOST_SUBJECTS)
    if not all(isinstance(one, dict) for one in subjects):
        raise refusals.unreadable_body(QUESTION)
    return subjects


def _request_key(key: str, place: int | None) -> str:
    """Return the key of one question; no line break can stand in a header, so none is another's."""
    return key if place is None or not key else f"{key}\n{place}"


def _moment(said: Mapping[str, Any], now: datetime) -> datetime:
    if said.get("at") is None:
        return now
    try:
        return moment_asked(_text(said, "at", QUESTION), now=now)
    except UnreadableNow as unreadable:
        raise refusals.unreadable_body(QUESTION) from unreadable


def _name(said: Mapping[str, Any]) -> str:
    name = _text(said, "name", QUESTION, needed=False)
    if len(name) > LONGEST_NAME:
        raise refusals.unreadable_body(QUESTION)
    return name


def change_of(request: HttpRequest) -> UUID | None:
    """Return which change was read, None for the newest. Raises Refused for another body."""
    if request.headers.get("Content-Length", "0") in {"", "0"}:
        return None
    change = object_of(request, ACKNOWLEDGED).get("change")
    if change is None:
        return None
    try:
        return UUID(_text({"change": change}, "change", ACKNOWLEDGED))
    except ValueError as no_id:
        raise refusals.unreadable_body(ACKNOWLEDGED) from no_id


def done_of(request: HttpRequest) -> Done:
    """Return what was done. Raises Refused for a body that does not say it."""
    said = object_of(request, FEEDBACK)
    done = _text(said, "done", FEEDBACK)
    if done not in DONE:
        raise refusals.unreadable_body(FEEDBACK)
    try:
        done_on = date.fromisoformat(_text(said, "done_on", FEEDBACK))
    except ValueError as no_day:
        raise refusals.unreadable_body(FEEDBACK) from no_day
    rule, note = (_text(said, name, FEEDBACK, needed=False) for name in ("rule", "note"))
    return Done(done=done, done_on=done_on, rule=rule, note=note)


def _text(said: Mapping[str, Any], name: str, form: Label, *, needed: bool = True) -> str:
    """Return a text without the spaces around it; one that is not needed may be left out or empty."""
    text = said.get(name)
    if text is None and not needed:
        return ""
    if not isinstance(text, str) or len(text) > LONGEST or "\0" in text:
        raise refusals.unreadable_body(form)
    if needed and not text.strip():
        raise refusals.unreadable_body(form)
    return text.strip()
