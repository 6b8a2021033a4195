import pytest
from cast import QIAO, QIAO_NAME
from sending import an_agency

pytestmark = pytest.mark.django_db


def test_two_characters_find_the_firm(sun, fined):
    (result,) = sun.get("/api/v1/search", {"q": "乔木"}).json()["results"]

    assert (result["name"], result["code"], result["database"]) == (QIAO_NAME, QIAO, "legal-person")
    assert result["links"]["self"] == f"/api/v1/subjects/{fined.subject_id}"


def test_a_result_says_nothing_of_penalties(sun, fined):
    assert "penalty" not in sun.get("/api/v1/search", {"q": "乔木"}).text


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("乔", "too-short"),
        ("", "too-short"),
        ("。，（）", "too-short"),
        ("乔（）", "too-short"),
        ("\0\0", "too-short"),
        ("13800138000", "not-held-here"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_a_code(sun, q, code):
    response = sun.get("/api/v1/search", {"q": q})

    assert response.status_code == 400
    assert response.json()["error"]["code"] == code


def test_a_parameter_that_cannot_be_read_is_refused_in_the_same_form(sun):
    response = sun.get("/api/v1/search", {"q": "乔木", "page": "two"})

    assert response.status_code == 422
    assert set(response.json()["error"]) == {"code", "message"}


def test_a_class_nobody_made_is_not_found(sun):
    an_agency()

    assert sun.get("/api/v1/catalogue/personal-points").json()["error"]["code"] == "not-found"


def test_the_description_loads_nothing_from_elsewhere(sun):
    assert sun.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
    assert sun.get("/api/v1/docs").status_code == 404


def test_an_address_nobody_made_answers_in_json(sun):
    response = sun.get("/api/v1/nothing-here")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not-found"
