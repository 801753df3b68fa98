"""The supervisor: what dies comes back, what is stopped is gone."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from claims.management import supervisor as module
from claims.management.supervisor import Program, Supervisor
from tests.management.programs import ALONE, MORTAL, PARENT, STUBBORN
from tests.servers import wait_for


def alive(pid: int) -> bool:
    """True while the process runs; a dead one that nobody has reaped does not count."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1]
    except FileNotFoundError:
        return False


@pytest.fixture
def run(monkeypatch):
    """Run programs given as Python source until a line of output asks for the end; returns all lines."""
    monkeypatch.setattr(module, "GRACE_SECONDS", 1)

    def run_until(enough, *sources: str) -> list[str]:
        lines: list[str] = []
        programs = [Program(f"p{n}", [sys.executable, "-c", source]) for n, source in enumerate(sources)]
        supervisor = Supervisor(programs, write=lines.append, cwd=Path.cwd(), env=os.environ)

        def end() -> None:
            wait_for(lambda: enough(lines))
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=end, daemon=True).start()
        supervisor.run(ready=lambda: True, on_ready=lambda: lines.append("ready"))
        return lines

    return run_until


def test_a_program_that_ends_is_started_again(run):
    lines = run(lambda lines: lines.count("p0 | hello") == 2, MORTAL)
    assert "p0 | ended with code 0; starting it again in 1 s" in lines


def test_one_signal_ends_every_program_and_what_it_started(run):
    lines = run(lambda lines: sum("child" in line for line in lines) == 2, PARENT, PARENT)
    children = [int(line.split()[-1]) for line in lines if "child" in line]
    assert not any(alive(pid) for pid in children)


def test_a_program_deaf_to_the_signal_is_made_to_end(run):
    begun = time.monotonic()
    run(lambda lines: "p0 | deaf" in lines, STUBBORN)
    assert time.monotonic() - begun < 10


def test_readiness_is_announced_once(run):
    assert run(lambda lines: lines.count("p0 | hello") == 2, MORTAL).count("ready") == 1


def test_killing_the_supervisor_outright_leaves_nothing_behind(tmp_path):
    log = tmp_path / "log"
    with log.open("w") as out, subprocess.Popen([sys.executable, "-c", ALONE], stdout=out) as supervisor:
        try:
            wait_for(lambda: "hello" in log.read_text())
        finally:
            supervisor.kill()
    program = int(log.read_text().split()[-1])
    wait_for(lambda: not alive(program))


def test_what_must_wait_for_the_others_does(monkeypatch):
    late = Program("late", [sys.executable, "-c", MORTAL], after_ready=True)
    supervisor = Supervisor([late], write=print, cwd=Path.cwd(), env=os.environ)
    supervisor._revive()
    assert late.process is None


def test_restarts_slow_down_and_forgive_after_a_steady_minute(monkeypatch):
    program = Program("web", ["true"], started_at=time.monotonic())
    assert [program.wait_before_restart() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    program.started_at -= module.STEADY_SECONDS + 1
    assert program.wait_before_restart() == 1
