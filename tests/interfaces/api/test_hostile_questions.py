"""Whatever a program sends, it is answered in the one form, and never by a fault of ours."""

import json

import pytest
from django.test import Client
from exchange_system import BASE, NIL

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=b"
QUESTIONS = [
    "/api/v1/search?q=%00%00",
    "/api/v1/search?q=%ff%fe",
    "/api/v1/search?q=%F0%9F%98%80%F0%9F%98%80",
    "/api/v1/search?q=" + "乔" * 500,
    "/api/v1/search?q=%22%27%28%29*",
    "/api/v1/search?q=乔木&page=99999999999999999999",
    "/api/v1/subjects/by-code/%00",
    "/api/v1/subjects/by-code/" + "9" * 3000,
    "/api/v1/subjects/by-code/%ED%A0%80",
    "/api/v1/catalogue/%00",
    "/api/v1/records/newest?class=%00",
    "/api/v1/records/newest?class=penalty&limit=99999999999999999999",
    "/api/v1/records/newest?class=penalty&cursor=%00",
    "/api/v1/records/newest?class=penalty&cursor=%F0%9F%98%80",
    "/api/v1/records/newest?class=penalty&cursor=" + "A." * 2000,
]
LISTS = [
    f"{BASE}?limit=99999999999999999999",
    f"{BASE}?offset=99999999999999999999",
    f"{BASE}?cursor=%00",
    f"{NIL}?limit=99999999999999999999",
    f"{NIL}?cursor=%00",
    f"{BASE}/00000000-0000-0000-0000-000000000000/problems?format=exe",
]
BODIES = [
    ("application/json", b"[" * 200_000),
    ("application/json", b'{"class": "penalty", "rows": [{"a": ' + b"[" * 900 + b"]" * 900 + b"}]}"),
    ("application/json", b'{"class": "penalty", "rows": [{"a": "\\ud800"}]}'),
    ("application/json", b'{"class": "penalty", "rows": [{"\\u0000": "\\u0000"}]}'),
    ("application/json", b'{"class": "penalty", "rows": [{"a": NaN, "b": 1e999}]}'),
    ("application/json", b'{"class": "penalty", "rows": [{"a": ' + b"9" * 5000 + b"}]}"),
    ("application/json", b'{"class": {"a": 1}, "rows": [{}]}'),
    ("application/json", b"\xff\xfe"),
    ("application/json", b'"' + b"x" * 3_000_000),
    ("application/x-ndjson", b""),
    ("application/x-ndjson", b"\x00\xff" * 100),
    (MULTIPART, b"no parts at all"),
    ("multipart/form-data", b"no boundary"),
    (
        MULTIPART,
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="\x00.csv"\r\n\r\na,b\r\n--b--\r\n',
    ),
    (
        MULTIPART,
        b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % n for n in range(3000)),
    ),
    ("", b"x"),
    ("text/html; charset=no-such-charset", b"x"),
]
STATEMENTS = [
    ("application/json", body)
    for body in (
        b'{"class": "\\u0000", "month": "2026-09", "reason": "\\u0000 and more"}',
        b'{"class": "\\ud800", "month": "\\ud800", "reason": "\\ud800 and more"}',
        b'{"class": "penalty", "month": "0000-00", "reason": "    "}',
        b'{"class": "penalty", "month": "9999-12", "reason": [1, 2, 3, 4]}',
        '{"class": "penalty", "month": "２０２６-09", "reason": "x"}'.encode(),
    )
]


@pytest.mark.parametrize("address", QUESTIONS)
def test_no_question_is_a_fault_of_ours(fined, address):
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("address", LISTS)
def test_no_question_about_a_list_is_a_fault_of_ours(system, address):
    answer = Client(raise_request_exception=False).get(address, headers=system.headers())

    assert answer.status_code < 500, answer.content


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=range(len(BODIES)))
def test_no_body_is_a_fault_of_ours(system, kind, body):
    answer = Client(raise_request_exception=False).generic(
        "POST",
        f"{BASE}?class=penalty",
        body,
        content_type=kind,
        headers={**system.headers(), "Idempotency-Key": "hostile"},
    )

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert set(json.loads(answer.content)) >= {"type", "title", "status", "detail", "instance", "error"}


@pytest.mark.parametrize("act", ["", "/withdraw"])
@pytest.mark.parametrize(("kind", "body"), [*BODIES, *STATEMENTS])
def test_no_statement_of_nothing_is_a_fault_of_ours(system, kind, body, act):
    stated = system.post(NIL, {"class": "penalty", "month": "2026-09"}).json()["nil_return"]
    address = f"{NIL}/{stated}{act}" if act else NIL

    answer = Client(raise_request_exception=False).generic(
        "POST", address, body, content_type=kind, headers=system.headers()
    )

    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("key", ["\x00", "é" * 80, "😀", " " * 90, "x" * 81])
def test_no_idempotency_key_is_a_fault_of_ours(system, key):
    answer = Client(raise_request_exception=False).post(
        BASE,
        {"class": "penalty", "rows": [{"CF_WSH": "1"}]},
        content_type="application/json",
        headers={**system.headers(), "Idempotency-Key": key},
    )

    assert answer.status_code < 500
