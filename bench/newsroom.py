"""An installation of the bench's own, on either engine, and a clock that counts the processor time of both ends.

Import `opened` before anything of Django or claims: it sets the environment that the settings read.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def arguments(doc: str) -> argparse.ArgumentParser:
    """What every bench with a database takes."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--kept", type=Path, help="fill this folder once, and use it again (SQLite)")
    return parser


@contextmanager
def opened(engine: str, kept: Path | None = None) -> Iterator[bool]:
    """Django set up over a database that is migrated; gives whether it still has to be filled."""
    folder = kept or Path(tempfile.mkdtemp(prefix="factcheck-bench-"))
    is_new = not (folder / "factcheck.sqlite3").exists()
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "factcheck.settings", "DEMO": "true"}
    for name in ("DATABASE_URL", "REDIS_URL", "S3_BUCKET"):
        os.environ.pop(name, None)
    server = _cluster() if engine == "postgres" else None
    if server is not None:
        os.environ |= {"DATABASE_URL": server.url, "SECRET_KEY": "b" * 60}
    try:
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        yield is_new or server is not None
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None:
            server.remove()
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _cluster() -> Any:
    from tests.servers import Postgres

    if Postgres.programs() is None:
        sys.exit("needs PostgreSQL: apt install postgresql")
    server = Postgres()
    server.create()
    return server


def settled() -> None:
    """Statistics for the planner, as the schedule and autovacuum make them."""
    from django.db import connection

    from claims.tasks.upkeep import weigh

    weigh()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@dataclass
class Times:
    """What rounds of one thing took, in milliseconds: by the clock, and in processor time of both processes."""

    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    of_server: list[float] = field(default_factory=list)

    def __add__(self, other: "Times") -> "Times":
        return Times(self.waited + other.waited, self.worked + other.worked, self.of_server + other.of_server)

    def line(self) -> str:
        """Median and 95th percentile of each; the database server's share where it is another process."""
        share = f"   of it server {p95(self.of_server):6.1f}" if any(self.of_server) else ""
        return (
            f"waited {statistics.median(self.waited):7.1f} p95 {p95(self.waited):7.1f}   "
            f"processor {statistics.median(self.worked):7.1f} p95 {p95(self.worked):7.1f}{share}"
        )


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


class Clock:
    """Processor time of this process and, with PostgreSQL, of the process that serves its connection.

    A plan with parallel workers would hide work from it, so they are switched off for this connection.
    """

    def __init__(self) -> None:
        from django.db import connection

        import_module("factcheck.wsgi")  # what the server does with the collector when it starts
        self.times = Times()
        self._server: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")
                cursor.execute("SELECT pg_backend_pid()")
                self._server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def time(self, work: Callable[[], Any]) -> Any:
        """Do it once, and note what it took."""
        waited, worked, served = time.perf_counter(), time.process_time(), self._served()
        result = work()
        served = self._served() - served
        self.times.worked.append((time.process_time() - worked + served) * 1000)
        self.times.of_server.append(served * 1000)
        self.times.waited.append((time.perf_counter() - waited) * 1000)
        return result

    def taken(self) -> Times:
        """The times since the last call."""
        times, self.times = self.times, Times()
        return times

    def _served(self) -> float:
        """Seconds the database server has worked for us, as the kernel counts them."""
        if self._server is not None:
            with suppress(OSError):  # not Linux, or not the same machine
                return int(self._server.read_text().split()[0]) / 1e9
        return 0.0
