"""Keeping house: what the schedule asks for every hour or day."""

from datetime import datetime, timedelta
from functools import partial
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from claims.jobs import Effects, forget_finished, handler
from claims.models import Job

KEPT = timedelta(days=30)


@handler("upkeep.tidy")
def tidy(job: Job) -> Effects:
    """Forgets jobs done more than 30 days ago, and sessions that have expired."""
    return partial(_tidy, timezone.now() - KEPT)


def _tidy(before: datetime) -> None:
    forget_finished(before)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
