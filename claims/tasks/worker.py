"""How a worker is started, for `manage.py work` and for the supervisor."""

import os

from django.conf import settings
from django.db import connection

from factcheck.celery import app


def arguments() -> list[str]:
    """The words after `celery -A factcheck` that start a worker fit for this installation.

    Threads over the in-memory broker and on SQLite, whose open files must not cross a fork; processes elsewhere,
    which have time limits and survive a crash of one job.
    """
    in_threads = settings.CELERY_BROKER_URL.startswith("memory:") or connection.vendor == "sqlite"
    pool, n_at_once = ("threads", settings.JOB_THREADS) if in_threads else ("prefork", os.cpu_count() or 2)
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    return ["worker", "--pool", pool, "--concurrency", str(n_at_once), *quiet]


def work(n_at_once: int | None = None, queues: str = "") -> None:
    """Runs a worker in this process until it is told to stop."""
    words = arguments()
    if n_at_once:
        words += ["--concurrency", str(n_at_once)]
    if queues:
        words += ["--queues", queues]
    app.worker_main(words)
