"""`manage.py start` as a newcomer runs it: the real programs, on a data folder of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port, listening, wait_for

pytestmark = pytest.mark.slow

CLEARED = ("DATABASE_URL", "REDIS_URL", "S3_BUCKET", "PUBLIC_URL", "SECRET_KEY", "DEMO", "HOST", "PORT")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return {**kept, "DATA_DIR": str(folder), "FACTCHECK_NO_BOOTSTRAP": "1", **variables}


class Running:
    """A `start` in its own process, its output in a file."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder.parent / f"{self.port}.log"
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start"],
                cwd=settings.BASE_DIR,
                env=environment(folder, PORT=str(self.port)),
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def text(self) -> str:
        return self.log.read_text()

    def get(self, path: str, language: str = "en") -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.port}{path}"
        asked = urllib.request.Request(address, headers={"Accept-Language": language})
        with urllib.request.urlopen(asked, timeout=20) as response:
            return response.status, response.read().decode()

    def programs(self) -> dict[int, str]:
        """The supervisor's children now, by process id: web, worker or beat."""
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True
        ).stdout.splitlines()
        rows = [line.split(None, 2) for line in listed[1:]]
        kinds = {"waitress": "web", " worker ": "worker", " beat ": "beat"}
        ours = {int(pid): args for pid, parent, args in rows if int(parent) == self.process.pid}
        return {pid: kind for pid, args in ours.items() for sign, kind in kinds.items() if sign in args}

    def wait_for_programs(self) -> None:
        """Return once all three run; fail with what they printed when one does not."""
        try:
            wait_for(lambda: {"web", "worker", "beat"} == set(self.programs().values()))
        except AssertionError:
            pytest.fail(f"running: {self.programs()}\n{self.text()}", pytrace=False)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("start") / "data"


@pytest.fixture(scope="module")
def running(folder):
    started = Running(folder)
    try:
        wait_for(lambda: "is ready" in started.text() or started.process.poll() is not None, 300)
        assert "is ready" in started.text(), started.text()
        yield started
    finally:
        if started.process.poll() is None:
            started.stop()


def test_the_first_page_answers_in_both_languages(running):
    for language in ("ar", "en"):
        status, page = running.get("/", language)
        assert status == 200
        assert f'lang="{language}"' in page


def test_it_prints_the_sign_ins_made_for_this_installation(running, folder):
    passwords = json.loads((folder / "demo_passwords.json").read_text())
    for name, role in (("amal", "editor"), ("basim", "reviewer"), ("huda", "admin")):
        assert re.search(rf"{name} +{role} +{re.escape(passwords[name])}", running.text())
    assert (folder / "demo_passwords.json").stat().st_mode & 0o077 == 0
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0


def test_a_page_brings_its_styles_and_scripts(running):
    for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', running.get("/")[1])):
        assert running.get(address)[0] == 200


def test_a_second_start_on_the_same_data_is_refused(running, folder):
    again = refused(folder, PORT=str(free_port()))
    assert "Another start is already using" in again


def test_a_worker_killed_outright_is_replaced(running):
    running.wait_for_programs()
    killed = next(pid for pid, kind in running.programs().items() if kind == "worker")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: "worker" in running.programs().values() and killed not in running.programs())


def test_one_interrupt_ends_all_and_the_next_start_keeps_the_data(running, folder):
    programs = running.programs()
    assert running.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in programs)
    assert not listening(running.port)
    again = Running(folder)
    wait_for(lambda: "is ready" in again.text(), 120)
    again.stop()
    assert "Loading the worked example" not in again.text()
    assert json.loads((folder / "demo_passwords.json").read_text())["amal"] in again.text()


def refused(folder: Path, **variables: str) -> str:
    """What a start that must not go through says; fails when it goes through."""
    done = subprocess.run(
        [sys.executable, "manage.py", "start"],
        cwd=settings.BASE_DIR,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 1
    return done.stderr


def test_a_port_that_is_taken_is_refused_with_a_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"PORT={port + 1}" in refused(tmp_path / "data", PORT=str(port))


def test_the_network_is_refused_with_the_settings_of_a_trial(tmp_path):
    assert "PUBLIC_URL" in refused(tmp_path / "data", HOST="0.0.0.0", PORT=str(free_port()))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUBLIC_URL", "https://facts.example", "SECRET_KEY must be set"),
        ("PUBLIC_URL", "facts.example", "PUBLIC_URL must begin with"),
        ("PORT", "abc", 'variable "PORT" invalid'),
        ("PORT", "99999", "PORT must lie between"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with"),
        ("NEWSROOM_TIME_ZONE", "Mars/One", "is no time zone"),
    ],
)
def test_a_setting_that_cannot_be_is_named_in_a_sentence(tmp_path, name, value, said):
    """Production without a key of its own is one of them."""
    words = refused(tmp_path / "data", **{name: value})
    assert said in words
    assert "docs/operators.md" in words
    assert "Traceback" not in words
    assert not (tmp_path / "data" / "factcheck.sqlite3").exists()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    words = refused(tmp_path / "file" / "data")
    assert "DATA_DIR=" in words
    assert "Traceback" not in words
