"""What an operator asks when something seems wrong: is each part there, does it answer, and what goes without it."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone
from PIL import features
from redis import Redis, RedisError

from claims import jobs
from claims.archive import chrome
from claims.archive.configured import store
from claims.archive.store import LEAST_ROOM, StoreUnavailable
from claims.models import Job, triggers

OK, OFF, WRONG = "ok", "off", "wrong"
LONGEST_SILENCE = timedelta(hours=2)  # the schedule asks for something every hour
NOBODY = "0" * 64
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
PROGRAMS = {
    "ffprobe": "facts of video and sound",
    "ffmpeg": "key frames of video",
    "pdftotext": "the text of PDF files",
}


@dataclass(frozen=True)
class Finding:
    """One part: `state` is ok, off (something optional is not there) or wrong."""

    part: str
    state: str
    told: str


def examine() -> Iterator[Finding]:
    """Every part in turn; later ones are looked at even where an earlier one is wrong."""
    for part, look in PARTS.items():
        try:
            state, told = look()
        except (DatabaseError, StoreUnavailable, RedisError, OSError) as error:
            state, told = WRONG, f"{type(error).__name__}: {str(error).strip()[:300]}"
        yield Finding(part, state, told)
    for program, what in PROGRAMS.items():
        found = shutil.which(program)
        yield Finding(program, OK if found else OFF, found or f"not installed: without it, no {what}")


def _database() -> tuple[str, str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return WRONG, f"{len(waiting)} migrations have not been run: manage.py migrate"
    return OK, f"{connection.vendor}, tables up to date"


def _triggers() -> tuple[str, str]:
    gone = sorted(triggers.missing(connection))
    if gone:
        return WRONG, f"missing or changed: {', '.join(gone)}. manage.py migrate puts them back; then verify"
    return OK, "append-only tables and the second person are guarded"


def _store() -> tuple[str, str]:
    store().exists(NOBODY)
    if settings.S3_BUCKET:
        return OK, f"bucket {settings.S3_BUCKET} answers"
    folder = Path(settings.EVIDENCE_DIR)
    probe = folder if folder.exists() else folder.parent
    free = shutil.disk_usage(probe).free
    state = OK if free > LEAST_ROOM else WRONG
    return state, f"{folder}, {free // 2**20} MiB free"


def _keys() -> tuple[str, str]:
    open_to_others = [
        name
        for name in ("secret_key", "checkpoint_key", "demo_passwords.json")
        if (path := Path(settings.DATA_DIR) / name).exists() and path.stat().st_mode & OTHERS_MAY
    ]
    if open_to_others:
        return WRONG, f"others on this machine can read {', '.join(open_to_others)}: chmod 600"
    return OK, "kept from others"


def _redis() -> tuple[str, str]:
    if not settings.REDIS_URL:
        return OFF, "not used: one worker serves the job table"
    with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()
    return OK, "answers"


def _jobs() -> tuple[str, str]:
    waiting = jobs.backlog()
    minutes = int(waiting.oldest_wait.total_seconds() // 60)
    told = f"{waiting.n_waiting} wait, the oldest for {minutes} min; {waiting.n_parked} parked"
    if waiting.is_late:
        return WRONG, f"{told}. Does a worker run?"
    return (WRONG, f"{told}: see them on the desk under Jobs") if waiting.n_parked else (OK, told)


def _schedule() -> tuple[str, str]:
    last = Job.objects.filter(dedup_key__startswith="schedule:").aggregate(at=Max("asked_at"))["at"]
    if last is None:
        return OFF, "has asked for nothing yet"
    if timezone.now() - last > LONGEST_SILENCE:
        return WRONG, f"asked for nothing since {last:%Y-%m-%d %H:%M} UTC. Does beat run?"
    return OK, f"last asked at {last:%Y-%m-%d %H:%M} UTC"


def _browser() -> tuple[str, str]:
    found = chrome.found(settings.CHROMIUM)
    return (OK, found) if found else (OFF, "no Chromium: captures have no screenshot and no PDF")


def _shaping() -> tuple[str, str]:
    if features.check("raqm"):
        return OK, "card images shape Arabic by raqm"
    return OFF, "no raqm (libfribidi0): card images shape Arabic by a simpler way"


PARTS: dict[str, Callable[[], tuple[str, str]]] = {
    "database": _database,
    "triggers": _triggers,
    "evidence": _store,
    "keys": _keys,
    "redis": _redis,
    "jobs": _jobs,
    "schedule": _schedule,
    "chromium": _browser,
    "arabic": _shaping,
}
