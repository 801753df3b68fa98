"""The ground every test stands on: a database and a data folder of its own, no network, cheap passwords."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from tests.chromium import browser, new_page, page  # noqa: F401
from tests.loopback import _network_blocked  # noqa: F401
from tests.servers import Postgres, postgres_server, redis_server  # noqa: F401

OWN_SERVERS = ("DATABASE_URL", "REDIS_URL", "S3_BUCKET")

# Playwright's own event loop runs in the main thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=["sqlite", "postgres"], default="sqlite", help="database of this run"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at what this session owns, before any test database is made."""
    set_outside = [name for name in OWN_SERVERS if getattr(settings, name)]
    if set_outside:
        pytest.exit(f"unset {', '.join(set_outside)}: the tests start servers of their own", returncode=2)
    folder = Path(tempfile.mkdtemp(prefix="factcheck-tests-"))
    config.stash[FOLDER] = folder
    os.environ["DATA_DIR"] = str(folder)
    settings.DATA_DIR = folder
    settings.EVIDENCE_DIR = folder / "evidence"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    use_database(sqlite(folder) if config.getoption("--engine") == "sqlite" else postgres(config))


FOLDER = pytest.StashKey[Path]()
SERVER = pytest.StashKey[Postgres]()


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        connections.close_all()
        config.stash[SERVER].remove()
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def sqlite(folder: Path) -> dict[str, object]:
    """A database file with the product's own options, but no waiting for the disk."""
    file = folder / "tests.sqlite3"
    options = dict(settings.DATABASES["default"]["OPTIONS"])
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": options,
        "TEST": {"NAME": str(file)},
    }


def postgres(config: pytest.Config) -> dict[str, object]:
    """A PostgreSQL of the session's own. Asked for by name, so its absence is an error and not a skip."""
    if Postgres.programs() is None:
        pytest.exit("PostgreSQL is not installed: apt install postgresql", returncode=2)
    server = config.stash[SERVER] = Postgres()
    atexit.register(server.remove)  # a crash before the session starts never reaches pytest_unconfigure
    server.create()
    return server.settings()


def use_database(entry: dict[str, object]) -> None:
    """Make this the default database. Django was set up before this file was read, but has not connected yet."""
    settings.DATABASES["default"].clear()
    settings.DATABASES["default"].update(entry)
    vars(connections).pop("settings", None)
    del connections["default"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder; leave out what the other engine has already answered; begin with the files that take longest."""
    engine = config.getoption("--engine")
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
        if engine == "sqlite" and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="about PostgreSQL: runs with --engine postgres"))
    if engine == "postgres":
        same = [item for item in items if not asks_the_database(item) or item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if item not in same]
    # Shared among processes, a long file begun last would have the others wait for it.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test printed, fit to travel: between processes a lone surrogate in a log line would end the run."""
    report = yield
    report.sections = [
        (name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections
    ]
    return report


def asks_the_database(item: pytest.Item) -> bool:
    """True for a test whose answer may depend on the database of this run."""
    fixtures = set(getattr(item, "fixturenames", []))
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return bool(marked or fixtures & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> None:
    """After a test with real transactions every table is emptied, which the triggers rightly refuse."""
    from claims.models import triggers

    empty = TransactionTestCase._fixture_teardown

    def without_triggers(test: TransactionTestCase) -> None:
        triggers.remove(connection)
        empty(test)
        triggers.install(connection)

    TransactionTestCase._fixture_teardown = without_triggers


@pytest.fixture(autouse=True)
def _evidence_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stored files of one test are not seen by the next."""
    monkeypatch.setattr(settings, "EVIDENCE_DIR", tmp_path / "evidence")
    yield
