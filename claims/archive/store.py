"""The evidence store: content-addressed, write-once, streamed. What every kind of store promises.

Objects are named by the SHA-256 of their bytes and there is no call that changes or removes one.
Who may see an object, and whether it is quarantined, is the caller's business: the store knows bytes only.
"""

import contextlib
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import IO, Any

from claims.errors import FactcheckError, Invalid, NotFound
from claims.media.digest import Digest, Meter, sha256_of

Stored = Digest
SHA256 = re.compile(r"[0-9a-f]{64}")
LEAST_ROOM = 512 * 1024 * 1024  # bytes on the volume, below which health checks say so


class TooLarge(Invalid):
    """More bytes than the limit; nothing was kept. Facts: limit, in bytes."""

    code = "too-large"


class EmptyFile(Invalid):
    """No bytes at all; nothing was kept."""

    code = "empty-file"


class StoreFull(Invalid):
    """No room left on the volume; nothing was kept. The doors answer 507."""

    code = "store-full"


class StoreUnavailable(FactcheckError):
    """The store did not answer or answered wrongly; nothing was acknowledged, trying again is safe."""

    code = "store-unavailable"


class Damaged(FactcheckError):
    """An object under this name exists but holds other bytes. It is left as it is for whoever looks into it."""

    code = "store-damaged"


class NotStored(NotFound):
    """No object of this name."""

    code = "not-stored"


@dataclass(frozen=True)
class Health:
    """What a re-check found: state is ok, missing, changed, truncated, writable, not-a-file or unreadable."""

    sha256: str
    state: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One thing met while walking the store. `sha256` is None for what does not belong there, or not yet: what is
    arriving, or was when its process died."""

    path: str
    sha256: str | None
    size: int
    is_arriving: bool = False


def key_of(sha256: str) -> str:
    """Where an object lies, relative to the top: ab/cd/abcd… Raises NotStored for any but 64 hex digits."""
    if not SHA256.fullmatch(sha256):
        raise NotStored(sha256=sha256[:80])
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def spooled(chunks: Iterable[bytes], *, limit: int, folder: Path) -> Iterator[tuple[Path, Stored]]:
    """A temporary file in `folder` holding the stream, flushed to disk, with its digest.

    The file is gone when the block ends, whatever happened. The limit is checked before each write, so
    the disk never holds more than `limit` bytes of it. Raises TooLarge, EmptyFile, StoreFull.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder, prefix="in-", suffix=".part")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            stored = _received(chunks, file, limit)
            os.fsync(file.fileno())
        yield path, stored
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise StoreFull from error
        raise
    finally:
        path.unlink(missing_ok=True)


def swept(folder: Path, older_than: float) -> int:
    """How many temporary files of `spooled` were removed that nobody has written to since `older_than`."""
    gone = 0
    for path in folder.glob("in-*.part"):
        with contextlib.suppress(FileNotFoundError):  # its upload has ended meanwhile
            if path.lstat().st_mtime < older_than:
                path.unlink()
                gone += 1
    return gone


def _received(chunks: Iterable[bytes], file: IO[bytes], limit: int) -> Stored:
    meter = Meter()
    for chunk in chunks:
        if meter.size + len(chunk) > limit:
            raise TooLarge(limit=limit)
        meter.take(chunk)
        _write_all(file, chunk)
    if not meter.size:
        raise EmptyFile
    return meter.digest()


def _write_all(file: IO[bytes], chunk: bytes) -> None:
    """An unbuffered write may take only a part."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[file.write(rest) :]


class Store(ABC):
    """Bytes by their SHA-256. Two puts of the same bytes leave one object; nothing is ever overwritten."""

    @abstractmethod
    def put(self, chunks: Iterable[bytes], *, limit: int) -> Stored:
        """Keep a stream and say its hashes and size; on return it is on disk for good, or there already.

        Raises TooLarge, EmptyFile, StoreFull, StoreUnavailable, and Damaged when an object of this name
        holds other bytes. On any exception, one raised by the stream included, nothing is left behind.
        """

    @abstractmethod
    def open(self, sha256: str, *, start: int = 0) -> AbstractContextManager[IO[bytes]]:
        """The object as a binary stream from byte `start`. Not always seekable. Raises NotStored."""

    @abstractmethod
    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """The object as a file that a child process can read, while the block lasts. Raises NotStored."""

    @abstractmethod
    def exists(self, sha256: str) -> bool:
        """Is there an object of this name? Never for a user's eyes: it tells what others hold."""

    @abstractmethod
    def size(self, sha256: str) -> int:
        """Bytes of the object. Raises NotStored."""

    @abstractmethod
    def verify(self, sha256: str, *, size: int | None = None) -> Health:
        """Read the object again and say whether it still is what its name says; `size` is the row's."""

    @abstractmethod
    def walk(self) -> Iterator[Found]:
        """Everything that lies in the store, strangers included, in no set order."""

    @abstractmethod
    def sweep(self, older_than: float) -> int:
        """Remove what crashed uploads left on this machine before `older_than` (Unix time); how many files."""

    def chunks(
        self, sha256: str, *, start: int = 0, length: int | None = None, each: int = 1 << 18
    ) -> Iterator[bytes]:
        """The object, or `length` bytes of it from `start`, in pieces of at most `each` bytes."""
        left = length
        with self.open(sha256, start=start) as file:
            while left is None or left > 0:
                piece = file.read(each if left is None else min(each, left))
                if not piece:
                    return
                left = None if left is None else left - len(piece)
                yield piece

    def _health(self, sha256: str, *, held: int, size: int | None) -> Health:
        """Health by reading every byte."""
        actual = sha256_of(self.chunks(sha256, each=1 << 20))
        if actual == sha256:
            return Health(sha256, "ok", {"size": held})
        state = "truncated" if size is not None and held < size else "changed"
        return Health(sha256, state, {"actual_sha256": actual, "size": held, "expected_size": size})
