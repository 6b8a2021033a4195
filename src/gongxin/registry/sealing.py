"""Keys under GONGXIN_HOME, and what they seal: spooled bytes, keyed hashes.

Four keys, made by `gongxin init`: `session` (Django's), `spool` (wraps the one-time keys),
`lookup` (keyed hashes of what must be found again but not guessed), `tip-off-identity` (wraps the one-time
keys of who gave a tip-off, and of nothing else).
"""

import contextlib
import hashlib
import hmac
import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SPOOL, TIP_OFF_IDENTITY = "spool", "tip-off-identity"
KEY_NAMES = ("session", SPOOL, "lookup", TIP_OFF_IDENTITY)
BLOCK_BYTES = 1 << 20
NONCE_BYTES = 12
TAG_BYTES = 16
WRAPPED_BYTES = NONCE_BYTES + 32 + TAG_BYTES


class NotInitialised(Exception):
    """Run `gongxin init` first: there is no key here yet."""


def make_keys(home: Path) -> list[str]:
    """Make the keys that do not exist yet, readable by their owner only; return their names."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [name for name in KEY_NAMES if not (folder / name).exists()]
    for name in made:
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return made


def _key(home: Path, name: str) -> bytes:
    path = home / "keys" / name
    if not path.exists():
        raise NotInitialised(str(path))
    return bytes.fromhex(path.read_text().strip())


def keyed_hash(home: Path) -> "hmac.HMAC":
    """Return a running keyed hash under the lookup key."""
    return hmac.new(_key(home, "lookup"), digestmod=hashlib.sha256)


def wrap(home: Path, one_time_key: bytes, *, under: str = SPOOL) -> bytes:
    """Return `one_time_key` sealed under the key of that name, to lie in the row it belongs to."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(home, under)).encrypt(nonce, one_time_key, under.encode())


def unwrap(home: Path, wrapped: bytes, *, under: str = SPOOL) -> bytes:
    """Return the one-time key inside `wrapped`. Raises InvalidTag if it was sealed elsewhere."""
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    return AESGCM(_key(home, under)).decrypt(nonce, sealed, under.encode())


def seal_text(home: Path, text: str, *, bound_to: str, under: str = SPOOL) -> bytes:
    """Return `text` sealed under a fresh one-time key, which lies wrapped in front of it.

    It opens only where `bound_to` is said again: what is sealed for one row or person is no other's.
    """
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(NONCE_BYTES)
    wrapped = wrap(home, key, under=under)
    return wrapped + nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())


def open_text(home: Path, sealed: bytes, *, bound_to: str, under: str = SPOOL) -> str:
    """Return the text inside `sealed`. Raises InvalidTag if it was sealed elsewhere or for another."""
    wrapped, rest = sealed[:WRAPPED_BYTES], sealed[WRAPPED_BYTES:]
    nonce, text = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    if len(text) < TAG_BYTES:
        raise InvalidTag
    key = unwrap(home, wrapped, under=under)
    return AESGCM(key).decrypt(nonce, text, bound_to.encode()).decode()


class SealingWriter:
    """Writes bytes to a file sealed under a fresh one-time key, block by block."""

    def __init__(self, path: Path, *, home: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path, self.size = path, 0
        self._home, self._key = home, secrets.token_bytes(32)
        self._hash, self._waiting, self._block = keyed_hash(home), bytearray(), 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")

    def write(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self.size += len(chunk)
        self._waiting += chunk
        while len(self._waiting) >= BLOCK_BYTES:
            self._seal(bytes(self._waiting[:BLOCK_BYTES]))
            del self._waiting[:BLOCK_BYTES]

    def close(self) -> None:
        """Seal what is left and make it durable."""
        self._seal(bytes(self._waiting))
        self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Give the file up: nothing of it stays."""
        with contextlib.suppress(OSError):  # a full disk refuses the last bytes: the file goes all the same
            self._file.close()
        self.path.unlink(missing_ok=True)

    @property
    def wrapped_key(self) -> bytes:
        return wrap(self._home, self._key)

    @property
    def digest(self) -> str:
        """The keyed hash of all bytes written, in hexadecimal."""
        return self._hash.hexdigest()

    def _seal(self, block: bytes) -> None:
        nonce = self._block.to_bytes(NONCE_BYTES, "big")
        self._file.write(AESGCM(self._key).encrypt(nonce, block, None))
        self._block += 1


class _SealedReader(io.RawIOBase):
    """A seekable view of a sealed file in clear; one block in memory at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = path.open("rb")
        self._cipher = AESGCM(key)
        sealed = path.stat().st_size
        blocks = -(-sealed // (BLOCK_BYTES + TAG_BYTES))
        self._size = sealed - blocks * TAG_BYTES
        self._at, self._held, self._clear = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        block, start = divmod(self._at, BLOCK_BYTES)
        if block != self._held:
            self._clear, self._held = self._open_block(block), block
        piece = self._clear[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _open_block(self, block: int) -> bytes:
        self._file.seek(block * (BLOCK_BYTES + TAG_BYTES))
        sealed = self._file.read(BLOCK_BYTES + TAG_BYTES)
        return self._cipher.decrypt(block.to_bytes(NONCE_BYTES, "big"), sealed, None)


def open_sealed(path: Path, *, home: Path, wrapped_key: bytes) -> BinaryIO:
    """Open a sealed file as a seekable binary stream in clear. Nothing clear touches the disk."""
    return io.BufferedReader(_SealedReader(path, unwrap(home, wrapped_key)), buffer_size=BLOCK_BYTES)
