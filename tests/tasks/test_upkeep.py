"""Keeping house."""

import os
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from claims.archive.configured import store
from claims.jobs import ask
from claims.models import Job
from claims.tasks.run import run
from tests import make

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


def test_tidying_removes_what_killed_workers_and_uploads_left_on_the_disk(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    old = time.time() - timedelta(days=2).total_seconds()
    (store().top / "incoming").mkdir(parents=True)
    left = [tmp_path / "capture-old", tmp_path / "stamp-old", store().top / "incoming/in-old.part"]
    kept = [tmp_path / "capture-young", tmp_path / "evidence-of-ours", store().top / "incoming/in-young.part"]
    for path in left + kept:
        path.touch() if path.suffix else path.mkdir()
    (tmp_path / "capture-old" / "page.html").touch()
    for path in [*left, tmp_path / "evidence-of-ours"]:
        os.utime(path, (old, old))
    run(str(ask("upkeep.tidy").pk))
    assert [path.exists() for path in left + kept] == [False] * 3 + [True] * 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")
def test_tidying_tells_sqlite_how_its_tables_lie():
    make.a_claim(make.user("amal"))
    run(str(ask("upkeep.tidy").pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'claims_claim' AND idx = 'claim_list'")
        assert cursor.fetchone() == (1,)
