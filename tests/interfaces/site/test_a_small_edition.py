"""An office's edition may drop any class: the pages that knew it go on without it."""

import pytest
from cast import AT, QIAO, ZHAO
from desk_cast import Cast, desk_cast
from django.test import Client
from own_edition import own_edition
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.core.law_files import law_documents
from gongxin.flows.load_law import activate_edition, load_edition
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

PAGES = (
    *(
        "/",
        "/licences/",
        "/penalties/",
        "/licences/feed.atom",
        "/penalties/feed.atom",
        "/catalogue/",
        "/statistics/",
    ),
    *(
        "/search/?q=示范",
        "/mine/",
        "/robots.txt",
        "/sitemap.xml",
        "/api/v1/catalogue",
        "/api/v1/search?q=示范",
    ),
    *("/api/v1/records/newest?class=penalty", "/help/", "/about/"),
)
DESK = (
    "",
    "upload/",
    "record/",
    "due/",
    "nil/",
    "reconciliation/",
    "board/",
    "find/?q=示环罚",
    "held/",
    "unlinked/",
)


@pytest.fixture
def cast() -> Cast:
    return desk_cast()


def test_every_page_answers_where_only_one_class_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(csv_of(penalty()), agency=cast.bureau)
    subject = subject_of_code(QIAO, at=AT)
    assert subject
    (view,) = records_of(subject, audience=Audience.AUDITOR, at=AT)
    others = [name.removesuffix(".yaml") for name, _ in law_documents("catalogue")]
    dropped = tuple(name for name in others if name not in {"edition", "tax-a-level"})
    edition = load_edition(documents=own_edition(drop=dropped), actor=ZHAO, at=AT)
    activate_edition(number=edition.number, ground="按批准文号启用", actor=ZHAO, at=AT)
    monkeypatch.setenv("GONGXIN_NOW", "2026-12-01T10:00:00+08:00")
    readers = {"/": Client(), "/desk/": Client()}
    readers["/desk/"].force_login(cast.zhao, backend="django.contrib.auth.backends.ModelBackend")
    asked = [("/", one) for one in (*PAGES, f"/subjects/{subject}/")]
    asked += [("/desk/", f"/desk/{one}") for one in DESK]

    answers = {address: readers[who].get(address).status_code for who, address in asked}

    asked_for = {"purpose": "audit"}
    for address in (f"/desk/subjects/{subject}/", f"/desk/records/{subject}/{view.record_id}/history/"):
        answers[address] = readers["/desk/"].post(address, asked_for).status_code

    gone = {f"/subjects/{subject}/", "/api/v1/records/newest?class=penalty"}
    assert {address: code for address, code in answers.items() if code != 200 and address not in gone} == {}
    assert [answers[address] for address in sorted(gone)] == [422, 404]
