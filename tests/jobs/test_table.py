"""How far behind the workers are, and what is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.jobs import ask, backlog, forget_finished, lease
from claims.models import Job

pytestmark = pytest.mark.django_db


def test_an_empty_table_is_not_behind():
    facts = backlog()
    assert (facts.n_waiting, facts.n_parked, facts.oldest_wait) == (0, 0, timedelta())


def test_the_wait_is_counted_from_when_a_job_was_due_and_goes_on_while_it_is_sent():
    job = ask("upkeep.tidy")
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(minutes=7))
    lease.mark_sent("default", 16)
    facts = backlog()
    assert facts.n_waiting == 1
    assert timedelta(minutes=7) <= facts.oldest_wait < timedelta(minutes=8)


def test_delayed_and_running_jobs_are_not_behind():
    ask("upkeep.tidy", delay=timedelta(hours=1))
    lease.begin(ask("upkeep.tidy").pk)
    assert backlog().n_waiting == 0


def test_parked_jobs_are_counted():
    lease.park(lease.begin(ask("upkeep.tidy").pk)[0], "no luck")
    assert backlog().n_parked == 1


def test_jobs_done_long_ago_are_forgotten_and_parked_ones_kept():
    for state in ("done", "parked", "ready"):
        Job.objects.filter(pk=ask("upkeep.tidy").pk).update(state=state, finished_at=timezone.now())
    assert forget_finished(timezone.now() + timedelta(seconds=1)) == 1
    assert sorted(Job.objects.values_list("state", flat=True)) == ["parked", "ready"]


def late_link() -> Job:
    job = ask("upkeep.tidy", queue="archive")
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(minutes=20))
    return job


def test_links_that_wait_for_their_turn_are_no_sign_that_no_worker_runs():
    late_link()
    assert backlog().oldest_wait > timedelta(minutes=19)
    running, _handler = lease.begin(ask("upkeep.tidy", queue="archive").pk)
    assert (backlog().oldest_wait, backlog().n_waiting) == (timedelta(), 1)
    lease.finish(running, None)
    assert backlog().oldest_wait == timedelta()


def test_links_whose_worker_died_or_has_long_been_idle_are_late():
    late_link()
    running, _handler = lease.begin(ask("upkeep.tidy", queue="archive").pk)
    Job.objects.filter(pk=running.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert backlog().oldest_wait > timedelta(minutes=19)
    Job.objects.filter(pk=running.pk).update(state="done", finished_at=timezone.now() - timedelta(minutes=5))
    assert backlog().oldest_wait > timedelta(minutes=19)
