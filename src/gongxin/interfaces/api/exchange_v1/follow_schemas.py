"""What the exchange asks and answers about follows."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from gongxin.core.follows import LABELS, Change
from gongxin.interfaces.api.exchange_v1.schemas import Words
from gongxin.registry.checks.follows import Told, runs
from gongxin.registry.checks.models import Follow
from gongxin.registry.subjects.queries import Profile

FOLLOWS = "/api/exchange/v1/follows"
_TEXT = {"type": "string"}
FOLLOWING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["code", "purpose", "until"],
                    "properties": {
                        "code": _TEXT,
                        "purpose": _TEXT,
                        "basis": _TEXT,
                        "consent": _TEXT,
                        "until": {"type": "string", "format": "date"},
                        "case_number": _TEXT,
                    },
                }
            }
        },
    }
}


class Followed(Schema):
    id: str
    code: str | None
    name: str


class FollowState(Schema):
    follow: str
    subject: Followed
    purpose: str
    basis: str = Field(description="The article, or the number of the consent, on which it rests")
    begun_at: datetime
    until: date = Field(description="The day on which it ends by itself")
    runs: bool
    ended_at: datetime | None
    sealed: bool = Field(description="Hidden from its subject while a seal stands")


class Follows(Schema):
    follows: list[FollowState]
    next: str | None


class Warned(Schema):
    warning: str
    follow: str
    subject: str
    change: str
    label: Words
    class_id: str = Field(description="Of the record; what it says is to be read on the public pages")
    record: str | None
    at: datetime


class Warnings(Schema):
    warnings: list[Warned]
    cursor: str | None
    next: str | None


def follow_json(follow: Follow, subject: Profile, *, at: datetime) -> dict[str, Any]:
    return {
        "follow": str(follow.id),
        "subject": {"id": str(follow.subject_id), "code": subject.code, "name": subject.name},
        "purpose": follow.purpose,
        "basis": follow.basis,
        "begun_at": follow.begun_at,
        "until": follow.until_on,
        "runs": runs(follow, at=at),
        "ended_at": follow.ended_at,
        "sealed": follow.seal_id is not None,
    }


def warning_json(told: Told) -> dict[str, Any]:
    label = LABELS[Change(told.warned.kind)]
    return {
        "warning": str(told.warned.id),
        "follow": str(told.follow.id),
        "subject": str(told.warned.subject_id),
        "change": told.warned.kind,
        "label": {"zh": label.zh, "en": label.en},
        "class_id": told.warned.class_id,
        "record": str(told.warned.record_id) if told.warned.record_id else None,
        "at": told.warned.at,
    }
