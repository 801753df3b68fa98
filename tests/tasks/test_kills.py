"""Workers die at any moment; every job is done all the same, and its effect is there once."""

import os
import signal

import pytest

from claims.jobs import ask
from claims.models import Job
from tests.servers import wait_for
from tests.tasks.conftest import Workers, all_done, runs
from tests.tasks.work import group_of_start, n_effects, process_of_start, starts

pytestmark = pytest.mark.slow


def kill_in_mid_job(workers: Workers, rounds: int) -> list[Job]:
    """Each round asks for a job and kills the worker that has begun it, group and all; another takes its place."""
    jobs = []
    for _ in range(rounds):
        jobs.append(ask("test.nap", folder=str(workers.folder), tenths=4))
        wait_for(lambda: starts(workers.folder, jobs[-1]))
        workers.kill(group_of_start(workers.folder, jobs[-1]))
        workers.start()
    return jobs


def test_twenty_kills_of_the_embedded_worker_lose_and_double_nothing(embedded):
    embedded.start()
    jobs = kill_in_mid_job(embedded, 20)
    wait_for(lambda: all_done(jobs))
    assert [n_effects(job) for job in jobs] == [1] * 20
    assert len(starts(embedded.folder)) >= 40


@pytest.mark.redis
def test_twenty_kills_of_a_worker_group_over_redis_lose_and_double_nothing(over_redis):
    over_redis.start()
    over_redis.start()
    jobs = kill_in_mid_job(over_redis, 20)
    wait_for(lambda: all_done(jobs))
    assert [n_effects(job) for job in jobs] == [1] * 20
    assert len(starts(over_redis.folder)) >= 40


@pytest.mark.redis
def test_the_job_of_a_killed_child_is_done_once_by_another(over_redis):
    worker = over_redis.start()
    job = ask("test.nap", folder=str(over_redis.folder), tenths=8)
    wait_for(lambda: starts(over_redis.folder, job))
    os.kill(process_of_start(over_redis.folder, job), signal.SIGKILL)
    wait_for(lambda: all_done([job]))
    assert (n_effects(job), len(starts(over_redis.folder, job))) == (1, 2)
    assert runs(worker)
