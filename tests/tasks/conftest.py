"""Workers for the tests: real processes over the test database, killed at the end at the latest."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from redis import Redis as Client

from claims.archive.capture import Options
from claims.models import Job
from claims.tasks import capture, watch, wayback
from tests.archive.hostile import Server, TestNet, answer
from tests.media.make import saved, scene
from tests.servers import Redis, absent, wait_for
from tests.tasks.pages import PAGE, QUICK

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    entry = settings.DATABASES["default"]
    if entry["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{entry['NAME']}"
    return f"postgres://{entry['USER']}@{entry['HOST']}:{entry['PORT']}/{entry['NAME']}"


class Nursery:
    """One for all tests of a broker: what forks their workers."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.log = folder / "log"
        given = {"DATABASE_URL": database_url(), "REDIS_URL": redis_url, "DATA_DIR": str(folder)}
        given |= {"SECRET_KEY": "k" * 60, "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.tasks.nursery", str(self.log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | given | {"CELERY_SKIP_CHECKS": "1"},
            cwd=ROOT,
            text=True,
        )

    def fork(self, line: str) -> int:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Workers:
    """The workers of one test."""

    def __init__(self, nursery: Nursery, pool: str, folder: Path) -> None:
        self.nursery, self.pool, self.folder = nursery, pool, folder
        self.alive: list[int] = []

    def start(self, *, most_attempts: int = 50, visibility: int = 3600, poll: float = 0.05) -> int:
        self.alive.append(self.nursery.fork(f"worker {self.pool} {most_attempts} {visibility} {poll}"))
        return self.alive[-1]

    def publish(self, job: Job, times: int) -> None:
        """Messages beyond those the relay sends, as a broker that delivers twice would."""
        self.nursery.fork(f"publish {job.pk} {times}")

    def deliveries(self, job: Job) -> int:
        """How often a worker has been handed the job's message so far."""
        return self.nursery.log.read_text().count(f"test: message for {job.pk}")

    def stop(self, pid: int) -> None:
        os.kill(pid, signal.SIGTERM)
        wait_for(lambda: not runs(pid))
        self.alive.remove(pid)

    def kill(self, pid: int) -> None:
        """The worker and its children, at once, without a chance to tidy up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        wait_for(lambda: not runs(pid))
        self.alive.remove(pid)


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def all_done(jobs: list[Job]) -> bool:
    return not Job.objects.filter(pk__in=[job.pk for job in jobs]).exclude(state="done").exists()


@pytest.fixture(scope="session")
def threads_nursery(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("embedded"), "")
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def broker() -> Iterator[Redis]:
    """One Redis for the tests of the workers; each finds it empty and running."""
    program = shutil.which("redis-server")
    if program is None:
        absent("redis-server")
    server = Redis(str(program))
    server.start()
    yield server
    if server.process is not None:
        server.stop()


@pytest.fixture(scope="session")
def prefork_nursery(
    django_db_setup: None, broker: Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("redis"), broker.url)
    yield nursery
    nursery.close()


@pytest.fixture
def embedded(transactional_db: None, threads_nursery: Nursery, tmp_path: Path) -> Iterator[Workers]:
    """Workers as in the embedded default: threads, the broker in their own memory."""
    workers = Workers(threads_nursery, "threads 3", tmp_path)
    yield workers
    for pid in list(workers.alive):
        workers.kill(pid)


@pytest.fixture
def over_redis(
    transactional_db: None, broker: Redis, prefork_nursery: Nursery, tmp_path: Path
) -> Iterator[Workers]:
    """Workers as in production: processes, over Redis."""
    if broker.process is None:
        broker.start()
    Client.from_url(broker.url).flushall()
    workers = Workers(prefork_nursery, "prefork 2", tmp_path)
    yield workers
    for pid in list(workers.alive):
        workers.kill(pid)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[bytes, Any]]:
    """Paths to answers, and the server that gives them under every public name but one inside."""
    paths = {b"/a": answer(PAGE.encode()), b"/a.jpg": answer(saved(scene(1)), Content_Type="image/jpeg")}
    server = Server(lambda head, sock: paths.get(head.split(b" ")[1], answer(b"", "404 No"))(head, sock))
    net = TestNet(server, names={"inside.example": ["10.0.0.1"], "nowhere.example": []})
    for module in (capture, watch, wayback):
        monkeypatch.setattr(module, "net", lambda: net)
    for module in (watch, wayback):
        monkeypatch.setattr(module, "policy", lambda: QUICK)
    monkeypatch.setattr(
        capture,
        "capture_options",
        lambda before: Options(with_browser=False, policy=replace(QUICK, before=before)),
    )
    yield paths
    server.close()
