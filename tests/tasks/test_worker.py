"""Real workers: outages, floods, poison, deployments."""

import statistics
import time

import pytest
from redis import Redis as Client

from claims.jobs import ask
from claims.models import Job
from tests.servers import Redis, wait_for
from tests.tasks.conftest import Workers, all_done, runs
from tests.tasks.work import n_effects, starts

pytestmark = pytest.mark.slow


def naps(workers: Workers, n: int, tenths: int = 0) -> list[Job]:
    return [ask("test.nap", folder=str(workers.folder), tenths=tenths) for _ in range(n)]


def each_done_once(jobs: list[Job]) -> bool:
    wait_for(lambda: all_done(jobs))
    return [n_effects(job) for job in jobs] == [1] * len(jobs)


def test_a_job_is_done_soon_after_it_was_asked_for(embedded):
    embedded.start()
    took = []
    for _ in range(12):
        (job,) = naps(embedded, 1)
        wait_for(lambda pk=job.pk: Job.objects.get(pk=pk).state == "done")
        took.append((Job.objects.get(pk=job.pk).finished_at - job.asked_at).total_seconds())
    print(f"created to done: median {statistics.median(took[1:]):.3f} s, longest {max(took[1:]):.3f} s")
    assert statistics.median(took[1:]) < 1


def test_two_embedded_workers_do_not_take_each_others_jobs(embedded):
    embedded.start()
    jobs = naps(embedded, 3, tenths=10)
    wait_for(lambda: len(starts(embedded.folder)) == 3)
    embedded.start()
    assert each_done_once(jobs)
    assert len(starts(embedded.folder)) == 3


def test_a_worker_told_to_stop_lets_its_jobs_end(embedded):
    worker = embedded.start()
    (job,) = naps(embedded, 1, tenths=8)
    wait_for(lambda: starts(embedded.folder, job))
    embedded.stop(worker)
    assert Job.objects.get(pk=job.pk).state == "done"
    assert len(starts(embedded.folder)) == 1


def test_poison_is_parked_after_five_dead_workers_and_the_others_flow(embedded):
    poison = ask("test.poison", folder=str(embedded.folder))
    others = naps(embedded, 4)
    end = time.monotonic() + 40
    worker = embedded.start(most_attempts=5)
    while Job.objects.get(pk=poison.pk).state != "parked" and time.monotonic() < end:
        worker = worker if runs(worker) else embedded.start(most_attempts=5)
        time.sleep(0.05)
    parked = Job.objects.get(pk=poison.pk)
    assert (parked.state, parked.attempts, len(starts(embedded.folder, poison))) == ("parked", 5, 5)
    assert "stopped in the middle" in parked.last_error
    assert each_done_once(others)


@pytest.mark.redis
def test_asking_does_not_notice_that_redis_is_gone_and_the_job_runs_when_it_is_back(
    over_redis: Workers, broker: Redis
):
    over_redis.start()
    assert each_done_once(naps(over_redis, 1))
    broker.stop()
    before = time.monotonic()
    jobs = naps(over_redis, 10)
    assert time.monotonic() - before < 2
    time.sleep(1)
    assert not any(n_effects(job) for job in jobs)
    broker.start()
    assert each_done_once(jobs)


@pytest.mark.redis
def test_a_flushed_broker_loses_nothing(over_redis: Workers, broker: Redis):
    over_redis.start()
    jobs = naps(over_redis, 20, tenths=2)
    wait_for(lambda: len(starts(over_redis.folder)) >= 3)
    Client.from_url(broker.url).flushall()
    assert each_done_once(jobs)


@pytest.mark.redis
def test_a_message_delivered_many_times_runs_the_job_once(over_redis: Workers):
    (job,) = naps(over_redis, 1, tenths=3)
    over_redis.start()
    wait_for(lambda: starts(over_redis.folder, job))
    over_redis.publish(job, times=5)
    assert each_done_once([job])
    over_redis.publish(job, times=5)
    wait_for(lambda: over_redis.deliveries(job) == 11)
    assert (len(starts(over_redis.folder, job)), n_effects(job)) == (1, 1)


@pytest.mark.redis
def test_a_job_longer_than_the_visibility_timeout_has_one_effect(over_redis: Workers):
    over_redis.start(visibility=1)
    over_redis.start(visibility=1)
    (job,) = naps(over_redis, 1, tenths=30)
    assert each_done_once([job])
    assert len(starts(over_redis.folder, job)) == 1
    assert over_redis.deliveries(job) > 1


@pytest.mark.redis
def test_four_relays_send_no_job_twice(over_redis: Workers):
    for _ in range(3):
        over_redis.start()
    jobs = naps(over_redis, 60)
    assert each_done_once(jobs)
    assert len(starts(over_redis.folder)) == 60
