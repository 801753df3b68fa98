"""What happens by the clock. Beat writes a Job row for a due entry; it never talks to the broker."""

from datetime import datetime
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import crontab
from django.db import DatabaseError, connection
from django.db.models import Max

from claims.jobs import ask
from claims.models import Job

# name of the entry → {task: name of the handler, schedule: when (UTC), kwargs: its ids}
SCHEDULE: dict[str, dict[str, Any]] = {
    "tidy": {"task": "upkeep.tidy", "schedule": crontab(minute="23")},
    "checkpoint": {"task": "checkpoint.make", "schedule": crontab(hour="0", minute="7")},
    "verify": {"task": "upkeep.verify", "schedule": crontab(hour="2", minute="17")},
    "watch": {"task": "evidence.watch-due", "schedule": crontab(minute="41")},
}


class OutboxScheduler(Scheduler):
    """Keeps no file: when an entry last ran is read from the job table, so a slot missed while down is made up for."""

    connection = None  # type: ignore[assignment]
    producer = None  # type: ignore[assignment]

    def setup_schedule(self) -> None:
        """The entries of SCHEDULE, each with the time it was last asked for."""
        self.update_from_dict(SCHEDULE)
        for entry in self.schedule.values():
            entry.last_run_at = _last_asked_at(entry) or entry.last_run_at

    def apply_async(
        self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **_: Any
    ) -> Job | None:
        """Asks for the entry's work, unless another beat already has for this slot."""
        try:
            last = _last_asked_at(entry)
            if last and entry.schedule and not entry.schedule.is_due(last).is_due:
                return None
            return ask(str(entry.task), dedup_key=_key(entry), **(entry.kwargs or {}))
        except DatabaseError as failure:
            # The supervisor starts us again, and the slot is made up for; going on would skip it.
            raise SystemExit(f"schedule: {failure}") from failure
        finally:
            connection.close()

    def close(self) -> None:
        """Nothing to keep."""


def _key(entry: ScheduleEntry) -> str:
    return f"schedule:{entry.name}"


def _last_asked_at(entry: ScheduleEntry) -> datetime | None:
    found: datetime | None = Job.objects.filter(dedup_key=_key(entry)).aggregate(at=Max("asked_at"))["at"]
    return found
