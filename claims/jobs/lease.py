"""The states of a job and who may move it: ready → sent → running → done | parked.

Every move is a compare-and-set, so workers, relays and duplicate messages may race: one wins, the others fall
through. The clock is the worker's own; machines that share a database need synchronised clocks.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from claims.jobs.registry import HANDLERS, Effects, Handler, Lost
from claims.jobs.turns import next_up
from claims.models import Job, JobState

LEASE = timedelta(seconds=30)
# A message may be lost with the broker: after this long without a start the job is sent again.
SENT_LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
LOST_RETRY = timedelta(seconds=1)
UNKNOWN_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)


def _locked(rows: QuerySet[Job]) -> QuerySet[Job]:
    """Locked, leaving out rows somebody else holds. SQLite has no row locks: its transaction holds the database."""
    skip = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skip)


def anything_due() -> bool:
    """Whether the relay has anything to do: one indexed read, so that an idle poll costs nothing."""
    now = timezone.now()
    return (
        Job.objects.filter(queue__in=settings.JOB_QUEUES, state=JobState.READY, due_at__lte=now).exists()
        or Job.objects.filter(_leased(), lease_until__lte=now).exists()
    )


def _leased() -> Q:
    return Q(state__in=[JobState.SENT, JobState.RUNNING])


def mark_sent(queue: str, at_once: int) -> tuple[list[UUID], str]:
    """The jobs of one queue to send now, by turn and age, marked as sent, and the token they were marked with.

    At most `at_once` messages of a queue are in the broker; the rest waits in the table, in order.
    """
    now, token = timezone.now(), uuid4().hex
    room = at_once - _in_flight(queue)
    due = Job.objects.filter(queue=queue, state=JobState.READY, due_at__lte=now)
    chosen = next_up(due, queue, room) if room > 0 else []
    if not chosen:
        return [], token
    with transaction.atomic():
        rows = _locked(due.filter(pk__in=chosen)).order_by("turn", "due_at")
        ids = list(rows.values_list("pk", flat=True))
        sent = Job.objects.filter(pk__in=ids, state=JobState.READY)
        sent.update(state=JobState.SENT, token=token, lease_until=now + SENT_LEASE)
    return ids, token


def _in_flight(queue: str) -> int:
    """Sent ones; where a single process serves every queue, running ones of a bounded queue as well."""
    states = [JobState.SENT, JobState.RUNNING] if queue in settings.JOB_BOUNDED_QUEUES else [JobState.SENT]
    return Job.objects.filter(queue=queue, state__in=states).count()


def unsend(ids: Iterable[UUID], token: str) -> None:
    """The broker did not take these: they wait in the table again."""
    unsent = Job.objects.filter(pk__in=list(ids), state=JobState.SENT, token=token)
    unsent.update(state=JobState.READY, token="", lease_until=None)


def reclaim(now: datetime) -> None:
    """Brings back what was sent and never started, and what was started by a worker that is gone."""
    sent = Job.objects.filter(state=JobState.SENT, lease_until__lte=now)
    sent.update(state=JobState.READY, token="", lease_until=None)
    for job in Job.objects.filter(state=JobState.RUNNING, lease_until__lte=now)[:100]:
        give_back(job, "The worker stopped in the middle of this job.", _growing(LOST_RETRY, 2, job.attempts))


def begin(pk: UUID) -> tuple[Job, Handler] | None:
    """The job, now ours, and its handler; None when it is not to be run: taken, done, not due, or not known here.

    The attempt is counted before the work starts, so that a job which kills its worker is counted too.
    """
    job = Job.objects.filter(pk=pk).first()
    if job is None:
        return None
    found = HANDLERS.get(job.name)
    if found is None or job.args_version > found.version:
        _not_for_us(job)
        return None
    return (job, found) if _take(job) else None


def _startable(pk: UUID) -> QuerySet[Job]:
    due = Q(state=JobState.READY, due_at__lte=timezone.now())
    return Job.objects.filter(Q(state=JobState.SENT) | due, pk=pk)


def _take(job: Job) -> bool:
    start: dict[str, Any] = {
        "state": JobState.RUNNING,
        "token": uuid4().hex,
        "attempts": F("attempts") + 1,
        "lease_until": timezone.now() + LEASE,
        "progress": 0,
        "step": "",
        "host_place": None,
        "asker_place": None,
    }
    try:
        with transaction.atomic():
            won = _startable(job.pk).update(**start)
    except IntegrityError:  # job_runs_once: another under the same key is running, and may be about to write
        _startable(job.pk).update(**_waiting(LOST_RETRY))
        return False
    if won:
        job.refresh_from_db()
    return won == 1 and job.token == start["token"]


def _waiting(delay: timedelta) -> dict[str, Any]:
    due_at = timezone.now() + delay
    return {"state": JobState.READY, "token": "", "lease_until": None, "due_at": due_at}


def _not_for_us(job: Job) -> None:
    """Put back, never dropped: during a deployment a newer worker beside us will know it."""
    reason = f"No worker yet for {job.name}, arguments version {job.args_version}."
    _startable(job.pk).update(**_waiting(_jittered(UNKNOWN_RETRY)), last_error=reason)


def _ours(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)


def extend(job: Job) -> bool:
    """Whether the job is still ours; if so, for another LEASE."""
    return _ours(job).update(lease_until=timezone.now() + LEASE) == 1


def progress(job: Job, fraction: float, step: str = "") -> None:
    """Shows the person who waits how far the work is, 0 to 1. Raises Lost when the job is no longer ours.

    `step` is a short English msgid, translated where it is shown.
    """
    fraction = min(max(fraction, 0.0), 1.0)
    if step == job.step and abs(fraction - job.progress) < 0.01:
        return
    job.progress, job.step = fraction, step[:80]
    if not _ours(job).update(progress=job.progress, step=job.step):
        raise Lost(job.name)


def finish(job: Job, effects: Effects | None) -> None:
    """Writes the effects and marks the job done, both or neither. Raises Lost when the job is no longer ours."""
    with transaction.atomic():
        if not _ours(job).exists():
            raise Lost(job.name)
        if effects is not None:
            effects()
        done = {"state": JobState.DONE, "progress": 1, "finished_at": timezone.now()}
        if not _ours(job).update(**done, token="", lease_until=None, last_error=""):
            raise Lost(job.name)


def give_back(job: Job, reason: str, delay: timedelta, *, counted: bool = True) -> None:
    """After a failed attempt: waits `delay`, or is parked when it has failed MOST_ATTEMPTS times."""
    reason = storable(reason)
    if counted and job.attempts >= MOST_ATTEMPTS:
        park(job, reason)
        return
    changes = _waiting(delay) | {"last_error": reason}
    if not counted:
        changes["attempts"] = max(job.attempts - 1, 0)
    try:
        with transaction.atomic():
            _ours(job).update(**changes)
    except (
        IntegrityError
    ):  # job_waits_once: the same was asked again meanwhile, and that one will do the work
        _ours(job).update(state=JobState.DONE, token="", lease_until=None, finished_at=timezone.now())


def park(job: Job, reason: str) -> None:
    """No more attempts until a person asks for them."""
    parked = {"state": JobState.PARKED, "finished_at": timezone.now(), "last_error": storable(reason)}
    _ours(job).update(**parked, token="", lease_until=None)


def retry(job: Job) -> bool:
    """Whether a parked job waits again, its attempts counted anew; no when it is not parked, or asked for again."""
    try:
        with transaction.atomic():
            parked = Job.objects.filter(pk=job.pk, state=JobState.PARKED)
            return parked.update(**_waiting(timedelta()), attempts=0, finished_at=None) == 1
    except IntegrityError:
        return False


def reset_all() -> None:
    """Brings back everything sent or running at once. Only for a worker that knows it is the only one."""
    reclaim(timezone.now() + 100 * LEASE)


def after_failure(handler: Handler, attempts: int) -> timedelta:
    """How long to wait after that many failed attempts."""
    return _growing(handler.retry_after, 4, attempts)


def _growing(first: timedelta, factor: int, attempts: int) -> timedelta:
    return _jittered(min(first * factor ** max(attempts - 1, 0), LONGEST_RETRY))


def _jittered(delay: timedelta) -> timedelta:
    """Up to a quarter more, so that jobs which failed together do not come back together."""
    return delay * random.uniform(1, 1.25)  # noqa: S311 - not a secret


def storable(reason: str) -> str:
    """Text of any exception in a form both databases take: no NUL, no lone surrogates, cut to the column."""
    return reason.encode("utf-8", "replace").decode().replace("\0", "�")[:4000]
