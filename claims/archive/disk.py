"""The store on a local disk: the embedded default."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claims.archive.store import (
    SHA256,
    Damaged,
    Found,
    Health,
    NotStored,
    Store,
    Stored,
    key_of,
    spooled,
    swept,
)

READ_ONLY = 0o444
INCOMING = "incoming"


class DiskStore(Store):
    """Objects under `top`/ab/cd/<sha256>, mode 0444; what is arriving lies under `top`/incoming.

    `top` must be a local file system: hard links and fsync are what write-once rests on.
    """

    def __init__(self, top: Path) -> None:
        self.top = top

    def put(self, chunks: Iterable[bytes], *, limit: int) -> Stored:
        """See Store.put. Order: write, fsync, read-only, link without overwriting, fsync the folders."""
        with spooled(chunks, limit=limit, folder=self.top / INCOMING) as (arrived, stored):
            arrived.chmod(READ_ONLY)
            place = self.top / key_of(stored.sha256)
            self._make_folder(place.parent)
            try:
                os.link(arrived, place)
            except FileExistsError:
                self._same(stored)
            _fsync_folder(place.parent)
        return stored

    @contextmanager
    def open(self, sha256: str, *, start: int = 0) -> Iterator[IO[bytes]]:
        """See Store.open. Does not follow a symbolic link put in an object's place."""
        with os.fdopen(self._descriptor(sha256), "rb") as file:
            file.seek(start)
            yield file

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """See Store.local: the object itself, which is read-only."""
        os.close(self._descriptor(sha256))
        yield self.top / key_of(sha256)

    def exists(self, sha256: str) -> bool:
        """See Store.exists."""
        return (self.top / key_of(sha256)).is_file()

    def size(self, sha256: str) -> int:
        """See Store.size."""
        with self.open(sha256) as file:
            return os.fstat(file.fileno()).st_size

    def verify(self, sha256: str, *, size: int | None = None) -> Health:
        """See Store.verify. A file that somebody made writable is named even when its bytes still hold."""
        try:
            facts = (self.top / key_of(sha256)).lstat()
        except FileNotFoundError:
            return Health(sha256, "missing")
        if not stat.S_ISREG(facts.st_mode):
            return Health(sha256, "not-a-file")
        try:
            health = self._health(sha256, held=facts.st_size, size=size)
        except OSError as error:
            return Health(sha256, "unreadable", {"error": type(error).__name__})
        if health.state == "ok" and stat.S_IMODE(facts.st_mode) & 0o222:
            return Health(sha256, "writable", {"mode": f"{stat.S_IMODE(facts.st_mode):04o}"})
        return health

    def walk(self) -> Iterator[Found]:
        """See Store.walk. Files left in `incoming` by a crash are met too, with `sha256` None."""
        for folder, _, names in os.walk(self.top):
            for name in names:
                path = Path(folder) / name
                shown = path.relative_to(self.top).as_posix()
                belongs = bool(SHA256.fullmatch(name)) and shown == key_of(name)
                arriving = Path(folder) == self.top / INCOMING
                try:
                    size = path.lstat().st_size
                except FileNotFoundError:
                    continue  # it has arrived meanwhile
                yield Found(shown, name if belongs else None, size, arriving)

    def sweep(self, older_than: float) -> int:
        """See Store.sweep."""
        return swept(self.top / INCOMING, older_than)

    def _descriptor(self, sha256: str) -> int:
        try:
            return os.open(self.top / key_of(sha256), os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError as error:
            raise NotStored(sha256=sha256) from error

    def _same(self, stored: Stored) -> None:
        """A second arrival is acknowledged only when the first still holds its bytes."""
        health = self.verify(stored.sha256, size=stored.size)
        if health.state not in ("ok", "writable"):
            raise Damaged(sha256=stored.sha256, state=health.state)

    def _make_folder(self, folder: Path) -> None:
        """Make ab/cd so that it survives a power cut: each new name is in a parent that was flushed."""
        missing = [f for f in (folder, folder.parent) if not f.is_dir()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for made in missing:
            _fsync_folder(made.parent)


def _fsync_folder(folder: Path) -> None:
    """Flush a folder's names. Windows cannot open folders; there NTFS journals them."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
