"""Keeping house: what the schedule asks for every hour or day."""

from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from itertools import islice

from django.conf import settings
from django.utils import timezone

from claims.jobs import Effects, GiveUp, forget_finished, handler
from claims.models import Job
from claims.tasks.verify import Check

# Faults named in the job; the command names them all.
MOST = 20
KEPT = timedelta(days=30)


@handler("upkeep.tidy")
def tidy(job: Job) -> Effects:
    """Forgets jobs done more than 30 days ago, and sessions that have expired."""
    return partial(_tidy, timezone.now() - KEPT)


@handler("upkeep.verify")
def verify(job: Job) -> None:
    """Reads history, rows and every file again. What is not as it was written stops the job, for an admin to see."""
    found = [f"{fault.kind} {fault.what}: {fault.problem}" for fault in islice(Check().faults(), MOST)]
    if found:
        raise GiveUp("; ".join(found))


def _tidy(before: datetime) -> None:
    forget_finished(before)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
