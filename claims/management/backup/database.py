"""The database as one file, and back. SQLite by its own snapshot, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from claims.management.backup.file import BackupError
from claims.models.history import Entry

# Whoever was signed in when the backup was taken is not signed in to what is restored from it.
SESSIONS = ["usersessions_usersession", "django_session"]
LOCK_WAIT = "10s"


def name_of_copy() -> str:
    """How the database's copy is called inside a backup; the name tells which engine made it."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def copy_into(folder: Path) -> Path:
    """A consistent copy of the database, taken while others write, without sessions. Raises BackupError."""
    path = folder / name_of_copy()
    _sqlite_copy(path) if connection.vendor == "sqlite" else _postgres_copy(path)
    return path


def bring_back(copy: Path) -> None:
    """Put a copy in the place of a database that holds nothing yet. Raises BackupError; then it still holds nothing."""
    _sqlite_back(copy) if connection.vendor == "sqlite" else _postgres_back(copy)


def is_untouched() -> bool:
    """True where nobody has worked yet: no tables, or neither people nor history in them."""
    try:
        return not Entry.objects.exists() and not get_user_model().objects.filter(is_active=True).exists()
    except DatabaseError:
        connection.close()
        return True


def migrations() -> list[str]:
    """Names of our migrations that the database has had, in order of name."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(name for app, name in applied if app == "claims")


def unknown(names: list[str]) -> list[str]:
    """Which of these migrations this version of the program does not have."""
    ours = {name for app, name in MigrationLoader(None).disk_migrations if app == "claims"}
    return sorted(set(names) - ours)


def _sqlite_copy(path: Path) -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as live:
        live.execute("VACUUM INTO ?", [str(path)])
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        for table in SESSIONS:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        copy.execute("VACUUM")


def _sqlite_back(copy: Path) -> None:
    place = Path(connection.settings_dict["NAME"])
    connections.close_all()
    place.parent.mkdir(parents=True, exist_ok=True)
    for beside in ("-wal", "-shm"):
        place.with_name(place.name + beside).unlink(missing_ok=True)
    new = place.with_name(f"{place.name}.restored")  # beside it: a rename cannot cross file systems
    shutil.copyfile(copy, new)
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(place)


def _postgres_copy(path: Path) -> None:
    without = [f"--exclude-table-data={table}" for table in SESSIONS]
    _run("pg_dump", _target(), "--format=custom", "--no-owner", "--no-privileges", *without, f"--file={path}")


def _postgres_back(copy: Path) -> None:
    """Tables of this version that an older copy does not know point at ones it brings: they make room first."""
    _run("pg_restore", "--list", f"--file={os.devnull}", str(copy))
    _drop_tables()
    connections.close_all()
    whole = ["--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
    _run("pg_restore", _target(), *whole, "--no-owner", "--no-privileges", str(copy))


def _drop_tables() -> None:
    """Ours alone: somebody else's may lie in the same database."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours.add(MigrationRecorder(connection).Migration._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
            for table in sorted(ours & set(connection.introspection.table_names(cursor))):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    except DatabaseError as error:
        raise BackupError(f"The empty tables could not make room:\n{str(error).strip()}") from error


def _target() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs on our server; the password travels in the environment, where ps sees none."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not installed: it comes with PostgreSQL's client programs.")
    entry = connection.settings_dict
    given = {"PGHOST": entry["HOST"], "PGPORT": entry["PORT"], "PGUSER": entry["USER"]}
    given |= {"PGPASSWORD": entry["PASSWORD"], "PGOPTIONS": f"-c lock_timeout={LOCK_WAIT}"}
    named = {name: str(value) for name, value in given.items() if value}
    done = subprocess.run(  # noqa: S603 - the program was looked up, the arguments are ours
        [found, *arguments],
        env=os.environ | named,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        raise BackupError(f"{program} did not manage:\n{done.stderr.strip()[-2000:]}")
