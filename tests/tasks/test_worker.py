"""Real workers: outages, floods, poison, deployments."""

import os
import signal
import statistics
import subprocess
import sys
import time

import pytest
from redis import Redis as Client

from claims.jobs import ask
from claims.models import Job
from claims.tasks.relay import POLL
from tests.servers import Redis, wait_for
from tests.tasks.conftest import ROOT, Workers, all_done, database_url, runs
from tests.tasks.work import n_effects, starts

pytestmark = pytest.mark.slow


def naps(workers: Workers, n: int, tenths: int = 0) -> list[Job]:
    return [ask("test.nap", folder=str(workers.folder), tenths=tenths) for _ in range(n)]


def each_done_once(jobs: list[Job]) -> bool:
    wait_for(lambda: all_done(jobs))
    return [n_effects(job) for job in jobs] == [1] * len(jobs)


def test_a_job_is_done_soon_after_it_was_asked_for(embedded):
    embedded.start(poll=POLL.total_seconds())
    took = []
    for _ in range(12):
        (job,) = naps(embedded, 1)
        wait_for(lambda pk=job.pk: Job.objects.get(pk=pk).state == "done")
        took.append((Job.objects.get(pk=job.pk).finished_at - job.asked_at).total_seconds())
    print(f"asked to done: median {statistics.median(took[1:]):.3f} s, longest {max(took[1:]):.3f} s")
    assert statistics.median(took[1:]) < 1


def test_the_command_runs_jobs_in_the_foreground_until_told_to_stop(transactional_db, tmp_path):
    given = {
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "k" * 60,
        "REDIS_URL": "",
    }
    given["FACTCHECK_NO_BOOTSTRAP"] = "1"
    job = ask("upkeep.tidy")
    with subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=os.environ | given) as worker:
        try:
            wait_for(lambda: all_done([job]))
        finally:
            worker.terminate()
    assert worker.returncode == 0


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


def kill(broker: Redis) -> None:
    broker.stop()


def silence(broker: Redis) -> None:
    """Accepts connections and never answers."""
    broker.process.send_signal(signal.SIGSTOP)


def bring_back(broker: Redis) -> None:
    if broker.process is None:
        broker.start()
    else:
        broker.process.send_signal(signal.SIGCONT)


@pytest.mark.redis
@pytest.mark.parametrize("outage", [kill, silence])
def test_asking_does_not_notice_that_redis_is_gone_and_the_jobs_run_when_it_is_back(
    over_redis, broker, outage
):
    over_redis.start()
    assert each_done_once(naps(over_redis, 1))
    outage(broker)
    before = time.monotonic()
    jobs = naps(over_redis, 10)
    assert time.monotonic() - before < 2
    time.sleep(1)
    bring_back(broker)
    assert each_done_once(jobs)


@pytest.mark.redis
@pytest.mark.parametrize("outage", [kill, silence])
@pytest.mark.parametrize("n_long", [1, 2])
def test_a_worker_in_the_middle_of_jobs_outlives_an_outage_of_redis(over_redis, broker, outage, n_long):
    """With one process waiting for work, and with none: the connection is lost in other places."""
    worker = over_redis.start()
    long = naps(over_redis, n_long, tenths=40)
    wait_for(lambda: len(starts(over_redis.folder)) == n_long)
    outage(broker)
    time.sleep(1)
    bring_back(broker)
    assert each_done_once([*long, *naps(over_redis, 3)])
    assert each_done_once(naps(over_redis, 3))
    assert runs(worker)
    assert {Job.objects.get(pk=job.pk).attempts for job in long} == {1}


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
def test_a_handler_is_stopped_by_its_own_time_limit(over_redis: Workers):
    over_redis.start(most_attempts=1)
    job = ask("test.brief", folder=str(over_redis.folder))
    wait_for(lambda: Job.objects.get(pk=job.pk).state == "parked", 40)
    assert Job.objects.get(pk=job.pk).last_error.startswith("SoftTimeLimitExceeded")


@pytest.mark.redis
def test_four_relays_send_no_job_twice(over_redis: Workers):
    for _ in range(3):
        over_redis.start()
    jobs = naps(over_redis, 60)
    assert each_done_once(jobs)
    assert len(starts(over_redis.folder)) == 60
