"""A merge leaves nothing behind: parted again, every page is byte for byte as it was, and so is the past."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from cast import AT, QIAO, QIAO_NAME, ZHAO
from desk_cast import Cast, desk_cast
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from identities import fined, fined_by_word, known_as, merged, number_of

from gongxin.core.disclosure import Audience
from gongxin.flows.judge import Absorbed, MergedAlready
from gongxin.flows.merge import unmerge
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects import clusters
from gongxin.registry.subjects.models import Merge

pytestmark = pytest.mark.django_db

NUMBER = number_of(1)
SHOWN_ELSEWHERE = "示范乔木机械厂"
ASKED = (SHOWN_ELSEWHERE, NUMBER, "示环罚")
END = AT + timedelta(days=2)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*"')

Pages = dict[str, tuple[int, bytes, str]]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.permutations(range(4)).map(lambda places: places[:2])),
        st.tuples(st.just("unmerge"), st.integers(0, 3)),
    ),
    min_size=2,
    max_size=5,
)


def four_that_are_one() -> list[UUID]:
    """Return four subjects, each with records, of whom any may be merged: no code of one conflicts."""
    known_as(QIAO_NAME, ("unified", QIAO))
    known_as("示范乔木机械", ("registration", NUMBER))
    plain = known_as(SHOWN_ELSEWHERE, ("organisation", QIAO[8:17]))
    bare = known_as(QIAO_NAME)
    found = [fined(1, unified=QIAO), fined(2, registration=NUMBER), plain, bare]
    fined_by_word(plain, 3)
    fined_by_word(bare, 4)
    fined_by_word(bare, 5)
    return found


@contextmanager
def it_is(at: datetime) -> Iterator[None]:
    before = os.environ["GONGXIN_NOW"]
    os.environ["GONGXIN_NOW"] = at.isoformat()
    try:
        yield
    finally:
        os.environ["GONGXIN_NOW"] = before


def addresses(subjects: list[UUID], records: Mapping[UUID, list[UUID]]) -> Iterator[str]:
    for subject in subjects:
        yield from (f"/subjects/{subject}/", f"/subjects/{subject}/penalty/")
        yield from (f"/api/v1/subjects/{subject}", f"/api/v1/subjects/{subject}/records")
        for record in records[subject][:1]:
            yield f"/subjects/{subject}/records/{record}/"
            yield f"/api/v1/subjects/{subject}/records/{record}"
    yield from (f"/api/v1/subjects/by-code/{code}" for code in (QIAO, NUMBER, QIAO[8:17]))


FOR_NOW = [  # what these say of the past is not kept
    f"/search/?q={QIAO_NAME}", f"/search/?q={SHOWN_ELSEWHERE}", "/penalties/", "/",
    f"/api/v1/search?q={QIAO_NAME}", f"/api/v1/search?q={NUMBER}", "/api/v1/records/newest?class=penalty",
]  # fmt: skip


class Reader:
    """Reads every page of the four, as everyone and as the officer Zhao."""

    def __init__(self, cast: Cast, subjects: list[UUID]) -> None:
        self.subjects = subjects
        self.records = {
            one: [view.record_id for view in records_of(one, audience=Audience.AUDITOR, at=AT)]
            for one in subjects
        }
        self.zhao = Client()
        self.zhao.force_login(cast.zhao, backend="django.contrib.auth.backends.ModelBackend")

    def now(self) -> Pages:
        pages = {address: self._got(Client().get(address)) for address in FOR_NOW}
        query = {"queries": {"q": {"schema": "Company", "properties": {"name": [SHOWN_ELSEWHERE]}}}}
        found = Client().post("/api/v1/match", json.dumps(query), content_type="application/json")
        pages |= {f"find {one}": self._got(self.zhao.get("/desk/find/", {"q": one})) for one in ASKED}
        return {**self.as_of_now(), **pages, "match": self._got(found)}

    def as_of_now(self) -> Pages:
        pages = {one: self._got(Client().get(one)) for one in addresses(self.subjects, self.records)}
        for one in self.subjects:
            opened = self.zhao.post(f"/desk/subjects/{one}/", {"purpose": "audit"})
            pages[f"desk {one}"] = self._got(opened)
        return pages

    def past(self, at: datetime) -> Pages:
        """Return what is said now of `at`: by the API, and on the desk."""
        asked, pages = at.isoformat(), {}
        for one in self.subjects:
            told = Client().get(f"/api/v1/subjects/{one}/records", {"at": asked})
            opened = self.zhao.post(f"/desk/subjects/{one}/", {"purpose": "audit", "at": asked})
            pages |= {f"past {one}": self._got(told), f"desk {one}": self._got(opened)}
        return pages

    @staticmethod
    def _got(answer) -> tuple[int, bytes, str]:
        return answer.status_code, TOKEN.sub(b"", answer.content), answer.headers.get("Location", "")


def take(what: str, how: object, subjects: list[UUID], at: datetime) -> None:
    if what == "merge":
        with suppress(Absorbed, MergedAlready):
            merged(*(subjects[place] for place in how), at=at)
    elif standing := list(Merge.objects.filter(undone_at=None)):
        unmerge(merge=standing[how % len(standing)], ground="系两家企业", actor=ZHAO, at=at)


def told_and_told_again(taken: list[tuple[str, object]]) -> None:
    """Assert that after these merges and partings, and all parted, nothing is other than before or then."""
    reader = Reader(desk_cast(), four_that_are_one())
    with it_is(END):
        before = reader.now()
    assert {status for status, *_ in before.values()} == {200}
    seen = []
    for hour, (what, how) in enumerate(taken, start=1):
        at = AT + timedelta(hours=hour)
        take(what, how, reader.subjects, at)
        moment = at + timedelta(minutes=1)
        with it_is(moment):
            seen.append((moment, reader.as_of_now()))
        with it_is(END):
            seen[-1] = (*seen[-1], reader.past(moment))
    for made in Merge.objects.filter(undone_at=None):
        unmerge(merge=made, ground="系两家企业", actor=ZHAO, at=AT + timedelta(days=1))

    with it_is(END):
        assert reader.now() == before
    for moment, then, of_then in seen:
        with it_is(moment):
            assert reader.as_of_now() == then
        with it_is(END):
            assert reader.past(moment) == of_then


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps)
def test_merged_and_parted_in_any_order_every_page_is_as_before_and_the_past_as_it_was(taken):
    with transaction.atomic():
        told_and_told_again(taken)
        transaction.set_rollback(True)


def test_a_chain_is_one_on_every_page_and_undone_from_its_middle_parts_there():
    reader = Reader(desk_cast(), four_that_are_one())
    coded, numbered, plain, bare = reader.subjects
    first = merged(bare, plain, at=AT + timedelta(hours=1))
    merged(first.into_id, numbered, at=AT + timedelta(hours=2))
    heads = clusters.clusters_of([bare.hex])[bare.hex]
    merged(UUID(heads[0]), coded, at=AT + timedelta(hours=3))

    with it_is(END):
        one = Client().get(f"/api/v1/subjects/{bare}").json()
        page = Client().get(f"/subjects/{bare}/")
        search = Client().get(f"/api/v1/search?q={SHOWN_ELSEWHERE}").json()

    assert (one["subject"]["id"], one["classes"]) == (str(coded), {"penalty": 5})
    assert {borne["value"] for borne in one["subject"]["identifiers"]} == {QIAO, NUMBER, QIAO[8:17]}
    assert set(one["subject"]["absorbed"]) == {str(found) for found in (numbered, plain, bare)}
    assert SHOWN_ELSEWHERE in one["subject"]["other_names"]
    assert (page.status_code, page.headers["Location"]) == (302, f"/subjects/{coded}/")
    assert [(hit["id"], hit["other_name"]) for hit in search["results"]] == [(str(coded), SHOWN_ELSEWHERE)]


def test_a_reader_that_forgets_when_a_merge_was_undone_is_caught(monkeypatch):
    monkeypatch.setattr(clusters, "MERGED_BY", "at <= %s AND (undone_at IS NULL OR %s > '')")

    with pytest.raises(AssertionError):
        told_and_told_again([("merge", (0, 1)), ("unmerge", 0)])
