"""Keeping house: what the schedule asks for every hour or day."""

import contextlib
import shutil
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from itertools import islice

from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims.archive.configured import store
from claims.jobs import Effects, GiveUp, forget_finished, handler
from claims.models import Job
from claims.tasks.verify import Check

# Faults named in the job; the command names them all.
MOST = 20
KEPT = timedelta(days=30)
# Every byte of every file is read: a large archive takes hours.
WHOLE_ARCHIVE = timedelta(hours=12)
# Longer than any upload or job takes.
LEFT = timedelta(days=1)
# What handlers work in, below DATA_DIR (`tempfile` prefixes of this floor).
FOLDERS = ("capture", "examine", "watch", "wayback", "stamp")


@handler("upkeep.tidy")
def tidy(job: Job) -> Effects:
    """Forgets jobs done more than 30 days ago, sessions that have expired, and what workers and uploads that were
    killed left on this machine's disk; lets SQLite look at its tables."""
    sweep(timezone.now() - LEFT)
    return partial(_tidy, timezone.now() - KEPT)


@handler("upkeep.verify", at_most=WHOLE_ARCHIVE)
def verify(job: Job) -> None:
    """Reads history, rows and every file again. What is not as it was written stops the job, for an admin to see."""
    found = [f"{fault.kind} {fault.what}: {fault.problem}" for fault in islice(Check().faults(), MOST)]
    if found:
        raise GiveUp("; ".join(found))


def sweep(before: datetime) -> None:
    """Remove temporary files and folders that nobody has touched since."""
    store().sweep(before.timestamp())
    for folder in (path for kind in FOLDERS for path in settings.DATA_DIR.glob(f"{kind}-*")):
        with contextlib.suppress(FileNotFoundError):
            if folder.is_dir() and folder.lstat().st_mtime < before.timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def _tidy(before: datetime) -> None:
    forget_finished(before)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    weigh()


def weigh() -> None:
    """What PostgreSQL does by itself: without numbers SQLite takes every index for equally good, and lists over many
    rows get ten times slower. A thousand rows of each index are enough to tell.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
