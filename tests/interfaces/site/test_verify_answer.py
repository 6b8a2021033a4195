"""Sun is shown a signed answer and verifies it: ours or not, what it said, whether it holds. Nothing more."""

import json
from datetime import timedelta

import pytest
from cast import AT, OPERATOR, QIAO_NAME
from checking import asked, fed
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.test import Client
from jwt import PyJWK
from listing_rows import REMOVED, abnormal, listed

from gongxin.core import jws
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key, renew_key
from gongxin.interfaces.commands.main import main
from gongxin.registry.checks.keys import signing_key
from gongxin.registry.checks.models import SigningKey

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _key() -> None:
    ensure_key(actor=OPERATOR, at=AT)


@pytest.fixture
def signed() -> str:
    listed(abnormal())
    fed()
    return asked().signed


def pasted(client: Client, text: str) -> str:
    return client.post("/verify/", {"signed": text}).text


def test_an_answer_of_ours_is_told_with_what_it_said_and_that_it_holds(sun: Client, signed: str) -> None:
    page = pasted(sun, f"  {signed[:40]}\n{signed[40:]} ")

    assert "这一答复是本平台作出的，现在仍然有效。" in page
    assert "截至2026年11月23日10:00，依法应当限制，见下列措施和依据" in page
    assert QIAO_NAME in page
    assert "示例异列〔2026〕3号" in page


def test_the_whole_answer_will_do(sun: Client, signed: str) -> None:
    whole = json.dumps({**jws.payload_of(signed), "signature": signed})

    assert "现在仍然有效" in pasted(sun, whole)


def test_what_replaced_it_is_not_told(sun: Client, signed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(abnormal(**REMOVED), at=AT + HOUR)
    recheck(at=AT + 2 * HOUR)
    monkeypatch.setenv("GONGXIN_NOW", (AT + 3 * HOUR).isoformat())

    page = pasted(sun, signed)

    assert "已不再有效：2026年11月23日 12:00 已由另一答复取代" in page
    assert "未发现应予限制的记录" not in page


def test_one_whose_time_is_over_no_longer_holds(
    sun: Client, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGXIN_NOW", (AT + 24 * HOUR).isoformat())

    assert "已不再有效：有效期已过" in pasted(sun, signed)


def test_a_key_retired_since_is_named_and_the_answer_stays_ours(
    sun: Client, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew_key(actor=OPERATOR, at=AT + HOUR)
    monkeypatch.setenv("GONGXIN_NOW", (AT + 2 * HOUR).isoformat())

    page = pasted(sun, signed)

    assert "现在仍然有效" in page
    assert "其密钥已于2026年11月23日 11:00停用" in page


def test_planted_forgeries_are_not_ours(sun: Client, signed: str) -> None:
    head, body, tail = signed.split(".")
    told = jws.payload_of(signed)
    key_id, key = signing_key()
    stranger = Ed25519PrivateKey.generate()
    renew_key(actor=OPERATOR, at=AT)
    late = {**told, "asked_at": (AT + HOUR).isoformat()}
    for forged in (
        f"{head}.{body[:-2]}AA.{tail}",
        jws.sign(told, key=stranger, key_id=key_id, kind="gongxin-check+jws"),
        jws.sign(told, key=stranger, key_id="\0", kind="gongxin-check+jws"),
        jws.sign(late, key=key, key_id=key_id, kind="gongxin-check+jws"),
        "a.b.c",
        "{",
        '{"signature": 1}',
        "é\u202e",
    ):
        answer = sun.post("/verify/", {"signed": forged})
        assert answer.status_code == 422
        assert QIAO_NAME not in answer.text


def test_the_published_keys_verify_what_was_signed_with_them_retired_or_not(sun: Client, signed: str) -> None:
    renew_key(actor=OPERATOR, at=AT + HOUR)

    keys = {one["kid"]: one for one in sun.get("/.well-known/jwks.json").json()["keys"]}

    assert len(keys) == SigningKey.objects.count() == 2
    key = keys[jws.key_id_of(signed)]
    assert key["retired_at"] == (AT + HOUR).isoformat()
    assert sum("retired_at" in one for one in keys.values()) == 1
    published = PyJWK(key).key
    assert isinstance(published, Ed25519PublicKey)
    assert jws.verified(signed, key=published.public_bytes_raw())["verdict"] == "restrict"


def test_the_operator_sees_the_keys_and_renews_the_one_that_signs(
    signed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGXIN_NOW", (AT + HOUR).isoformat())

    assert main(["signing-key", "renew", "--json"]) == 0

    new, old = json.loads(capsys.readouterr().out)["keys"]
    assert new["id"] != old["id"] == jws.key_id_of(signed)
    assert (new["retired_at"], old["retired_at"]) == (None, (AT + HOUR).isoformat())
    assert main(["signing-key", "show"]) == 0
    assert old["id"] in capsys.readouterr().out
