"""One attempt at one job: what the handler may do, and how the job is settled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.jobs import ask, handler, lease
from claims.models import Job
from claims.tasks.run import carry_out, run
from tests.tasks import work

pytestmark = pytest.mark.django_db


def attempt(name: str, **ids) -> Job:
    job = ask(name, **ids)
    run(str(job.pk))
    job.refresh_from_db()
    return job


def test_the_effects_and_the_done_mark_are_written_together(tmp_path):
    job = attempt("test.nap", folder=str(tmp_path))
    assert (job.state, job.progress, job.token, work.n_effects(job)) == ("done", 1, "", 1)


def test_effects_that_break_half_way_leave_nothing():
    job = attempt("test.break_half_way")
    assert (job.state, work.n_effects(job)) == ("ready", 0)
    assert job.last_error.startswith("OSError: half way")


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_writes_before_its_effects_is_refused():
    job = attempt("test.write_early")
    assert (job.state, work.n_effects(job)) == ("ready", 0)
    assert "WroteTooEarly" in job.last_error


def test_a_handler_that_hands_back_something_else_has_failed():
    job = attempt("test.wrong_answer")
    assert job.state == "ready"
    assert "not a callable" in job.last_error


def test_giving_up_parks_at_once_with_the_reason():
    job = attempt("test.give_up")
    assert (job.state, job.attempts, job.last_error) == ("parked", 1, "no such page")


def test_waiting_for_something_is_not_a_failure():
    job = attempt("test.later")
    assert (job.state, job.attempts) == ("ready", 0)
    assert job.due_at > timezone.now() + timedelta(minutes=2)


def test_an_error_no_database_could_store_is_stored_all_the_same():
    job = attempt("test.fail", times=1)
    assert job.state == "ready"
    assert "failed \ufffd 1 ?" in job.last_error


def test_five_failures_park_and_the_next_attempt_after_four_succeeds():
    tried = {4: ask("test.fail", times=4), 5: ask("test.fail", times=5)}
    for job in tried.values():
        for _ in range(lease.MOST_ATTEMPTS):
            Job.objects.filter(pk=job.pk, state="ready").update(due_at=timezone.now())
            run(str(job.pk))
        job.refresh_from_db()
    assert (tried[4].state, work.n_effects(tried[4])) == ("done", 1)
    assert (tried[5].state, tried[5].attempts, work.n_effects(tried[5])) == ("parked", 5, 0)


def test_the_same_message_twice_runs_the_job_once(tmp_path):
    job = attempt("test.nap", folder=str(tmp_path))
    run(str(job.pk))
    assert (len(work.starts(tmp_path, job)), work.n_effects(job)) == (1, 1)


def test_a_job_taken_over_in_mid_work_is_left_to_the_other(tmp_path):
    first, found = lease.begin(ask("test.nap", folder=str(tmp_path)).pk)
    lease.reclaim(timezone.now() + timedelta(hours=1))
    Job.objects.filter(pk=first.pk).update(due_at=timezone.now())
    second, _handler = lease.begin(first.pk)
    carry_out(first, found)
    carry_out(second, found)
    assert work.n_effects(first) == 1


def test_two_handlers_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="two handlers"):
        handler("test.nap")(lambda job: None)
