"""`backup` and `restore`: all of an installation in one file, and back into an empty one."""

import json
import os
import resource
import subprocess
import sys
import tarfile
import uuid
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection

from claims.archive.configured import store
from claims.models.history import Entry
from tests import make
from tests.servers import wait_for


@pytest.fixture
def published(transactional_db):
    """A published verdict with a file behind it, and somebody signed in."""
    session = SessionStore()
    session["who"] = "amal"
    session.save()
    return make.published(make.user("amal"), make.user("basim", "reviewer"))


@pytest.fixture
def taken(published, tmp_path):
    store().put([b"bytes of evidence"], limit=100)
    path = tmp_path / "kept" / "backup.tar"
    call_command("backup", str(path), stdout=StringIO())
    return path


@contextmanager
def installation(folder: Path):
    """The environment of another installation, on the same kind of database, with nothing in it."""
    given = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    given |= {"DATA_DIR": str(folder), "FACTCHECK_NO_BOOTSTRAP": "1"}
    if connection.vendor == "sqlite":
        yield given
        return
    name = f"other_{uuid.uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    entry = settings.DATABASES["default"]
    given |= {"DATABASE_URL": f"postgres://{entry['USER']}@{entry['HOST']}:{entry['PORT']}/{name}"}
    yield given | {"SECRET_KEY": "k" * 60}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def elsewhere(tmp_path):
    with installation(tmp_path / "other") as given:
        yield given


def run(environment, *words) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=240
    )


def refusal(environment, path) -> str:
    done = run(environment, "restore", path)
    assert done.returncode == 1
    return done.stderr


def sessions(environment) -> str:
    ask = "from django.contrib.sessions.models import Session; print(Session.objects.count())"
    return run(environment, "shell", "--no-imports", "-c", ask).stdout.strip()


def test_what_was_backed_up_comes_back_verifies_and_nobody_is_signed_in(taken, elsewhere):
    done = run(elsewhere, "restore", taken, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    last = Entry.objects.order_by("-seq").first()
    assert (told["ok"], told["faults"], told["head"]) == (True, [], {"seq": last.seq, "sha256": last.sha256})
    kept = [path.name for path in Path(elsewhere["DATA_DIR"], "evidence").rglob("*") if len(path.name) == 64]
    assert sorted(kept) == sorted(found.sha256 for found in store().walk())
    assert "already holds work" in refusal(elsewhere, taken)
    assert sessions(elsewhere) == "0"


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_older_version_comes_back_into_empty_tables_of_this_one(elsewhere, tmp_path):
    """Tables that came later point at those of the backup, which knows nothing of them."""
    path = tmp_path / "older.tar"
    with installation(tmp_path / "older") as older:
        for words in (["migrate"], ["migrate", "claims", "0011"], ["backup", path]):
            done = run(older, *words)
            assert done.returncode == 0, done.stderr
    assert run(elsewhere, "migrate").returncode == 0
    done = run(elsewhere, "restore", path, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"]
    assert "[X] 0012" in run(elsewhere, "showmigrations", "claims").stdout


def test_an_interrupted_restore_is_simply_run_again(taken, elsewhere):
    evidence = Path(elsewhere["DATA_DIR"], "evidence")
    command = [sys.executable, "manage.py", "restore", str(taken)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=elsewhere, stderr=subprocess.PIPE) as cut:
        wait_for(lambda: evidence.exists() or cut.poll() is not None)
        cut.kill()
    again = run(elsewhere, "restore", taken)
    assert again.returncode == 0 or "already holds work" in again.stderr
    assert run(elsewhere, "verify").returncode == 0


def test_a_backup_says_whether_it_is_whole(taken):
    out = StringIO()
    call_command("backup", str(taken), "--check", "--json", stdout=out)
    assert json.loads(out.getvalue())["evidence"] == len(list(store().walk()))


def rewritten(taken: Path, change) -> Path:
    """The same backup with its list of members (header, bytes) changed."""
    path = taken.with_name("changed.tar")
    with tarfile.open(taken) as old, tarfile.open(path, "w") as new:
        found = [(info, old.extractfile(info).read()) for info in old]
        for info, body in change(found):
            info.size = len(body)
            new.addfile(info, BytesIO(body))
    return path


def one_byte(found):
    return [
        (info, bytes([body[0] ^ 1]) + body[1:] if info.name.startswith("database") else body)
        for info, body in found
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (one_byte, "database"),
        (lambda found: [pair for pair in found if "evidence/" not in pair[0].name], "missing"),
        (lambda found: found[:-1], "no manifest"),
        (lambda found: [*found[:-1], found[-2], found[-1]], "does not belong"),
    ],
    ids=["changed", "dropped", "cut short", "twice"],
)
def test_h2_a_damaged_backup_is_told(taken, change, said):
    with pytest.raises(CommandError, match=said):
        call_command("backup", str(rewritten(taken, change)), "--check")


def test_h2_a_truncated_backup_is_refused_before_anything_is_touched(taken, elsewhere):
    os.truncate(taken, taken.stat().st_size // 2)
    assert "backup" in refusal(elsewhere, taken)
    assert not Path(elsewhere["DATA_DIR"], "evidence").exists()


def test_nothing_is_overwritten(taken):
    before = taken.read_bytes()
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(taken))
    assert taken.read_bytes() == before


def cramped() -> None:
    """No file of this process may grow beyond 40 kB: a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_e7_where_there_is_no_room_it_says_so_and_leaves_nothing(taken, elsewhere):
    restored = run(elsewhere, "restore", taken)
    assert restored.returncode == 0, restored.stderr
    command = [sys.executable, "manage.py", "backup", str(taken.with_name("second.tar"))]
    full = subprocess.run(
        command, cwd=settings.BASE_DIR, env=elsewhere, capture_output=True, text=True, preexec_fn=cramped
    )
    assert full.returncode == 1
    assert full.stderr.startswith("CommandError: ")
    assert [path.name for path in taken.parent.iterdir()] == [taken.name]


def test_a_backup_of_a_newer_version_is_refused(taken, elsewhere):
    def newer(found):
        info, body = found[-1]
        told = json.loads(body)
        told["migrations"].append("9999_from_tomorrow")
        return [*found[:-1], (info, json.dumps(told).encode())]

    assert "9999_from_tomorrow" in refusal(elsewhere, rewritten(taken, newer))
