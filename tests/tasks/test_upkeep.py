"""Keeping house."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from claims.jobs import ask
from claims.models import Job
from claims.tasks.run import run

pytestmark = pytest.mark.django_db


def test_tidying_forgets_old_finished_jobs_and_expired_sessions_and_nothing_else():
    old, young = ask("upkeep.tidy"), ask("upkeep.tidy")
    for job, days in ((old, 31), (young, 29)):
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now() - timedelta(days=days))
    for seconds in (-1, 3600):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.create()
    tidy = ask("upkeep.tidy")
    run(str(tidy.pk))
    assert set(Job.objects.values_list("pk", flat=True)) == {young.pk, tidy.pk}
    assert Session.objects.count() == 1
