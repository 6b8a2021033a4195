"""Matching in the shape of yente's `/match`: proposals with reasons, of whom something shows."""

import pytest
from cast import QIAO, QIAO_NAME, firm_code
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db
ALIKE = "示范乔木机械有限责任公司"


def asked(sun, properties, **more):
    body = {"queries": {"q": {"schema": "Company", "properties": properties}}}
    address = "/api/v1/match" + (
        "?" + "&".join(f"{key}={value}" for key, value in more.items()) if more else ""
    )
    return sun.post(address, body, content_type="application/json")


def results(sun, properties, **more):
    return asked(sun, properties, **more).json()["responses"]["q"]["results"]


def test_a_name_written_otherwise_is_proposed_with_its_reasons(sun, fined):
    (found,) = results(sun, {"name": [ALIKE]})

    assert (found["id"], found["caption"], found["schema"]) == (str(fined.subject_id), QIAO_NAME, "Company")
    assert found["match"]
    assert found["properties"]["uscCode"] == [QIAO]
    assert found["explanations"]["form"] == {
        "score": 0.97,
        "detail": "legal form: of one kind, written otherwise",
        "detail_zh": "组织形式：同类，写法不同",
    }  # fmt: skip


def test_a_code_decides_and_another_valid_code_blocks(sun, fined):
    (found,) = results(sun, {"name": ["完全不同商贸有限公司"], "registrationNumber": [QIAO]})
    assert (found["score"], found["explanations"]) == (1.0, {})

    assert results(sun, {"name": [QIAO_NAME], "uscCode": [firm_code(9)]}) == []


def test_a_damaged_code_is_said_to_have_been_the_subjects_where_the_name_agrees(sun, fined):
    spoilt = QIAO[:-1] + ("A" if QIAO[-1] != "A" else "B")

    (found,) = results(sun, {"name": [ALIKE], "uscCode": [spoilt]})

    assert found["explanations"]["repair"]["detail_zh"].startswith("第18位由")
    assert results(sun, {"name": ["完全不同商贸有限公司"], "uscCode": [spoilt]}) == []


def test_a_threshold_decides_what_is_a_match_and_a_cutoff_what_is_left_out(sun, fined):
    (found,) = results(sun, {"name": [ALIKE]}, threshold=0.99)
    assert not found["match"]
    assert results(sun, {"name": [ALIKE]}, cutoff=0.99) == []


def test_who_does_not_show_is_not_found_by_name_or_code(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))  # too light to be published

    assert results(sun, {"name": [QIAO_NAME], "registrationNumber": [QIAO]}) == []


def test_a_person_is_not_looked_up(sun, fined):
    assert results(sun, {"name": ["林甲乙"]}) == []
    refused = asked(sun, {"name": ["林甲乙 13800138000"]})
    assert refused.json()["error"]["code"] == "not-held-here"
    assert "13800138000" not in refused.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"queries": {}}',
        '{"queries": {"q": {}}}',
        '{"queries": {"q": {"properties": {"name": "x"}}}}',
        "\x00",
        '{"queries": {"q": {"properties": {"name": ["\\ud800乔木"]}}}}',
        '{"queries": {"\\udfff": {"properties": {"name": ["乔木"]}}}}',
    ],
)
def test_what_is_no_question_is_refused_in_the_house_form(sun, fined, body):
    answer = sun.post("/api/v1/match", body, content_type="application/json")

    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("name", ["", "公", "😀", "公" * 10_000, "\u0000", '"', "(", "有限公司"])
def test_a_strange_name_finds_nothing_and_breaks_nothing(sun, fined, name):
    assert results(sun, {"name": [name]}) == []


def test_twenty_queries_at_once_and_no_more(sun, fined):
    query = {"properties": {"name": [ALIKE]}}
    for many, status in ((20, 200), (21, 422)):
        body = {"queries": {str(number): query for number in range(many)}}
        assert sun.post("/api/v1/match", body, content_type="application/json").status_code == status
