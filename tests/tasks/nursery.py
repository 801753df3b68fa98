"""Forks real workers out of a process that has everything imported, so that twenty deaths take seconds.

Reads lines, `worker POOL CONCURRENCY MOST_ATTEMPTS VISIBILITY_TIMEOUT POLL` or `publish JOB TIMES`, and answers each
with the id of the process that does it, which leads a group of its own.
"""

import os
import signal
import sys
from datetime import timedelta

from celery.apps import worker as _worker  # noqa: F401 - imported once here instead of by every child
from celery.bin import celery as _command  # noqa: F401
from celery.concurrency import prefork as _prefork  # noqa: F401
from celery.concurrency import thread as _thread  # noqa: F401
from celery.signals import task_prerun
from celery.worker.consumer import consumer as _consumer  # noqa: F401
from kombu.transport import memory as _memory  # noqa: F401
from kombu.transport import redis as _redis  # noqa: F401

from factcheck.celery import app


def worker(pool: str, n_at_once: str, most_attempts: str, visibility: str, poll: str) -> None:
    relay.POLL = timedelta(seconds=float(poll))
    lease.MOST_ATTEMPTS = int(most_attempts)
    if "visibility_timeout" in app.conf.broker_transport_options:
        soon = {"visibility_timeout": int(visibility), "unacked_restore_interval": 1}
        app.conf.broker_transport_options = app.conf.broker_transport_options | soon
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]
    app.worker_main(["worker", "--pool", pool, "--concurrency", n_at_once, *quiet])


def publish(job: str, times: str) -> None:
    for _ in range(int(times)):
        app.tasks["claims.run"].apply_async((job,), queue="default")


def note_message(args: tuple[str], **_: object) -> None:
    print(f"test: message for {args[0]}", flush=True)


def main() -> None:
    task_prerun.connect(note_message, weak=False)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    answers, log = os.dup(1), os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for line in sys.stdin:
        verb, *words = line.split()
        pid = os.fork()
        if pid == 0:
            os.close(answers)
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            {"worker": worker, "publish": publish}[verb](*words)
            os._exit(0)
        os.write(answers, f"{pid}\n".encode())


if __name__ == "__main__":
    app.loader.import_default_modules()
    app.finalize()
    from claims.jobs import lease
    from claims.tasks import relay
    from tests.tasks.work import be_quick

    be_quick()
    main()
