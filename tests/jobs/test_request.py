"""Asking for work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from claims.jobs import ask, lease
from claims.models import Job

pytestmark = pytest.mark.django_db


def test_a_change_that_is_rolled_back_asked_for_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask("upkeep.tidy")
        _ = 1 / 0
    assert not Job.objects.exists()


def test_ids_are_kept_as_plain_values():
    pk = uuid4()
    job = Job.objects.get(pk=ask("evidence.examine", evidence=pk, n=3, again=False).pk)
    assert job.args == {"evidence": str(pk), "n": 3, "again": False}


def test_a_delayed_job_is_not_sent_before_its_time():
    job = ask("upkeep.tidy", delay=timedelta(hours=1))
    assert job.due_at > timezone.now() + timedelta(minutes=59)
    assert not lease.anything_due()
    assert lease.begin(job.pk) is None


def test_the_same_key_asks_for_one_job_as_long_as_it_waits():
    first = ask("upkeep.tidy", dedup_key="tidy")
    lease.mark_sent("default", 16)
    assert ask("upkeep.tidy", dedup_key="tidy").pk == first.pk
    assert Job.objects.count() == 1


def test_a_job_that_runs_may_have_read_the_old_rows_so_another_is_asked_for():
    running = ask("upkeep.tidy", dedup_key="tidy")
    assert lease.begin(running.pk)
    assert ask("upkeep.tidy", dedup_key="tidy").pk != running.pk


def test_two_jobs_of_one_key_never_run_at_once():
    first = ask("upkeep.tidy", dedup_key="tidy")
    job, _handler = lease.begin(first.pk)
    second = ask("upkeep.tidy", dedup_key="tidy")
    assert lease.begin(second.pk) is None
    lease.finish(job, None)
    second.refresh_from_db()
    assert (second.state, second.attempts) == ("ready", 0)


def test_a_failed_job_gives_way_to_the_same_one_asked_for_meanwhile():
    job, _handler = lease.begin(ask("upkeep.tidy", dedup_key="tidy").pk)
    ask("upkeep.tidy", dedup_key="tidy")
    lease.give_back(job, "no luck", timedelta())
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "ready"]


def test_a_queue_that_nobody_serves_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        ask("upkeep.tidy", queue="nowhere")
