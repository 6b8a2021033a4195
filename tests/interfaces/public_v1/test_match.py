"""Matching in the shape of yente's `/match`: proposals with reasons, of whom something shows."""

import pytest
from cast import QIAO, QIAO_NAME, firm_code
from django.db import connection
from django.test.utils import CaptureQueriesContext
from identities import fined as fined_firm
from identities import number_of
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db
ALIKE = "示范乔木机械有限责任公司"
OTHER = "完全不同商贸有限公司"


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


def said(result):
    return {key: (one["score"], one["detail_zh"]) for key, one in result["explanations"].items()}


def test_a_code_decides_and_another_valid_code_blocks(sun, fined):
    (found,) = results(sun, {"name": [ALIKE], "registrationNumber": [QIAO]})
    assert (found["score"], found["match"]) == (1.0, True)
    assert said(found) == {"code": (1.0, "代码：校验通过，登记于此主体")}

    assert results(sun, {"name": [QIAO_NAME], "uscCode": [firm_code(9)]}) == []


def test_a_code_whose_bearer_clearly_has_another_name_is_left_to_a_person(sun, fined):
    (found,) = results(sun, {"name": [OTHER], "uscCode": [QIAO]})

    assert (found["id"], found["score"], found["match"]) == (str(fined.subject_id), 1.0, False)
    assert said(found)["name"][0] == 0.0
    assert "明显不同；以代码为准" in said(found)["name"][1]


def test_who_has_the_name_and_no_other_code_is_still_offered_beside_the_codes_bearer(sun, fined):
    named = fined_firm(2, name=OTHER, registration=number_of(1))
    fined_firm(3, name=OTHER, unified=firm_code(9))  # its code is another than the one given

    by_code, by_name = results(sun, {"name": [OTHER], "uscCode": [QIAO]})

    assert [by_code["id"], by_name["id"]] == [str(fined.subject_id), str(named)]
    assert not by_name["match"]
    assert said(by_name)["code"] == (0.0, "代码：所给代码指向另一主体")


def test_codes_of_two_subjects_decide_nothing(sun, fined):
    fined_firm(2, name=OTHER, unified=firm_code(9))

    found = results(sun, {"name": [QIAO_NAME], "uscCode": [QIAO, firm_code(9)]})

    assert [one["match"] for one in found] == [False, False]
    assert {said(one)["code"][1] for one in found} == {"代码：所给代码并不都指向此主体"}


def test_of_two_equally_alike_neither_matches_and_a_code_tells_them_apart(sun, fined):
    fined_firm(2, name=QIAO_NAME, unified=firm_code(9))

    found = results(sun, {"name": [QIAO_NAME]})
    assert [(one["score"], one["match"]) for one in found] == [(1.0, False), (1.0, False)]
    assert all(said(one)["equally-alike"][1] == "另有同样近似的主体，由人判断" for one in found)
    assert len(results(sun, {"name": [QIAO_NAME]}, limit=1)) == 1
    assert not results(sun, {"name": [QIAO_NAME]}, limit=1)[0]["match"]

    (decided,) = results(sun, {"name": [QIAO_NAME], "uscCode": [QIAO]})
    assert (decided["id"], decided["match"]) == (str(fined.subject_id), True)


def test_one_of_whom_nothing_shows_is_no_rival(sun, fined):
    sent(csv_of(penalty(
        CF_CFLB="警告", CF_NR="警告", CF_NR_FK="", CF_WSH="示环罚〔2026〕2号", CF_XDR_SHXYM=firm_code(9)
    )))  # fmt: skip

    (found,) = results(sun, {"name": [QIAO_NAME]})
    assert found["match"]


def test_a_unified_code_alone_is_called_one(sun):
    fined_firm(1, name=OTHER, registration=number_of(1))

    (found,) = results(sun, {"name": [OTHER]})

    assert "uscCode" not in found["properties"]
    assert found["properties"]["registrationNumber"] == [number_of(1)]


def test_a_damaged_code_is_said_to_have_been_the_subjects_where_the_name_agrees(sun, fined):
    spoilt = QIAO[:-1] + ("A" if QIAO[-1] != "A" else "B")

    (found,) = results(sun, {"name": [ALIKE], "uscCode": [spoilt]})

    assert found["explanations"]["repair"]["detail_zh"].startswith("第18位由")
    assert results(sun, {"name": [OTHER], "uscCode": [spoilt]}) == []


def test_a_threshold_decides_what_is_a_match_and_a_cutoff_what_is_left_out(sun, fined):
    (found,) = results(sun, {"name": [ALIKE]}, threshold=0.99)
    assert not found["match"]
    assert results(sun, {"name": [ALIKE]}, cutoff=0.99) == []


def test_who_does_not_show_is_not_found_by_name_or_code(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))  # too light to be published

    assert results(sun, {"name": [QIAO_NAME], "registrationNumber": [QIAO]}) == []


def test_who_does_not_show_takes_no_more_questions_than_who_is_not_there(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    told = set()
    asked(sun, {"name": [QIAO_NAME]})  # what is kept in memory is read before

    for name in (QIAO_NAME, f"{QIAO_NAME[:2]}青禾机械有限公司"):
        with CaptureQueriesContext(connection) as questions:
            told.add((asked(sun, {"name": [name]}).content, len(questions)))

    assert len(told) == 1


def test_a_person_is_not_looked_up(sun, fined):
    assert results(sun, {"name": ["林甲乙"]}) == []


def test_a_persons_number_is_not_looked_up_repeated_or_logged_and_spoils_no_batch(sun, fined, caplog):
    number = "13800138000"
    queries = {
        "q0": {"properties": {"name": [f"林甲乙 {number}"], "uscCode": [QIAO]}},
        "q1": {"properties": {"name": [QIAO_NAME]}},
    }
    answer = sun.post("/api/v1/match", {"queries": queries}, content_type="application/json")
    refused = sun.post("/api/v1/match", {"queries": {number: queries["q1"]}}, content_type="application/json")

    assert [len(one["results"]) for one in answer.json()["responses"].values()] == [0, 1]
    assert refused.json()["error"]["code"] == "not-held-here"
    assert number not in answer.content.decode() + refused.content.decode() + caplog.text


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
