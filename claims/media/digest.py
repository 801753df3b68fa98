"""Hashes and size of a stream that never stands whole in memory."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1024 * 1024


class Readable(Protocol):
    """What we ask of a binary file: read so many bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Digest:
    """Two hashes of different families (lower-case hex) and the number of bytes they were taken over."""

    sha256: str
    sha3_512: str
    size: int


class Meter:
    """Takes chunks as they pass and knows, at any moment, the digest of what went by."""

    def __init__(self) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._sha3_512 = hashlib.sha3_512()

    def take(self, chunk: bytes) -> None:
        """Count one chunk in."""
        self.size += len(chunk)
        self._sha256.update(chunk)
        self._sha3_512.update(chunk)

    def digest(self) -> Digest:
        """The digest of everything taken so far."""
        return Digest(self._sha256.hexdigest(), self._sha3_512.hexdigest(), self.size)


def digest(chunks: Iterable[bytes]) -> Digest:
    """Both hashes and the size of a stream of chunks of any lengths."""
    meter = Meter()
    for chunk in chunks:
        meter.take(chunk)
    return meter.digest()


def chunks_of(file: Readable, size: int = CHUNK) -> Iterator[bytes]:
    """The rest of an open binary file in pieces of at most `size` bytes."""
    while chunk := file.read(size):
        yield chunk


def sha256_of(chunks: Iterable[bytes]) -> str:
    """Only the SHA-256, for re-checks: SHA3-512 costs about nine times as much (measured 2026-11-23)."""
    sha256 = hashlib.sha256()
    for chunk in chunks:
        sha256.update(chunk)
    return sha256.hexdigest()
