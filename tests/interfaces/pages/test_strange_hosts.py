from django.test import Client


def test_a_host_that_is_not_ours_gets_a_page_and_not_a_fault(db) -> None:
    answer = Client().get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.text
