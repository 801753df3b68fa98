"""Asking for background work: a row in the caller's transaction, never a message (rule 9)."""

from typing import Any

from claims.models import Job, JobState, User

LIVE = [JobState.READY, JobState.SENT, JobState.RUNNING]


def ask(
    name: str,
    *,
    queue: str = "default",
    dedup_key: str | None = None,
    asked_by: User | None = None,
    **ids: Any,
) -> Job:
    """A job `name` with plain ids as arguments, to be run once the transaction commits.

    With a `dedup_key`, the live job that already has it is returned instead of a second one.
    """
    if dedup_key is not None:
        live = Job.objects.filter(dedup_key=dedup_key, state__in=LIVE).first()
        if live is not None:
            return live
    return Job.objects.create(name=name, args=ids, queue=queue, dedup_key=dedup_key, asked_by=asked_by)
