"""What an agency's key looks like, and what we keep of it."""

import hashlib
import secrets

PREFIX = "gx_"  # so that a scanner can find a key that was published by mistake
RANDOM_BYTES = 32


def new_key() -> str:
    """Return a fresh key. It is shown once and never stored."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def hash_of_key(key: str) -> str:
    """Return what is stored and looked up. No salt: 256 random bits cannot be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()
