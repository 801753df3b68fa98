"""Who may move a job from state to state."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from claims.jobs import Lost, ask, lease, progress, retry
from claims.models import Job

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def begun() -> Job:
    return lease.begin(ask("upkeep.tidy").pk)[0]


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_no_more_messages_than_the_window_and_the_oldest_first():
    asked = [ask("upkeep.tidy").pk for _ in range(5)]
    assert lease.mark_sent("default", 3)[0] == asked[:3]
    assert lease.mark_sent("default", 3)[0] == []


def test_one_queue_does_not_fill_the_window_of_another():
    slow, prompt = ask("upkeep.tidy", queue="archive"), ask("upkeep.tidy", queue="publish")
    assert lease.mark_sent("archive", 1)[0] == [slow.pk]
    assert lease.mark_sent("publish", 1)[0] == [prompt.pk]


def test_running_captures_count_where_one_process_serves_all_queues(settings):
    settings.JOB_BOUNDED_QUEUES = {"archive"}
    lease.begin(ask("upkeep.tidy", queue="archive").pk)
    ask("upkeep.tidy", queue="archive")
    assert lease.mark_sent("archive", 1)[0] == []


def test_what_the_broker_did_not_take_waits_again():
    job = ask("upkeep.tidy")
    lease.unsend(*lease.mark_sent("default", 16))
    assert (again(job).state, again(job).attempts) == ("ready", 0)


def test_a_message_lost_with_the_broker_is_sent_again_and_counts_as_no_attempt():
    job = ask("upkeep.tidy")
    lease.mark_sent("default", 16)
    lease.reclaim(timezone.now() + LATER)
    assert (again(job).state, again(job).attempts) == ("ready", 0)


def test_a_second_message_finds_nothing_to_do():
    job = begun()
    assert lease.begin(job.pk) is None
    lease.finish(job, None)
    assert lease.begin(job.pk) is None


def test_a_worker_that_died_is_an_attempt_and_five_park_the_job():
    job = ask("upkeep.tidy")
    for _ in range(lease.MOST_ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        assert lease.begin(job.pk)
        lease.reclaim(timezone.now() + LATER)
    assert (again(job).state, again(job).attempts) == ("parked", 5)
    assert "stopped in the middle" in again(job).last_error


def test_who_lost_the_job_cannot_finish_it_nor_leave_an_effect():
    first = begun()
    lease.reclaim(timezone.now() + LATER)
    Job.objects.filter(pk=first.pk).update(due_at=timezone.now())
    second = lease.begin(first.pk)[0]
    with pytest.raises(Lost):
        lease.finish(first, lambda: ask("test.effect"))
    lease.finish(second, lambda: ask("test.effect"))
    assert Job.objects.filter(name="test.effect").count() == 1


def test_who_loses_the_job_while_writing_leaves_no_effect():
    job = begun()

    def effects():
        ask("test.effect")
        lease.reclaim(timezone.now() + LATER)

    with pytest.raises(Lost):
        lease.finish(job, effects)
    assert not Job.objects.filter(name="test.effect").exists()


def test_who_lost_the_job_is_told_at_the_next_progress():
    job = begun()
    progress(job, 0.5, "half")
    lease.reclaim(timezone.now() + LATER)
    with pytest.raises(Lost):
        progress(job, 0.6, "more")


def test_progress_is_kept_between_nothing_and_all():
    job = begun()
    progress(job, 7, "x" * 200)
    assert (again(job).progress, len(again(job).step)) == (1, 80)


def test_an_extended_lease_is_not_reclaimed():
    job = begun()
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - LATER)
    assert lease.extend(job)
    lease.reclaim(timezone.now())
    assert again(job).state == "running"


@pytest.mark.parametrize("changes", [{"name": "nobody.knows"}, {"args_version": 2}])
def test_work_of_a_newer_deployment_is_put_back_and_not_counted(changes):
    job = ask("upkeep.tidy")
    Job.objects.filter(pk=job.pk).update(**changes)
    assert lease.begin(job.pk) is None
    back = again(job)
    assert (back.state, back.attempts) == ("ready", 0)
    assert back.due_at > timezone.now() + timedelta(seconds=20)
    assert "No worker yet" in back.last_error


def test_waits_grow_with_each_failure_and_end_at_an_hour():
    handler = lease.begin(ask("upkeep.tidy").pk)[1]
    waits = [lease.after_failure(handler, n).total_seconds() for n in range(1, 9)]
    assert all(a < b for a, b in pairwise(waits[:5]))
    assert 10 <= waits[0] <= 12.5
    assert max(waits) <= 1.25 * 3600


def test_a_parked_job_waits_again_when_somebody_says_so():
    job = begun()
    lease.park(job, "no such page")
    assert retry(job)
    assert (again(job).state, again(job).attempts, again(job).last_error) == ("ready", 0, "no such page")
    assert not retry(job)


def test_a_parked_job_that_was_asked_for_again_is_left_alone():
    job = lease.begin(ask("upkeep.tidy", dedup_key="tidy").pk)[0]
    lease.park(job, "no such page")
    ask("upkeep.tidy", dedup_key="tidy")
    assert not retry(job)
    assert again(job).state == "parked"


def test_a_message_for_a_job_that_is_gone_does_nothing():
    job = ask("upkeep.tidy")
    Job.objects.all().delete()
    assert lease.begin(job.pk) is None
