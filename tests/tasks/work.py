"""Handlers for the tests of the engine, and leases short enough to watch. Loaded into real workers."""

import os
import signal
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from claims.archive.capture import Options
from claims.archive.fetch import Policy
from claims.jobs import GiveUp, Later, ask, handler, lease, progress
from claims.models import Job
from claims.tasks import capture
from tests.archive.hostile import TestNet

SOON = timedelta(seconds=0.1)


def be_quick() -> None:
    """Leases and waits of a second or two instead of half a minute."""
    lease.LEASE = lease.SENT_LEASE = timedelta(seconds=1.5)
    lease.LOST_RETRY = lease.UNKNOWN_RETRY = SOON


def effect_of(job: Job) -> Job:
    """An effect anyone can count: a row of its own that no rule makes unique."""
    return ask("test.effect", of=job.pk, delay=timedelta(days=1))


def n_effects(job: Job) -> int:
    return Job.objects.filter(name="test.effect", args__of=str(job.pk)).count()


def starts(folder: Path, job: Job | None = None) -> list[list[str]]:
    """Each time work was begun, by one job or by all: its job, process and process group."""
    lines = (folder / "starts").read_text().splitlines() if (folder / "starts").exists() else []
    return [line.split() for line in lines if job is None or line.startswith(str(job.pk))]


def process_of_start(folder: Path, job: Job) -> int:
    return int(starts(folder, job)[-1][1])


def group_of_start(folder: Path, job: Job) -> int:
    return int(starts(folder, job)[-1][2])


def note_start(job: Job, folder: str) -> None:
    with (Path(folder) / "starts").open("a") as file:
        file.write(f"{job.pk} {os.getpid()} {os.getpgrp()}\n")


@handler("test.nap", retry_after=SOON)
def nap(job: Job, folder: str, tenths: int = 0):
    note_start(job, folder)
    for done in range(tenths):
        time.sleep(0.1)
        progress(job, done / tenths, "napping")
    return partial(effect_of, job)


@handler("test.brief", retry_after=SOON, at_most=timedelta(seconds=1))
def brief(job: Job, folder: str):
    return nap(job, folder, tenths=600)


@handler("test.poison", retry_after=SOON)
def poison(job: Job, folder: str):
    nap(job, folder)
    os.kill(os.getpid(), signal.SIGKILL)


@handler("test.fail", retry_after=SOON)
def fail(job: Job, times: int):
    if job.attempts <= times:
        raise OSError(f"failed \0 {job.attempts} \ud800")
    return partial(effect_of, job)


@handler("test.give_up")
def give_up(job: Job):
    raise GiveUp("no such page")


@handler("test.later")
def later(job: Job):
    raise Later("the archive asks for patience", timedelta(minutes=3))


@handler("test.write_early")
def write_early(job: Job):
    effect_of(job)


@handler("test.break_half_way")
def break_half_way(job: Job):
    def effects() -> None:
        effect_of(job)
        raise OSError("half way")

    return effects


@handler("test.wrong_answer")
def wrong_answer(job: Job):
    return job.pk


@handler("test.capture", retry_after=SOON)
def capture_over(job: Job, folder: str, evidence: str, port: int):
    """The product's own capture, over a server of the test's on that port of loopback."""
    note_start(job, folder)
    capture.net = lambda: TestNet(SimpleNamespace(port=port))
    capture.capture_options = lambda before: Options(with_browser=False, policy=Policy(before=before))
    return capture.capture_link(job, evidence=evidence)
