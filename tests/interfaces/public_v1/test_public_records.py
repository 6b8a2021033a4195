from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME, REGULATOR
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.interfaces.api.public_v1 import schemas
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
END = "2027-10-12T00:00:00+08:00"


def records(view):
    return f"/api/v1/subjects/{view.subject_id}/records"


def test_a_record_carries_its_axes_agency_basis_and_ends(sun, fined):
    answer = sun.get(records(fined)).json()
    (record,) = answer["records"]

    assert (record["record"], record["publication"], record["dispute"], record["repair"]) == (
        "in_force",
        "published",
        "none",
        "none",
    )
    assert record["agency"] == {
        "code": REGULATOR,
        "name": "示范市生态环境局",
        "telephone": "",
        "address": "",
    }
    assert {"source", "title", "article", "confidence"} == set(record["basis"][0])
    assert datetime.fromisoformat(record["publish_until"]) == datetime.fromisoformat(END)
    assert record["publish_until"].endswith("Z")  # as the exchange API writes it
    assert record["repairable_from"] == "2027-01-12"
    assert record["fields"]["CF_NR_FK"] == "2"
    assert record["fields"]["CF_FRDB"] == "乔*"
    assert record["links"]["page"] == f"/subjects/{fined.subject_id}/records/{fined.record_id}/"


def test_the_answers_are_what_openapi_says(sun, fined):
    schemas.RecordsAnswer.model_validate(sun.get(records(fined)).json())
    schemas.RecordAnswer.model_validate(sun.get(f"{records(fined)}/{fined.record_id}").json())
    schemas.SubjectAnswer.model_validate(sun.get(f"/api/v1/subjects/{fined.subject_id}").json())
    schemas.SearchAnswer.model_validate(sun.get("/api/v1/search", {"q": "乔木"}).json())
    schemas.CatalogueAnswer.model_validate(sun.get("/api/v1/catalogue").json())
    for one in sun.get("/api/v1/catalogue").json()["classes"]:
        schemas.ClassAnswer.model_validate(sun.get(one["links"]["self"]).json())


@pytest.mark.parametrize("address", ["/api/v1/subjects/{}/records", "/subjects/{}/"])
def test_the_edition_in_force_is_asked_once_for_an_answer(sun, fined, address, django_assert_num_queries):
    # The page asks of its own who took over from whom; both ask what is said beside the records.
    with django_assert_num_queries(10 if address.startswith("/s") else 8) as asked:
        sun.get(address.format(fined.subject_id))

    assert sum("catalogue_edition" in query["sql"] for query in asked) == 1


def test_a_subject_is_found_by_its_code(sun, fined):
    answer = sun.get(f"/api/v1/subjects/by-code/{QIAO}").json()

    assert answer["subject"]["name"] == QIAO_NAME
    assert answer["classes"] == {"penalty": 1}
    assert {"scheme": "unified", "value": QIAO} in answer["subject"]["identifiers"]


def test_every_answer_says_until_when_it_may_be_used(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2027-10-11T23:59:30+08:00")

    response = sun.get(records(fined))

    assert datetime.fromisoformat(response.json()["valid_until"]) == datetime.fromisoformat(END)
    assert "max-age=0" in response.headers["Cache-Control"]


def test_of_the_past_an_ended_penalty_is_a_tombstone(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", END)

    response = sun.get(records(fined), {"at": "2026-12-01"})
    (record,) = response.json()["records"]

    assert record == {
        "id": str(fined.record_id),
        "visibility": "tombstone",
        "record": "in_force",
        "publication": "ended",
        "dispute": "none",
        "repair": "none",
        "ended_at": "2027-10-11T16:00:00Z",
    }
    schemas.RecordsAnswer.model_validate(response.json())


def test_what_still_stands_is_shown_of_the_past_as_it_was(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", (AT + timedelta(days=60)).isoformat())

    (record,) = sun.get(records(fined), {"at": "2026-12-01"}).json()["records"]

    assert record["visibility"] == "shown"


def test_before_anything_was_recorded_nothing_is_found(sun, fined):
    assert sun.get(records(fined), {"at": "2026-01-01"}).status_code == 404


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-13-01", "unreadable-moment"),
        ("2026-11-23T10:00:00", "unreadable-moment"),
        ("2030-01-01", "moment-ahead"),
    ],
)
def test_a_moment_that_cannot_be_answered_is_refused_with_a_code(sun, fined, at, code):
    response = sun.get(records(fined), {"at": at})

    assert response.status_code == 400
    assert response.json()["error"]["code"] == code


def test_an_ended_record_is_gone(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", END)

    response = sun.get(f"{records(fined)}/{fined.record_id}")

    assert response.status_code == 410
    assert response.json()["error"]["code"] == "no-longer-shown"


def test_none_and_withheld_get_the_same_answer(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    subject_id = subject_of_code(QIAO, at=AT)
    (own,) = records_of(subject_id, audience=Audience.SUBJECT, at=AT)

    answers = [
        sun.get(address)
        for address in (
            f"/api/v1/subjects/{subject_id}",
            f"/api/v1/subjects/{uuid4()}",
            f"/api/v1/subjects/by-code/{QIAO}",
            "/api/v1/subjects/by-code/91990100MA0000008X",
            f"/api/v1/subjects/{subject_id}/records",
            f"/api/v1/subjects/{subject_id}/records/{own.record_id}",
            f"/api/v1/subjects/{subject_id}/records/{uuid4()}",
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    said = [{**answer.json(), "instance": "what was asked"} for answer in answers]
    assert all(one == said[0] for one in said)


def test_a_reader_who_has_the_answer_is_told_it_is_unchanged(sun, fined):
    first = sun.get(records(fined))

    again = sun.get(records(fined), headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304


def test_the_records_of_twenty_decisions_take_few_questions(sun, fined, django_assert_max_num_queries):
    sent(csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{number}号") for number in range(20, 40))))

    with django_assert_max_num_queries(10):
        assert len(sun.get(records(fined)).json()["records"]) == 21
