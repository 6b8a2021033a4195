"""Signed answers as compact JWS (RFC 7515) with Ed25519 (RFC 8037): any JOSE library verifies them."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from jwt.api_jws import PyJWS
from jwt.exceptions import InvalidTokenError

ALGORITHM = "EdDSA"
_jws = PyJWS(algorithms=[ALGORITHM])


class NotSigned(Exception):
    """This text carries no signature of a key that is known here."""


def sign(payload: Mapping[str, Any], *, key: Ed25519PrivateKey, key_id: str, kind: str) -> str:
    """Return `payload` as a compact JWS; `kind` is its media type without `application/`."""
    told = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return _jws.encode(told, key, algorithm=ALGORITHM, headers={"kid": key_id, "typ": kind})


def key_id_of(signed: str) -> str:
    """Return which key a JWS says it was signed with. Raises NotSigned."""
    try:
        key_id = str(_jws.get_unverified_header(signed).get("kid", ""))
    except (InvalidTokenError, ValueError) as error:
        raise NotSigned(str(error)) from error
    if not (key_id.isascii() and key_id.isprintable()):  # anybody may paste anything
        raise NotSigned("not an id of a key")
    return key_id


def verified(signed: str, *, key: bytes) -> dict[str, Any]:
    """Return the payload of a JWS that the public `key` (32 bytes) verifies. Raises NotSigned."""
    try:
        payload = _jws.decode(signed, Ed25519PublicKey.from_public_bytes(key), algorithms=[ALGORITHM])
    except InvalidTokenError as error:
        raise NotSigned(str(error)) from error
    told: dict[str, Any] = json.loads(payload)
    return told


def payload_of(signed: str) -> dict[str, Any]:
    """Return the payload of a JWS we made ourselves, unverified."""
    part = signed.split(".")[1]
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return told


def public_jwk(key: bytes) -> dict[str, str]:
    """Return a public key (32 bytes) as a JSON Web Key with its id."""
    jwk = {"crv": "Ed25519", "kty": "OKP", "x": _encoded(key)}
    return {**jwk, "kid": thumbprint(key), "alg": ALGORITHM, "use": "sig"}


def thumbprint(key: bytes) -> str:
    """Return the id of a public key (32 bytes): its RFC 7638 thumbprint."""
    told = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": _encoded(key)}, separators=(",", ":"))
    return _encoded(hashlib.sha256(told.encode()).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
