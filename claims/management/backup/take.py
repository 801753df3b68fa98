"""Takes a backup while the workbench runs."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from claims.archive.configured import store
from claims.management.backup import database
from claims.management.backup.file import CHUNK, EVIDENCE, KEYS, BackupError, Manifest, Writer, check
from claims.models.history import Entry

# Files of the data folder that cannot be made again; what the environment gives instead is not in them.
KEPT = ["secret_key", "checkpoint_key", "demo_passwords.json", "demo_loaded"]


def take(path: Path) -> Manifest:
    """Write a backup, read it again, and only then give it its name. Raises BackupError; then nothing is left.

    The database goes first: evidence is only ever added, so whatever the copy names is there afterwards.
    """
    if path.exists():
        raise BackupError(f"{path} is there already; nothing was overwritten.")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, tempfile.TemporaryDirectory(dir=path.parent) as folder:
            writer = Writer(file, _manifest())
            _fill(writer, Path(folder))
            file.flush()
            os.fsync(file.fileno())
        manifest = check(new)
        os.link(new, path)  # unlike a rename, never over somebody else's file
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{path}: {error}") from error
    finally:
        new.unlink(missing_ok=True)
    return manifest


def _manifest() -> Manifest:
    last = Entry.objects.order_by("-seq").values("seq", "sha256").first()
    return Manifest(
        timezone.now().isoformat(), database.name_of_copy(), database.migrations(), dict(last or {})
    )


def _fill(writer: Writer, folder: Path) -> None:
    copy = database.copy_into(folder)
    _add_file(writer, copy.name, copy)
    copy.unlink()
    for name in KEPT:
        if (kept := Path(settings.DATA_DIR) / name).is_file():
            _add_file(writer, KEYS + name, kept)
    evidence = store()
    for found in evidence.walk():
        if found.sha256:
            writer.add(EVIDENCE + found.sha256, found.size, evidence.chunks(found.sha256, each=CHUNK))
    writer.close()


def _add_file(writer: Writer, name: str, path: Path) -> None:
    writer.add(name, path.stat().st_size, _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
