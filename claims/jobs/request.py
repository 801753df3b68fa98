"""Asking for work."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.jobs.registry import HANDLERS
from claims.jobs.turns import turn_of
from claims.models import Job, JobState, User

Id = UUID | str | int | bool | None
WAITING = (JobState.READY, JobState.SENT)


def ask(
    name: str,
    *,
    queue: str = "default",
    dedup_key: str | None = None,
    asked_by: User | None = None,
    delay: timedelta | None = None,
    host: str = "",
    **ids: Id,
) -> Job:
    """The job now asked for, a row of the caller's transaction: rolled back with it, run only after it commits.

    `ids` are keys, never contents: the handler loads what it needs when it runs. With a `dedup_key` a job that
    still waits under the same key is returned instead of a second one; one already running is not, since it may
    have read the rows before this change. `host` is where the work goes first, for the limit per host (turns).
    Raises ValueError for a queue no worker serves.
    """
    if queue not in settings.JOB_QUEUES:
        raise ValueError(f"no worker serves the queue {queue}")
    job = Job(
        name=name,
        args={key: str(value) if isinstance(value, UUID) else value for key, value in ids.items()},
        args_version=HANDLERS[name].version if name in HANDLERS else 1,
        queue=queue,
        dedup_key=dedup_key,
        asked_by=asked_by,
        turn=turn_of(queue, asked_by),
        host=host[:255],
        due_at=timezone.now() + (delay or timedelta()),
    )
    if dedup_key is None:
        job.save(force_insert=True)
        return job
    return _waiting_or_new(job)


def _waiting_or_new(job: Job) -> Job:
    while True:
        with transaction.atomic():
            # Locked, so that it cannot start before the caller's change is committed and miss it.
            waiting = (
                Job.objects.select_for_update().filter(dedup_key=job.dedup_key, state__in=WAITING).first()
            )
            if waiting:
                return waiting
            Job.objects.bulk_create([job], ignore_conflicts=True)
            if Job.objects.filter(pk=job.pk).exists():
                return job
