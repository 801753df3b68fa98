"""Brings a backup back into an installation that holds nothing yet."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from claims.archive.configured import store
from claims.archive.store import Store
from claims.management.backup import database
from claims.management.backup.file import EVIDENCE, KEYS, BackupError, Manifest, check, members
from claims.management.backup.take import KEPT


def restore(path: Path) -> Manifest:
    """Check the whole backup, then bring it back: evidence, keys, and the database last. Raises BackupError.

    A restore that was cut off left a database with nothing in it, so it can simply be run again.
    """
    if not database.is_untouched():
        raise BackupError("This installation already holds work; a backup is restored into an empty one.")
    manifest = check(path)
    _refuse_foreign(manifest)
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as folder:
            copy = _unpacked(path, manifest, Path(folder))
            database.bring_back(copy)
    except OSError as error:
        raise BackupError(
            f"{settings.DATA_DIR}: {error}. Mend that and run the same command again."
        ) from error
    return manifest


def _refuse_foreign(manifest: Manifest) -> None:
    if manifest.database != database.name_of_copy():
        raise BackupError(
            f"The backup holds {manifest.database}, and this installation wants {database.name_of_copy()}: "
            "restore it with the kind of database it was taken from."
        )
    if names := database.unknown(manifest.migrations):
        raise BackupError(f"A newer version took this backup; this one does not know {', '.join(names)}.")


def _unpacked(path: Path, manifest: Manifest, folder: Path) -> Path:
    """Evidence and keys in their places; returns where the database's copy lies."""
    evidence = store()
    for name, size, chunks in members(path):
        if name.startswith(EVIDENCE):
            _keep(evidence, name.removeprefix(EVIDENCE), size, chunks)
        elif name.startswith(KEYS) and (key := name.removeprefix(KEYS)) in KEPT:
            _write(folder / key, chunks)
            (folder / key).replace(settings.DATA_DIR / key)
        elif name == manifest.database:
            _write(folder / name, chunks)
    copy = folder / manifest.database
    with copy.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != manifest.members[copy.name].sha256:
            raise BackupError(f"{path} changed while it was read.")
    return copy


def _keep(evidence: Store, sha256: str, size: int, chunks: Iterable[bytes]) -> None:
    if evidence.put(chunks, limit=size).sha256 != sha256:
        raise BackupError(f"evidence/{sha256} holds other bytes than its name says.")


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in chunks:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
