"""What happens by the clock."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from claims.jobs import ask
from claims.jobs.registry import HANDLERS
from claims.models import Job
from claims.tasks import schedule
from claims.tasks.schedule import SCHEDULE, OutboxScheduler
from factcheck.celery import app
from tests.servers import wait_for
from tests.tasks.conftest import ROOT, database_url

LONG_AGO = timedelta(days=2)


def asked(when: timedelta) -> None:
    """Every entry was last asked for that long ago, and done."""
    for name, entry in SCHEDULE.items():
        job = ask(entry["task"], dedup_key=f"schedule:{name}")
        Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - when, state="done")


def n_waiting() -> int:
    return Job.objects.filter(state="ready").count()


def tick_all(scheduler: OutboxScheduler) -> None:
    for _ in range(2 * len(SCHEDULE) + 1):
        scheduler.tick()


def test_every_entry_has_a_handler():
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(HANDLERS)


@pytest.mark.django_db(transaction=True)
def test_a_slot_missed_while_beat_was_down_is_made_up_for_once():
    asked(LONG_AGO)
    tick_all(OutboxScheduler(app))
    assert n_waiting() == len(SCHEDULE)


@pytest.mark.django_db(transaction=True)
def test_a_second_beat_does_not_ask_again():
    asked(LONG_AGO)
    first, second = OutboxScheduler(app), OutboxScheduler(app)
    tick_all(first)
    Job.objects.filter(state="ready").update(state="done")
    tick_all(second)
    assert n_waiting() == 0


@pytest.mark.django_db
def test_nothing_is_asked_for_before_its_time():
    asked(timedelta(seconds=0))
    tick_all(OutboxScheduler(app))
    assert n_waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_without_a_database_beat_ends_so_that_its_next_start_makes_up_for_the_slot(monkeypatch):
    asked(LONG_AGO)
    scheduler = OutboxScheduler(app)

    def refuse(*_args, **_ids):
        raise DatabaseError("gone")

    monkeypatch.setattr(schedule, "ask", refuse)
    with pytest.raises(SystemExit):
        tick_all(scheduler)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_beat_process_writes_rows_and_needs_no_broker(tmp_path):
    asked(LONG_AGO)
    given = {"DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 60}
    nobody_there = {"REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-m", "celery", "-A", "factcheck", "beat", "--pidfile="]
    environment = os.environ | given | nobody_there
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as beat:
        try:
            wait_for(lambda: n_waiting() == len(SCHEDULE), 60)  # a busy machine starts celery slowly
        finally:
            beat.send_signal(signal.SIGTERM)
        assert beat.wait(10) == 0
    assert [path.name for path in tmp_path.iterdir()] == []
