"""The file of a backup: a plain tar whose last member lists every other one with its SHA-256.

database.sqlite3 or database.dump, keys/…, evidence/<sha256>…, manifest.json. A file that was cut short has no
manifest, so it is never taken for a whole one.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from claims.media.digest import sha256_of

FORMAT = 1
MANIFEST = "manifest.json"
EVIDENCE = "evidence/"
KEYS = "keys/"
CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 28


class BackupError(Exception):
    """A backup cannot be taken, trusted or brought back; the text says why, for whoever typed the command."""


@dataclass(frozen=True)
class Member:
    """One file of a backup: SHA-256 in hex, size in bytes."""

    sha256: str
    size: int


@dataclass
class Manifest:
    """What a backup holds. `head` is the last entry of the history when it was begun: its number and SHA-256, or
    empty; the copy of the database holds that entry, and perhaps later ones.
    """

    taken_at: str
    database: str
    migrations: list[str]
    head: dict[str, Any]
    format: int = FORMAT
    members: dict[str, Member] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The manifest as it stands in the file."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


class Writer:
    """Adds members to a tar, noting what went in."""

    def __init__(self, file: IO[bytes], manifest: Manifest) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by `close`
        self.manifest = manifest

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """One member, streamed. Raises BackupError when it is not as long as was said."""
        reader = _Counted(chunks)
        try:
            self._tar.addfile(_header(name, size), reader)
        except OSError as error:
            raise BackupError(f"{name}: {error}") from error
        if reader.n_bytes != size or reader.read(1):
            raise BackupError(f"{name} changed while it was read.")
        self.manifest.members[name] = Member(reader.sha256.hexdigest(), size)

    def close(self) -> None:
        """The manifest, then the end of the tar."""
        body = self.manifest.as_bytes()
        self._tar.addfile(_header(MANIFEST, len(body)), io.BytesIO(body))
        self._tar.close()


class _Counted(io.RawIOBase):
    """Chunks as a file that tarfile can read from, hashed on the way."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""
        self.sha256, self.n_bytes = hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            found = next(self._chunks, None)
            if found is None:
                return b""
            self._rest = found
        piece = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(piece) :]
        self.sha256.update(piece)
        self.n_bytes += len(piece)
        return piece


def _header(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def members(path: Path) -> Iterator[tuple[str, int, Iterator[bytes]]]:
    """Name, size and bytes of each member in turn; the bytes must be read before the next. Raises BackupError."""
    try:
        with tarfile.open(path, mode="r|") as tar:
            for info in tar:
                stream = tar.extractfile(info) if info.isfile() else None
                if stream is None:
                    raise BackupError(f"{path} holds {info.name!r}, which is no file.")
                yield info.name, info.size, _pieces(stream)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}") from error


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


def check(path: Path) -> Manifest:
    """Read a backup to its end and hold every member to the manifest. Raises BackupError naming what is wrong."""
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    for name, size, chunks in members(path):
        if manifest is not None or name in found:
            raise BackupError(f"{path} holds {name!r} where it does not belong.")
        if name == MANIFEST:
            manifest = _manifest(b"".join(chunks) if size <= LARGEST_MANIFEST else b"")
        else:
            found[name] = Member(sha256_of(chunks), size)
    if manifest is None:
        raise BackupError(f"{path} has no manifest: it was cut short, or is no backup.")
    if wrong := _differences(manifest.members, found):
        raise BackupError(f"{path} is damaged:\n" + "\n".join(wrong[:20]))
    return manifest


def _manifest(body: bytes) -> Manifest:
    try:
        given = json.loads(body)
        listed = {str(name): Member(**facts) for name, facts in given.pop("members").items()}
        read = Manifest(**given, members=listed)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError("The backup's manifest cannot be read.") from error
    if read.format != FORMAT:
        raise BackupError(f"The backup has format {read.format}; this version reads format {FORMAT}.")
    return read


def _differences(told: Mapping[str, Member], found: Mapping[str, Member]) -> list[str]:
    missing = [f"{name}: missing" for name in told if name not in found]
    extra = [f"{name}: not in the manifest" for name in found if name not in told]
    changed = [f"{name}: changed" for name in told if name in found and told[name] != found[name]]
    return missing + extra + changed
