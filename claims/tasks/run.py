"""The one Celery task. Its message is a job id, a hint to look at the table: the first one wins."""

import logging
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import DatabaseError, connection

from claims.jobs import Effects, GiveUp, Later, Lost, lease
from claims.jobs.registry import Handler
from claims.models import Job

log = logging.getLogger(__name__)

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")


class WroteTooEarly(RuntimeError):
    """A handler wrote to the database before handing back its effects: a crash there would leave half of them."""


@shared_task(name="claims.run", acks_late=True, ignore_result=True)
def run(pk: str) -> None:
    """Runs the job if it is still to be run."""
    begun = lease.begin(UUID(pk))
    if begun is not None:
        carry_out(*begun)


def carry_out(job: Job, handler: Handler) -> None:
    """Does the work and settles the job: done, tried again later, or parked. Never raises what the work raises."""
    with heartbeat(job):
        try:
            lease.finish(job, _work(job, handler))
        except Lost:
            log.warning("job %s %s was taken over by another worker", job.name, job.pk)
        except Later as wait:
            lease.give_back(job, str(wait), wait.delay, counted=False)
        except GiveUp as reason:
            lease.park(job, str(reason))
        except Exception as failure:
            log.exception("job %s %s failed, attempt %s", job.name, job.pk, job.attempts)
            lease.give_back(job, _told(failure), lease.after_failure(handler, job.attempts))


def _work(job: Job, handler: Handler) -> Effects | None:
    with connection.execute_wrapper(_refuse_writes):
        effects = handler.work(job, **job.args)
    if effects is not None and not callable(effects):
        raise TypeError(f"{handler.name} handed back {type(effects).__name__}, not a callable or None")
    return effects


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Lets reads pass, and the job's own progress."""
    if sql.lstrip().upper().startswith(WRITES) and not sql.startswith(f'UPDATE "{Job._meta.db_table}"'):
        raise WroteTooEarly(sql[:80])
    return execute(sql, params, many, context)


def _told(failure: Exception) -> str:
    """The error first, then where it came from, short enough for the list of jobs."""
    where = "".join(traceback.format_tb(failure.__traceback__)[-4:])
    return f"{type(failure).__name__}: {str(failure)[:1000]}\n{where}"


@contextmanager
def heartbeat(job: Job) -> Generator[None]:
    """Extends the lease from a thread of its own while the work runs, however busy the work is."""
    ended = threading.Event()
    beats = threading.Thread(target=_beat, args=(job, ended), name=f"lease-{job.pk}", daemon=True)
    beats.start()
    try:
        yield
    finally:
        ended.set()


def _beat(job: Job, ended: threading.Event) -> None:
    try:
        while not ended.wait(lease.LEASE.total_seconds() / 3):
            try:
                if not lease.extend(job):
                    return
            except DatabaseError:
                log.warning("lease of job %s not extended, will try again", job.pk, exc_info=True)
                connection.close()
    finally:
        connection.close()
