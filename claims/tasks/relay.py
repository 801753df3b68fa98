"""Table to broker: the only code that publishes. A thread of every worker; any number of them may run at once."""

import logging
import threading
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims.jobs import lease
from claims.jobs.registry import HANDLERS
from claims.models import Job
from claims.tasks.run import run

try:
    import fcntl
except ImportError:  # Windows: no shared locks, so leases alone bring back what a dead worker held
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

POLL = timedelta(seconds=0.2)
LONGEST_PAUSE = timedelta(seconds=5)


def pump() -> int:
    """How many messages were sent. Raises what the broker raises; unsent jobs then wait in the table again."""
    if not lease.anything_due():
        return 0
    lease.reclaim(timezone.now())
    return sum(_send(queue, at_once) for queue, at_once in settings.JOB_QUEUES.items())


def _send(queue: str, at_once: int) -> int:
    ids, token = lease.mark_sent(queue, at_once)
    limits = _limits(ids) if ids else {}
    for n_sent, pk in enumerate(ids):
        try:
            run.apply_async((str(pk),), queue=queue, **limits.get(pk, {}))
        except Exception:
            lease.unsend(ids[n_sent:], token)
            raise
    return len(ids)


def _limits(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """For jobs whose handlers have a limit of their own: when to ask them to end, and when to make them."""
    named = Job.objects.filter(pk__in=ids).values_list("pk", "name")
    own = {pk: HANDLERS[name].at_most for pk, name in named if name in HANDLERS}
    seconds = {pk: round(most.total_seconds()) for pk, most in own.items() if most}
    return {pk: {"soft_time_limit": soft, "time_limit": soft + 60} for pk, soft in seconds.items()}


class Relay(threading.Thread):
    """Pumps every POLL until told to stop; backs off while the database or the broker is away."""

    def __init__(self) -> None:
        super().__init__(name="relay", daemon=True)
        self.stopping = threading.Event()

    def run(self) -> None:
        pause = POLL
        while not self.stopping.wait(pause.total_seconds()):
            try:
                pump()
                pause = POLL
            except Exception as failure:  # noqa: BLE001 - whatever it is, the jobs must flow again after it
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE)
                log.warning("relay: %s: %s; trying again in %s", type(failure).__name__, failure, pause)
        connection.close()


class Alone:
    """A lock on a file beside the SQLite database, shared by all its workers and held until their process ends."""

    def __init__(self, database: str) -> None:
        self.path = Path(database + ".workers")
        self.held: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether no other worker, nor a child one has left behind, serves this database."""
        if fcntl is None:
            return False
        self.held = self.path.open("ab")
        try:
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except OSError:
            alone = False
        fcntl.flock(self.held, fcntl.LOCK_SH)
        return alone


_relay: Relay | None = None
_alone: Alone | None = None


@worker_ready.connect
def start(**_: Any) -> None:
    """Starts the relay. A worker alone over the in-memory broker first brings back what its predecessor held."""
    global _relay, _alone
    if settings.CELERY_BROKER_URL.startswith("memory:") and connection.vendor == "sqlite":
        _alone = Alone(str(connection.settings_dict["NAME"]))
        if _alone.take():
            lease.reset_all()
    _relay = Relay()
    _relay.start()


@worker_shutting_down.connect
def stop(**_: Any) -> None:
    """No new messages; what runs is allowed to end."""
    if _relay is not None:
        _relay.stopping.set()
