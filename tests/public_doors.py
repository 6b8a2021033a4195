"""Every door by which everyone may meet one record, and what of it would show there."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from urllib.parse import quote
from uuid import UUID

from cast import AT, QIAO, QIAO_NAME
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase
from django.test import RequestFactory

FACT = "未按规定公开排污信息"  # of the record and of nothing else
NUMBER = "示环罚"
EVER_BEFORE = "2099-01-01T00:00:00%2B00:00~2099-01-01~ffffffff-ffff-ffff-ffff-ffffffffffff"
# What tells of the platform's work in numbers: asked apart, as nothing of one record ever stands there.
FIGURES = (
    "/cases/", "/statistics/", "/statistics/published/", "/statistics/published/2026-11/",
    "/statistics/published.csv", "/statistics/published.json", "/statistics/shown.csv",
)  # fmt: skip


@contextmanager
def it_is(at: datetime) -> Iterator[None]:
    """Let every page be asked at `at`."""
    before = os.environ["GONGXIN_NOW"]
    os.environ["GONGXIN_NOW"] = at.isoformat()
    try:
        yield
    finally:
        os.environ["GONGXIN_NOW"] = before


def doors_of_list(list_id: str) -> tuple[str, ...]:
    """Return every door by which everyone may meet Qiao's firm on a list."""
    page = f"/lists/{list_id}/"
    return (page, f"{page}?q={QIAO_NAME}", f"{page}?q={QIAO}", f"{page}list.csv", f"{page}feed.atom")


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation as the public may ask for it: by its id, its name, its code."""

    subject_id: UUID
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Door:
    """An address, and the texts of which none may stand there once the record has ended."""

    address: str
    texts: tuple[str, ...]
    body: str = ""  # of a question that is sent

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]


@dataclass(slots=True)
class Doors:
    """The doors to one record; of each the ETag with which it last showed the record.

    `other` may come to be one with the record's own organisation: its addresses lead to the record then.
    `heir` may succeed it: something of its own shows there, and never the record.
    """

    known: Known
    record_id: UUID
    other: Known
    heir: Known
    kept: dict[Door, str] = field(default_factory=dict)
    own: tuple[Door, ...] = ()
    of_other: tuple[Door, ...] = ()

    def __post_init__(self) -> None:
        ids = (str(self.known.subject_id), str(self.other.subject_id))
        self.own = (*_lists(ids), *self._of(self.known), *_of_heir(self.heir))
        self.of_other = tuple(self._of(self.other))

    @property
    def all(self) -> tuple[Door, ...]:
        return (*self.own, *self.of_other)

    def standing(self) -> set[str]:
        """Return the addresses at which the record shows while it stands and nobody is merged."""
        never = {"/sitemap.xml", *(door.address for door in _of_heir(self.heir))}
        return {door.address for door in self.own} - never

    def showing(self, at: datetime, doors: Sequence[Door] = ()) -> set[str]:
        """Return at which of these doors, or of all, it shows to a reader who sends back what they kept."""
        with it_is(at):
            return {door.address for door in doors or self.all if self._shows(door)}

    def told_in_figures(self, at: datetime) -> str:
        """Return all that the figures say at `at`."""
        with it_is(at):
            return "".join(_told(_answered(Door(address, ()), "")) for address in FIGURES)

    def _of(self, one: Known) -> Iterator[Door]:
        both = (self.known, self.other)  # nothing else shows of either
        names, ids = tuple(one.name for one in both), tuple(str(one.subject_id) for one in both)
        fact, listed = (FACT, NUMBER), (*ids, FACT, NUMBER)
        subject, api = f"/subjects/{one.subject_id}/", f"/api/v1/subjects/{one.subject_id}"
        record, reconcile = f"records/{self.record_id}", "/api/v1/reconcile"
        asked = {"q": {"query": one.name}}
        wanted = {"ids": [str(one.subject_id)], "properties": [{"id": "name"}, {"id": "page"}]}
        match = {"queries": {"q": {"schema": "Company", "properties": {"name": [one.name]}}}}
        for address, texts in (
            (f"/search/?q={one.name}", listed), (f"/search/?q={one.code}", listed),
            (subject, fact), (f"{subject}penalty/", fact), (f"{subject}{record}/", fact),
            (f"{subject}{record}/not-me/", fact),
            (f"/tip-offs/?q={one.name}", listed), (f"/tip-offs/about/{one.subject_id}/", names),
            (api, names), (f"{api}/records", fact), (f"{api}/{record}", fact),
            (f"{api}/records?at={AT.isoformat().replace('+', '%2B')}", fact),
            (f"/api/v1/search?q={one.name}", listed), (f"/api/v1/subjects/by-code/{one.code}", names),
            (f"{reconcile}?queries={quote(json.dumps(asked))}", ids),
            (f"{reconcile}?extend={quote(json.dumps(wanted))}", names),
            (f"{reconcile}/suggest/entity?prefix={one.name}", ids),
            (f"{reconcile}/flyout?id={one.subject_id}", names),
            (f"{reconcile}/preview/{one.subject_id}", names),
        ):  # fmt: skip
            yield Door(address, texts)
        yield Door("/api/v1/match", ids, json.dumps(match))

    def _shows(self, door: Door) -> bool:
        answer = _answered(door, self.kept.get(door, ""))
        if answer.status_code == 304:
            return True  # what the reader kept, with the record in it, is said to hold
        told = _told(answer)
        found = any(text in told for text in door.texts)
        if found:
            cached = answer.headers.get("Cache-Control", "max-age=0")
            assert "max-age=0" in cached or "no-store" in cached, door.address
            self.kept[door] = answer.headers.get("ETag", "")
        return found


def _lists(ids: tuple[str, ...]) -> Iterator[Door]:
    """Yield the doors that name nobody: what is new, what was decided in a month, what is followed."""
    for address in (
        "/", "/penalties/", "/penalties/?body=示范", f"/penalties/?before={EVER_BEFORE}",
        "/penalties/feed.atom", "/penalties/feed.atom?body=示范", "/sitemap.xml",
        "/api/v1/records/newest?class=penalty",
    ):  # fmt: skip
        yield Door(address, (*ids, FACT, NUMBER))


def _of_heir(heir: Known) -> Iterator[Door]:
    for address in (f"/subjects/{heir.subject_id}/", f"/api/v1/subjects/{heir.subject_id}/records"):
        yield Door(address, (FACT, NUMBER))


@cache
def _handler() -> BaseHandler:
    """Return the product itself, every middleware with it; a test client would keep all it renders too."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _answered(door: Door, kept: str) -> HttpResponseBase:
    asked = RequestFactory(headers={"If-None-Match": kept} if kept else {})
    if door.body:
        request = asked.post(door.address, door.body, content_type="application/json")
    else:
        request = asked.get(door.address)
    answer = _handler().get_response(request)
    assert answer.status_code < 500, door.address
    return answer


def _told(answer: HttpResponseBase) -> str:
    return answer.headers.get("Location", "") + b"".join(answer).decode()
