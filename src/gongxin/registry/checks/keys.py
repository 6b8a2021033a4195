"""The keys that sign answers: the private half sealed in its row, the public half for everybody, for ever."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from gongxin.core import jws
from gongxin.registry import bulk
from gongxin.registry.checks.models import SigningKey
from gongxin.registry.sealing import unwrap, wrap


class NoSigningKey(Exception):
    """Nothing can be signed: run `gongxin init`."""


def home() -> Path:
    return Path(settings.GONGXIN_HOME)


def make_key(*, at: datetime) -> SigningKey:
    """Make the key that signs from now on, inside the running transaction. The one before must be retired."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    return SigningKey.objects.create(
        id=jws.thumbprint(public),
        algorithm=jws.ALGORITHM,
        public_key=public,
        sealed_private_key=wrap(home(), key.private_bytes_raw()),
        made_at=at,
    )


def signing_key() -> tuple[str, Ed25519PrivateKey]:
    """Return the key that signs now and its id. Raises NoSigningKey."""
    found = bulk.select(
        "SELECT id, sealed_private_key FROM checks_signingkey WHERE algorithm = %s AND retired_at IS NULL",
        jws.ALGORITHM,
    )
    if not found:
        raise NoSigningKey
    [(key_id, sealed)] = found
    return key_id, _opened(home(), bytes(sealed))


@lru_cache(maxsize=4)
def _opened(folder: Path, sealed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(unwrap(folder, sealed))


def public_keys() -> list[SigningKey]:
    """Return every key that ever signed, the newest first: what a retired one signed stays verifiable."""
    return list(SigningKey.objects.order_by("-made_at"))
