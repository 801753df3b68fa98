"""Real servers for the tests, started on loopback ports of their own and gone when the session ends."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


def absent(what: str) -> None:
    """Skip the test that needs a program which is not installed, saying so; where CI runs, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed, and CI must have it", pytrace=False)
    pytest.skip(f"{what} is not installed")


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listening(port: int) -> bool:
    """True when something accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition, seconds: float = 90) -> None:
    """Return once the condition holds; fail the test when it does not within the time.

    The time bounds a hang and measures nothing: with every core taken, a program may need half a minute to start.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {condition}"
        time.sleep(0.05)


class Postgres:
    """A PostgreSQL cluster in a temporary folder. As root it runs as user postgres, which alone may run it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="factcheck-pg-"))
        self.name = "postgres"  # the database every new cluster has

    @staticmethod
    def programs() -> Path | None:
        """The folder that holds initdb and pg_ctl, the newest where there are several; None without PostgreSQL."""
        found = shutil.which("initdb")
        packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
        return Path(found).parent if found else packaged[-1].parent if packaged else None

    @property
    def url(self) -> str:
        """What DATABASE_URL would say."""
        return f"postgres://factcheck@127.0.0.1:{self.port}/{self.name}"

    def settings(self) -> dict[str, object]:
        """The same as an entry of Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": "factcheck",
            "HOST": "127.0.0.1",
            "PORT": self.port,
        }

    def create(self) -> None:
        """Make the cluster and its one database. Durability is off: these rows need not outlive a power cut."""
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        self._run("initdb", "-U", "factcheck", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -h 127.0.0.1 -F -c synchronous_commit=off -c max_connections=60"
        )
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        """Stop the server and drop its folder."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        folder = self.programs()
        assert folder is not None
        command = [str(folder / program), "-D", str(self.folder / "data"), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr


class Redis:
    """A Redis that keeps nothing on disk; `stop` and `start` play an outage."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What REDIS_URL would say."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([self.program, *options], cwd="/tmp", stdout=subprocess.DEVNULL)
        wait_for(lambda: listening(self.port))

    def stop(self, how: int = signal.SIGKILL) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(10)
        self.process = None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL of the session's own, for tests that start programs against one."""
    if Postgres.programs() is None:
        absent("PostgreSQL")
    server = Postgres()
    try:
        server.create()
        yield server
    finally:
        server.remove()


@pytest.fixture
def redis_server() -> Iterator[Redis]:
    """A Redis of the test's own, empty and running."""
    program = shutil.which("redis-server")
    if program is None:
        absent("redis-server")
    server = Redis(str(program))
    server.start()
    yield server
    if server.process is not None:
        server.stop()
