import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from gongxin.interfaces.pages.leak_gate import LeakGateMiddleware

pytestmark = pytest.mark.django_db
NUMBER = "110101199003070011"  # made up; its check digit is right


def gate(body, content_type="text/html", path="/"):
    request = RequestFactory().get(path)
    request.resolver_match = None
    return LeakGateMiddleware(lambda _: HttpResponse(body, content_type=content_type))(request)


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=utf-8", "application/json", "text/csv", "text/javascript"]
)
@pytest.mark.parametrize("leak", [NUMBER, "138 0013 8000", "身份证１１０１０１１９９００３０７００１１"])
def test_a_public_text_with_a_persons_number_does_not_leave(content_type, leak, caplog):
    with caplog.at_level(logging.ERROR):
        response = gate(f"<p>…{leak}…</p>", content_type)

    assert response.status_code == 500
    assert leak not in response.text
    assert leak not in caplog.text
    reference = caplog.text.rsplit(maxsplit=1)[-1]
    assert reference in response.text


def test_codes_of_firms_and_document_numbers_leave():
    body = (
        "91990100MA0000001A 示环罚〔2026〕12号 0000-80000001 2026-10-12 019b8b74-1800-7ba2-8df5-dc8515dfad44"
    )

    assert gate(body).text == body


def test_a_picture_is_not_read():
    assert gate(NUMBER.encode(), "image/png").status_code == 200


def test_the_desk_shows_a_clerk_their_own_rows():
    assert gate(NUMBER, path="/desk/submissions/").status_code == 200


def test_the_gate_stands_in_front_of_every_public_page(sun, fined, monkeypatch):
    """The planted fault: a telephone of a person entered as an agency's contact."""
    from gongxin.registry.accounts.models import Agency

    Agency.objects.update(telephone="13800138000")

    for address in (f"/subjects/{fined.subject_id}/", f"/api/v1/subjects/{fined.subject_id}/records"):
        response = sun.get(address)
        assert response.status_code == 500
        assert "13800138000" not in response.text
